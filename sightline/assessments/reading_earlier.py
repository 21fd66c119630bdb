"""Reading assessments that an earlier system recorded. One of this room's readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.assessments.models import EarlierAssessment


@dataclass(frozen=True)
class EarlierView:
    """An assessment as a file told it: days and the codes of its factors. Open where `authorised_on` is None.

    `step` asks somebody to go on with an open one here. `entry` is the import's, on the child's record.
    """

    id: UUID
    child: UUID
    entry: UUID
    started_on: date
    internal_review_on: date | None
    authorised_on: date | None
    factors: tuple[str, ...]
    step: UUID | None


def list_earlier(children: Iterable[UUID]) -> dict[UUID, list[EarlierView]]:
    """What earlier systems recorded of these children and stands, latest first, in one query."""
    found: dict[UUID, list[EarlierView]] = {}
    rows = EarlierAssessment.objects.filter(child__in=list(children), withdrawn_at=None)
    for row in rows.order_by("-started_on", "-id"):
        view = EarlierView(
            id=row.id,
            child=row.child_id,
            entry=row.entry_id,
            started_on=row.started_on,
            internal_review_on=row.internal_review_on,
            authorised_on=row.authorised_on,
            factors=tuple(row.factors),
            step=row.step_id,
        )
        found.setdefault(row.child_id, []).append(view)
    return found
