"""What stands about a person beside the rule: an emergency access, a restriction, other keys of the same person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from sightline.access.models import EmergencyAccess, Identity


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


def list_same(*, person: UUID) -> list[Identity]:
    """The links that stand now and say that this key is the same person as another, as far as both may be seen."""
    return list(_standing_links().filter(Q(person=person) | Q(same_as=person)).order_by("from_at", "id"))


def same_person(person: UUID) -> tuple[UUID, ...]:
    """All keys of one person as of now, theirs first: only links of which the person who acts may see both ends."""
    goes_on = _standing_links().filter(person=person).values("same_as")
    links = _standing_links().filter(Q(person=person) | Q(same_as=person) | Q(same_as__in=goes_on))
    ends = [end for link in links.order_by("from_at", "id") for end in (link.same_as, link.person)]
    return tuple(dict.fromkeys([person, *ends]))


def _standing_links() -> QuerySet[Identity]:
    now = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    return Identity.objects.filter(now, kind=Identity.Kind.SAME)
