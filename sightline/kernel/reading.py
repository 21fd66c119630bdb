"""Dates and times as people write them, read forgivingly and never guessed.

Days come before months, as in England. What cannot be is refused with a sentence
that says why.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta

from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time

_MONTHS = [name.lower() for name in calendar.month_name if name]
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TIMES = {"midnight": time(0, 0), "noon": time(12, 0), "midday": time(12, 0)}
_YEARS_AHEAD = 20  # "1/1/26" may be to come; "1/1/85" is not
_FIRST_YEAR, _LAST_YEAR = 1850, 2150  # outside them it is a slip of the finger

_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+")
_DATE_LIKE = "a date such as 27 3 2026 or 27 March 2026"
_TIME_LIKE = "a time such as 9.30, 14:40 or 3pm"


def read_date(text: str, *, today: date, field: str | None = None) -> date:
    """The day that ``text`` says, as seen from ``today``.

    Reads "1/1/26", "1 1 2026", "01.01.2026", "010126", "1 Jan 2026", "Thu 1st
    January 2026", "January 1 2026", "2026-01-01", "today", "yesterday" and
    "tomorrow". A year of two figures is the one at most twenty years ahead.
    Refuses anything else, and a day that does not exist.
    """
    words = _plain(text)
    if not words:
        raise Refusal(f"Enter {_DATE_LIKE}.", field=field)
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    parts = _date_parts(_WEEKDAY.sub("", words))
    if parts is None:
        raise Refusal(f"“{text.strip()}” is not a date we can read. Enter {_DATE_LIKE}.", field=field)
    day, month, year = parts
    return _existing(int(day), _month(month, text, field), _year(year, today), field)


def read_time(text: str, *, field: str | None = None) -> time:
    """The time that ``text`` says on a clock: "9.30", "0930", "9:30 pm", "3pm", "noon"."""
    words = re.sub(r"\s", "", text.lower())
    if words in _TIMES:
        return _TIMES[words]
    # "930" is half past nine; a bare number of one or two figures is an hour.
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?(am|pm|a\.m\.?|p\.m\.?)?", words)
    if found is None:
        raise Refusal(f"“{text.strip()}” is not a time we can read. Enter {_TIME_LIKE}.", field=field)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise Refusal(f"“{text.strip()}” cannot be: with am or pm the hour is 1 to 12.", field=field)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Refusal(
            f"“{text.strip()}” cannot be: hours run from 0 to 23 and minutes from 0 to 59.",
            field=field,
        )
    return time(hour, minute)


def read_moment(day: str, clock: str, *, today: date, field: str | None = None) -> datetime:
    """A day and a time in England as one moment in UTC. Refuses what either would refuse."""
    return at_local_time(read_date(day, today=today, field=field), read_time(clock, field=field))


def day_words(day: date) -> str:
    """A day as pages write it: "3 March 2027"."""
    return f"{day.day} {day:%B %Y}"


def in_sentence(title: str) -> str:
    """A title inside a sentence: `child in need plan`; one with a name in it, as Family Help plan, stays as it is."""
    first, *rest = title.split(" ")
    is_name = not first[1:].islower() or any(word[:1].isupper() for word in rest)
    return title if is_name else " ".join([first.lower(), *rest])


def month_named(word: str) -> int | None:
    """1 to 12 for "mar", "Sept" or "March"; None for what is no month."""
    word = word.lower().rstrip(".")
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word)), None)


def existing_year(year: int, *, field: str | None = None) -> int:
    """The year itself, unless it can only be a slip of the finger."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refusal(
            f"The year {year:04} cannot be right: enter one from {_FIRST_YEAR} to {_LAST_YEAR}.",
            field=field,
        )
    return year


def _plain(text: str) -> str:
    words = re.sub(r"[\s,]+", " ", text.lower()).strip()
    words = re.sub(r"(?<=[0-9])(st|nd|rd|th)\b", "", words)
    return re.sub(r"\bof\b ?", "", words)


def _date_parts(words: str) -> tuple[str, str, str] | None:
    """Day, month and year as written, whichever way round they came."""
    if found := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})", words):
        return found[3], found[2], found[1]
    if found := re.fullmatch(r"([0-9]{1,2})[-/. ]+([0-9]{1,2}|[a-z]+)[-/. ]+([0-9]{4}|[0-9]{2})", words):
        return found[1], found[2], found[3]
    if found := re.fullmatch(r"([0-9]{1,2}) ?([a-z]+) ?([0-9]{4}|[0-9]{2})", words):
        return found[1], found[2], found[3]
    if found := re.fullmatch(r"([a-z]+)[ .]+([0-9]{1,2}) ([0-9]{4}|[0-9]{2})", words):
        return found[2], found[1], found[3]
    if found := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})", words):
        return found[1], found[2], found[3]
    return None


def _month(word: str, text: str, field: str | None) -> int:
    month = int(word) if word.isdigit() else month_named(word)
    if month is None:
        raise Refusal(f"“{text.strip()}” names no month we know. Enter {_DATE_LIKE}.", field=field)
    if not 1 <= month <= 12:
        raise Refusal(
            f"There is no month {month}. Put the day first, then the month, then the year.",
            field=field,
        )
    return month


def _year(word: str, today: date) -> int:
    year = int(word)
    if len(word) == 4:
        return year
    year += today.year // 100 * 100 + 100
    while year > today.year + _YEARS_AHEAD:
        year -= 100
    return year


def _existing(day: int, month: int, year: int, field: str | None) -> date:
    name = calendar.month_name[month]
    existing_year(year, field=field)
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise Refusal(f"{day} {name} {year} does not exist: {name} {year} has {length} days.", field=field)
    return date(year, month, day)
