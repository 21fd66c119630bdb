"""The part that children and their families had in meetings that were held. Part of this room's queries."""

from dataclasses import dataclass
from uuid import UUID

from sightline.conferences.models import Invitee, Meeting, MeetingChild


@dataclass(frozen=True)
class FamilyPart:
    """Somebody of the family at a meeting: whether they were there, and whether they spoke or wrote, in words."""

    person: UUID
    attendance: str
    view: str


@dataclass(frozen=True)
class MeetingPart:
    """What children and family had to do with one meeting; `children` are the part and the words of each, by child."""

    step: UUID
    kind: str
    entry: UUID
    children: dict[UUID, tuple[str, str]]
    family: tuple[FamilyPart, ...]


def parts_of(plan: UUID) -> dict[UUID, MeetingPart]:
    """By the entry that is their record: the core groups and conferences of a plan, in three queries."""
    rows = list(Meeting.objects.filter(plan=plan, entry__isnull=False))
    keys = [one.step_id for one in rows]
    children: dict[UUID, dict[UUID, tuple[str, str]]] = {}
    for child in MeetingChild.objects.filter(meeting__in=keys).order_by("id"):
        said = str(MeetingChild.Part(child.part).label) if child.part else ""
        children.setdefault(child.meeting_id, {})[child.child_id] = (said, child.part_words)
    family: dict[UUID, list[FamilyPart]] = {}
    people = Invitee.objects.filter(meeting__in=keys, person__isnull=False, left_out_because="").order_by("id")
    for row in people:
        if row.person_id is not None and row.person_id not in children.get(row.meeting_id, {}):
            family.setdefault(row.meeting_id, []).append(_family(row, row.person_id))
    return {
        one.entry_id: MeetingPart(
            step=one.step_id,
            kind=one.kind,
            entry=one.entry_id,
            children=children.get(one.step_id, {}),
            family=tuple(family.get(one.step_id, [])),
        )
        for one in rows
        if one.entry_id is not None
    }


def _family(row: Invitee, person: UUID) -> FamilyPart:
    attendance = str(Invitee.Attendance(row.attendance).label) if row.attendance else ""
    return FamilyPart(person, attendance, str(Invitee.View(row.view).label) if row.view else "")
