"""Clocks, ages and days in the words that the field uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.web.presenters import words

NOW = datetime(2026, 11, 21, 13, 20, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def test_time_left_is_relative_and_absolute_together() -> None:
    assert words.time_left(NOW + timedelta(minutes=80), NOW) == "1 hour 20 minutes left (by 14:40)"
    assert words.time_left(NOW + timedelta(days=3), NOW) == "Due in 2 working days (Tue 24 Nov by 13:20)"


def test_overdue_is_said_in_words() -> None:
    assert words.time_left(NOW - timedelta(minutes=35), NOW) == "Overdue by 35 minutes (was due today at 12:45)"
    assert words.due_day(date(2026, 11, 19), TODAY) == "overdue by 2 days (Thu 19 Nov)"


def test_moments_are_shown_in_the_time_of_the_united_kingdom() -> None:
    assert words.full_moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026 at 00:30"
    with pytest.raises(ValueError, match="time zone"):
        words.clock_time(datetime(2026, 6, 30, 23, 30))  # noqa: DTZ001 - the refusal is what is tested


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 11, 20), "1 day"),
        (date(2026, 10, 1), "7 weeks"),
        (date(2025, 11, 22), "11 months"),
        (date(2024, 11, 21), "2 years"),
        (date(2019, 11, 22), "6 years"),
        (date(2020, 2, 29), "6 years"),
    ],
)
def test_age_is_said_as_health_visitors_do(born: date, said: str) -> None:
    assert words.age(born, TODAY) == said


def test_an_unborn_child_is_not_yet_born_and_never_not_seen() -> None:
    assert words.last_seen(None, TODAY, born=False) == "Not yet born"
    assert words.age_and_birth(on=TODAY, expected_on=date(2027, 2, 14)) == "Not yet born (expected 14 February 2027)"


def test_what_is_not_known_is_said_so() -> None:
    assert words.day(None) == "Not known"
    assert words.age_and_birth(on=TODAY) == "Age not known"
    assert words.age_and_birth(on=TODAY, about_years=4) == "about 4 years (date of birth not known)"


def test_names_are_listed_as_they_are_spoken() -> None:
    assert words.listing([]) == ""
    assert words.listing(["Ayo"]) == "Ayo"
    assert words.listing(["Ayo", "", "Bisi", "Cleo"]) == "Ayo, Bisi and Cleo"
