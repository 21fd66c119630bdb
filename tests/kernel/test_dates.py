"""Reading dates and times, ages, when, periods, and how long is left."""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.kernel.dates import (
    Period,
    When,
    age_in_words,
    age_in_years,
    at_local_time,
    due_on,
    end_of_day,
    local_day,
    parse_age,
    read_date,
    read_moment,
    read_time,
    span_words,
    start_of_day,
    time_left,
)
from sightline.kernel.errors import NotFound, Refusal, Stale

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MOMENTS = st.integers(0, 90 * 365 * 24 * 60 * 60).map(lambda s: datetime.fromtimestamp(s, UTC))


@given(DAYS, st.sampled_from(["/", " ", "-", ".", ". "]))
def test_a_date_reads_the_same_however_it_is_written(day: date, mark: str) -> None:
    month = calendar.month_name[day.month]
    for written in (
        f"{day.day}{mark}{day.month}{mark}{day.year}",
        f"{day.day}{mark}{month[:3]}{mark}{day.year}",
        f"{day.day}{mark}{month.upper()}{mark}{day.year}",
        f"{month} {day.day}, {day.year}",
        f"  {day:%A} {day.day}th of {month} {day.year} ",
        f"{day:%d%m%Y}",
        day.isoformat(),
    ):
        assert read_date(written, today=TODAY) == day


@given(st.dates(date(1947, 1, 1), date(2046, 12, 31)))
@example(date(1947, 1, 1))
@example(date(2046, 12, 31))
def test_a_year_of_two_figures_is_at_most_twenty_years_ahead(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day:%y}", today=TODAY) == day


@given(st.text(max_size=40))
def test_any_text_gives_a_day_or_a_sentence(text: str) -> None:
    said = [
        _sentence_of(lambda: read_date(text, today=TODAY)),
        _sentence_of(lambda: read_time(text)),
        _sentence_of(lambda: parse_age(text).born_between(TODAY)),
        _sentence_of(lambda: When.read(text, today=TODAY)),
    ]
    assert all(sentence is None or sentence.endswith(".") for sentence in said)


def _sentence_of(read: Callable[[], object]) -> str | None:
    try:
        read()
    except Refusal as refusal:
        return refusal.message
    return None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 February 2026", "31 February 2026 does not exist: February 2026 has 28 days."),
        ("30/2/2028", "30 February 2028 does not exist: February 2028 has 29 days."),
        ("2/13/2026", "There is no month 13. Put the day first, then the month, then the year."),
        ("", "Enter a date such as 27 3 2026 or 27 March 2026."),
        ("1/1/0206", "The year 0206 cannot be right: enter one from 1850 to 2150."),
        ("1 Smarch 2026", "“1 Smarch 2026” names no month we know. Enter a date such as"),
        ("soon", "“soon” is not a date we can read."),
    ],
)
def test_a_date_that_cannot_be_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_date(text, today=TODAY, field="born")
    assert refused.value.message.startswith(sentence)
    assert refused.value.field == "born"


def test_yesterday_is_a_date() -> None:
    assert read_date("Yesterday", today=TODAY) == date(2026, 11, 20)


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_a_time_reads_the_same_however_it_is_written(clock: time) -> None:
    for form in ("%H:%M", "%H.%M", "%H%M", "%I:%M %p", "%I.%M%p"):
        assert read_time(clock.strftime(form)) == clock


def test_hours_alone_are_times_and_impossible_ones_are_explained() -> None:
    assert read_time("9") == time(9)
    assert read_time("3 pm") == time(15)
    assert read_time("12am") == time(0)
    assert read_time("noon") == time(12)
    for bad, sentence in (
        ("25:00", "from 0 to 23"),
        ("9.75", "0 to 59"),
        ("13pm", "1 to 12"),
        ("x", "14:40"),
    ):
        with pytest.raises(Refusal, match=sentence):
            read_time(bad)


def test_an_hour_that_the_clocks_skipped_is_refused_and_one_that_came_twice_is_the_first() -> None:
    with pytest.raises(Refusal, match="28 March 2027: the clocks went forward"):
        read_moment("28/3/2027", "1.30", today=TODAY)
    assert at_local_time(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(MOMENTS)
def test_every_moment_is_in_its_own_day(moment: datetime) -> None:
    day = local_day(moment)
    assert start_of_day(day) <= moment <= end_of_day(day)
    assert end_of_day(day) + timedelta(microseconds=1) == start_of_day(day + timedelta(days=1))


def test_a_moment_without_a_time_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("about 4", "about 4 years"),
        ("4 yrs", "4 years"),
        ("4-year-old", "4 years"),
        ("aged 6 months", "6 months"),
        ("3 or 4", "3 to 4 years"),
        ("4ish", "about 4 years"),
        ("1", "1 year"),
        ("10 days old", "10 days"),
    ],
)
def test_an_age_is_read_as_it_is_said(text: str, words: str) -> None:
    assert str(parse_age(text)) == words


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 17))
def test_everybody_born_in_the_span_has_that_age_and_nobody_outside_it(on: date, years: int) -> None:
    first, last = parse_age(str(years)).born_between(on)
    assert age_in_years(first, on) == age_in_years(last, on) == years
    assert age_in_years(first - timedelta(days=1), on) == years + 1
    assert age_in_years(last + timedelta(days=1), on) == years - 1


