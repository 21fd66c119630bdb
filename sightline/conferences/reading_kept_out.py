"""Whom a chair kept out of another meeting of the same children, until one allows. Part of this room's queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sightline.conferences.models import Invitee, Meeting

Who = tuple[UUID | None, UUID | None, UUID | None, str]


@dataclass(frozen=True)
class KeptOut:
    """What a chair decided, and of which meeting. It holds for the meetings after it until a chair allows.

    `because` is the reason as the record keeps it; where it has none of its own, what they were told.
    """

    meeting: UUID
    kind_words: str
    at: datetime
    because: str


def who_of(row: Invitee) -> Who:
    """By what one is the same from meeting to meeting; a friend by their name alone."""
    name = "" if row.agency_post_id or row.post_id or row.person_id else row.name
    return row.agency_post_id, row.post_id, row.person_id, name


def kept_out_of(children: Iterable[UUID], *, besides: UUID | None = None) -> dict[Who, KeptOut]:
    """Whoever is kept out by what a chair decided last, at a meeting of any of these children; one query.

    `besides` is the meeting that asks: what was decided in it is read from its own list.
    """
    decided = Q(excluded_at__isnull=False) | Q(allowed_at__isnull=False)
    rows = Invitee.objects.filter(decided, meeting__children__child__in=list(children)).exclude(meeting=besides)
    latest: dict[Who, tuple[datetime, KeptOut | None]] = {}
    for row in rows.select_related("meeting").distinct():
        for moment, found in _decisions(row):
            before = latest.get(who_of(row))
            if before is None or moment >= before[0]:
                latest[who_of(row)] = (moment, found)
    return {who: found for who, (_, found) in latest.items() if found is not None}


def _decisions(row: Invitee) -> list[tuple[datetime, KeptOut | None]]:
    """What the chair decided of one invitee, in order: an exclusion, or None where they were let in."""
    made: list[tuple[datetime, KeptOut | None]] = []
    if row.excluded_at is not None:
        words = str(Meeting.Kind(row.meeting.kind).label)
        because = row.excluded_on_record or row.excluded_because
        made.append((row.excluded_at, KeptOut(row.meeting_id, words, row.excluded_at, because)))
    if row.allowed_at is not None:
        made.append((row.allowed_at, None))
    return sorted(made, key=lambda one: one[0])
