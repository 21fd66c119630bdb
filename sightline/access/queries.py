"""Asking the rule. The answer comes from the same predicate that the row policies use."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from sightline.access.models import Grant
from sightline.access.rules import Section

WEIGHT = {
    "allocation": 0, "step": 1, "contact": 2, "handover": 3, "contact_decided": 4, "involvement_ended": 5,
    "conference_held": 6,
}  # fmt: skip
"""Of several reasons for which a record may be seen, the one that is written down comes first."""


def may_see(*, person: UUID, section: Section = Section.ORDINARY) -> bool:
    """Whether the person who acts may see this section about this person now."""
    return person in may_see_of(people=[person], section=section)


def may_see_of(*, people: Iterable[UUID], section: Section = Section.ORDINARY) -> set[UUID]:
    """Which of these people the person who acts may see."""
    wanted = list(people)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p FROM unnest(%s::uuid[]) AS p WHERE access_may_see(p, %s)",
            [wanted, str(section)],
        )
        return {row[0] for row in cursor.fetchall()}


def is_restricted(*, person: UUID) -> bool:
    """Whether a record that the person who acts may read is restricted to named readers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_is_restricted(%s)", [person])
        return bool(cursor.fetchone()[0])


def why_may_see(*, people: Iterable[UUID]) -> str:
    """For what the person who acts has sight of these people: the weightiest grant's own word, or nothing."""
    held = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    grants = Grant.objects.filter(held, person__in=list(people)).order_by("from_at")
    found = list(grants.values_list("because", flat=True))
    return min(found, key=lambda because: WEIGHT.get(because, len(WEIGHT)), default="")
