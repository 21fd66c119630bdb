"""Going on here with plans that another system recorded. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.plans.making import STEP, write_of_place
from sightline.plans.models import Category, EarlierPlan, Plan, PlanChild
from sightline.plans.permissions import refuse_unless_may_plan
from sightline.plans.rules import PROTECTION, category_words
from sightline.plans.standing import never_at_once
from sightline.practice.queries import current_pack
from sightline.record.queries import get_step


@act("go_on_with_earlier")
def go_on_with_earlier(*, by: Actor, earlier: Iterable[UUID], step: UUID, at: datetime) -> UUID:
    """Go on with plans of one kind that stand in an earlier system, as one plan here, from each child's first day.

    It details an open step of kind "plan", whose key is the plan's. Nothing is decided with it, so whoever makes
    plans may: the plan is in force. The category comes along, and how many plans there were before; the file
    does not say when a category changed, so what it ended with stands from the last review it tells of, else
    from the day on which the plan is taken up. An entry on each child's record says all that. Its reviews
    count from those of the file. Refuses a plan that has ended, one with which a plan here goes on already,
    two kinds at once, two of one child, and an overlap with a plan here.
    """
    rows = _held(earlier)
    refuse_unless_may_plan(by, [row.child_id for row in rows])
    _refuse_unfit(rows)
    if get_step(step).kind != STEP or Plan.objects.filter(step_id=step).exists():
        raise Refusal("A plan is carried by a step of its own. Open one for it first.")
    kind, pack = rows[0].kind, current_pack(at)
    began_on = min(row.from_on for row in rows)
    plan = Plan.objects.create(step_id=step, kind=kind, began_on=began_on, made_at=at, made_by=by.id)
    for row in rows:
        with never_at_once(kind, [row.child_id], row.from_on):
            place = PlanChild.objects.create(
                plan=plan, child_id=row.child_id, kind=kind, from_on=row.from_on, recorded_at=at,
                plans_before=row.plans_before if kind == PROTECTION else None,
            )  # fmt: skip
        named = _categories(row, local_day(at)) if kind == PROTECTION else []
        said = [f"This plan was recorded in an earlier system from {day_words(row.from_on)}, and goes on here."]
        said += [f"Main category from {day_words(day)}: {category_words(pack, main)}." for main, day, _ in named]
        said += [f"Reviewed on {', '.join(map(day_words, row.reviewed_on))}."] if row.reviewed_on else []
        entry = write_of_place(by, place, " ".join(said), at, heading="taken_up")
        Category.objects.bulk_create(
            Category(
                plan=plan, child_id=row.child_id, main=main, from_on=day, to_on=until, recorded_at=at, by=by.id,
                entry_id=entry,
            )
            for main, day, until in named
        )  # fmt: skip
    EarlierPlan.objects.filter(id__in=[row.id for row in rows]).update(taken_up_by=plan)
    touch(*(row.child_id for row in rows))
    return step


def _held(earlier: Iterable[UUID]) -> list[EarlierPlan]:
    wanted = set(earlier)
    rows = EarlierPlan.objects.select_for_update().filter(id__in=wanted, withdrawn_at=None).order_by("from_on", "id")
    found = list(rows)
    if not found or {row.id for row in found} != wanted:
        raise NotFound("There is no such plan among the children that you work with.")
    return found


def _refuse_unfit(rows: Sequence[EarlierPlan]) -> None:
    if len({row.kind for row in rows}) > 1:
        raise Refusal("Go on with plans of one kind at a time.", field="children")
    if len({row.child_id for row in rows}) < len(rows):
        raise Refusal("Go on with one plan of each child.", field="children")
    for row in rows:
        if row.to_on is not None:
            raise Refusal(f"That plan ended on {day_words(row.to_on)}. Make a new one if one is needed.")
        if row.taken_up_by_id is not None:
            raise Refusal("A plan here goes on with this one already. Write in that plan.", field="children")


def _categories(row: EarlierPlan, today: date) -> list[tuple[str, date, date | None]]:
    """Which main category stood from which day to which: the first, and what the file ended with."""
    first, last = row.first_category or row.last_category, row.last_category or row.first_category
    if not first:
        return []
    changed_on = max((day for day in row.reviewed_on if day > row.from_on), default=today)
    if first == last or changed_on <= row.from_on:
        return [(last, row.from_on, None)]
    return [(first, row.from_on, changed_on), (last, changed_on, None)]