def test_about_widens_an_age_by_a_year_each_way() -> None:
    assert parse_age("about 4").born_between(TODAY) == (date(2020, 11, 22), date(2023, 11, 21))


@pytest.mark.parametrize("bad", ["lots", "", "-3", "400", "5 to 3", "4 furlongs"])
def test_what_is_no_age_is_refused(bad: str) -> None:
    with pytest.raises(Refusal):
        parse_age(bad)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2022, 11, 21), "4 years"),
        (date(2022, 11, 22), "3 years"),
        (date(2026, 4, 21), "7 months"),
        (date(2025, 10, 30), "12 months"),
        (date(2026, 11, 9), "12 days"),
        (date(2026, 11, 20), "1 day"),
        (TODAY, "0 days"),
    ],
)
def test_an_age_is_said_in_the_unit_that_people_use(born: date, words: str) -> None:
    assert age_in_words(born, TODAY) == words


def test_an_unborn_child_is_not_yet_born() -> None:
    assert age_in_words(None, TODAY, expected=date(2027, 3, 3)) == "not yet born, expected 3 March 2027"
    assert age_in_words(None, TODAY, expected=date(2026, 11, 1)) == ("not yet born, was expected 1 November 2026")
    assert age_in_words(None, TODAY) == "age not known"


@pytest.mark.parametrize(
    ("text", "words", "precision"),
    [
        ("3 March 2026 14:40", "3 March 2026, 14:40", "exact"),
        ("3/3/26 at 2pm", "3 March 2026, 14:00", "exact"),
        ("3/3/26", "3 March 2026", "range"),
        ("about 3/3/26", "about 3 March 2026", "about"),
        ("about march 2019", "about March 2019", "about"),
        ("2019", "2019", "range"),
        ("from 2018 to 2019", "2018 to 2019", "range"),
        ("between 1/3/19 and 5 March 2019", "1 March 2019 to 5 March 2019", "range"),
    ],
)
def test_when_is_read_and_written_as_well_as_it_is_known(text: str, words: str, precision: str) -> None:
    when = When.read(text, today=TODAY)
    assert (str(when), when.precision) == (words, precision)
    assert when.earliest <= when.latest


def test_when_cannot_end_before_it_begins() -> None:
    with pytest.raises(Refusal, match="before the beginning"):
        When.read("between 2 May 2026 and 1 May 2026", today=TODAY)
    with pytest.raises(Refusal, match="before the beginning"):
        When.on(date(2026, 5, 2), date(2026, 5, 1))
    with pytest.raises(ValueError, match="one moment"):
        When(start_of_day(TODAY), end_of_day(TODAY), "exact")


@st.composite
def _periods(draw: st.DrawFn) -> Period[date]:
    begins = draw(st.dates(date(2026, 1, 1), date(2026, 2, 1)))
    length = draw(st.none() | st.integers(1, 20))
    return Period(begins, None if length is None else begins + timedelta(days=length))


@given(_periods(), _periods())
def test_periods_overlap_when_some_day_is_in_both(a: Period[date], b: Period[date]) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(120)]
    assert a.overlaps(b) == any(a.contains(day) and b.contains(day) for day in days)


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(Refusal, match="end after it begins"):
        Period(TODAY, TODAY)


def _at(hour: int, minute: int = 0, *, day: int = 9) -> datetime:
    return at_local_time(date(2026, 6, day), time(hour, minute))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (_at(14, 40), "1 hour 20 minutes left (by 14:40)"),
        (_at(12, 45), "overdue by 35 minutes"),
        (_at(13, 20), "due now (by 13:20)"),
        (_at(9, day=10), "19 hours 40 minutes left (by 09:00 Wed 10 Jun)"),
        (_at(16, day=12), "due in 3 working days (Fri 12 Jun by 16:00)"),
        (end_of_day(date(2026, 6, 12)), "due in 3 working days (Fri 12 Jun)"),
        (end_of_day(date(2026, 6, 9)), "due today (Tue 9 Jun)"),
        (_at(11, day=7), "overdue by 2 days 2 hours"),
    ],
)
def test_what_is_left_is_said_relative_and_absolute_together(due: datetime, words: str) -> None:
    assert time_left(due, at=_at(13, 20)) == words


def test_a_day_is_spoken_of_in_working_days_while_the_table_reaches() -> None:
    friday = date(2026, 6, 12)
    assert due_on(date(2026, 6, 15), on=friday) == "due in 1 working day (Mon 15 Jun)"
    assert due_on(date(2026, 6, 14), on=friday) == "due in 2 days (Sun 14 Jun)"
    assert due_on(date(2026, 6, 10), on=friday) == "overdue by 2 days (Wed 10 Jun)"
    assert due_on(date(2029, 6, 12), on=friday) == "due in 1096 days (Tue 12 Jun 2029)"


def test_a_length_is_said_in_its_two_largest_units() -> None:
    assert span_words(timedelta(seconds=20)) == "less than a minute"
    assert span_words(timedelta(hours=1)) == "1 hour"
    assert span_words(timedelta(days=2, hours=1, minutes=5)) == "2 days 1 hour"
    assert span_words(timedelta(days=1, minutes=5)) == "1 day"


def test_a_refusal_is_its_sentence() -> None:
    stale = Stale("Somebody saved first.", theirs="a", yours="b")
    assert (str(stale), stale.theirs, stale.yours, stale.field) == (
        "Somebody saved first.",
        "a",
        "b",
        None,
    )
    assert isinstance(NotFound("No such record."), Refusal)
