"""Reading plans that an earlier system recorded. One of this room's readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.kernel.errors import NotFound
from sightline.plans.models import EarlierPlan


@dataclass(frozen=True)
class EarlierView:
    """A plan as a file told it: days and codes of categories. In force there where `to_on` is None.

    `kind` is child_in_need or protection. `step` asks somebody to go on with one that is in force, and
    `taken_up_by` is the plan here that does. `plans_before` counts protection plans before it, None where
    the file does not say. `entry` is the import's, on the child's record.
    """

    id: UUID
    child: UUID
    entry: UUID
    kind: str
    from_on: date
    to_on: date | None
    first_category: str
    last_category: str
    plans_before: int | None
    reviewed_on: tuple[date, ...]
    step: UUID | None
    taken_up_by: UUID | None

    @property
    def taken_up(self) -> bool:
        """Whether a plan here goes on with it."""
        return self.taken_up_by is not None

    @property
    def in_force(self) -> bool:
        """Whether it is the plan that the child is on: not ended, and nothing here goes on with it."""
        return self.to_on is None and not self.taken_up


def list_earlier(children: Iterable[UUID]) -> dict[UUID, list[EarlierView]]:
    """What earlier systems recorded of these children and stands, latest first, in one query.

    Those that a plan here goes on with are there too, and say so.
    """
    found: dict[UUID, list[EarlierView]] = {}
    rows = EarlierPlan.objects.filter(child__in=list(children), withdrawn_at=None)
    for row in rows.order_by("-from_on", "-id"):
        found.setdefault(row.child_id, []).append(_view(row))
    return found


def get_earlier(earlier: Iterable[UUID]) -> list[EarlierView]:
    """Those with these keys, the earliest first. Refuses, as absent, where any of them may not be seen."""
    wanted = set(earlier)
    rows = list(EarlierPlan.objects.filter(id__in=wanted, withdrawn_at=None).order_by("from_on", "id"))
    if {row.id for row in rows} != wanted:
        raise NotFound("There is no such plan among the children that you work with.")
    return [_view(row) for row in rows]


def _view(row: EarlierPlan) -> EarlierView:
    return EarlierView(
        id=row.id,
        child=row.child_id,
        entry=row.entry_id,
        kind=row.kind,
        from_on=row.from_on,
        to_on=row.to_on,
        first_category=row.first_category,
        last_category=row.last_category,
        plans_before=row.plans_before,
        reviewed_on=tuple(row.reviewed_on),
        step=row.step_id,
        taken_up_by=row.taken_up_by_id,
    )
