"""From what a child is protected, as the child's place on a plan moves. Part of this room's operations."""

from datetime import date
from uuid import UUID

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Greatest

from sightline.plans.models import Category


def end_with_place(plan: UUID, child: UUID, to_on: date) -> None:
    """The category that stands ends on the day on which the child comes off the plan."""
    _end(Category.objects.filter(plan_id=plan, child_id=child, to_on=None), to_on)


def go_on_from(plan: UUID, child: UUID, ended_on: date | None) -> None:
    """Of a child who is put on again as if never taken off: the category that ended with the plan stands again."""
    rows = Category.objects.filter(plan_id=plan, child_id=child)
    last = rows.filter(to_on=ended_on).order_by("-from_on", "-recorded_at", "-id").first() if ended_on else None
    if last is not None and not rows.filter(to_on=None).exists():
        rows.filter(id=last.id).update(to_on=None)


def move_end(plan: UUID, child: UUID, before: date | None, to_on: date | None) -> None:
    """The day on which a child came off a plan is put right: the category that ended then ends on the right day."""
    if before is not None and to_on is not None and before != to_on:
        _end(Category.objects.filter(plan_id=plan, child_id=child, to_on=before).exclude(from_on=before), to_on)


def _end(rows: QuerySet[Category], to_on: date) -> None:
    rows.update(to_on=Greatest(F("from_on"), Value(to_on, DateField())))
