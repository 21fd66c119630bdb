"""Reading orders that keep a child safe, and medical examinations. Part of this room's queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.enquiries.models import Medical, Order
from sightline.enquiries.rules import runs_out, state_of_order
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.practice.queries import packs_on


@dataclass(frozen=True)
class OrderLine:
    """An order of one child. `runs_out_at` is the law's end, or the court's; `state` is where it stands when asked.

    `by_court` says that the court gave another time than the law. `extended_by` is the order that extends it.
    """

    step: UUID
    child: UUID
    kind: str
    kind_words: str
    began_at: datetime
    runs_out_at: datetime
    by_court: bool
    ended_at: datetime | None
    ended_because: str
    made_by: str
    where_kept: str
    extends: UUID | None
    extended_by: UUID | None
    entry: UUID
    post: UUID
    recorded_at: datetime
    state: str
    waits: bool

    @property
    def in_force(self) -> bool:
        """Whether it keeps the child safe at the moment asked about."""
        return self.state == "in_force"


@dataclass(frozen=True)
class MedicalLine:
    """A medical examination that was asked for; its findings are read with the entry."""

    step: UUID
    child: UUID
    asked_of: str
    asked_at: datetime
    due_at: datetime | None
    held_at: datetime | None
    examiner: str
    not_held_because: str
    entry: UUID | None
    post: UUID
    waits: bool
    subject: UUID | None


def list_orders(children: Iterable[UUID], at: datetime) -> list[OrderLine]:
    """Orders of any of these children, the latest first, in a fixed number of queries.

    An order that has begun and neither ended nor run out at `at` is in force. `waits` says that nobody
    has said yet what became of it.
    """
    rows = list(Order.objects.filter(child__in=list(children)).select_related("step").order_by("-began_at", "-step"))
    return _orders(rows, at)


def get_order(order: UUID, at: datetime) -> OrderLine:
    """One order. Absent and hidden read alike."""
    row = Order.objects.filter(step_id=order).values_list("child", flat=True).first()
    found = next((one for one in list_orders([row], at) if one.step == order), None) if row else None
    if found is None:
        raise NotFound("There is no such order among the children that you work with.")
    return found


def _orders(rows: list[Order], at: datetime) -> list[OrderLine]:
    packs = packs_on(local_day(row.began_at) for row in rows)
    extended = {row.extends_id: row.step_id for row in rows if row.extends_id}
    lines = []
    for row in rows:
        ends = row.until or runs_out(packs[local_day(row.began_at)], row.kind, row.began_at)
        lines.append(
            OrderLine(
                step=row.step_id, child=row.child_id, kind=row.kind, kind_words=row.get_kind_display(),
                began_at=row.began_at, runs_out_at=ends, by_court=row.until is not None, ended_at=row.ended_at,
                ended_because=row.ended_because, made_by=row.made_by, where_kept=row.where_kept,
                extends=row.extends_id, extended_by=extended.get(row.step_id), entry=row.entry_id,
                post=row.step.post_id, recorded_at=row.recorded_at,
                state=state_of_order(ended_at=row.ended_at, runs_out_at=ends, at=at),
                waits=row.step.closed_at is None,
            )
        )  # fmt: skip
    return lines


def list_medicals(children: Iterable[UUID]) -> list[MedicalLine]:
    """Examinations of any of these children, the latest asked for first, in one query."""
    rows = Medical.objects.filter(child__in=list(children)).select_related("step").order_by("-asked_at", "-step")
    return [_medical(row) for row in rows]


def get_medical(medical: UUID) -> MedicalLine:
    """One examination. Absent and hidden read alike."""
    row = Medical.objects.filter(step_id=medical).select_related("step").first()
    if row is None:
        raise NotFound("There is no such medical examination among the children that you work with.")
    return _medical(row)


def _medical(row: Medical) -> MedicalLine:
    return MedicalLine(
        step=row.step_id, child=row.child_id, asked_of=row.asked_of, asked_at=row.asked_at, due_at=row.step.due_at,
        held_at=row.held_at, examiner=row.examiner, not_held_because=row.not_held_because, entry=row.entry_id,
        post=row.step.post_id, waits=row.step.closed_at is None, subject=row.step.subject,
    )  # fmt: skip
