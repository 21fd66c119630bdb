"""Asking the rule. The answer comes from the same predicate that the row policies use."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from sightline.access.models import Grant
from sightline.access.rules import EMERGENCY, Section


def may_see(*, person: UUID, section: Section = Section.ORDINARY) -> bool:
    """Whether the person who acts may see this section about this person now."""
    return person in may_see_of(people=[person], section=section)


def may_see_of(*, people: Iterable[UUID], section: Section = Section.ORDINARY) -> set[UUID]:
    """Which of these people the person who acts may see."""
    wanted = list(people)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_seen_of(%s, %s)", [wanted, str(section)])
        return {row[0] for row in cursor.fetchall()}


def is_restricted(*, person: UUID) -> bool:
    """Whether a record that the person who acts may read is restricted to named readers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_is_restricted(%s)", [person])
        return bool(cursor.fetchone()[0])


def may_only_be_known_of(*, person: UUID) -> bool:
    """Whether this record is closed to the person who acts, who may yet know that there is such a person.

    Of whoever is hidden, and of a key that nobody has, the answer is no.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %(person)s = ANY (access_bars()) AND %(person)s <> ALL (access_hidden())", {"person": person}
        )
        return bool(cursor.fetchone()[0])


def barred_of(*, people: Iterable[UUID]) -> set[UUID]:
    """Which of these people are closed to the person who acts whatever they are given: restricted, or kept away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p FROM unnest(%s::uuid[]) AS p WHERE p = ANY ((SELECT access_bars())::uuid[])", [list(people)]
        )
        return {row[0] for row in cursor.fetchall()}


def list_sight(*, people: Iterable[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    """By which grants whoever acts has sight of these people: for each, the grant's own word and its reader.

    Somebody of whom they have no sight is left out. One query.
    """
    held = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    grants = Grant.objects.filter(held, person__in=list(people)).order_by("from_at", "id")
    for person, because, reader in grants.values_list("person", "because", "reader"):
        found.setdefault(person, []).append((because, reader))
    return found


def seen_in_emergency_alone(*, people: Iterable[UUID], section: Section = Section.ORDINARY) -> set[UUID]:
    """Of these people, those whom the person who acts would not see but for emergency access of their own.

    Of a restricted record any other sight is closed, so there emergency access is what opens it.
    """
    held = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    grants = Grant.objects.filter(held, person__in=list(people), sections__contains=[str(section)])
    found: dict[UUID, set[bool]] = {}
    for person, because in grants.values_list("person", "because"):
        found.setdefault(person, set()).add(because == EMERGENCY)
    return {
        person
        for person, by_it in found.items()
        if True in by_it and (False not in by_it or is_restricted(person=person))
    }
