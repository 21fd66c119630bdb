"""From what a plan protects a child, and what gives way to it. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.reading import day_words
from sightline.plans.making import days_in_words, take_off, write_of_place
from sightline.plans.models import Category, Plan, PlanChild
from sightline.plans.permissions import refuse_unless_may_begin, refuse_unless_may_name_category
from sightline.plans.rules import CHILD_IN_NEED, PROTECTION, category_words, judge_categories, refuse_future
from sightline.plans.standing import hold, open_to
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.record.permissions import refuse_unless_may_write

MOST_PLANS_BEFORE = 20


@act("set_category")
def set_category(
    *,
    by: Actor,
    plan: UUID,
    child: UUID,
    main: str,
    from_on: date,
    at: datetime,
    others: Iterable[str] = (),
    entry: UUID | None = None,
) -> UUID:
    """Name from what a protection plan protects a child: the main category, and the others; codes of the pack's list.

    The chair of the conference names it (Working Together 2023, chapter 3); the census takes the main
    one. What stood before ends on that day and is kept. It may be named late: between two others it
    stands for the days between them. `entry` is the record of the conference; without one, an entry on
    the child's record says it. Returns the key of what stands, also where it is the same as before.
    Refuses no main category, one that is not on the list, and a day on which the child was not on the plan.
    """
    found = open_to(by, plan)
    refuse_unless_may_name_category(by)
    refuse_unless_may_write(by, [child])
    named = _Named(by, current_pack(at), from_on, entry, at)
    return _name_all(found, [CategoryGiven(child, main, tuple(others))], named)[0]


@dataclass(frozen=True)
class CategoryGiven:
    """From what one child is protected: codes of the pack's list."""

    child: UUID
    main: str
    others: tuple[str, ...] = ()


@act("set_categories")
def set_categories(
    *, by: Actor, plan: UUID, given: Sequence[CategoryGiven], from_on: date, at: datetime, entry: UUID | None = None
) -> list[UUID]:
    """Name them for several children of one plan, each as `set_category` would, in as many queries as for one."""
    found = open_to(by, plan)
    refuse_unless_may_name_category(by)
    refuse_unless_may_write(by, [one.child for one in given])
    return _name_all(found, given, _Named(by, current_pack(at), from_on, entry, at))


@dataclass(frozen=True)
class _Named:
    """Who names it from which day, in which entry, by which pack, and when that is recorded."""

    by: Actor
    pack: Pack
    from_on: date
    entry: UUID | None
    at: datetime


def _name_all(plan: Plan, given: Sequence[CategoryGiven], named: _Named) -> list[UUID]:
    if plan.kind != PROTECTION:
        raise Refusal("Only a child protection plan has categories.")
    children = [one.child for one in given]
    places, standing = _places_of(plan, children), _standing_of(plan, children)
    found = [_name(one, places.get(one.child, []), standing.get(one.child, []), named) for one in given]
    Category.objects.bulk_create(row for row, new in found if new)
    touch(*(row.child_id for row, new in found if new))
    return [row.id for row, _ in found]


def _places_of(plan: Plan, children: Sequence[UUID]) -> dict[UUID, list[PlanChild]]:
    found: dict[UUID, list[PlanChild]] = {}
    for row in PlanChild.objects.filter(plan=plan, child_id__in=children).order_by("from_on", "id"):
        found.setdefault(row.child_id, []).append(row)
    return found


def _standing_of(plan: Plan, children: Sequence[UUID]) -> dict[UUID, list[Category]]:
    """What was ever named for these children, in its order, without what stood for no day."""
    found: dict[UUID, list[Category]] = {}
    rows = Category.objects.filter(plan=plan, child_id__in=children).order_by("from_on", "recorded_at", "id")
    for row in rows:
        if row.to_on is None or row.to_on > row.from_on:
            found.setdefault(row.child_id, []).append(row)
    return found


