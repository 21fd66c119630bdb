"""Writing many plans of an earlier system at once, as a file says they were. Only imports call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.plans.models import EarlierPlan


@dataclass(frozen=True)
class EarlierGiven:
    """A plan as given; without `to_on` it is in force, and `step` asks somebody to go on with it."""

    row: UUID
    child: UUID
    entry: UUID
    step: UUID | None
    kind: str
    from_on: date
    to_on: date | None = None
    first_category: str = ""
    last_category: str = ""
    plans_before: int | None = None
    reviewed_on: tuple[date, ...] = ()


def bring_in_earlier(*, given: Sequence[EarlierGiven], at: datetime) -> None:
    """Write a row for each. The caller's act permits, audits, writes the entries and gives sight first."""
    EarlierPlan.objects.bulk_create(
        EarlierPlan(
            id=one.row,
            child_id=one.child,
            entry_id=one.entry,
            step_id=one.step,
            kind=one.kind,
            from_on=one.from_on,
            to_on=one.to_on,
            first_category=one.first_category,
            last_category=one.last_category,
            plans_before=one.plans_before,
            reviewed_on=list(one.reviewed_on),
            recorded_at=at,
        )
        for one in given
    )
