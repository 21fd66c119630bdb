"""Who is asked to a meeting, how far that got, and what they said. Part of this room's queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.finding import is_family, standing_of
from sightline.conferences.models import Invitee, Meeting, MeetingChild, Sitting, View
from sightline.conferences.reading_kept_out import KeptOut, kept_out_of, who_of
from sightline.conferences.rules import Standing
from sightline.kernel.errors import NotFound
from sightline.partnership.queries import MessageLine, describe_messages, is_closed
from sightline.people.queries import PersonName, get_names
from sightline.record.queries import EntryView, list_entries
from sightline.workforce.queries import describe_posts


@dataclass(frozen=True)
class SaidView:
    """One thing that an invitee said. `words` are empty where they are closed to the reader."""

    id: UUID
    invitee: UUID
    for_plan: str
    for_plan_words: str
    words: str
    handling: str
    told_by: str
    entry: UUID | None
    said_at: datetime
    recorded_at: datetime
    by_link: bool
    by: UUID


@dataclass(frozen=True)
class InviteeView:
    """One invitee, or somebody left out. `who` says who in one line; `name` may be blank for a post.

    `agency_kind` is the pack's kind of agency, blank for the family and "social_care" for us. `standing` judges
    what they may be told, `state` is its key in `rules.STATES`; `came_back` says that nobody opened the invitation.
    `kept_out_before` is what a chair decided at another meeting of these children, of whoever waits because of it.
    `attendance` and `view` are two facts; `views` is everything that they said, oldest first.
    """

    id: UUID
    meeting: UUID
    agency_post: UUID | None
    post: UUID | None
    person: UUID | None
    agency: str
    agency_kind: str
    title: str
    closed: bool
    name: str
    role: str
    who: str
    family: bool
    child: bool
    confirmed_at: datetime | None
    by: UUID
    left_out_because: str
    safe_to_tell: str
    safe_because: str
    waits_for_chair: bool
    allowed_at: datetime | None
    excluded_at: datetime | None
    excluded_by: UUID | None
    excluded_because: str
    excluded_on_record: str
    standing: Standing
    invitation: UUID | None
    told_at: datetime | None
    invited_at: datetime | None
    opened_at: datetime | None
    came_back: bool
    message_status: str
    means: str
    answers: int
    report_asked: bool
    report_in_at: datetime | None
    report: UUID | None
    report_shared_on: date | None
    report_shared_how: str
    attendance: str
    deputy: str
    view: str
    views: tuple[SaidView, ...]
    kept_out_before: KeptOut | None = None

    @property
    def state(self) -> str:
        """A key of `rules.STATES`."""
        return self.standing.state

    @property
    def excluded(self) -> bool:
        """Kept out by the chair."""
        return self.standing.excluded

    @property
    def left_out(self) -> bool:
        """Not invited, with why."""
        return bool(self.left_out_because)

    @property
    def to_tell_again(self) -> bool:
        """Was told of a time or a place that no longer holds."""
        return self.standing.to_tell_again

    @property
    def letter_unwritten(self) -> bool:
        """Kept out, and not written to since in the words that have neither time nor place."""
        if not self.excluded or self.excluded_at is None:
            return False
        return self.invited_at is None or self.invited_at < self.excluded_at

    @property
    def let_in_since(self) -> bool:
        """The chair let them in after they were written to: what they have opens nothing, and they are told anew."""
        if self.allowed_at is None or self.invited_at is None or self.excluded:
            return False
        return self.invited_at < self.allowed_at

    @property
    def answered(self) -> bool:
        """Gave a view or a report, before the meeting or after."""
        return bool(self.views) or self.report_in_at is not None

    @property
    def not_shared(self) -> bool:
        """A report is in and the parents have not had it."""
        return self.report_in_at is not None and self.report_shared_on is None


def invitees_of(meetings: Iterable[UUID], *, views: bool = True) -> dict[UUID, list[InviteeView]]:
    """Everybody of each of these meetings: agencies by name, then ours, then the family; whoever is left out last.

    A fixed number of queries, however many meetings and invitees there are. `views` off leaves out what they said,
    for whoever does not read it.
    """
    keys = list(dict.fromkeys(meetings))
    rows = list(Invitee.objects.filter(meeting__in=keys).select_related("agency_post__agency", "person"))
    around = _around(rows, views=views)
    found: dict[UUID, list[InviteeView]] = {key: [] for key in keys}
    for row in rows:
        found[row.meeting_id].append(_view(row, around))
    for listed in found.values():
        listed.sort(key=lambda one: (one.left_out, one.family, not one.agency, one.agency, one.who, str(one.id)))
    return found


def get_invitee(invitee: UUID) -> InviteeView:
    """One of them. Absent and hidden read alike."""
    rows = list(Invitee.objects.filter(id=invitee).select_related("agency_post__agency", "person"))
    if not rows:
        raise NotFound("There is nobody like that on the list of this meeting. Open the list again.")
    return _view(rows[0], _around(rows))


@dataclass(frozen=True)
class _Around:
    sittings: Mapping[UUID, Sitting]
    messages: Mapping[UUID, MessageLine]
    headers: Mapping[UUID, PersonName]
    posts: Mapping[UUID, str]
    views: Mapping[UUID, list[SaidView]]
    chairs: Mapping[UUID, UUID]
    kept_out: Mapping[UUID, KeptOut]


def _around(rows: list[Invitee], *, views: bool = True) -> _Around:
    meetings = {row.meeting_id for row in rows}
    return _Around(
        sittings={one.meeting_id: one for one in Sitting.objects.filter(meeting__in=meetings, to_at=None)},
        messages=describe_messages(row.invitation for row in rows if row.invitation),
        headers=get_names(people=[row.person_id for row in rows if row.person_id]),
        posts=describe_posts(row.post_id for row in rows if row.post_id),
        views=views_of(row.id for row in rows) if views else {},
        chairs=dict(Meeting.objects.filter(step__in=meetings).values_list("step", "chair_post")),
        kept_out=_kept_out(rows),
    )


def _kept_out(rows: list[Invitee]) -> dict[UUID, KeptOut]:
    """Of those who wait: what was decided of them before. Nothing is asked where nobody waits."""
    found: dict[UUID, KeptOut] = {}
    for meeting in {row.meeting_id for row in rows if standing_of(row, None).waits}:
        children = MeetingChild.objects.filter(meeting=meeting).values_list("child", flat=True)
        before = kept_out_of(children, besides=meeting)
        found |= {row.id: before[who_of(row)] for row in rows if row.meeting_id == meeting and who_of(row) in before}
    return found


def _view(row: Invitee, around: _Around) -> InviteeView:
    post = row.agency_post
    header = around.headers.get(row.person_id) if row.person_id else None
    line = around.messages.get(row.invitation) if row.invitation else None
    name = row.name or (header.known_as or header.name if header else "")
    return InviteeView(
        id=row.id, meeting=row.meeting_id, agency_post=row.agency_post_id, post=row.post_id, person=row.person_id,
        agency=post.agency.name if post else "",
        agency_kind=post.agency.kind if post else ("social_care" if row.post_id else ""),
        title=post.title if post else around.posts.get(row.post_id, "") if row.post_id else "",
        closed=post is not None and is_closed(post),
        name=name, role=row.role, who=_who(row, name, around),
        family=is_family(row), child=header is not None and header.kind == "child",
        confirmed_at=row.confirmed_at, by=row.by, left_out_because=row.left_out_because,
        safe_to_tell=row.safe_to_tell, safe_because=row.safe_because, waits_for_chair=row.waits_for_chair,
        allowed_at=row.allowed_at, excluded_at=row.excluded_at, excluded_by=row.excluded_by,
        excluded_because=row.excluded_because, excluded_on_record=row.excluded_on_record,
        standing=standing_of(row, around.sittings.get(row.meeting_id)),
        invitation=row.invitation, told_at=row.told_at, invited_at=line.composed_at if line else row.told_at,
        opened_at=line.acknowledged_at if line else None, came_back=bool(line and line.returned),
        message_status=line.status if line else "", means=line.means if line else "",
        answers=line.replies if line else 0, report_asked=row.report_asked, report_in_at=row.report_in_at,
        report=row.report_id, report_shared_on=row.report_shared_on, report_shared_how=row.report_shared_how,
        attendance=row.attendance, deputy=row.deputy, view=row.view, views=tuple(around.views.get(row.id, ())),
        kept_out_before=around.kept_out.get(row.id) if standing_of(row, None).waits else None,
    )  # fmt: skip


def _who(row: Invitee, name: str, around: _Around) -> str:
    """ "Bea Lund, Health visitors, Hallowby General Hospital"; "Lowenna Penhallow, mother"."""
    parts = [name]
    if row.agency_post is not None:
        parts += [row.agency_post.title, row.agency_post.agency.name]
    elif row.post_id is not None:
        parts = [around.posts.get(row.post_id, name)]
    else:
        parts += [row.role]
    return ", ".join(part for part in parts if part) or "Name not known"


def views_of(invitees: Iterable[UUID]) -> dict[UUID, list[SaidView]]:
    """Everything that each of these invitees said, oldest first, as far as the reader may read the words."""
    rows = list(View.objects.filter(invitee__in=list(invitees)).order_by("said_at", "id"))
    entries = list_entries(row.entry_id for row in rows if row.entry_id)
    found: dict[UUID, list[SaidView]] = {}
    for row in rows:
        found.setdefault(row.invitee_id, []).append(_said(row, entries.get(row.entry_id) if row.entry_id else None))
    return found


def _said(row: View, entry: EntryView | None) -> SaidView:
    passages = entry.passages if entry else ()
    return SaidView(
        id=row.id,
        invitee=row.invitee_id,
        for_plan=row.for_plan,
        for_plan_words=View.ForPlan(row.for_plan).label if row.for_plan else "",
        words="\n\n".join(one.text for one in passages),
        handling=next((one.handling for one in passages), ""),
        told_by=next((one.told_by for one in passages), ""),
        entry=row.entry_id,
        said_at=row.said_at,
        recorded_at=row.recorded_at,
        by_link=row.by_link,
        by=row.by,
    )