def _name(given: CategoryGiven, places: list[PlanChild], rows: list[Category], named: _Named) -> tuple[Category, bool]:
    """What stands for one child after this, and whether it is new and still to be kept."""
    codes, from_on = judge_categories(named.pack, given.main, given.others), named.from_on
    if not places:
        raise NotFound("This child is not on that plan.")
    place = places[-1]
    _refuse_day(places, from_on, named.at)
    stands = next((one for one in reversed(rows) if one.from_on <= from_on), None)
    after = next((one for one in rows if one.from_on > from_on), None)
    if stands is not None and (stands.to_on is None or stands.to_on > from_on):
        if (stands.main, stands.others) == codes:
            return stands, False
        stands.to_on = from_on
        stands.save(update_fields=["to_on"])
    text = f"Main category from {day_words(from_on)}: {category_words(named.pack, *codes)}."
    written = named.entry or write_of_place(named.by, place, text, named.at, heading="category", on=from_on)
    return Category(
        plan_id=place.plan_id, child_id=given.child, main=codes[0], others=codes[1], from_on=from_on,
        to_on=after.from_on if after else place.to_on, recorded_at=named.at, by=named.by.id, entry_id=written,
    ), True  # fmt: skip


@act("say_plans_before")
def say_plans_before(*, by: Actor, child: UUID, number: int, at: datetime) -> UUID:
    """Say how many child protection plans a child had before the one in force, here or elsewhere. Returns its plan.

    The Children in Need census asks. What was said before is on the audit. Refuses a child who is on none, and a
    number that no child has.
    """
    refuse_unless_may_write(by, [child])
    place = PlanChild.objects.select_for_update().filter(child_id=child, kind=PROTECTION, to_on=None).first()
    if place is None:
        raise NotFound("This child is on no child protection plan now.")
    if not 0 <= number <= MOST_PLANS_BEFORE:
        raise Refusal(f"Give a number from 0 to {MOST_PLANS_BEFORE}.", field="plans_before")
    touch(child, plan=str(place.plan_id), plans_before=number, said_before=place.plans_before)
    place.plans_before = number
    place.save(update_fields=["plans_before"])
    return place.plan_id


def _refuse_day(places: Sequence[PlanChild], from_on: date, at: datetime) -> None:
    refuse_future(from_on, at=at, field="from_on")
    if not any(one.from_on <= from_on and (one.to_on is None or one.to_on > from_on) for one in places):
        raise Refusal(f"This child was on the plan on other days: {days_in_words(places[-1])}. Choose one of those.",
                      field="from_on")  # fmt: skip


@act("give_way")
def give_way(*, by: Actor, children: Iterable[UUID], on: date, at: datetime, decided: UUID | None = None) -> list[UUID]:
    """End the child in need plan of whichever of these children has one, because a protection plan begins that day.

    The two never overlap for one child, and nobody has to wait for a manager to end the first: the chair
    who records the conference may, and so may a manager. One that was ended later than that day ends on
    it. Brothers and sisters who stay in need stay on theirs. What is open for a child stays with its
    posts. An entry on each child's record says so. Returns the plans that a child left.
    """
    refuse_unless_may_begin(by, PROTECTION)
    going = list(dict.fromkeys(children))
    refuse_unless_may_write(by, going)
    refuse_future(on, at=at, field="began_on")
    rows = PlanChild.objects.filter(child__in=going, kind=CHILD_IN_NEED)
    over = list(rows.filter(Q(to_on=None) | Q(to_on__gt=on)).order_by("from_on", "id"))
    reason = f"A child protection plan began on {day_words(on)}."
    for row in over:
        hold(row.plan_id)
        until = max(on, row.from_on)
        if row.to_on is None:
            take_off(by, row, until, reason, at, decided=decided)
        elif row.to_on != until:
            _end_earlier(by, row, until, reason, at)
    return list(dict.fromkeys(row.plan_id for row in over))


def _end_earlier(by: Actor, row: PlanChild, until: date, reason: str, at: datetime) -> None:
    before, row.to_on, row.end_reason = days_in_words(row), until, reason[:300]
    row.save(update_fields=["to_on", "end_reason"])
    words = f"{days_in_words(row)}. Recorded before as: {before}. Because: {reason}"
    write_of_place(by, row, words, at, heading="days")
