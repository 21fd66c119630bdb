"""A plan of a child in the matrix's world, with a version that was kept and help that was asked for."""

from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.plans.operations import ask_service, make_version, set_terms


def tell_plan(story: Telling, name: str, *, by: str, post: str, mark: str) -> dict[str, UUID]:
    """Its keys by kind. What stands in it begins with the mark, so that it is known wherever it turns up."""
    worker, child, carrier = story.who(by), story.people[name], story.post(post)
    at = story.diary.at(9, "11:00")
    day = local_day(at)
    with acting(worker.id):
        plan = make_plan(by=worker, kind="child_in_need", children=[child], began_on=day, post=carrier, at=at)
        set_terms(by=worker, plan=plan, contingency=f"{mark}plan: an aunt comes.", at=at)
        version = make_version(by=worker, plan=plan, at=at)
        service = ask_service(
            by=worker, plan=plan, children=[child], what=f"{mark}service", asked_on=day, post=carrier,
            of_whom="The clinic", at=at,
        )  # fmt: skip
    return {"plan": plan, "version": version, "service": service}
