"""Writing many times of pre-proceedings at once, as a file says they were. Only imports call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.court.models import PreProceedings
from sightline.doorway.actor import Actor


@dataclass(frozen=True)
class PreProceedingsGiven:
    """Pre-proceedings as given; with neither a decision nor an outcome they are open, and `step` carries them."""

    row: UUID
    child: UUID
    entry: UUID
    step: UUID | None
    started_on: date | None = None
    letter_sent_on: date | None = None
    meeting_offered: bool | None = None
    meeting_held: bool | None = None
    first_meeting_on: date | None = None
    review_meetings: int | None = None
    decided_on: date | None = None
    outcome: str = ""
    applied_on: date | None = None
    letter_of_issue_on: date | None = None


def bring_in_pre_proceedings(*, by: Actor, given: Sequence[PreProceedingsGiven], at: datetime) -> None:
    """Write a row for each. The caller's act permits, audits, writes the entries and gives sight first."""
    PreProceedings.objects.bulk_create(
        PreProceedings(
            id=one.row,
            child_id=one.child,
            entry_id=one.entry,
            step_id=one.step,
            started_on=one.started_on,
            letter_sent_on=one.letter_sent_on,
            meeting_offered=one.meeting_offered,
            meeting_held=one.meeting_held,
            first_meeting_on=one.first_meeting_on,
            review_meetings=one.review_meetings,
            decided_on=one.decided_on,
            outcome=one.outcome,
            applied_on=one.applied_on,
            letter_of_issue_on=one.letter_of_issue_on,
            recorded_at=at,
            by=by.id,
        )
        for one in given
    )
