"""An agency does not agree with what was decided: it says so, somebody resolves it, and the agency hears how."""

from random import Random
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.service import Case, Service
from sightline.commands.simulation.service.around import POLICE, Professional, box_of, days, happens, professionals
from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.journeys.disagree import disagree, draft_resolution, settle, tell_side
from sightline.kernel.london import local_day

ENDS = {
    "stands": "Both managers spoke. What was decided stands, and why was explained.",
    "agreed": "Both managers spoke, and looked at the reports again. They came to agree.",
    "changed": "It is looked at again in six weeks, with the agency at the table.",
}
"""How it ends, and what came of it."""


def disagrees(service: Service, case: Case, about: str, stream: Random) -> Life:
    """Now and then somebody at an agency does not agree."""
    sides = [one for one in professionals(service, case) if one.kind != POLICE]
    if not sides or not happens(stream, "disagreement", "raised"):
        return
    yield service.engine.office(days(stream, "disagreement", "raised_days"))
    if case.closed is not None:
        return
    side = stream.choice(sides)
    raised = _raised(service, case, about, side)
    yield service.engine.office(days(stream, "disagreement", "resolved_days"))
    if case.closed is not None:  # whoever ended it has answered this too
        return
    by = service.story.who(service.staff.carrying(case.manager))
    how = stream.choice(list(ENDS))
    settle(by=by, disagreement=raised, resolved_on=local_day(service.now), how=how, came_of=ENDS[how], at=service.now)
    yield service.engine.office(1)
    by = service.story.who(service.staff.carrying(case.manager))
    with acting(by.id):
        text = draft_resolution(by=by, disagreement=raised, at=service.now)
    tell_side(
        by=by, disagreement=raised, agency_post=box_of(service, side), text=text, means="call",
        call_words=f"Rang {side.name}, who heard it.", at=service.now,
    )  # fmt: skip


def _raised(service: Service, case: Case, about: str, side: Professional) -> UUID:
    story, day = service.story, local_day(service.now)
    worker = story.who(service.staff.carrying(case.post))
    return disagree(
        by=worker, children=[story.people[ref] for ref in case.children], about=about, post=story.post(case.manager),
        sides=(
            SideGiven(side.name, service.words.disagreement(case, day), agency_post=box_of(service, side)),
            SideGiven(worker.name, "", post=story.post(case.post)),
        ),
        resolver=story.who(service.staff.carrying(case.manager)).name, raised_on=day, at=service.now,
    )  # fmt: skip
