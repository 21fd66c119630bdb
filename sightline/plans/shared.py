"""What an agency reads of why we are involved, where that is shared with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from sightline.plans.models import Plan


@dataclass(frozen=True)
class Why:
    """Since when a child is open to us, and the kinds of plan they are on, in words."""

    open_since: date | None
    plans: tuple[str, ...]


def told_why(share: UUID) -> dict[UUID, Why]:
    """By child, for whoever reads the share; nothing where the share does not tell it, and nothing of the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT child, open_since, plans FROM plans_told_to_agency(%s)", [share])
        return {
            child: Why(since, tuple(str(Plan.Kind(kind).label) for kind in plans))
            for child, since, plans in cursor.fetchall()
        }
