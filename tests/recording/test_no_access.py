"""Three attempts in a row without access stand together, and whoever carries the child is told once."""

from datetime import timedelta

from sightline.doorway.acts import acting
from sightline.record.queries import no_access_patterns
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import record_appointment, record_note
from sightline.recording.rules import Written
from tests.recording.visiting import DAY, JACK, ROSIE, ago, one, told_of, visit
from tests.universe import Universe


def missed(universe: Universe, *days: int, name: str = ROSIE) -> None:
    for day in days:
        visit(universe, one(universe, "nobody_in", name), before=day * DAY)


def not_brought(universe: Universe, day: int) -> None:
    record_appointment(
        by=universe.who("jane"), children=[one(universe, "not_brought")], what="Dentist", text="",
        agency=universe.authority.agencies["osier-lane"], occurred=ago(universe, day * DAY), at=universe.at,
    )  # fmt: skip


def pattern(universe: Universe) -> list[str]:
    with acting(universe.who("jane").id):
        found = no_access_patterns([universe.person(ROSIE), universe.person(JACK)], 3)
    assert set(found) <= {universe.person(ROSIE)}
    return [attempt.seen for one in found.values() for attempt in one.attempts]


def test_the_third_tells_the_worker_and_the_manager_of_that_child_once(universe: Universe) -> None:
    missed(universe, 6, 5)
    assert (told_of(universe, "jane"), told_of(universe, "gareth")) == ([], [])
    missed(universe, 4, 3)
    for reader in ("jane", "gareth"):
        assert [notice.person for notice in told_of(universe, reader)] == [universe.person(ROSIE)]


def test_visits_and_appointments_of_any_agency_stand_together(universe: Universe) -> None:
    missed(universe, 6)
    not_brought(universe, 5)
    visit(universe, one(universe, "refused"), one(universe, "seen", JACK), before=4 * DAY)
    assert pattern(universe) == ["refused", "not_brought", "nobody_in"]
    assert len(told_of(universe, "gareth")) == 1


def test_two_are_no_pattern_and_a_child_who_was_seen_ends_one(universe: Universe) -> None:
    missed(universe, 6, 5)
    assert pattern(universe) == []
    missed(universe, 4)
    visit(universe, one(universe, "seen"), before=3 * DAY)
    assert pattern(universe) == []
    missed(universe, 2)
    assert pattern(universe) == []


def test_a_new_pattern_is_told_again(universe: Universe) -> None:
    missed(universe, 9, 8, 7)
    visit(universe, one(universe, "seen"), before=6 * DAY)
    missed(universe, 5, 4, 3)
    assert len(told_of(universe, "jane")) == 2


def test_one_recorded_late_that_makes_the_third_is_told(universe: Universe) -> None:
    missed(universe, 2, 4)
    missed(universe, 3)
    assert len(told_of(universe, "jane")) == 1


def test_one_recorded_late_before_the_child_was_seen_makes_nothing(universe: Universe) -> None:
    visit(universe, one(universe, "seen_alone"), before=2 * DAY)
    missed(universe, 5, 4, 3)
    assert (pattern(universe), told_of(universe, "jane")) == ([], [])


def test_a_case_note_that_says_so_counts_as_well(universe: Universe) -> None:
    missed(universe, 6, 5)
    rosie = universe.person(ROSIE)
    record_note(
        by=universe.who("jane"), at=universe.at,
        written=Written(
            (Concerned(rosie, seen="not_seen"),), (Words("Not at school either.", (rosie,)),),
            ago(universe, timedelta(hours=2)),
        ),
    )  # fmt: skip
    assert len(told_of(universe, "jane")) == 1


def test_a_worker_of_another_team_tells_those_who_carry_the_child(universe: Universe) -> None:
    missed(universe, 6, 5)
    visit(universe, one(universe, "cancelled"), before=4 * DAY, by="marcus")
    assert (len(told_of(universe, "jane")), len(told_of(universe, "gareth"))) == (1, 1)
    assert told_of(universe, "marcus") == []
