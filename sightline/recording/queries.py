"""Reading what a phone call, a visit or an injury has beside its words, which are read with the entry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.kernel.errors import NotFound
from sightline.record.queries import OpenStep, get_step, list_open_steps, list_steps_for, roots_of
from sightline.recording.models import Appointment, PhoneCall, PlannedVisit, Visit, VisitChild
from sightline.recording.reading_injuries import InjuryView, list_injuries

__all__ = [
    "AppointmentView",
    "Call",
    "ChildThere",
    "InjuryView",
    "PlannedVisitView",
    "VisitView",
    "get_appointments",
    "get_calls",
    "get_planned",
    "get_visits",
    "list_injuries",
    "list_planned",
    "list_without_outcome",
]

MOST = 500


@dataclass(frozen=True)
class Call:
    """With whom somebody spoke, and who rang whom, in words."""

    entry: UUID
    spoke_with: str
    direction: str


@dataclass(frozen=True)
class ChildThere:
    """What is one child's alone of a visit or an appointment, beside whether they were seen."""

    child: UUID
    reason: str
    reason_given_by: str
    sleeping: str


@dataclass(frozen=True)
class VisitView:
    """A visit, made or not. `children` are those whom the reader may see, by their keys.

    `place` and `sleeping` are codes of the practice pack; `announced` is None where nobody said.
    """

    entry: UUID
    planned: UUID | None
    announced: bool | None
    place: str
    present: str
    sleeping: str
    late_because: str
    children: Mapping[UUID, ChildThere]


@dataclass(frozen=True)
class AppointmentView:
    """What an appointment was for, and what is each child's alone of it."""

    entry: UUID
    what: str
    children: Mapping[UUID, ChildThere]


@dataclass(frozen=True)
class PlannedVisitView:
    """A visit that is to be made, and which post makes it."""

    step: UUID
    children: tuple[UUID, ...]
    starts_at: datetime
    place: str
    announced: bool | None
    purpose: str
    post: UUID


def get_calls(entries: Iterable[UUID]) -> dict[UUID, Call]:
    """Those of these entries that were phone calls, in one query."""
    rows = PhoneCall.objects.filter(entry__in=list(entries))
    return {row.entry_id: Call(row.entry_id, row.spoke_with, row.get_direction_display()) for row in rows}


def get_visits(entries: Iterable[UUID], roots: Mapping[UUID, UUID] | None = None) -> dict[UUID, VisitView]:
    """Those of these entries that were visits, in three queries; a corrected entry keeps what its visit had.

    `roots`, the first versions of all of them, spare a query to who knows them; as in `get_appointments`.
    """
    roots = roots_of(entries) if roots is None else roots
    visits = {row.entry_id: row for row in Visit.objects.filter(entry__in=set(roots.values()))}
    children = _children(visits)
    return {
        entry: VisitView(
            entry=entry,
            planned=visits[root].planned_id,
            announced=visits[root].announced,
            place=visits[root].place,
            present=visits[root].present,
            sleeping=visits[root].sleeping,
            late_because=visits[root].late_because,
            children=children[root],
        )
        for entry, root in roots.items()
        if root in visits
    }


def get_appointments(entries: Iterable[UUID], roots: Mapping[UUID, UUID] | None = None) -> dict[UUID, AppointmentView]:
    """Those of these entries that were appointments, in three queries."""
    roots = roots_of(entries) if roots is None else roots
    what = dict(Appointment.objects.filter(entry__in=set(roots.values())).values_list("entry", "what"))
    children = _children(what)
    return {entry: AppointmentView(entry, what[root], children[root]) for entry, root in roots.items() if root in what}


def _children(entries: Iterable[UUID]) -> Mapping[UUID, Mapping[UUID, ChildThere]]:
    found: dict[UUID, dict[UUID, ChildThere]] = defaultdict(dict)
    for row in VisitChild.objects.filter(entry__in=list(entries)):
        found[row.entry_id][row.child_id] = ChildThere(row.child_id, row.reason, row.reason_given_by, row.sleeping)
    return found


def list_planned(
    *, posts: Iterable[UUID] | None = None, children: Iterable[UUID] | None = None
) -> list[PlannedVisitView]:
    """Planned visits that nobody has recorded or cancelled, of these posts or to these children, soonest first."""
    if posts is not None:
        return _planned(list_open_steps(posts, kinds=["visit"], limit=MOST))
    return _planned(list_steps_for(children or (), kinds=["visit"], limit=MOST))


def list_without_outcome(posts: Iterable[UUID], *, at: datetime) -> list[PlannedVisitView]:
    """Those of these posts' planned visits whose time has passed, and of which nobody has said how they went."""
    return [one for one in list_planned(posts=posts) if one.starts_at < at]


def get_planned(step: UUID) -> PlannedVisitView:
    """One planned visit that still waits for its outcome. Absent and hidden read alike."""
    found = _planned([get_step(step)])
    if not found:
        raise NotFound("There is no such planned visit among the work that you can see.")
    return found[0]


def _planned(steps: Iterable[OpenStep]) -> list[PlannedVisitView]:
    by_key = {one.id: one for one in steps}
    rows = PlannedVisit.objects.filter(step__in=list(by_key)).order_by("starts_at", "step")
    return [
        PlannedVisitView(
            step=row.step_id,
            children=by_key[row.step_id].people,
            starts_at=row.starts_at,
            place=row.place,
            announced=row.announced,
            purpose=row.purpose,
            post=by_key[row.step_id].post,
        )
        for row in rows
    ]
