"""Reading protection plans: who is on one since when, from what they are protected, and how often before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from sightline.plans.models import Category, PlanChild
from sightline.plans.reading_lines import PlanLine, lines_of
from sightline.plans.rules import PROTECTION, BroughtIn, times_before


@dataclass(frozen=True)
class CategoryView:
    """From what a plan protected a child, from and to: half-open days. `entry` is the conference that named it.

    `main` and `others` are codes of the pack's list. One that was put right on its own day stood on none.
    """

    id: UUID
    plan: UUID
    child: UUID
    main: str
    others: tuple[str, ...]
    from_on: date
    to_on: date | None
    entry: UUID | None
    by: UUID
    recorded_at: datetime

    @property
    def put_right(self) -> bool:
        """Whether another was named for the same day, so that this one never stood."""
        return self.to_on == self.from_on

    @property
    def stands(self) -> bool:
        """Whether it is what the plan says now."""
        return self.to_on is None


@dataclass(frozen=True)
class OnProtection:
    """A child on a protection plan now. `main` is empty where no chair has named a category yet.

    `times_before` counts the protection plans that ended before this one began.
    """

    plan: UUID
    since_on: date
    main: str
    others: tuple[str, ...]
    review_due_at: datetime | None
    next_core_group_due_at: datetime | None
    times_before: int


def plans_before_of(child: UUID) -> tuple[bool, int | None]:
    """Whether a child is on a protection plan now, and how many somebody said that there were before it."""
    said = PlanChild.objects.filter(child_id=child, kind=PROTECTION, to_on=None).values_list("plans_before", flat=True)
    found = list(said[:1])
    return bool(found), found[0] if found else None


def categories_of(children: Iterable[UUID]) -> dict[UUID, list[CategoryView]]:
    """From what these children were ever protected, latest first, in one query."""
    found: dict[UUID, list[CategoryView]] = {}
    rows = Category.objects.filter(child__in=list(children)).order_by("-from_on", "-recorded_at", "-id")
    for row in rows:
        view = CategoryView(
            id=row.id,
            plan=row.plan_id,
            child=row.child_id,
            main=row.main,
            others=tuple(row.others),
            from_on=row.from_on,
            to_on=row.to_on,
            entry=row.entry_id,
            by=row.by,
            recorded_at=row.recorded_at,
        )
        found.setdefault(row.child_id, []).append(view)
    return found


def protection_of(
    children: Iterable[UUID],
    *,
    brought_in: Mapping[UUID, Sequence[BroughtIn]] | None = None,
    plans: Iterable[PlanLine] = (),
) -> dict[UUID, OnProtection]:
    """Those of these children who are on a protection plan now, in a fixed number of queries.

    `brought_in` are protection plans that a census file told of, which `journeys.protection` reads: they are
    counted among those before, once each. `plans` spares asking for those that the reader has.
    """
    wanted = list(dict.fromkeys(children))
    rows = PlanChild.objects.filter(child__in=wanted, kind=PROTECTION)
    places = list(rows.filter(Q(to_on=None) | Q(to_on__gt=F("from_on"))).order_by("from_on", "id"))
    now_on = {one.child_id: one for one in places if one.to_on is None}
    if not now_on:
        return {}
    lines = {line.plan: line for line in plans}
    unread = {one.plan_id for one in now_on.values()} - set(lines)
    lines |= {line.plan: line for line in (lines_of(unread) if unread else ())}
    named = {row.child_id: row for row in Category.objects.filter(child__in=list(now_on), to_on=None)}
    told = brought_in or {}
    return {
        child: OnProtection(
            plan=place.plan_id,
            since_on=place.from_on,
            main=named[child].main if child in named else "",
            others=tuple(named[child].others) if child in named else (),
            review_due_at=lines[place.plan_id].next_review_due,
            next_core_group_due_at=core.due_at if (core := lines[place.plan_id].core_group) else None,
            times_before=times_before(
                place.from_on, [one.from_on for one in places if one.child_id == child], told.get(child, ())
            ),
        )
        for child, place in now_on.items()
        if place.plan_id in lines
    }
