"""The only reader of this room that others use.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many rows answer it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.court.models import PreProceedings
from sightline.court.rules import STATES, Next, next_owed, outcomes_of
from sightline.court.standing import days_of, standing_of
from sightline.kernel.errors import NotFound
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.record.models import EntrySubject


@dataclass(frozen=True)
class PreProceedingsLine:
    """Pre-proceedings of one child. `state` is where they stand, `owed` what is owed next and by when.

    `outcome` is a code of the pack's list, `outcome_words` its words. `post` is None where no step carries
    them: another system recorded them and they had ended.
    """

    id: UUID
    child: UUID
    step: UUID | None
    post: UUID | None
    entry: UUID
    started_on: date | None
    letter_sent_on: date | None
    meeting_offered: bool | None
    meeting_held: bool | None
    first_meeting_on: date | None
    review_meetings: int | None
    last_met_on: date | None
    decided_on: date | None
    outcome: str
    outcome_words: str
    applied_on: date | None
    letter_of_issue_on: date | None
    recorded_at: datetime
    state: str
    owed: Next | None

    @property
    def state_words(self) -> str:
        """`The letter before proceedings is sent`."""
        return STATES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether they go on."""
        return self.state not in {"applied", "ended"}

    @property
    def ended_on(self) -> date | None:
        """When they ended, where they did."""
        return None if self.is_open else self.applied_on or self.decided_on


def list_pre_proceedings(children: Iterable[UUID], at: datetime) -> list[PreProceedingsLine]:
    """Pre-proceedings of any of these children, the latest first, in one query."""
    rows = PreProceedings.objects.filter(child__in=list(children), withdrawn_at=None).select_related("step")
    return _lines(rows.order_by("-started_on", "-id"), at)


def get_pre_proceedings(pre_proceedings: UUID, at: datetime) -> PreProceedingsLine:
    """One child's. Absent and hidden read alike."""
    rows = PreProceedings.objects.filter(id=pre_proceedings, withdrawn_at=None).select_related("step")
    found = _lines(rows, at)
    if not found:
        raise NotFound("There are no such pre-proceedings among the children that you work with.")
    return found[0]


def together_with(step: UUID, at: datetime) -> list[PreProceedingsLine]:
    """Those that one step carries: of brothers and sisters for whom they began with one decision."""
    rows = PreProceedings.objects.filter(step_id=step, withdrawn_at=None).select_related("step")
    return _lines(rows.order_by("id"), at)


def entries_of(child: UUID, step: UUID) -> list[UUID]:
    """What was written of them on one child's record, the first first: keys for the record's reader."""
    rows = EntrySubject.objects.filter(
        person=child, kind="court", superseded_at=None, withdrawn_at=None, entry__answers__step=str(step)
    )
    return list(rows.order_by("occurred_from", "recorded_at", "entry").values_list("entry", flat=True))


def _lines(rows: Iterable[PreProceedings], at: datetime) -> list[PreProceedingsLine]:
    found = list(rows)
    if not found:
        return []
    pack = current_pack(at)
    named = {one.code or one.key: str(one.label) for one in outcomes_of(pack)}
    return [_line(row, at, pack, named) for row in found]


def _line(row: PreProceedings, at: datetime, pack: Pack, named: dict[str, str]) -> PreProceedingsLine:
    state = standing_of(row, at)
    return PreProceedingsLine(
        id=row.id,
        child=row.child_id,
        step=row.step_id,
        post=row.step.post_id if row.step else None,
        entry=row.entry_id,
        started_on=row.started_on,
        letter_sent_on=row.letter_sent_on,
        meeting_offered=row.meeting_offered,
        meeting_held=row.meeting_held,
        first_meeting_on=row.first_meeting_on,
        review_meetings=row.review_meetings,
        last_met_on=row.last_met_on,
        decided_on=row.decided_on,
        outcome=row.outcome,
        outcome_words=named.get(row.outcome, row.outcome),
        applied_on=row.applied_on,
        letter_of_issue_on=row.letter_of_issue_on,
        recorded_at=row.recorded_at,
        state=state,
        owed=next_owed(pack, days_of(row), state, row.last_met_on),
    )
