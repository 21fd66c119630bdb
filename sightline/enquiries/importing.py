"""Writing many section 47 enquiries of an earlier system at once, as a file says they were. Only imports call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.enquiries.models import EarlierEnquiry


@dataclass(frozen=True)
class EarlierGiven:
    """An enquiry as given; with neither a conference nor word that none was needed, `step` asks how it ended."""

    row: UUID
    child: UUID
    entry: UUID
    step: UUID | None
    began_on: date
    conference_target_on: date | None = None
    conference_on: date | None = None
    conference_not_required: bool | None = None


def bring_in_earlier(*, given: Sequence[EarlierGiven], at: datetime) -> None:
    """Write a row for each. The caller's act permits, audits, writes the entries and gives sight first."""
    EarlierEnquiry.objects.bulk_create(
        EarlierEnquiry(
            id=one.row,
            child_id=one.child,
            entry_id=one.entry,
            step_id=one.step,
            began_on=one.began_on,
            conference_target_on=one.conference_target_on,
            conference_on=one.conference_on,
            conference_not_required=one.conference_not_required,
            recorded_at=at,
        )
        for one in given
    )
