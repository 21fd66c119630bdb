"""Protection plans: from what a child is protected, the clocks of each kind of meeting, and their endings."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day
from sightline.kernel.working_days import add_working_days
from sightline.plans.operations import (
    add_child,
    correct_days,
    give_way,
    hold_review,
    say_plans_before,
    set_category,
    take_off_plan,
)
from sightline.plans.queries import (
    CategoryView,
    Clock,
    OnProtection,
    categories_of,
    clocks_of,
    get_plan,
    list_plans,
    plans_before_of,
    protection_of,
)
from sightline.plans.rules import BroughtIn, times_before
from sightline.practice.queries import current_pack
from sightline.record.operations import write_entry
from sightline.record.queries import list_timeline
from sightline.record.rules import Concerned, Words
from tests.journeys.world import BEGIN
from tests.plans.household import DAY, FIRST, Household

LATE = BEGIN + timedelta(days=250)


def chair(household: Household) -> Actor:
    return household.world.actor("Obi Watcher")


@pytest.fixture
def plan(household: Household) -> UUID:
    return household.plan("protection")


def name(
    household: Household, plan: UUID, main: str, *others: str, day: int = 0, child: str = "Chi", by: Actor | None = None
) -> UUID:
    return set_category(
        by=by or chair(household), plan=plan, child=household[child], main=main, others=others,
        from_on=FIRST + day * DAY, at=LATE,
    )  # fmt: skip


def history(household: Household, child: str = "Chi") -> list[tuple[str, tuple[str, ...], int, int | None]]:
    """Oldest first: the main one, the others, and the days from and to, counted from the first."""
    with acting(household.jane.id):
        rows = categories_of([household[child]]).get(household[child], [])
    return [
        (one.main, one.others, (one.from_on - FIRST).days, (one.to_on - FIRST).days if one.to_on else None)
        for one in reversed(rows)
        if not one.put_right
    ]


def on_protection(household: Household, child: str = "Chi", **more: list[BroughtIn]) -> OnProtection | None:
    with acting(household.jane.id):
        told = {household[child]: more["told"]} if more else None
        return protection_of([household[child]], brought_in=told).get(household[child])


def clock(household: Household, kind: str) -> Clock:
    with acting(household.jane.id):
        return next(one for one in clocks_of([household["Chi"]], at=LATE) if one.kind == kind)


def meet(household: Household, plan: UUID, kind: str, day: int) -> UUID:
    return hold_review(
        by=household.jane, plan=plan, kind=kind, held_on=FIRST + day * DAY, text="We met.", at=LATE,
    )  # fmt: skip


def test_another_main_category_ends_the_one_before_and_both_are_kept(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG", "EMO")
    name(household, plan, "PHY", "NEG", day=90)
    assert history(household) == [("NEG", ("EMO",), 0, 90), ("PHY", ("NEG",), 90, None)]
    now = on_protection(household)
    assert now is not None
    assert (now.main, now.others, now.since_on) == ("PHY", ("NEG",), FIRST)


def test_a_category_is_one_childs_and_not_its_brothers(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG")
    assert history(household, "Bim") == []
    assert on_protection(household, "Bim").main == ""  # type: ignore[union-attr]  # he is on it, or it fails


def test_the_same_category_again_is_the_same(household: Household, plan: UUID) -> None:
    first = name(household, plan, "NEG", "EMO")
    assert name(household, plan, "NEG", "EMO", day=90) == first
    assert history(household) == [("NEG", ("EMO",), 0, None)]


def test_a_category_recorded_late_stands_for_the_days_between(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG")
    name(household, plan, "SAB", day=120)
    name(household, plan, "EMO", day=60)
    assert history(household) == [("NEG", (), 0, 60), ("EMO", (), 60, 120), ("SAB", (), 120, None)]


def test_a_category_put_right_on_its_own_day_is_kept_and_never_stood(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG")
    name(household, plan, "PHY")
    assert history(household) == [("PHY", (), 0, None)]
    with acting(household.jane.id):
        rows: list[CategoryView] = categories_of([household["Chi"]])[household["Chi"]]
    assert [(one.main, one.put_right, one.stands) for one in rows] == [("PHY", False, True), ("NEG", True, False)]


@pytest.mark.parametrize("who", ["Jane Smith", "Fay Lund", "Kay Keeper"])
def test_only_the_chair_names_the_main_category(household: Household, plan: UUID, who: str) -> None:
    with pytest.raises(NotPermitted, match="chair"):
        name(household, plan, "NEG", by=household.world.actor(who))


@pytest.mark.parametrize(
    ("main", "others", "field"), [("", (), "main"), ("XXX", (), "main"), ("NEG", ("X",), "others")]
)
def test_a_category_is_one_of_the_list(
    household: Household, plan: UUID, main: str, others: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        name(household, plan, main, *others)
    assert refused.value.field == field


def test_a_category_needs_a_protection_plan_and_a_day_on_it(household: Household, plan: UUID) -> None:
    with pytest.raises(Refusal, match="other days"):
        name(household, plan, "NEG", day=-1)
    early = household.plan("early_help", "Chi")
    with pytest.raises(Refusal, match="Only a child protection plan"):
        name(household, early, "NEG")


def test_the_record_says_what_the_category_is(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG", "EMO")
    with acting(household.jane.id):
        said = list_timeline(person=household["Chi"], kinds=["plan"]).entries[0].passages[0].text
    assert said == "Main category from 2 March 2026: Neglect; also emotional abuse."


def test_a_category_of_a_conference_writes_nothing_twice(household: Household, plan: UUID) -> None:
    child = household["Chi"]
    entry = write_entry(
        by=chair(household), kind="conference", concerned=[Concerned(child)], words=[Words("We decided.", (child,))],
        at=LATE,
    )  # fmt: skip
    set_category(by=chair(household), plan=plan, child=child, main="NEG", from_on=FIRST, entry=entry, at=LATE)
    with acting(household.jane.id):
        assert not list_timeline(person=child, kinds=["plan"]).entries
        assert categories_of([child])[child][0].entry == entry


def test_a_category_ends_with_the_plan_and_its_end_is_put_right_with_it(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG")
    off = FIRST + 50 * DAY
    take_off_plan(by=chair(household), plan=plan, child=household["Chi"], to_on=off, reason="Safe", at=LATE)
    assert history(household) == [("NEG", (), 0, 50)]
    correct_days(
        by=chair(household), plan=plan, child=household["Chi"], from_on=FIRST, to_on=off + DAY, reason="A day out",
        at=LATE,
    )  # fmt: skip
    assert history(household) == [("NEG", (), 0, 51)]


def test_a_category_goes_on_for_a_child_who_was_taken_off_by_mistake(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG")
    take_off_plan(by=chair(household), plan=plan, child=household["Chi"], to_on=FIRST, reason="A slip", at=LATE)
    assert history(household) == []
    add_child(by=chair(household), plan=plan, child=household["Chi"], from_on=FIRST, at=LATE)
    assert history(household) == [("NEG", (), 0, None)]


def test_core_groups_and_conferences_run_on_clocks_of_their_own(household: Household, plan: UUID) -> None:
    """A core group moves no review conference, and a conference moves no core group."""
    pack = current_pack(LATE)
    core, review = clock(household, "core_group"), clock(household, "review")
    assert core.due_at == end_of_day(add_working_days(FIRST, 10))
    assert (core.since, core.rule) == ("since the plan began on 2 March 2026", pack.cite("core_group.first"))
    assert review.due_at == end_of_day(date(2026, 6, 2))
    assert review.rule == pack.cite("review.protection.first")
    meet(household, plan, "core_group", 9)
    moved = clock(household, "core_group")
    assert moved.due_at == end_of_day(FIRST + 9 * DAY + timedelta(weeks=6))
    assert (moved.since, moved.rule) == ("since the core group on 11 March 2026", pack.cite("core_group.next"))
    assert clock(household, "review") == review
    meet(household, plan, "conference", 80)
    assert clock(household, "core_group") == moved
    after = clock(household, "review")
    assert after.due_at == end_of_day(date(2026, 11, 21))
    assert after.since == "since the review conference on 21 May 2026"
    assert after.rule == pack.cite("review.protection.next")


def test_a_core_group_recorded_late_or_out_of_order_counts_on_its_day(household: Household, plan: UUID) -> None:
    for day in (60, 9, -4):
        meet(household, plan, "core_group", day)
    assert clock(household, "core_group").since_on == FIRST + 60 * DAY


def test_a_child_on_a_protection_plan_is_visited_by_its_own_rule(household: Household, plan: UUID) -> None:
    due = clock(household, "visit")
    assert due.due_at == end_of_day(add_working_days(FIRST, 10))
    assert due.rule == current_pack(LATE).cite("visit.protection")


def test_no_clock_of_a_protection_plan_runs_on_when_it_has_ended(household: Household) -> None:
    plan = household.plan("protection", "Chi")
    take_off_plan(by=chair(household), plan=plan, child=household["Chi"], to_on=FIRST + DAY, reason="Safe", at=LATE)
    with acting(household.jane.id):
        assert clocks_of([household["Chi"]], at=LATE) == []
        [line] = list_plans([household["Chi"]], only_open=False)
    assert line.core_group is None
    assert on_protection(household) is None


@pytest.mark.parametrize(("plan_kind", "kind"), [("protection", "review"), ("child_in_need", "core_group")])
def test_a_meeting_that_such_a_plan_does_not_have_is_refused(household: Household, plan_kind: str, kind: str) -> None:
    plan = household.plan(plan_kind, "Chi")
    with pytest.raises(Refusal) as refused:
        meet(household, plan, kind, 3)
    assert refused.value.field == "kind"


def test_a_core_group_that_is_on_the_record_already_is_not_written_again(household: Household, plan: UUID) -> None:
    child = household["Chi"]
    entry = write_entry(
        by=household.jane, kind="core_group", concerned=[Concerned(child)], words=[Words("We met.", (child,))], at=LATE
    )
    assert hold_review(by=household.jane, plan=plan, kind="core_group", held_on=FIRST, entry=entry, at=LATE) == entry
    with acting(household.jane.id):
        assert [one.kind for one in get_plan(plan).reviews] == ["core_group"]
        assert len(list_timeline(person=child, kinds=["core_group", "review"]).entries) == 1


def test_a_core_group_says_on_the_record_what_it_was(household: Household, plan: UUID) -> None:
    meet(household, plan, "core_group", 9)
    with acting(household.jane.id):
        assert list_timeline(person=household["Chi"], kinds=["core_group"]).entries


def test_who_decides_that_a_protection_plan_ends_and_brothers_and_sisters_stay(
    household: Household, plan: UUID
) -> None:
    leaving = {"plan": plan, "child": household["Chi"], "to_on": FIRST + DAY, "reason": "Safe now", "at": LATE}
    for who in ("Jane Smith", "Fay Lund", "Kay Keeper"):
        with pytest.raises(NotPermitted, match="review conference"):
            take_off_plan(by=household.world.actor(who), **leaving)  # type: ignore[arg-type]  # the names are its own
    take_off_plan(by=chair(household), **leaving)  # type: ignore[arg-type]  # the names are its own
    with acting(household.jane.id):
        assert set(protection_of(household.children())) == set(household.children("Ayo", "Bim"))


@pytest.mark.parametrize("who", ["Jane Smith", "Kit Rowe", "Kay Keeper"])
def test_a_worker_puts_no_child_on_a_protection_plan(household: Household, plan: UUID, who: str) -> None:
    by = household.world.actor(who)
    with pytest.raises(NotPermitted, match="conference decides"):
        make_plan(
            by=by, kind="protection", children=household.children("Chi"), began_on=FIRST,
            post=household.world.posts["family-1"], at=LATE,
        )  # fmt: skip
    with pytest.raises(NotPermitted, match="conference decides"):
        add_child(by=by, plan=plan, child=household["Chi"], from_on=FIRST, at=LATE)


def test_a_child_in_need_plan_gives_way_to_a_protection_plan_the_same_day(household: Household) -> None:
    need, day = household.plan("child_in_need"), FIRST + 20 * DAY
    with pytest.raises(Refusal, match="never on both at once"):
        household.plan("protection", "Chi", began_on=day, at=LATE)
    assert give_way(by=chair(household), children=household.children("Chi"), on=day, at=LATE) == [need]
    new = household.plan("protection", "Chi", began_on=day, at=LATE)
    with acting(household.jane.id):
        lines = {one.plan: one for one in list_plans(household.children(), only_open=False)}
        said = list_timeline(person=household["Chi"], kinds=["plan"]).entries[0].passages[0].text
    assert set(lines[need].children) == set(household.children("Ayo", "Bim"))
    assert {one.to_on for one in lines[need].members if one.child == household["Chi"]} == {day}
    assert lines[new].children == (household["Chi"],)
    assert said.endswith("Ended because: A child protection plan began on 22 March 2026.")


def test_one_that_had_ended_later_than_the_conference_ends_on_its_day(household: Household) -> None:
    need = household.plan("child_in_need", "Chi")
    take_off_plan(
        by=household.fay, plan=need, child=household["Chi"], to_on=FIRST + 30 * DAY, reason="Ended", at=LATE
    )  # fmt: skip
    give_way(by=chair(household), children=household.children("Chi"), on=FIRST + 20 * DAY, at=LATE)
    household.plan("protection", "Chi", began_on=FIRST + 20 * DAY, at=LATE)
    with acting(household.jane.id):
        [line] = [one for one in list_plans([household["Chi"]], only_open=False) if one.plan == need]
    assert line.to_on == FIRST + 20 * DAY


def test_a_worker_ends_no_child_in_need_plan_in_that_way(household: Household) -> None:
    household.plan("child_in_need", "Chi")
    with pytest.raises(NotPermitted, match="chair"):
        give_way(by=household.jane, children=household.children("Chi"), on=FIRST, at=LATE)


def test_protection_plans_before_this_one_are_counted(household: Household) -> None:
    for begin in (0, 20):
        plan = household.plan("protection", "Chi", began_on=FIRST + begin * DAY, at=LATE)
        take_off_plan(
            by=chair(household), plan=plan, child=household["Chi"], to_on=FIRST + (begin + 9) * DAY, reason="Safe",
            at=LATE,
        )  # fmt: skip
    household.plan("protection", "Chi", "Bim", began_on=FIRST + 60 * DAY, at=LATE)
    assert on_protection(household).times_before == 2  # type: ignore[union-attr]  # Chi is on one, or it fails
    assert on_protection(household, "Bim").times_before == 0  # type: ignore[union-attr]  # as is Bim
    told = [BroughtIn(date(2022, 4, 1), 1), BroughtIn(FIRST)]
    assert on_protection(household, told=told).times_before == 4  # type: ignore[union-attr]  # the two, the file's, one before


@pytest.mark.parametrize(
    ("began", "told", "count"),
    [
        ([], [], 0),
        ([10], [BroughtIn(FIRST + 10 * DAY)], 1),  # one and the same
        ([10], [BroughtIn(FIRST + 5 * DAY)], 2),
        ([], [BroughtIn(FIRST + 90 * DAY, 2)], 2),  # the file has the plan that goes on
        ([], [BroughtIn(None, 3)], 3),
        ([10], [BroughtIn(FIRST + 200 * DAY, 5)], 1),  # a later plan's
    ],
)
def test_a_census_file_and_the_record_are_counted_once_each(
    began: list[int], told: list[BroughtIn], count: int
) -> None:
    assert times_before(FIRST + 90 * DAY, [FIRST + day * DAY for day in began], told) == count


def test_who_is_on_a_protection_plan_asks_as_many_queries_for_one_as_for_three(household: Household) -> None:
    for child in ("Ayo", "Bim", "Chi"):
        plan = household.plan("protection", child)
        name(household, plan, "NEG", child=child)
    asked = []
    for children in (household.children("Ayo"), household.children()):
        with (
            acting(household.jane.id),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            assert set(protection_of(children)) == set(children)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 10


def test_nobody_reads_the_category_of_a_child_whom_they_may_not_see(household: Household, plan: UUID) -> None:
    name(household, plan, "NEG", child="Ayo")
    name(household, plan, "EMO", child="Chi")
    with acting(household.kit.id):
        assert set(categories_of(household.children())) == {household["Chi"]}
        assert set(protection_of(household.children())) == {household["Chi"]}


def test_how_many_plans_there_were_before_is_said_of_a_child_on_one(household: Household, plan: UUID) -> None:
    jane, chi = household.jane, household["Chi"]
    with acting(jane.id):
        assert plans_before_of(chi) == (True, None), "nobody has said it yet"
    assert say_plans_before(by=jane, child=chi, number=2, at=LATE) == plan
    with acting(jane.id):
        assert plans_before_of(chi) == (True, 2)
    with pytest.raises(Refusal, match="from 0 to 20"):
        say_plans_before(by=jane, child=chi, number=21, at=LATE)


def test_a_child_on_no_protection_plan_has_none_before_it(household: Household) -> None:
    household.plan("child_in_need")
    with acting(household.jane.id):
        assert plans_before_of(household["Chi"]) == (False, None)
    with pytest.raises(NotFound, match="on no child protection plan"):
        say_plans_before(by=household.jane, child=household["Chi"], number=1, at=LATE)
