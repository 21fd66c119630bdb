"""When what was sent to a manager no longer stands. Part of this room's operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.assessments.models import RoundChild, Turn
from sightline.assessments.rules import WITH_A_MANAGER, standing_of
from sightline.doorway.actor import Actor
from sightline.record.operations import clear_notices_of, close_step, tell
from sightline.record.queries import list_steps_about

SIGNING_STEP = "authorise_assessment"


def void_signing(rounds: Iterable[UUID], child: UUID | None, assessment: UUID, *, by: Actor, at: datetime) -> bool:
    """What was sent to a manager no longer stands, where it was about this child. Says whether anything was."""
    concerned = RoundChild.objects.filter(round__in=list(rounds))
    keys = (concerned if child is None else concerned.filter(child=child)).values("round")
    turns: dict[UUID, list[str]] = {}
    for key, kind in Turn.objects.filter(round__in=keys).order_by("at", "id").values_list("round", "kind"):
        turns.setdefault(key, []).append(kind)
    voided = False
    for key, taken in sorted(turns.items()):
        if standing_of(taken) in WITH_A_MANAGER:
            Turn.objects.create(round_id=key, kind=Turn.Kind.VOIDED, at=at, by=by.id)
            close_signing(key, assessment, outcome="Changed after it was sent", tells=True, by=by, at=at)
            voided = True
    return voided


def close_signing(
    round: UUID,  # noqa: A002 - the field's noun
    assessment: UUID,
    *,
    outcome: str,
    by: Actor,
    at: datetime,
    tells: bool = False,
    entry: UUID | None = None,
) -> None:
    """A manager is no longer waited for; where they did not act themselves, they are told.

    What told whoever acts that it was changed or returned is ticked with it: they have dealt with it.
    """
    for kind in ("assessment_changed", "assessment_returned"):
        clear_notices_of(by=by, subject=assessment, kind=kind, at=at)
    for step in list_steps_about(subject=round):
        if step.kind == SIGNING_STEP:
            close_step(by=by, step=step.id, outcome=outcome, closed_by=entry, at=at)
            if tells:
                tell(post=step.post, kind="assessment_changed", person=step.people[0], subject=assessment, at=at)
