"""What stands about a person beside the rule: an emergency access, a restriction, other keys of the same person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from sightline.access.models import EmergencyAccess, Identity

# Read under the row policy of the links themselves, which shows a link to who may see both its ends.
READ_SAME = """
    WITH links AS MATERIALIZED (
        SELECT i.person, i.same_as, i.from_at FROM access_identity i
        WHERE i.kind = 'same' AND i.from_at <= coalesce(%(at)s, statement_timestamp())
          AND (i.until_at IS NULL OR i.until_at > coalesce(%(at)s, statement_timestamp()))
          AND (i.person = %(person)s OR i.same_as = %(person)s OR i.same_as = (
              SELECT o.same_as FROM access_identity o
              WHERE o.person = %(person)s AND o.kind = 'same' AND o.from_at <= coalesce(%(at)s, statement_timestamp())
                AND (o.until_at IS NULL OR o.until_at > coalesce(%(at)s, statement_timestamp())))))
    SELECT access_may_see(%(person)s, 'ordinary'), ARRAY(
        SELECT l.same_as FROM links l UNION ALL (SELECT l.person FROM links l ORDER BY l.from_at))
"""


@dataclass(frozen=True)
class OpenedInEmergency:
    """An emergency access that stands: by whom, and until when."""

    account: UUID
    until_at: datetime


@dataclass(frozen=True)
class Standing:
    """What every page of a record says of who reads it: restricted, and opened in an emergency by whom."""

    restricted: bool
    emergencies: tuple[OpenedInEmergency, ...] = ()


def standing_of(*, people: Iterable[UUID]) -> Standing:
    """The same of one person under all their keys, whose record the person who acts may read; one query."""
    keys = list(people)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(bool_or(access_is_restricted(p)), false) FROM unnest(%s::uuid[]) AS p),"
            " (SELECT coalesce(json_agg(json_build_array(e.account, e.until_at) ORDER BY e.from_at), '[]')"
            "  FROM access_emergencyaccess e WHERE e.person = ANY (%s::uuid[])"
            "  AND e.from_at <= statement_timestamp() AND e.until_at > statement_timestamp())",
            [keys, keys],
        )
        restricted, found = cursor.fetchone()
    rows = json.loads(found) if isinstance(found, str) else found
    return Standing(
        bool(restricted), tuple(OpenedInEmergency(UUID(who), datetime.fromisoformat(until)) for who, until in rows)
    )


def get_emergency(opened: UUID) -> EmergencyAccess | None:
    """One emergency access, for whoever opened it, reviews it or may read the record."""
    return EmergencyAccess.objects.filter(id=opened).first()


def list_unreviewed(posts: Iterable[UUID]) -> list[EmergencyAccess]:
    """Emergency accesses that these posts review and nobody has looked at yet, longest waiting first."""
    return list(EmergencyAccess.objects.filter(reviewer__in=list(posts), reviewed_at=None).order_by("review_by"))


def reviewer_of(*, person: UUID) -> UUID | None:
    """Who reviews a restricted record: the key of a post (of an account, for what was restricted early on)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_reviewer_of(%s)", [person])
        found: UUID | None = cursor.fetchone()[0]
    return found


def read_same(*, person: UUID, as_at: datetime | None = None) -> tuple[bool, tuple[UUID, ...]]:
    """Whether the person who acts may read this record, and all keys under which it stands; one query.

    The keys are theirs first, then that under which the record goes on, then the others: as linked at `as_at`.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ_SAME, {"person": person, "at": as_at})
        readable, found = cursor.fetchone()
    return bool(readable), tuple(dict.fromkeys([person, *found]))


def list_same(*, person: UUID) -> list[Identity]:
    """The links that stand now and say that this key is the same person as another, as far as both may be seen."""
    now = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    links = Identity.objects.filter(now, Q(person=person) | Q(same_as=person), kind=Identity.Kind.SAME)
    return list(links.order_by("from_at", "id"))


def same_person(person: UUID) -> tuple[UUID, ...]:
    """All keys of one person as of now, theirs first: only links of which the person who acts may see both ends."""
    return read_same(person=person)[1]
