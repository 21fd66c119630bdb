"""Reading section 47 enquiries that an earlier system recorded. One of this room's readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.enquiries.models import EarlierEnquiry
from sightline.kernel.errors import NotFound


@dataclass(frozen=True)
class EarlierView:
    """An enquiry as a file told it: its days. `conference_not_required` is None where the file does not say.

    `step` asks how one ended that was open there. `entry` is the import's, on the child's record.
    """

    id: UUID
    child: UUID
    entry: UUID
    began_on: date
    conference_target_on: date | None
    conference_on: date | None
    conference_not_required: bool | None
    step: UUID | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said how it ended: neither a conference nor word that none was needed."""
        return self.conference_on is None and not self.conference_not_required


def list_earlier(children: Iterable[UUID]) -> dict[UUID, list[EarlierView]]:
    """What earlier systems recorded of these children and stands, latest first, in one query."""
    found: dict[UUID, list[EarlierView]] = {}
    rows = EarlierEnquiry.objects.filter(child__in=list(children), withdrawn_at=None)
    for row in rows.order_by("-began_on", "-id"):
        found.setdefault(row.child_id, []).append(_view(row))
    return found


def get_earlier(earlier: UUID) -> EarlierView:
    """One of them. Absent and hidden read alike."""
    row = EarlierEnquiry.objects.filter(id=earlier, withdrawn_at=None).first()
    if row is None:
        raise NotFound("There is no such enquiry among the children that you work with.")
    return _view(row)


def _view(row: EarlierEnquiry) -> EarlierView:
    return EarlierView(
        id=row.id,
        child=row.child_id,
        entry=row.entry_id,
        began_on=row.began_on,
        conference_target_on=row.conference_target_on,
        conference_on=row.conference_on,
        conference_not_required=row.conference_not_required,
        step=row.step_id,
    )
