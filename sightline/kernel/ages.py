"""Ages, said and worked out.

A worker is often told "about 4". That is kept as what it is, a span of days in
which the child was born, and never as a date of birth.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sightline.kernel.errors import Refusal
from sightline.kernel.reading import day_words

Unit = Literal["years", "months", "weeks", "days"]

_UNITS: dict[str, Unit] = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
_OLDEST: dict[Unit, int] = {"years": 120, "months": 240, "weeks": 520, "days": 3650}
_ABOUT = r"(?:about|around|approx\.?|approximately|roughly|maybe|circa|c\.?|~|nearly|almost)"
_AGE = re.compile(
    rf"(?P<about>{_ABOUT})? ?(?P<low>[0-9]{{1,4}})(?: ?(?:-|\u2013|to|or) ?(?P<high>[0-9]{{1,4}}))?[ -]?"
    r"(?P<unit>y|yo|yr|yrs|year|years|m|mo|mth|mths|month|months|w|wk|wks|week|weeks|d|day|days)?"
    r"(?:[ -]?olds?)?(?P<ish>ish)?"
)


@dataclass(frozen=True)
class Age:
    """An age as it was told: between ``low`` and ``high`` whole units, perhaps about."""

    low: int
    high: int
    unit: Unit
    about: bool = False

    def born_between(self, on: date) -> tuple[date, date]:
        """The first and last day on which somebody of this age on ``on`` can be born.

        "About" widens it by one unit at either end, since nobody says by how much.
        """
        low = max(0, self.low - self.about)
        high = self.high + self.about
        return _back(on, high + 1, self.unit) + timedelta(days=1), _back(on, low, self.unit)

    def __str__(self) -> str:
        number = f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"
        unit = self.unit[:-1] if self.low == self.high == 1 else self.unit
        return f"{'about ' if self.about else ''}{number} {unit}"


def parse_age(text: str, *, field: str | None = None) -> Age:
    """Reads "about 4", "4 yrs", "6 months", "3 or 4", "10 days old"; years if no unit."""
    words = re.sub(r"\s+", " ", text.lower()).strip().removeprefix("aged ")
    found = _AGE.fullmatch(words)
    if found is None:
        raise Refusal(
            f"“{text.strip()}” is not an age we can read. Enter an age such as 4, about 4, 3 or 4, or 6 months.",
            field=field,
        )
    low = int(found["low"])
    high = int(found["high"] or low)
    unit = _UNITS[(found["unit"] or "y")[0]]
    if high < low or high > _OLDEST[unit]:
        raise Refusal(f"“{text.strip()}” cannot be an age. Check the number and its unit.", field=field)
    return Age(low, high, unit, bool(found["about"] or found["ish"]))


def age_in_years(born: date, on: date) -> int:
    """Whole years lived by ``on``. Somebody born on 29 February is older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_in_words(born: date | None, on: date, *, expected: date | None = None) -> str:
    """An age on the day ``on``: "4 years", "7 months", "12 days".

    Without a date of birth, an expected one gives "not yet born, expected 3 March
    2027"; with neither it is "age not known". A child is spoken of in months until
    two, and in days until one month.
    """
    if born is None or born > on:
        due = expected or born
        if due is None:
            return "age not known"
        return f"not yet born, {'expected' if due >= on else 'was expected'} {day_words(due)}"
    years = age_in_years(born, on)
    if years >= 2:
        return f"{years} years"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months:
        return _many(months, "month")
    return _many((on - born).days, "day")


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _back(on: date, number: int, unit: Unit) -> date:
    if unit in ("days", "weeks"):
        return on - timedelta(days=number * (7 if unit == "weeks" else 1))
    months = on.year * 12 + on.month - 1 - number * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    for day in range(on.day, 0, -1):  # 31 March, a month back, is the last of February
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
