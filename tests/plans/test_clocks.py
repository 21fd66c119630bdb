"""What is due next is worked out from what happened, whenever it was recorded and in whichever order."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.kernel.dates import Period
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.people.operations import correct_particulars, register_person
from sightline.plans.operations import add_child, hold_review, take_off_plan
from sightline.plans.queries import Clock, clocks_of, list_plans, visits_due
from sightline.plans.rules import next_due
from sightline.practice.queries import current_pack
from sightline.practice.rules import rule_on
from sightline.practice.spec import Basis, Timescale, Words
from sightline.record.operations import withdraw_entry, write_entry
from sightline.record.rules import Concerned
from sightline.record.rules import Words as Paragraph
from tests.journeys.world import BEGIN
from tests.plans.household import DAY, FIRST, Household

LATE = BEGIN + timedelta(days=200)


def weeks(key: str, length: int) -> Timescale:
    nothing = Words((("en", ""),))
    basis = Basis("local", "A procedure", Period(date(2020, 1, 1)))
    return Timescale(key, nothing, "weeks", length, "end of day", nothing, nothing, basis)


@given(
    began=st.dates(date(2021, 1, 1), date(2025, 1, 1)),
    held=st.lists(st.integers(-30, 400), max_size=8),
    first=st.integers(1, 20),
    following=st.integers(1, 30),
)
def test_the_next_review_counts_from_the_latest_that_was_held(
    began: date, held: list[int], first: int, following: int
) -> None:
    """Said again in the order in which things happened: each review begins the count anew."""
    days = [began + timedelta(days=number) for number in held]
    due = began + timedelta(weeks=first)
    for day in sorted(days):
        if day >= began:
            due = day + timedelta(weeks=following)
    found = next_due(began_on=began, held=days, first=weeks("first", first), following=weeks("next", following))
    assert found.due_at == end_of_day(due)
    assert next_due(
        began_on=began, held=list(reversed(days)), first=weeks("first", first), following=weeks("next", following)
    ) == found  # fmt: skip


def test_a_day_before_the_first_rule_there_was_is_counted_by_the_first(household: Household) -> None:
    pack = current_pack(BEGIN)
    rule = rule_on(pack, "visit.child_in_need", date(2001, 1, 1))
    assert rule is not None
    assert rule == pack.timescale("visit.child_in_need", FIRST)
    assert rule_on(pack, "visit.no_such_plan", FIRST) is None


def clock(household: Household, kind: str, name: str = "Chi", at: datetime = LATE) -> Clock | None:
    with acting(household.jane.id):
        found = clocks_of([household[name]], at=at)
    return next((one for one in found if one.kind == kind), None)


def see(household: Household, name: str, day: int, outcome: str = "seen") -> UUID:
    child = household[name]
    return write_entry(
        by=household.jane, kind="visit", concerned=[Concerned(child, seen=outcome)],
        words=[Paragraph("At home.", (child,))], occurred=When.exactly(BEGIN + day * DAY), at=LATE,
    )  # fmt: skip


def test_a_visit_is_due_from_the_day_a_child_was_last_seen_with_its_rule_and_citation(household: Household) -> None:
    household.plan()
    due = clock(household, "visit")
    assert due is not None
    assert (due.since_on, due.due_at) == (FIRST, end_of_day(FIRST + timedelta(weeks=4)))
    see(household, "Chi", 20)
    see(household, "Chi", 10)  # recorded after it, and happened before
    due = clock(household, "visit")
    assert due is not None
    assert due.since_on == FIRST + 20 * DAY
    assert due.since == "since last seen on 22 March 2026"
    assert due.rule == current_pack(LATE).cite("visit.child_in_need")
    assert due.citation == "Child in need procedure"


@pytest.mark.parametrize("outcome", ["doorstep", "video", "not_seen", "refused", "nobody_in", "not_brought"])
def test_an_attempt_that_did_not_see_the_child_leaves_the_visit_due(household: Household, outcome: str) -> None:
    household.plan()
    before = clock(household, "visit")
    see(household, "Chi", 20, outcome)
    assert clock(household, "visit") == before


def test_before_birth_the_visit_counts_that_was_made_to_the_mother(household: Household) -> None:
    baby = new_id()
    with acting(household.world.admin.id):
        give_sight(people=[baby], reader=household.world.teams["family"], because="test", because_of=None, at=BEGIN)
    register_person(
        by=household.jane, person=baby, kind="child", birth="expected", expected_date=date(2026, 9, 1), at=BEGIN
    )
    household.people["Baby"] = baby
    household.plan("early_help", "Baby")
    assert clock(household, "visit", "Baby").since_on == FIRST  # type: ignore[union-attr]  # there is one, or it fails
    see(household, "Baby", 10, "")
    due = clock(household, "visit", "Baby")
    assert due is not None
    assert due.since == "since the last visit on 12 March 2026"
    assert due.due_at == end_of_day(FIRST + 10 * DAY + timedelta(weeks=6))
    for day, found_nobody in enumerate(("refused", "nobody_in", "cancelled", "cancelled_by_us"), start=20):
        see(household, "Baby", day, found_nobody)
    assert clock(household, "visit", "Baby") == due


def test_a_visit_taken_off_the_record_no_longer_counts(household: Household) -> None:
    household.plan()
    before = clock(household, "visit")
    entry = see(household, "Chi", 20)
    assert clock(household, "visit") != before
    withdraw_entry(
        by=household.jane, entry=entry, person=household["Chi"], reason="Another child", reader=household.world.keeper,
        at=LATE,
    )  # fmt: skip
    assert clock(household, "visit") == before


def test_a_review_taken_off_the_record_no_longer_counts(household: Household) -> None:
    plan = household.plan("child_in_need", "Chi")
    before = clock(household, "review")
    entry = hold_review(by=household.jane, plan=plan, held_on=FIRST + 30 * DAY, text="We met.", at=LATE)
    after = clock(household, "review")
    assert after is not None
    assert after.since == "since the review on 1 April 2026"
    withdraw_entry(
        by=household.jane, entry=entry, person=household["Chi"], reason="Another family",
        reader=household.world.keeper, at=LATE,
    )  # fmt: skip
    assert clock(household, "review") == before


def test_when_a_plan_is_next_reviewed_does_not_depend_on_who_asks(household: Household) -> None:
    """Kit reads Chi alone, who joined after the review that Kit therefore may not read."""
    plan = household.plan("child_in_need", "Ayo", "Bim")
    hold_review(by=household.jane, plan=plan, held_on=FIRST + 3 * DAY, text="We met about Ayo.", at=LATE)
    add_child(by=household.jane, plan=plan, child=household["Chi"], from_on=FIRST + 5 * DAY, at=LATE)
    with acting(household.jane.id):
        [ours] = list_plans([household["Chi"]])
    with acting(household.kit.id):
        [theirs] = list_plans([household["Chi"]])
    assert theirs.last_review_on == FIRST + 3 * DAY
    assert theirs.next_review_due == ours.next_review_due
    with acting(household.world.accounts["Una Spare"]):
        assert list_plans(household.children()) == []


def test_the_clocks_of_a_child_stop_with_the_plan_and_the_others_go_on(household: Household) -> None:
    plan = household.plan()
    take_off_plan(by=household.fay, plan=plan, child=household["Chi"], to_on=FIRST + DAY, reason="Reached", at=LATE)
    assert clock(household, "visit") is None
    assert clock(household, "review") is None
    with acting(household.jane.id):
        visited = {one.child for one in clocks_of(household.children(), at=LATE) if one.kind == "visit"}
    assert visited == set(household.children("Ayo", "Bim"))


def test_nobody_is_asked_to_visit_a_child_who_has_died(household: Household) -> None:
    household.plan()
    assert clock(household, "visit") is not None
    correct_particulars(by=household.jane, person=household["Chi"], death_date=FIRST + DAY, at=LATE)
    assert clock(household, "visit") is None
    with acting(household.jane.id):
        visited = {one.child for one in clocks_of(household.children(), at=LATE) if one.kind == "visit"}
        assert visits_due(household.children(), {}, at=LATE).keys() == visited
    assert visited == set(household.children("Ayo", "Bim"))


EVENT = st.tuples(st.sampled_from(["seen", "nobody_in", "review"]), st.integers(0, 150))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(EVENT, max_size=5), began=st.integers(0, 60))
@example(events=[("seen", 150), ("seen", 3), ("review", 3), ("review", 100)], began=10)
def test_whatever_was_recorded_in_any_order_clocks_say_what_happened_last(
    household: Household, events: list[tuple[str, int]], began: int
) -> None:
    """Said again: of the days on the plan on which it happened, the latest, and the pack's own length."""
    save = transaction.savepoint()
    start = FIRST + began * DAY
    plan = household.plan("child_in_need", "Chi", began_on=start, at=LATE)
    for what, day in events:
        if what == "review":
            hold_review(by=household.jane, plan=plan, held_on=FIRST + day * DAY, text="We met.", at=LATE)
        else:
            see(household, "Chi", day, what)
    seen = [FIRST + day * DAY for what, day in events if what == "seen" and day >= began]
    held = [FIRST + day * DAY for what, day in events if what == "review" and day >= began]
    visit, review = clock(household, "visit"), clock(household, "review")
    assert visit is not None
    assert review is not None
    assert visit.since_on == max(seen, default=start)
    assert visit.due_at == end_of_day(visit.since_on + timedelta(weeks=4))
    assert review.since_on == max(held, default=start)
    if not held:
        assert local_day(review.due_at) == start + timedelta(weeks=6)
    transaction.savepoint_rollback(save)
