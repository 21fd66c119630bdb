"""Writing many assessments of an earlier system at once, as a file says they were. Only imports call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.assessments.models import EarlierAssessment


@dataclass(frozen=True)
class EarlierGiven:
    """An assessment as given; without `authorised_on` it is open, and `step` asks somebody to go on with it."""

    row: UUID
    child: UUID
    entry: UUID
    step: UUID | None
    started_on: date
    internal_review_on: date | None = None
    authorised_on: date | None = None
    factors: tuple[str, ...] = ()


def bring_in_earlier(*, given: Sequence[EarlierGiven], at: datetime) -> None:
    """Write a row for each. The caller's act permits, audits, writes the entries and gives sight first."""
    EarlierAssessment.objects.bulk_create(
        EarlierAssessment(
            id=one.row,
            child_id=one.child,
            entry_id=one.entry,
            step_id=one.step,
            started_on=one.started_on,
            internal_review_on=one.internal_review_on,
            authorised_on=one.authorised_on,
            factors=list(one.factors),
            recorded_at=at,
        )
        for one in given
    )
