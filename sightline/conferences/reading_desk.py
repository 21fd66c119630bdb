"""The chair's desk: conferences to come, decisions to write, letters to release. Part of this room's queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from sightline.conferences.finding import standing_of
from sightline.conferences.models import Invitee, Letter, Meeting, MeetingChild, View
from sightline.conferences.reading_meetings import MeetingLine, lines_of
from sightline.partnership.queries import list_returned

CONFERENCES = (Meeting.Kind.INITIAL, Meeting.Kind.REVIEW, Meeting.Kind.TRANSFER)


@dataclass(frozen=True)
class ChairLine:
    """A conference on its chair's desk, with what is still missing.

    `not_answered` counts those who were asked and gave neither a view nor a report, `not_told` those who are
    confirmed and were told nothing yet, `waiting` those who wait for the chair. `to_write` says that its time has
    passed and no outcome is recorded. `unanswered` says who has not answered: the name of an agency or of a friend,
    or the key of somebody of the family. `wrote_no_report` counts those of `reports_missing` who wrote a view.
    """

    meeting: UUID
    kind: str
    kind_words: str
    chair_post: UUID
    children: tuple[UUID, ...]
    starts_at: datetime | None
    place: str
    held_at: datetime | None
    recorded_at: datetime | None
    invited: int
    not_answered: int
    not_told: int
    waiting: int
    came_back: int
    reports_missing: int
    reports_not_shared: int
    to_write: bool
    letters_to_release: int
    unanswered: tuple[str | UUID, ...] = ()
    wrote_no_report: int = 0


def list_for_chair(posts: Iterable[UUID], at: datetime) -> list[ChairLine]:
    """Conferences that these posts chair or carry and that are not done: soonest first, in a fixed number of queries.

    Not done is what is still to be held, to be written, or has letters to be released. Called off is done.
    """
    mine = list(posts)
    drafts = _drafts(mine)
    unheld = Q(recorded_at=None, not_held_because="") & (Q(chair_post__in=mine) | Q(step__post__in=mine))
    found = Meeting.objects.filter(unheld | Q(step__in=list(drafts)), kind__in=CONFERENCES)
    lines = lines_of(found)
    invitees = _invitees(line.step for line in lines)
    answered = set(
        View.objects.filter(invitee__meeting__in=[one.step for one in lines]).values_list("invitee", flat=True)
    )
    back = list_returned(row.invitation for rows in invitees.values() for row in rows if row.invitation)
    heard = _Heard(answered, back)
    made = [_line(one, invitees.get(one.step, []), heard, drafts.get(one.step, 0), at) for one in lines]
    return sorted(made, key=lambda one: (one.starts_at is None, one.starts_at, str(one.meeting)))


def children_chaired(posts: Iterable[UUID]) -> set[UUID]:
    """Children for whom a conference of these posts decided on a plan, as far as they may be seen; one query."""
    decided = MeetingChild.objects.filter(
        meeting__chair_post__in=list(posts), decision__in=[MeetingChild.Decision.PLAN, MeetingChild.Decision.GOES_ON]
    )
    return set(decided.values_list("child", flat=True))


def _drafts(posts: list[UUID]) -> dict[UUID, int]:
    """How many letters of each recorded meeting wait to be released: only the latest version of each counts."""
    waits = Letter.objects.filter(released_at=None, not_sent_because="")
    rows = waits.filter(meeting__chair_post__in=posts, meeting__recorded_at__isnull=False)
    # Asked of the few that wait, and not of all that a chair ever sent.
    later = Letter.objects.filter(invitee=OuterRef("invitee"), kind=OuterRef("kind"), number__gt=OuterRef("number"))
    return Counter(rows.filter(~Exists(later)).values_list("meeting", flat=True))


def _invitees(meetings: Iterable[UUID]) -> dict[UUID, list[Invitee]]:
    found: dict[UUID, list[Invitee]] = {}
    rows = Invitee.objects.filter(meeting__in=list(meetings), left_out_because="", confirmed_at__isnull=False)
    for row in rows.select_related("agency_post__agency").order_by("id"):
        found.setdefault(row.meeting_id, []).append(row)
    return found


@dataclass(frozen=True)
class _Heard:
    """Which invitees gave a view, and which invitations came back."""

    answered: set[UUID]
    back: set[UUID]


def _line(line: MeetingLine, rows: list[Invitee], heard: _Heard, drafts: int, at: datetime) -> ChairLine:
    standing = {row.id: standing_of(row, None) for row in rows}
    asked = [row for row in rows if row.invitation or row.told_at]
    outside = [row for row in asked if row.post_id is None]
    silent = [row for row in outside if row.id not in heard.answered and row.report_in_at is None]
    return ChairLine(
        meeting=line.step, kind=line.kind, kind_words=line.kind_words, chair_post=line.chair_post,
        children=line.children, starts_at=line.starts_at, place=line.place, held_at=line.held_at,
        recorded_at=line.recorded_at, invited=len(asked),
        not_answered=len(silent),
        not_told=sum(standing[row.id].may_be_told and row.told_at is None for row in rows),
        waiting=sum(standing[row.id].waits for row in rows),
        # Whoever is kept out or waits is not to be rung: theirs is no invitation that came back.
        came_back=sum(row.invitation in heard.back and standing[row.id].may_be_told for row in asked),
        reports_missing=sum(row.report_asked and row.report_in_at is None for row in rows),
        reports_not_shared=sum(row.report_in_at is not None and row.report_shared_on is None for row in rows),
        to_write=line.recorded_at is None and line.starts_at is not None and line.starts_at <= at,
        letters_to_release=drafts,
        unanswered=tuple(_name_of(row) for row in silent),
        wrote_no_report=sum(
            row.report_asked and row.report_in_at is None and row.view == Invitee.View.WRITTEN for row in rows
        ),
    )  # fmt: skip


def _name_of(row: Invitee) -> str | UUID:
    return row.agency_post.agency.name if row.agency_post else row.person_id or row.name
