"""Reading what an agency noted for itself: its own accounts, under the row policy, and nobody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.kernel.when import When
from sightline.partnership.models import AgencyNote

MOST = 500


@dataclass(frozen=True)
class OwnNote:
    """One note of the reader's own agency."""

    id: UUID
    about: str
    kind: str
    text: str
    noted: When
    recorded_at: datetime
    by: UUID


def list_own_notes() -> list[OwnNote]:
    """The notes of the reader's agency, the newest first; none for whoever is of no other agency."""
    return [
        OwnNote(
            id=row.id,
            about=row.about,
            kind=row.kind,
            text=row.text,
            noted=When(row.noted_from, row.noted_to, row.precision),  # type: ignore[arg-type]  # a column of choices
            recorded_at=row.recorded_at,
            by=row.by,
        )
        for row in AgencyNote.objects.order_by("-noted_from", "-recorded_at", "id")[:MOST]
    ]
