"""Words for days, clocks, ages and counts, as the field says them.

Everything here is pure: the moment is passed in. Moments are aware; they are shown in
the time of the United Kingdom. A day is said relative and absolute together, because
"in 3 days" alone cannot be checked and a date alone is not seen to be close.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sightline.kernel import clocks

UNITED_KINGDOM = ZoneInfo("Europe/London")
NOT_KNOWN = "Not known"
NOT_YET_BORN = "Not yet born"

_SMALL_AGE_WEEKS = 13
_SMALL_AGE_MONTHS = 24


def local(moment: datetime) -> datetime:
    """The moment on a clock in the United Kingdom. Refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown.")
    return moment.astimezone(UNITED_KINGDOM)


def day(value: date | None) -> str:
    """`12 June 2026`; the day a moment falls on; `Not known` when there is none."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, datetime):
        value = local(value).date()
    return f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """`Fri 12 Jun`, for lists where the year is plain."""
    if isinstance(value, datetime):
        value = local(value).date()
    return f"{value:%a} {value.day} {value:%b}"


def clock_time(moment: datetime) -> str:
    """`10:42`."""
    return f"{local(moment):%H:%M}"


def full_moment(moment: datetime | None) -> str:
    """`12 June 2026 at 10:42`."""
    if moment is None:
        return NOT_KNOWN
    return f"{day(moment)} at {clock_time(moment)}"


def count(number: int, one: str, several: str | None = None) -> str:
    """`1 child`, `3 children`, `no visits` is the caller's to say."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listing(words: Iterable[str]) -> str:
    """`Ayo, Bim and Cleo`."""
    words = [word for word in words if word]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def span(length: timedelta) -> str:
    """`35 minutes`, `1 hour 20 minutes`, `3 days`; less than a minute is `1 minute`."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return count(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return count(hours, "hour") + (f" {count(rest, 'minute')}" if rest else "")
    return count(hours // 24, "day")


def capital(said: str) -> str:
    """With a capital letter at its beginning, and nowhere else."""
    return said[:1].upper() + said[1:]


def time_left(due: datetime, now: datetime) -> str:
    """`1 hour 20 minutes left (by 14:40)`, `Overdue by 35 minutes (was due today at 12:45)`: a line of its own."""
    said = capital(clocks.time_left(due, at=now))
    return said if due >= now or "(" in said else f"{said} (was due {when(due, now)})"


def urgency(due: datetime, now: datetime, soon: timedelta = timedelta(hours=2)) -> str:
    """`overdue`, `soon` or `calm`: picks the clock's weight, never stands for its words."""
    if due <= now:
        return "overdue"
    return "soon" if due - now <= soon else "calm"


def due_day(due: date, today: date, working_days: int | None = None) -> str:
    """`in 3 working days (Fri 12 Jun)`, `today (…)`, `overdue by 2 days (…)`.

    `working_days` is counted by the caller's calendar; without it days are plain days.
    """
    away = (due - today).days
    when = short_day(due)
    if away < 0:
        return f"overdue by {count(-away, 'day')} ({when})"
    if away < 2:
        return f"{('today', 'tomorrow')[away]} ({when})"
    if working_days is None:
        return f"in {count(away, 'day')} ({when})"
    return f"in {count(working_days, 'working day')} ({when})"


def days_ago(value: date | None, today: date) -> str:
    """`today`, `yesterday`, `4 days ago (Tue 17 Nov)`; `Not known` when there is none."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, datetime):
        value = local(value).date()
    past = (today - value).days
    if past < 0:
        return f"on {day(value)}"
    if past < 2:
        return ("today", "yesterday")[past]
    return f"{count(past, 'day')} ago ({short_day(value)})"


def when(moment: datetime, now: datetime) -> str:
    """`today at 09:30`, `yesterday at 16:10`, `Tue 17 Nov at 10:00`; with the year when it is another."""
    past = (local(now).date() - local(moment).date()).days
    if past in (0, 1):
        return f"{('today', 'yesterday')[past]} at {clock_time(moment)}"
    if local(moment).year != local(now).year:
        return full_moment(moment)
    return f"{short_day(moment)} at {clock_time(moment)}"


def last_seen(value: date | None, today: date, *, alone: bool = False, born: bool = True) -> str:
    """`4 days ago (Tue 17 Nov), alone`. An unborn child is not yet born, never not seen."""
    if not born:
        return NOT_YET_BORN
    if value is None:
        return "No record of being seen"
    return days_ago(value, today) + (", alone" if alone else "")


def age(born_on: date, on: date) -> str:
    """`6 days`, `9 weeks`, `14 months`, `7 years`, completed, on the day given.

    A child of less than thirteen weeks is told in weeks and of less than two years in
    months, as health visitors do. Refuses a birth after the day.
    """
    days = (on - born_on).days
    if days < 0:
        raise ValueError("The date of birth is after the day asked about.")
    if days < 7:
        return count(days, "day")
    if days < _SMALL_AGE_WEEKS * 7:
        return count(days // 7, "week")
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if months < _SMALL_AGE_MONTHS:
        return count(months, "month")
    return count(months // 12, "year")


def age_and_birth(
    *,
    on: date,
    born_on: date | None = None,
    expected_on: date | None = None,
    about_years: int | None = None,
) -> str:
    """The age and where it comes from, in one phrase, or that it is not known."""
    if born_on is not None:
        return f"{age(born_on, on)} (born {day(born_on)})"
    if expected_on is not None:
        return f"{NOT_YET_BORN} (expected {day(expected_on)})"
    if about_years is not None:
        return f"about {count(about_years, 'year')} (date of birth not known)"
    return "Age not known"
