"""A planned visit waits for its outcome: recorded or cancelled, and by whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.record.queries import get_entry, list_attempts, list_steps_about
from sightline.recording.operations import cancel_planned_visit, finish_step, plan_visit
from sightline.recording.queries import get_planned, get_visits, list_planned, list_without_outcome
from tests.recording.visiting import DAY, HOUR, JACK, ROSIE, one, plan, planned_of, seen_of, view_of, visit
from tests.universe import Universe


def test_a_planned_visit_stands_with_each_child_until_it_is_recorded(universe: Universe) -> None:
    step = plan(universe, ROSIE, JACK, before=-DAY)
    [planned] = planned_of(universe, ROSIE)
    assert (planned.step, planned.place, planned.announced, planned.purpose) == (
        step, "home", True, "See the children's room",
    )  # fmt: skip
    assert set(planned.children) == {universe.person(ROSIE), universe.person(JACK)}
    assert planned.starts_at == universe.at + DAY
    assert planned_of(universe, JACK) == [planned]


def test_one_whose_time_has_passed_asks_for_its_outcome(universe: Universe) -> None:
    past, _ = plan(universe, ROSIE), plan(universe, JACK, before=-HOUR)
    jane = universe.who("jane")
    with acting(jane.id):
        assert [one.step for one in list_without_outcome(jane.posts, at=universe.at)] == [past]
        assert len(list_planned(posts=jane.posts)) == 2
    visit(universe, one(universe, "nobody_in"), planned=past)
    with acting(jane.id):
        assert list_without_outcome(jane.posts, at=universe.at) == []


def test_recording_it_ends_it_with_the_entry_and_why_it_was_late(universe: Universe) -> None:
    step = plan(universe, ROSIE, before=5 * DAY)
    entry = visit(universe, one(universe, "seen"), planned=step, before=5 * DAY, late_because="On leave")
    _, view = view_of(universe, entry)
    assert (view.planned, view.late_because) == (step, "On leave")
    with acting(universe.who("jane").id):
        [closed] = [one for one in list_steps_about(person=universe.person(ROSIE), only_open=False) if one.id == step]
    assert (closed.closed_at, closed.outcome) == (universe.at, "Recorded")
    assert planned_of(universe, ROSIE) == []


def test_no_child_of_a_planned_visit_is_left_without_a_word(universe: Universe) -> None:
    step = plan(universe, ROSIE, JACK)
    with pytest.raises(Refusal, match=r"also planned to Jack.*how it went for them too"):
        visit(universe, one(universe, "seen"), planned=step)
    assert len(planned_of(universe, JACK)) == 1


def test_a_colleague_who_took_over_records_it(universe: Universe) -> None:
    step = plan(universe, ROSIE)
    visit(universe, one(universe, "seen"), planned=step, by="marcus")
    assert planned_of(universe, ROSIE) == []


def test_two_who_record_one_planned_visit_are_both_recorded(universe: Universe) -> None:
    step = plan(universe, ROSIE)
    first = visit(universe, one(universe, "seen"), planned=step)
    second = visit(universe, one(universe, "seen"), planned=step, by="marcus", text="We went together.")
    with acting(universe.who("jane").id):
        assert set(get_visits([first, second])) == {first, second}


@pytest.mark.parametrize(("by", "outcome", "counted"), [("family", "cancelled", 1), ("us", "cancelled_by_us", 0)])
def test_a_cancelled_visit_says_who_cancelled_it_and_why(
    universe: Universe, by: str, outcome: str, counted: int
) -> None:
    step = plan(universe, ROSIE, JACK, before=-DAY)
    entry = cancel_planned_visit(
        by=universe.who("jane"), step=step, cancelled_by=by, who="Lowenna", reason="The boiler is mended that day.",
        at=universe.at,
    )  # fmt: skip
    assert planned_of(universe, ROSIE) == []
    assert seen_of(universe, ROSIE).not_seen_in_a_row == counted
    written, view = view_of(universe, entry)
    assert {one.seen for one in written.subjects} == {outcome}
    assert "Lowenna" in written.passages[0].text
    assert view.children[universe.person(JACK)].reason_given_by == "Lowenna"
    assert written.when.earliest == universe.at


def test_one_cancelled_after_its_time_stands_where_it_was_to_be(universe: Universe) -> None:
    step = plan(universe, ROSIE, before=2 * DAY)
    entry = cancel_planned_visit(
        by=universe.who("jane"), step=step, cancelled_by="us", who="Jane", reason="No car", at=universe.at
    )
    with acting(universe.who("jane").id):
        assert get_entry(entry).when.earliest == universe.at - 2 * DAY
        assert list_attempts([universe.person(ROSIE)])[universe.person(ROSIE)][0].seen == "cancelled_by_us"


def test_what_is_refused_of_a_plan(universe: Universe) -> None:
    step, jane = plan(universe, ROSIE), universe.who("jane")
    told = {"by": jane, "step": step, "cancelled_by": "us", "who": "Jane", "reason": "No car", "at": universe.at}
    for change, words in (
        ({"cancelled_by": ""}, "Say who cancelled it"),
        ({"who": ""}, "Enter who cancelled it"),
        ({"reason": " "}, "Say why it was cancelled"),
    ):
        with pytest.raises(Refusal, match=words):
            cancel_planned_visit(**(told | change))
    with pytest.raises(Refusal, match="closed by recording it"):
        finish_step(by=jane, step=step, outcome="Went", at=universe.at)
    with pytest.raises(Refusal, match="at least one child"):
        plan(universe)
    with pytest.raises(NotPermitted, match="not working with everybody"):
        plan_visit(
            by=universe.who("winston"), children=[universe.person(ROSIE)], starts_at=universe.at, place="home",
            announced=None, purpose="", post=min(jane.posts), at=universe.at,
        )  # fmt: skip
    cancel_planned_visit(**told)
    with pytest.raises(NotFound):
        cancel_planned_visit(**told)
    with acting(jane.id), pytest.raises(NotFound):
        get_planned(step)


def test_a_list_of_planned_visits_asks_as_often_for_one_as_for_three(universe: Universe) -> None:
    asked = []
    for _ in range(3):
        plan(universe, ROSIE, JACK)
        with acting(universe.who("jane").id), CaptureQueriesContext(connection) as queries:
            list_without_outcome(universe.who("jane").posts, at=universe.at)
        asked.append(
            len([one for one in queries if "recording_plannedvisit" in one["sql"] or "record_step" in one["sql"]])
        )
    assert asked == [2, 2, 2]
