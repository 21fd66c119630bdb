"""When and where a conference is, in every form in which somebody could write it; and that none of them is told."""

import re
from datetime import date, datetime

PLAIN = {"house", "room", "floor", "the", "and", "of", "by", "at"}
"""Words of a place that are the words of any place."""


def forms_of(when: datetime, place: str) -> list[str]:
    """Every form of the day, the hour and the place: words between single spaces, all in small letters."""
    return sorted({*_days(when.date()), *_hours(when), *_places(place)})


def told_in(text: str, forms: list[str]) -> list[str]:
    """Which of these forms the text holds, with whatever stands between the words."""
    said = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    return [form for form in forms if f" {form} " in said]


def _days(day: date) -> set[str]:
    months = (f"{day:%B}".lower(), f"{day:%b}".lower())
    suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    numbers = (f"{day.day}", f"{day.day:02}", f"{day.day}{suffix}")
    found = {f"{number} {month}" for number in numbers for month in months}
    found |= {f"{month} {number}" for number in numbers for month in months}
    found |= {f"{number} of {month}" for number in numbers for month in months}
    found |= {
        f"{day.day} {day.month} {day:%y}",
        f"{day.day} {day.month} {day:%Y}",
        f"{day:%d %m %y}",
        f"{day:%d %m %Y}",
    }
    found |= {f"{day:%Y %m %d}", f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%d%m%y}", f"{day:%m %d %Y}"}
    return found | {f"{day:%A}".lower(), f"the {day.day}{suffix}"}


def _hours(when: datetime) -> set[str]:
    hour, half = when.hour % 12 or 12, "am" if when.hour < 12 else "pm"
    minute = f"{when.minute:02}"
    found = {f"{one} {minute}" for one in (f"{when.hour}", f"{when.hour:02}", f"{hour}", f"{hour:02}")}
    found |= {f"{when:%H%M}", f"{hour}{minute}{half}", f"{hour} {minute}{half}", f"{hour} {minute} {half}"}
    return found | {f"{hour}{half}", f"{hour} {half}", f"{hour} o clock"}


def _places(place: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", place.lower()) if word not in PLAIN}
