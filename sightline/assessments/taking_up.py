"""Going on here with assessments that an earlier system left open. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from sightline.assessments.models import EarlierAssessment, RoundChild
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch


@act("go_on_with_earlier_assessments")
def go_on_with_earlier(*, by: Actor, step: UUID, at: datetime) -> list[UUID]:
    """Those of a round's children whom an earlier system was assessing are assessed in it; returns steps that end so.

    Brothers and sisters came each with a step of their own: theirs is this one now, so that it counts once.
    """
    refuse_unless_may_assess(by)
    children = list(RoundChild.objects.filter(round=step).values_list("child", flat=True))
    rows = EarlierAssessment.objects.select_for_update(of=("self",)).filter(
        child__in=children, authorised_on=None, withdrawn_at=None, step__closed_at=None
    )
    found = list(rows.exclude(step=step).order_by("id"))
    ending = [row.step_id for row in found if row.step_id is not None]
    for row in found:
        row.step_id = step
        row.save(update_fields=["step"])
    touch(*(row.child_id for row in found))
    return list(dict.fromkeys(ending))
