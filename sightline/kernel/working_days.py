"""Working days in England: Monday to Friday, without the bank holidays.

The table is packaged (`bank_holidays.toml`) and answers only for the years that
have been announced. Beyond it every function refuses, since a due date that is
silently a day out is worse than none.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time_or_next, local, local_day

_DAY = timedelta(days=1)
CLOSING_TIME = time(17, 0)


@dataclass(frozen=True)
class BankHolidays:
    """The days the table knows (both ends included) and the holidays in them."""

    first: date
    last: date
    names: dict[date, str]


@cache
def bank_holidays() -> BankHolidays:
    """The packaged table, read once."""
    table = tomllib.loads(files("sightline.kernel").joinpath("bank_holidays.toml").read_text("utf-8"))
    return BankHolidays(
        first=table["first"],
        last=table["last"],
        names={date.fromisoformat(day): name for day, name in table["holidays"].items()},
    )


def bank_holiday(day: date) -> str | None:
    """The holiday's name, or None. Refuses a day outside the table."""
    table = bank_holidays()
    if not table.first <= day <= table.last:
        raise Refusal(
            f"Working days are known from {_words(table.first)} to {_words(table.last)}, "
            f"and {_words(day)} is outside that. Check the date; if it is right, ask "
            "whoever looks after the system to add that year's bank holidays."
        )
    return table.names.get(day)


def is_working_day(day: date) -> bool:
    """True from Monday to Friday unless it is a bank holiday in England."""
    return bank_holiday(day) is None and day.weekday() < 5


def next_working_day(day: date) -> date:
    """The first working day after ``day``."""
    return add_working_days(day, 1)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after ``day``, which itself never counts.

    A negative ``n`` counts backwards. Nought gives ``day`` when it is a working
    day and the next one when it is not.
    """
    if n == 0:
        return day if is_working_day(day) else next_working_day(day)
    step = _DAY if n > 0 else -_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after ``first``, up to and including ``last``.

    So that ``working_days_between(d, add_working_days(d, n)) == n`` for n > 0.
    Less than nought when ``last`` comes first.
    """
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + _DAY * n) for n in range(1, (last - first).days + 1))


def end_of_working_day(moment: datetime, *, closes: time = CLOSING_TIME) -> datetime:
    """When the working day next closes at or after ``moment``, in UTC.

    ``closes`` is England's clock and is local policy: the practice pack has it.
    """
    day = local_day(moment)
    if not is_working_day(day) or local(moment).time() > closes:
        day = next_working_day(day)
    return at_local_time_or_next(day, closes)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
