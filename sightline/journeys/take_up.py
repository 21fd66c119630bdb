"""Going on here with what an earlier system left open: plans that stand there, and enquiries without an end."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.operations import say_how_earlier_ended
from sightline.enquiries.queries import get_earlier as get_earlier_enquiry
from sightline.journeys.plan_help import ASKED_OF_PLAN, PLAN_STEP, let_read_around
from sightline.journeys.protect import begin_enquiry
from sightline.kernel.errors import Refusal
from sightline.kernel.london import start_of_day
from sightline.plans.models import Plan
from sightline.plans.operations import go_on_with_earlier
from sightline.plans.permissions import refuse_unless_may_plan
from sightline.plans.queries import get_earlier
from sightline.record.operations import finish_for, open_step, tell
from sightline.record.queries import get_carriers, list_steps_for

TAKEN_UP = "A plan here goes on with it"


@act("take_up_plan")
def take_up_plan(*, by: Actor, earlier: Iterable[UUID], at: datetime, post: UUID | None = None) -> UUID:
    """Go on here with plans of one kind that stand in an earlier system, of brothers and sisters in one; its key.

    Each child is on it from their own first day there, with the category and the number of plans before. What
    asked somebody to do this ends. Without a post it is carried by whoever carries the first child, else by
    whoever takes it up. Refuses what `plans.operations.go_on_with_earlier` does.
    """
    rows = get_earlier(earlier)
    if not rows:
        raise Refusal("Choose the child or children whose plan goes on here.", field="children")
    children = list(dict.fromkeys(one.child for one in rows))
    refuse_unless_may_plan(by, children)
    carriers = get_carriers(children)
    allocated = next((carriers[child] for child in children if child in carriers), None)
    carrier = post or allocated or min(by.posts, default=None)
    if carrier is None:
        raise Refusal("Choose the post that carries this plan.", field="post")
    step = open_step(
        by=by, kind=PLAN_STEP, post=carrier, people=children, words=str(Plan.Kind(rows[0].kind).label), at=at
    )  # fmt: skip
    let_read_around(step, carrier, children, at)
    plan: UUID = go_on_with_earlier(by=by, earlier=[one.id for one in rows], step=step, at=at)
    asked = {one.step for one in rows if one.step}
    for waiting in list_steps_for(children, kinds=[ASKED_OF_PLAN]):
        if waiting.id in asked:
            finish_for(by=by, step=waiting.id, children=children, outcome=TAKEN_UP, at=at)
    if carrier not in by.posts:
        tell(post=carrier, kind="plan_yours", person=children[0], subject=plan, at=at)
    return plan


@act("go_on_with_enquiry")
def go_on_with_enquiry(*, by: Actor, earlier: UUID, why: str, at: datetime) -> UUID:
    """Go on here with an enquiry that an earlier system left open, from the day on which it began there.

    What asked how it ended is answered by it, and the days to its conference count on. Refuses what
    `begin_enquiry` does.
    """
    found = get_earlier_enquiry(earlier)
    began_at = start_of_day(found.began_on)
    step: UUID = begin_enquiry(by=by, children=[found.child], why=why, began_at=began_at, at=at)
    say_how_earlier_ended(by=by, earlier=earlier, goes_on=step, at=at)
    return step
