"""From what a plan protects a child, and what gives way to it. Part of this room's operations."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.reading import day_words
from sightline.plans.making import days_in_words, latest_place, take_off, write_of_place
from sightline.plans.models import Category, PlanChild
from sightline.plans.permissions import refuse_unless_may_begin, refuse_unless_may_name_category
from sightline.plans.rules import CHILD_IN_NEED, PROTECTION, category_words, judge_categories, refuse_future
from sightline.plans.standing import hold, open_to
from sightline.practice.queries import current_pack
from sightline.record.permissions import refuse_unless_may_write


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
    if found.kind != PROTECTION:
        raise Refusal("Only a child protection plan has categories.")
    pack = current_pack(at)
    named = judge_categories(pack, main, others)
    place = latest_place(plan, child)
    _refuse_day(place, from_on, at)
    rows = list(Category.objects.filter(plan_id=plan, child_id=child).order_by("from_on", "recorded_at", "id"))
    rows = [one for one in rows if one.to_on is None or one.to_on > one.from_on]
    stands = next((one for one in reversed(rows) if one.from_on <= from_on), None)
    after = next((one for one in rows if one.from_on > from_on), None)
    if stands is not None and (stands.to_on is None or stands.to_on > from_on):
        if (stands.main, stands.others) == named:
            return stands.id
        stands.to_on = from_on
        stands.save(update_fields=["to_on"])
    text = f"Main category from {day_words(from_on)}: {category_words(pack, *named)}."
    written = entry or write_of_place(by, place, text, at, heading="category", on=from_on)
    new = Category(
        plan_id=plan, child_id=child, main=named[0], others=named[1], from_on=from_on,
        to_on=after.from_on if after else place.to_on, recorded_at=at, by=by.id, entry_id=written,
    )  # fmt: skip
    new.save(force_insert=True)
    touch(child)
    return new.id


def _refuse_day(place: PlanChild, from_on: date, at: datetime) -> None:
    refuse_future(from_on, at=at, field="from_on")
    places = PlanChild.objects.filter(plan_id=place.plan_id, child_id=place.child_id, from_on__lte=from_on)
    if not places.filter(Q(to_on=None) | Q(to_on__gt=from_on)).exists():
        raise Refusal(f"This child was on the plan on other days: {days_in_words(place)}. Choose one of those.",
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
