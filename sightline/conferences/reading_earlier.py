"""Reading initial conferences that an earlier system recorded without an enquiry. One of this room's readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.conferences.models import EarlierConference


@dataclass(frozen=True)
class EarlierView:
    """The day of a conference as a file told it. `entry` is the import's, on the child's record."""

    id: UUID
    child: UUID
    entry: UUID
    held_on: date


def list_earlier(children: Iterable[UUID]) -> dict[UUID, list[EarlierView]]:
    """What earlier systems recorded of these children and stands, latest first, in one query."""
    found: dict[UUID, list[EarlierView]] = {}
    rows = EarlierConference.objects.filter(child__in=list(children), withdrawn_at=None)
    for row in rows.order_by("-held_on", "-id"):
        view = EarlierView(row.id, row.child_id, row.entry_id, row.held_on)
        found.setdefault(row.child_id, []).append(view)
    return found
