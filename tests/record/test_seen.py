"""When a child was last seen: every outcome says its own, and rows are counted back to what broke them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.people.operations import register_person
from sightline.record.models import EntrySubject
from sightline.record.operations import correct_entry, withdraw_entry, write_entry
from sightline.record.queries import LastSeen, last_seen_of, list_attempts, no_access_patterns
from sightline.record.rules import AT_MOST, Concerned, Words, makes_a_pattern
from tests.journeys.world import BEGIN, World

OUTCOMES = [str(one) for one in EntrySubject.Seen]
DAY = timedelta(days=1)
LATER = BEGIN + timedelta(days=120)


@dataclass(frozen=True)
class Given:
    """What was recorded of one child: the outcome, on which day, in the order in which it was recorded."""

    outcome: str
    day: int
    withdrawn: bool = False
    corrected: str = ""


def a_child(world: World, name: str = "Mia") -> UUID:
    child = new_id()
    world.let_watch([child], BEGIN)
    register_person(by=world.actor("Obi Watcher"), person=child, kind="child", given=name, family="Reed", at=BEGIN)
    return child


def record(world: World, child: UUID, said: Given, *, at: datetime = LATER) -> UUID:
    by, words = world.actor("Obi Watcher"), [Words("At the flat.", (child,))]
    entry = write_entry(
        by=by, kind="visit", concerned=[Concerned(child, seen=said.outcome)], words=words,
        occurred=When.exactly(BEGIN + said.day * DAY), at=at,
    )  # fmt: skip
    if said.corrected:
        entry = correct_entry(
            by=by, entry=entry, words=words, reason="Ticked wrongly", seen={child: said.corrected}, at=at
        )
    if said.withdrawn:
        withdraw_entry(by=by, entry=entry, person=child, reason="Another child", reader=world.keeper, at=at)
    return entry


def seen(world: World, *children: UUID, as_at: datetime | None = None) -> dict[UUID, LastSeen]:
    with acting(world.watcher):
        return dict(last_seen_of(children, as_at=as_at))


VOCABULARY = {
    "seen": (True, False, "", 0, 1),
    "seen_alone": (True, True, "", 0, 0),
    "observed": (True, True, "", 0, 0),
    "doorstep": (False, False, "doorstep", 0, 1),
    "video": (False, False, "video", 0, 1),
    "not_seen": (False, False, "", 1, 1),
    "refused": (False, False, "", 1, 1),
    "nobody_in": (False, False, "", 1, 1),
    "cancelled": (False, False, "", 1, 1),
    "cancelled_by_us": (False, False, "", 0, 0),
    "brought": (False, False, "", 0, 0),
    "not_brought": (False, False, "", 1, 0),
}
"""Whether it is being seen, and alone; how else; and what it adds to the rows without access, and not alone."""


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_says_its_own(world: World, outcome: str) -> None:
    child = a_child(world)
    record(world, child, Given(outcome, 1))
    found = seen(world, child)[child]
    assert (found.glimpsed_at is not None) == bool(found.glimpsed_how)
    assert VOCABULARY[outcome] == (
        found.seen_at is not None,
        found.alone_at is not None,
        found.glimpsed_how,
        found.not_seen_in_a_row,
        found.not_alone_in_a_row,
    )


@pytest.mark.parametrize("breaks", ["seen", "seen_alone", "observed", "brought"])
def test_a_row_without_access_ends_when_the_child_was_met_by_any_agency(world: World, breaks: str) -> None:
    child = a_child(world)
    for day, outcome in enumerate(["nobody_in", breaks, "refused", "not_brought"]):
        record(world, child, Given(outcome, day))
    assert seen(world, child)[child].not_seen_in_a_row == 2


@pytest.mark.parametrize("passed_over", ["doorstep", "video", "cancelled_by_us"])
def test_what_neither_counts_nor_breaks_is_passed_over(world: World, passed_over: str) -> None:
    child = a_child(world)
    for day, outcome in enumerate(["nobody_in", passed_over, "refused", passed_over, "cancelled"]):
        record(world, child, Given(outcome, day))
    with acting(world.watcher):
        [pattern] = no_access_patterns([child], 3).values()
    assert [one.seen for one in pattern.attempts] == ["cancelled", "refused", "nobody_in"]


# --- against a simple second statement -----------------------------------------------------------


def _plainly(recorded: list[tuple[int, UUID, str]]) -> tuple[int | None, int | None, int, int, int | None, str]:
    """The same, said by going through everything from the newest to the oldest."""
    newest_first = sorted(recorded, reverse=True)
    seen_day = next((day for day, _, way in newest_first if way in {"seen", "seen_alone", "observed"}), None)
    alone_day = next((day for day, _, way in newest_first if way in {"seen_alone", "observed"}), None)
    glimpsed = next(((day, way) for day, _, way in newest_first if way in {"doorstep", "video"}), (None, ""))
    missed = alone = 0
    for _, _, way in newest_first:
        if way in {"seen", "seen_alone", "observed", "brought"}:
            break
        if way not in {"doorstep", "video", "cancelled_by_us"}:
            missed += 1
    for _, _, way in newest_first:
        if way in {"seen_alone", "observed"}:
            break
        if way not in {"cancelled_by_us", "brought", "not_brought"}:
            alone += 1
    return seen_day, alone_day, missed, alone, *glimpsed


RECORDED = st.lists(
    st.builds(
        Given,
        outcome=st.sampled_from(OUTCOMES),
        day=st.integers(0, 6),
        withdrawn=st.sampled_from([False, False, False, True]),
        corrected=st.sampled_from(["", "", "", *OUTCOMES]),
    ),
    min_size=1,
    max_size=9,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(recorded=RECORDED)
def test_late_and_out_of_order_it_is_what_the_whole_record_says(world: World, recorded: list[Given]) -> None:
    child = a_child(world)
    standing = []
    for said in recorded:
        key = record(world, child, said)
        if not said.withdrawn:
            standing.append((said.day, key, said.corrected or said.outcome))
    found = seen(world, child).get(child)
    if not standing:
        assert found is None
        return
    assert found is not None
    seen_day, alone_day, missed, alone, glimpsed_day, how = _plainly(standing)
    moments = [BEGIN + day * DAY if day is not None else None for day in (seen_day, alone_day, glimpsed_day)]
    assert found == LastSeen(moments[0], moments[1], missed, alone, moments[2], how)
    with acting(world.watcher):
        patterns, attempts = no_access_patterns([child], 3), list_attempts([child], limit=20)
    assert ({child: missed} if missed >= 3 else {}) == {one: len(row.attempts) for one, row in patterns.items()}
    assert [one.seen for one in attempts[child]] == [way for _, _, way in sorted(standing, reverse=True)]


# --- as it stood, and what it costs --------------------------------------------------------------


def test_an_earlier_day_is_read_without_what_was_recorded_later(world: World) -> None:
    child = a_child(world)
    record(world, child, Given("seen", 1), at=LATER)
    record(world, child, Given("seen_alone", 2), at=LATER + 2 * DAY)
    assert seen(world, child, as_at=LATER + DAY)[child].alone_at is None
    assert seen(world, child)[child].alone_at == BEGIN + 2 * DAY


def test_as_it_stood_before_a_correction(world: World) -> None:
    child, by = a_child(world), world.actor("Obi Watcher")
    entry = record(world, child, Given("seen", 1), at=LATER)
    correct_entry(
        by=by, entry=entry, words=[Words("Nobody opened.", (child,))], reason="Ticked wrongly",
        seen={child: "nobody_in"}, occurred=When.exactly(BEGIN + 3 * DAY), at=LATER + 2 * DAY,
    )  # fmt: skip
    assert seen(world, child, as_at=LATER + DAY)[child].seen_at == BEGIN + DAY
    now = seen(world, child)[child]
    assert (now.seen_at, now.not_seen_in_a_row) == (None, 1)
    with acting(world.watcher):
        assert [one.occurred_at for one in list_attempts([child])[child]] == [BEGIN + 3 * DAY]


def test_a_row_is_counted_only_so_far(world: World) -> None:
    child = a_child(world)
    record(world, child, Given("seen_alone", 0))
    for day in range(AT_MOST + 2):
        record(world, child, Given("nobody_in", day + 1))
    found = seen(world, child)[child]
    assert (found.not_seen_in_a_row, found.not_alone_in_a_row) == (AT_MOST, AT_MOST)


def test_a_stranger_reads_of_nobody_when_they_were_seen(world: World) -> None:
    child = a_child(world)
    record(world, child, Given("nobody_in", 1))
    with acting(world.accounts["Dee Marlow"]):
        assert (last_seen_of([child]), list_attempts([child]), no_access_patterns([child], 1)) == ({}, {}, {})


def test_it_asks_as_often_for_four_children_as_for_one(world: World) -> None:
    children = [a_child(world, name) for name in ("Mia", "Leo", "Ada", "Sam")]
    for child in children:
        for day in range(4):
            record(world, child, Given("nobody_in", day))
    assert [_queries(world, children[:number]) for number in (1, 4)] == [[1, 2, 2], [1, 2, 2]]


def _queries(world: World, children: list[UUID]) -> list[int]:
    asked = []
    with acting(world.watcher):
        for ask in (last_seen_of, list_attempts, lambda people: no_access_patterns(people, 3)):
            with CaptureQueriesContext(connection) as queries:
                assert set(ask(children)) == set(children)
            asked.append(len(queries))
    return asked


def test_a_row_becomes_a_pattern_once() -> None:
    assert [makes_a_pattern(before, before + 1, 3) for before in range(5)] == [False, False, True, False, False]
    # Recorded late, an attempt can join two rows; and one that breaks a row makes none.
    assert makes_a_pattern(1, 4, 3)
    assert not makes_a_pattern(3, 1, 3)
