"""Writing many conferences of an earlier system at once, as a file says they were. Only imports call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.models import EarlierConference


@dataclass(frozen=True)
class EarlierGiven:
    """An initial conference that a file tells of without an enquiry."""

    row: UUID
    child: UUID
    entry: UUID
    held_on: date


def bring_in_earlier(*, given: Sequence[EarlierGiven], at: datetime) -> None:
    """Write a row for each. The caller's act permits, audits, writes the entries and gives sight first."""
    EarlierConference.objects.bulk_create(
        EarlierConference(id=one.row, child_id=one.child, entry_id=one.entry, held_on=one.held_on, recorded_at=at)
        for one in given
    )
