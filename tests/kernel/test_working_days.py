"""Working days, against the plainest second statement of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.kernel.errors import Refusal
from sightline.kernel.working_days import (
    add_working_days,
    bank_holiday,
    bank_holidays,
    end_of_working_day,
    is_working_day,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(2012, 6, 1), date(2028, 6, 1))


def _list_of_working_days() -> list[date]:
    table = bank_holidays()
    every = [table.first + timedelta(days=n) for n in range((table.last - table.first).days + 1)]
    return [day for day in every if day.strftime("%a") not in ("Sat", "Sun") and day not in table.names]


WORKING = _list_of_working_days()


def test_the_days_that_people_forget() -> None:
    assert bank_holiday(date(2022, 9, 19)) == "Bank Holiday for the State Funeral of Queen Elizabeth II"
    assert not is_working_day(date(2026, 12, 28))  # Boxing Day fell on a Saturday
    assert is_working_day(date(2026, 12, 29))
    assert not is_working_day(date(2026, 4, 3))  # Good Friday
    assert not is_working_day(date(2026, 11, 21))  # a Saturday


def test_one_working_day_after_good_fridays_eve_is_the_tuesday() -> None:
    assert next_working_day(date(2026, 4, 2)) == date(2026, 4, 7)


@given(DAYS, st.integers(1, 60))
def test_the_nth_working_day_is_the_nth_in_the_list_after_that_day(day: date, n: int) -> None:
    assert add_working_days(day, n) == [other for other in WORKING if other > day][n - 1]


@given(DAYS, st.integers(1, 60))
def test_counting_back_is_counting_in_the_list_backwards(day: date, n: int) -> None:
    assert add_working_days(day, -n) == [other for other in WORKING if other < day][-n]


@given(DAYS, DAYS)
def test_between_two_days_is_how_many_of_the_list_lie_after_the_first(a: date, b: date) -> None:
    expected = sum(a < day <= b for day in WORKING) or -sum(b < day <= a for day in WORKING)
    assert working_days_between(a, b) == expected


@given(DAYS)
def test_nought_working_days_stays_or_moves_on(day: date) -> None:
    assert add_working_days(day, 0) == min(other for other in WORKING if other >= day)


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2029, 1, 1)])
def test_beyond_the_table_there_is_a_sentence_and_no_guess(day: date) -> None:
    with pytest.raises(Refusal, match="from 1 January 2012 to 31 December 2028"):
        is_working_day(day)


def test_counting_past_the_table_is_refused_too() -> None:
    with pytest.raises(Refusal, match="1 January 2029 is outside that"):
        add_working_days(date(2028, 12, 29), 1)


@given(
    st.integers(1_356_998_400, 1_827_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
    st.times(time(0, 0), time(23, 59)).filter(lambda t: t.hour != 1),
)
def test_the_working_day_closes_on_the_first_working_days_closing_time(moment: datetime, closes: time) -> None:
    closing = end_of_working_day(moment, closes=closes)
    assert closing >= moment
    assert closing - moment < timedelta(days=7)
    assert is_working_day(closing.date()) or is_working_day((closing + timedelta(hours=1)).date())


def test_a_contact_at_six_on_friday_is_next_handed_over_on_monday() -> None:
    assert end_of_working_day(datetime(2026, 11, 20, 18, 0, tzinfo=UTC)) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert end_of_working_day(datetime(2026, 6, 12, 15, 59, tzinfo=UTC)) == datetime(2026, 6, 12, 16, 0, tzinfo=UTC)
