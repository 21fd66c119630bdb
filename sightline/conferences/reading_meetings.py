"""Meetings as their pages and the children's records show them. Part of this room's queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.models import Meeting, MeetingChild, Sitting
from sightline.conferences.reading_invitees import InviteeView, invitees_of
from sightline.kernel.errors import NotFound


@dataclass(frozen=True)
class SittingView:
    """When and where a meeting was to take place from `from_at` on, until it was moved at `to_at` with why."""

    starts_at: datetime
    place: str
    how: str
    how_words: str
    from_at: datetime
    to_at: datetime | None
    moved_because: str
    by: UUID


@dataclass(frozen=True)
class ChildInMeeting:
    """One child's part in a meeting, and what it decided for them; the words beside the codes."""

    child: UUID
    part: str
    part_words: str
    decision: str
    decision_words: str
    category: str
    others: tuple[str, ...]
    reasons: str

    @property
    def part_label(self) -> str:
        """The child's part as a page says it."""
        return str(MeetingChild.Part(self.part).label) if self.part else ""


@dataclass(frozen=True)
class MeetingView:
    """A meeting with everybody asked to it. `step_post` carries it now, `open` says that its step is open."""

    step: UUID
    kind: str
    kind_words: str
    chair_post: UUID
    step_post: UUID
    open: bool
    convened_by: UUID
    convened_at: datetime
    convened_post: UUID | None
    due_at: datetime | None
    due_rule: str
    enquiry: UUID | None
    plan: UUID | None
    children: tuple[ChildInMeeting, ...]
    sitting: SittingView | None
    earlier: tuple[SittingView, ...]
    invitees: tuple[InviteeView, ...]
    held_at: datetime | None
    not_held_because: str
    alone_because: str
    next_on: date | None
    recorded_at: datetime | None
    recorded_by: UUID | None
    entry: UUID | None

    @property
    def child_keys(self) -> tuple[UUID, ...]:
        """The children whom it is about."""
        return tuple(one.child for one in self.children)

    @property
    def recorded(self) -> bool:
        """Whether its outcome is recorded."""
        return self.recorded_at is not None

    @property
    def called_off(self) -> bool:
        """Whether it does not take place."""
        return bool(self.not_held_because)

    @property
    def asked(self) -> tuple[InviteeView, ...]:
        """Whoever is on the list, without those who were left out."""
        return tuple(one for one in self.invitees if not one.left_out)


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list. `decisions` and `categories` are by child."""

    step: UUID
    kind: str
    kind_words: str
    chair_post: UUID
    children: tuple[UUID, ...]
    starts_at: datetime | None
    place: str
    held_at: datetime | None
    not_held_because: str
    recorded_at: datetime | None
    next_on: date | None
    entry: UUID | None
    plan: UUID | None
    enquiry: UUID | None
    decisions: dict[UUID, str] = field(default_factory=dict)
    categories: dict[UUID, str] = field(default_factory=dict)

    @property
    def moment(self) -> datetime | None:
        """When it was held, else when it is to be."""
        return self.held_at or self.starts_at


def get_meeting(step: UUID, *, views: bool = True) -> MeetingView:
    """One meeting with its invitees, in a fixed number of queries. Absent and hidden read alike.

    `views` off leaves out what the invitees said, for whoever does not read it.
    """
    row = Meeting.objects.filter(step=step).select_related("step").first()
    if row is None:
        raise NotFound("There is no such meeting among the children that you work with.")
    sittings = [_sitting(one) for one in Sitting.objects.filter(meeting=step).order_by("from_at", "id")]
    children = MeetingChild.objects.filter(meeting=step).order_by("id")
    return MeetingView(
        step=row.step_id, kind=row.kind, kind_words=str(Meeting.Kind(row.kind).label), chair_post=row.chair_post_id,
        step_post=row.step.post_id, open=row.step.closed_at is None, convened_by=row.convened_by,
        convened_at=row.convened_at, convened_post=row.convened_post_id, due_at=row.step.due_at,
        due_rule=row.step.due_rule, enquiry=row.enquiry, plan=row.plan,
        children=tuple(_child(one) for one in children),
        sitting=next((one for one in sittings if one.to_at is None), None),
        earlier=tuple(one for one in sittings if one.to_at is not None),
        invitees=tuple(invitees_of([step], views=views)[step]), held_at=row.held_at,
        not_held_because=row.not_held_because, alone_because=row.alone_because, next_on=row.next_on,
        recorded_at=row.recorded_at, recorded_by=row.recorded_by, entry=row.entry_id,
    )  # fmt: skip


def _sitting(row: Sitting) -> SittingView:
    return SittingView(
        starts_at=row.starts_at,
        place=row.place,
        how=row.how,
        how_words=str(Sitting.How(row.how).label) if row.how else "",
        from_at=row.from_at,
        to_at=row.to_at,
        moved_because=row.moved_because,
        by=row.by,
    )


def _child(row: MeetingChild) -> ChildInMeeting:
    return ChildInMeeting(
        child=row.child_id,
        part=row.part,
        part_words=row.part_words,
        decision=row.decision,
        decision_words=str(MeetingChild.Decision(row.decision).label) if row.decision else "",
        category=row.category,
        others=tuple(row.others),
        reasons=row.reasons,
    )


def list_meetings(children: Iterable[UUID]) -> list[MeetingLine]:
    """Conferences and core groups of any of these children, the newest first, in three queries."""
    about = MeetingChild.objects.filter(child__in=list(children)).values("meeting")
    return lines_of(Meeting.objects.filter(step__in=about))


def lines_of(meetings: Iterable[Meeting]) -> list[MeetingLine]:
    """These meetings as lines, the newest first: by when they were held, else by when they are to be."""
    rows = list(meetings)
    keys = [row.step_id for row in rows]
    sittings = {one.meeting_id: one for one in Sitting.objects.filter(meeting__in=keys, to_at=None)}
    children: dict[UUID, list[MeetingChild]] = {}
    for one in MeetingChild.objects.filter(meeting__in=keys).order_by("id"):
        children.setdefault(one.meeting_id, []).append(one)
    found = [_line(row, sittings.get(row.step_id), children.get(row.step_id, [])) for row in rows]
    return sorted(found, key=lambda one: (one.moment is not None, one.moment, str(one.step)), reverse=True)


def _line(row: Meeting, sitting: Sitting | None, children: list[MeetingChild]) -> MeetingLine:
    return MeetingLine(
        step=row.step_id,
        kind=row.kind,
        kind_words=str(Meeting.Kind(row.kind).label),
        chair_post=row.chair_post_id,
        children=tuple(one.child_id for one in children),
        starts_at=sitting.starts_at if sitting else None,
        place=sitting.place if sitting else "",
        held_at=row.held_at,
        not_held_because=row.not_held_because,
        recorded_at=row.recorded_at,
        next_on=row.next_on,
        entry=row.entry_id,
        plan=row.plan,
        enquiry=row.enquiry,
        decisions={one.child_id: one.decision for one in children if one.decision},
        categories={one.child_id: one.category for one in children if one.category},
    )
