"""Reading what is shared with agencies: by those who answer for it, and by the agency itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from sightline.partnership.models import Share


@dataclass(frozen=True)
class ShareView:
    """What goes on being shared with one agency."""

    id: UUID
    agency: UUID
    agency_name: str
    purpose: str
    from_at: datetime
    until_at: datetime | None
    tells_why: bool
    by: UUID
    children: tuple[UUID, ...]


def list_shares() -> list[ShareView]:
    """Every share that goes on and that the reader opened, answers for, or reads as that agency's."""
    live = Q(from_at__lte=Now()) & (Q(until_at=None) | Q(until_at__gt=Now()))
    return [
        ShareView(
            id=row.id,
            agency=row.agency_id,
            agency_name=row.agency.name,
            purpose=row.purpose,
            from_at=row.from_at,
            until_at=row.until_at,
            tells_why=row.tells_why,
            by=row.by,
            children=tuple(_children(row.id)),
        )
        for row in Share.objects.filter(live).select_related("agency").order_by("agency__name", "from_at")
    ]


def _children(share: UUID) -> Sequence[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT child FROM partnership_shared(%s)", [share])
        return [row[0] for row in cursor.fetchall()]
