"""Reading what only a phone call has. The words are read with the entry, in record."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.recording.models import PhoneCall


@dataclass(frozen=True)
class Call:
    """With whom somebody spoke, and who rang whom, in words."""

    entry: UUID
    spoke_with: str
    direction: str


def get_calls(entries: Iterable[UUID]) -> dict[UUID, Call]:
    """Those of these entries that were phone calls, in one query."""
    rows = PhoneCall.objects.filter(entry__in=list(entries))
    return {row.entry_id: Call(row.entry_id, row.spoke_with, row.get_direction_display()) for row in rows}
