"""When something happened, as well as it is known; and periods."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, Literal, TypeVar

from sightline.kernel.errors import Refusal
from sightline.kernel.london import end_of_day, local, local_day, start_of_day
from sightline.kernel.reading import day_words, existing_year, month_named, read_date, read_moment

Precision = Literal["exact", "about", "range"]
Point = TypeVar("Point", date, datetime)

_ABOUT = re.compile(r"^(?:about|around|approximately|approx\.?|roughly|circa|c\.)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:between\s+(.+?)\s+and|from\s+(.+?)\s+to)\s+(.+)$", re.IGNORECASE)
_AT = re.compile(r"^(.+?)\s+(?:at\s+)?([0-9]{1,2}[:.][0-9]{2}\s*(?:am|pm)?|[0-9]{1,2}\s*(?:am|pm))$", re.IGNORECASE)
_MONTH = re.compile(r"^([a-z]{3,9})\.?\s+([0-9]{4})$", re.IGNORECASE)
_YEAR = re.compile(r"^([0-9]{4})$")


@dataclass(frozen=True)
class When:
    """It happened no earlier than ``earliest`` and no later than ``latest``, both in UTC.

    ``exact``: at that moment, and the two are the same. ``about``: the worker was
    told "about" that day, month or year. ``range``: some time within it; a day
    whose time nobody knows is a range of one day.
    """

    earliest: datetime
    latest: datetime
    precision: Precision

    def __post_init__(self) -> None:
        for moment in (self.earliest, self.latest):
            local(moment)  # a moment without a time zone is a fault here, not later
        if self.latest < self.earliest:
            raise Refusal("The end comes before the beginning. Check the two dates.")
        if self.precision == "exact" and self.earliest != self.latest:
            raise ValueError("An exact moment has one moment, not two.")

    @classmethod
    def exactly(cls, moment: datetime) -> "When":
        """At that moment."""
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
        return cls(moment, moment, "exact")

    @classmethod
    def on(cls, first: date, last: date | None = None, *, about: bool = False) -> "When":
        """Some time in the days from ``first`` to ``last``, both included."""
        if last is not None and last < first:
            raise Refusal("The end comes before the beginning. Check the two dates.")
        return cls(start_of_day(first), end_of_day(last or first), "about" if about else "range")

    @classmethod
    def read(cls, text: str, *, today: date, field: str | None = None) -> "When":
        """Reads "3 March 2026 14:40", "3/3/26", "about March 2019", "2019",
        "between 1 March 2019 and 5 March 2019". Refuses what it cannot read.
        """
        words = text.strip()
        if found := _BETWEEN.fullmatch(words):
            first = _span(found[1] or found[2], today, field)[0]
            last = _span(found[3], today, field)[1]
            if last < first:
                raise Refusal("The end comes before the beginning. Check the two dates.", field=field)
            return cls.on(first, last)
        about = bool(_ABOUT.match(words))
        words = _ABOUT.sub("", words)
        if (found := _AT.fullmatch(words)) and not about:
            return cls.exactly(read_moment(found[1], found[2], today=today, field=field))
        return cls.on(*_span(words, today, field), about=about)

    def __str__(self) -> str:
        """As pages write it: "3 March 2026, 14:40", "about March 2019", "2019"."""
        if self.precision == "exact":
            return f"{day_words(local_day(self.earliest))}, {local(self.earliest):%H:%M}"
        first, last = local_day(self.earliest), local_day(self.latest)
        return ("about " if self.precision == "about" else "") + _span_words(first, last)


def _span(words: str, today: date, field: str | None) -> tuple[date, date]:
    if (found := _MONTH.fullmatch(words)) and (month := month_named(found[1])):
        year = existing_year(int(found[2]), field=field)
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if found := _YEAR.fullmatch(words):
        year = existing_year(int(found[1]), field=field)
        return date(year, 1, 1), date(year, 12, 31)
    day = read_date(words, today=today, field=field)
    return day, day


def _span_words(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{day_words(first)} to {day_words(last)}"


@dataclass(frozen=True)
class Period(Generic[Point]):
    """A half-open stretch of days or moments: ``begins`` is in it, ``ends`` is not.

    ``ends`` of None goes on. An empty or backward period is refused.
    """

    begins: Point
    ends: Point | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends <= self.begins:
            raise Refusal("A period must end after it begins. Check the two dates.")

    def contains(self, point: Point) -> bool:
        """Whether ``point`` lies in it."""
        return self.begins <= point and (self.ends is None or point < self.ends)

    def overlaps(self, other: "Period[Point]") -> bool:
        """Whether some point lies in both. Periods that only touch do not overlap."""
        return (other.ends is None or self.begins < other.ends) and (self.ends is None or other.begins < self.ends)
