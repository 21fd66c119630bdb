"""Orders that keep a child safe: by the clock, never before birth, extended once; and examinations."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.doorway.acts import acting
from sightline.enquiries.operations import (
    ask_for_medical,
    end_order,
    medical_not_held,
    record_medical,
    say_where_kept,
)
from sightline.enquiries.rules import longest, moment_words, state_of_order
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local
from sightline.record.queries import get_entry
from tests.enquiries.protecting import AT, DAY, HOUR, medicals, order, orders, owed, unborn
from tests.plans.household import Household

FRIDAY_NIGHT = datetime(2026, 3, 27, 23, 10, tzinfo=UTC)
"""The clocks go forward on the Sunday after it."""


def test_police_protection_runs_72_hours_through_a_weekend_on_which_the_clocks_change(household: Household) -> None:
    order(household, began_at=FRIDAY_NIGHT)
    (line,) = orders(household, FRIDAY_NIGHT + DAY)
    assert line.runs_out_at == FRIDAY_NIGHT + timedelta(hours=72)
    assert line.in_force
    assert owed(household, "Chi")["order"].due_at == line.runs_out_at


def test_an_emergency_protection_order_runs_8_days_and_its_extension_7_more_to_the_same_time(
    household: Household,
) -> None:
    first = order(household, "emergency", began_at=AT)
    (line,) = orders(household, AT)
    assert line.runs_out_at == AT + 8 * DAY
    order(household, "extended", began_at=line.runs_out_at, extends=first, at=AT + 7 * DAY)
    newest, oldest = orders(household, AT + 9 * DAY)
    assert (newest.runs_out_at, newest.in_force, newest.extends) == (AT + 15 * DAY, True, first)
    assert (oldest.in_force, oldest.extended_by, oldest.waits) == (False, newest.step, False)


def test_the_same_time_is_told_by_the_clock_on_the_wall(household: Household) -> None:
    order(household, "emergency", began_at=FRIDAY_NIGHT)
    (line,) = orders(household, FRIDAY_NIGHT)
    assert local(line.runs_out_at).time() == local(FRIDAY_NIGHT).time()
    assert line.runs_out_at == FRIDAY_NIGHT + 8 * DAY - HOUR


def test_it_is_in_force_until_the_moment_at_which_it_runs_out(household: Household) -> None:
    order(household)
    end = AT + timedelta(hours=72)
    assert orders(household, end - timedelta(minutes=1))[0].in_force
    assert not orders(household, end)[0].in_force
    assert orders(household, end)[0].state == "ran_out"
    # Until somebody says what became of the child, it is still somebody's.
    assert orders(household, end)[0].waits


def test_a_shorter_time_given_by_the_court_is_kept(household: Household) -> None:
    order(household, "emergency", until=AT + 4 * DAY)
    (line,) = orders(household, AT)
    assert (line.runs_out_at, line.by_court) == (AT + 4 * DAY, True)


def test_the_laws_own_time_is_not_kept_twice(household: Household) -> None:
    order(household, "emergency", until=AT + 8 * DAY)
    assert not orders(household, AT)[0].by_court


def test_more_time_than_the_law_gives_is_refused(household: Household) -> None:
    with pytest.raises(Refusal, match="The law ends this by"):
        order(household, "emergency", until=AT + 8 * DAY + HOUR)
    with pytest.raises(Refusal, match="runs out before it began"):
        order(household, "emergency", until=AT - HOUR)


def test_an_order_that_ends_on_a_sunday_or_holiday_may_be_given_until_noon_of_the_next_day(
    household: Household,
) -> None:
    saturday = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
    order(household, "emergency", began_at=saturday, until=datetime(2026, 3, 23, 12, 0, tzinfo=UTC))
    with pytest.raises(Refusal, match="12:00 on 23 March 2026"):
        order(household, "emergency", began_at=saturday, until=datetime(2026, 3, 23, 12, 1, tzinfo=UTC))
    good_friday = datetime(2026, 4, 3, 14, 0, tzinfo=UTC)
    assert moment_words(longest("emergency", good_friday)) == "12:00 on 4 April 2026"
    assert longest("police_protection", good_friday) == good_friday


def test_only_an_emergency_protection_order_is_extended_and_once_while_it_is_in_force(household: Household) -> None:
    police = order(household)
    with pytest.raises(Refusal, match="Only an emergency protection order"):
        order(household, "extended", began_at=AT + DAY, extends=police)
    with pytest.raises(Refusal, match="Choose which emergency protection order"):
        order(household, "extended", began_at=AT + DAY)
    first = order(household, "emergency")
    with pytest.raises(NotFound):
        order(household, "extended", began_at=AT + DAY, extends=first, child=household["Bim"])
    with pytest.raises(Refusal, match="while the order is in force"):
        order(household, "extended", began_at=AT + 9 * DAY, extends=first)
    order(household, "extended", began_at=AT + 8 * DAY, extends=first)
    with pytest.raises(Refusal, match="extends it once"):
        order(household, "extended", began_at=AT + 8 * DAY, extends=first)


def test_before_birth_there_is_no_order_and_the_refusal_says_what_to_do(household: Household) -> None:
    with pytest.raises(Refusal, match="Agree with the hospital and the police"):
        order(household, child=unborn(household))


def test_an_order_is_recorded_late_also_when_it_has_run_out(household: Household) -> None:
    order(household, at=AT + 30 * DAY)
    assert orders(household, AT + 30 * DAY)[0].state == "ran_out"
    with pytest.raises(Refusal, match="has not happened yet"):
        order(household, began_at=AT, at=AT - HOUR)


def test_it_ends_when_somebody_says_how_and_the_record_says_so(household: Household) -> None:
    step = order(household)
    entry = end_order(
        by=household.kit, order=step, ended_at=AT + 5 * HOUR, because="Released to her aunt.", at=AT + DAY
    )
    (line,) = orders(household, AT + DAY)
    assert (line.in_force, line.state, line.ended_because) == (False, "ended", "Released to her aunt.")
    assert "order" not in owed(household, "Chi")
    with acting(household.jane.id):
        assert "Released to her aunt." in get_entry(entry).text_of("order_ended")
    with pytest.raises(Refusal, match="This ended at"):
        end_order(by=household.jane, order=step, ended_at=AT + HOUR, because="Again.", at=AT + DAY)


@pytest.mark.parametrize(
    ("after", "words"), [(timedelta(hours=-1), "cannot end before"), (timedelta(hours=73), "It ran out at")]
)
def test_it_ends_within_its_own_time(household: Household, after: timedelta, words: str) -> None:
    step = order(household)
    with pytest.raises(Refusal, match=words):
        end_order(by=household.jane, order=step, ended_at=AT + after, because="Released.", at=AT + 5 * DAY)


def test_where_a_child_is_kept_may_be_said_later(household: Household) -> None:
    step = order(household)
    say_where_kept(by=household.jane, order=step, where_kept="Foster carers in Weir", at=AT + DAY)
    assert orders(household, AT)[0].where_kept == "Foster carers in Weir"


@given(
    began=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 6, 1)),  # noqa: DTZ001 (made aware below)
    after=st.integers(min_value=-10, max_value=400),
    ended=st.one_of(st.none(), st.integers(min_value=0, max_value=72)),
)
def test_an_order_is_in_force_between_its_beginning_and_the_first_of_its_ends(
    began: datetime, after: int, ended: int | None
) -> None:
    begins = began.replace(tzinfo=UTC)
    runs_out, at = begins + 72 * HOUR, begins + after * HOUR
    ended_at = None if ended is None else begins + ended * HOUR
    first_end = min(moment for moment in (runs_out, ended_at) if moment is not None)
    state = state_of_order(ended_at=ended_at, runs_out_at=runs_out, at=at)
    assert (state == "in_force") is (at < first_end)


def test_an_examination_is_asked_for_and_waits_by_its_clock(household: Household) -> None:
    step = ask_for_medical(by=household.jane, child=household["Chi"], asked_of="Weir Hospital", at=AT)
    assert owed(household, "Chi")["medical"].due_at == AT + DAY
    assert (medicals(household)[0].step, medicals(household)[0].asked_of) == (step, "Weir Hospital")


def test_what_was_found_is_in_healths_section_and_ends_the_waiting(household: Household) -> None:
    step = ask_for_medical(by=household.jane, child=household["Chi"], at=AT)
    entry = record_medical(
        by=household.jane, medical=step, held_at=AT + HOUR, examiner="Dr Odu", words="Three bruises, of two ages.",
        at=AT + 2 * HOUR,
    )  # fmt: skip
    assert "medical" not in owed(household, "Chi")
    with acting(household.jane.id):
        (found,) = get_entry(entry).passages
    assert (found.section, found.told_by) == ("health", "Dr Odu")


def test_one_that_was_not_held_says_why_and_may_be_held_after_all(household: Household) -> None:
    step = ask_for_medical(by=household.jane, child=household["Chi"], at=AT)
    medical_not_held(by=household.jane, medical=step, because="Her mother refused.", at=AT + HOUR)
    assert medicals(household)[0].not_held_because == "Her mother refused."
    assert "medical" not in owed(household, "Chi")
    record_medical(
        by=household.jane, medical=step, held_at=AT + DAY, examiner="Dr Odu", words="Nothing found.", at=AT + DAY
    )
    assert (medicals(household)[0].examiner, medicals(household)[0].not_held_because) == ("Dr Odu", "")
