"""When contacts come in: by source, season, day of the week and hour."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any

from sightline.commands.simulation.engine import CLOSING, Life
from sightline.commands.simulation.rates import rate, rates
from sightline.commands.simulation.service import Service
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import is_working_day

WORKING_DAYS = 252
OFFICE_MINUTES = WORKING_DAYS * 8 * 60
DRAWN = 4000
"""Families whose children are counted, so that a year's number is known well."""
HOLIDAYS = (((7, 23), (9, 2)), ((12, 20), (12, 31)), ((1, 1), (1, 4)), ((4, 1), (4, 14)), ((10, 25), (11, 1)),
            ((2, 14), (2, 21)), ((5, 26), (6, 1)))  # fmt: skip
"""From and to which day of the year schools are closed, about."""


def come_in(service: Service, contact: Callable[[str], Life]) -> Life:
    """Each midnight the coming day is drawn: how many of each source, and at what time."""
    engine, stream = service.engine, service.engine.stream("arrivals")
    every_day = a_year(service) / 365.25
    while True:
        day = local_day(engine.now)
        for source, given in rates("front_door")["sources"].items():
            for _ in range(poisson(every_day * given["share"] * season(given, day), stream)):
                engine.begin(_later(service, _moment(given, day, stream), contact(source)))
        yield engine.until(at_local_time(day + timedelta(days=1), time(0, 0)))


def a_year(service: Service) -> float:
    """How many contacts a year come in, each about several children, so that so many children are told of."""
    stream = service.engine.stream("children to a contact")
    drawn = [len(service.place.draw(stream).children) for _ in range(DRAWN)]
    return service.staff.children * rate("front_door", "contacts", "each_year") / (sum(drawn) / len(drawn))


def season(source: dict[str, Any], day: date) -> float:
    """How many come on such a day beside others."""
    week = float(source["weekdays"][day.weekday()]) * 7 / sum(source["weekdays"])
    if not is_working_day(day) and day.weekday() < 5:
        week *= 0.4
    return week * (float(source["holiday"]) if schools_closed(day) else _term(source))


def _term(source: dict[str, Any]) -> float:
    """So that a year has as many as it should where holidays have fewer."""
    away = sum(_length(span) for span in HOLIDAYS) / 365
    return (1 - away * float(source["holiday"])) / (1 - away)


def _length(span: tuple[tuple[int, int], tuple[int, int]]) -> int:
    return (date(2001, *span[1]) - date(2001, *span[0])).days + 1


def schools_closed(day: date) -> bool:
    """Whether schools have holidays."""
    return any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


def _moment(source: dict[str, Any], day: date, stream: Random) -> datetime:
    hours = rates("front_door")["hours"]["night" if stream.random() < source["night"] else "day"]
    (hour,) = stream.choices(range(24), hours)
    # Counted from midnight, since there are hours by the clock that some days do not have.
    return at_local_time(day, time()) + timedelta(hours=hour, minutes=stream.randrange(60))


def _later(service: Service, moment: datetime, life: Life) -> Life:
    yield service.engine.until(moment)
    yield from life


def poisson(mean: float, stream: Random) -> int:
    """A number of things that come independently, so many on the whole."""
    limit, product, count = exp(-mean), stream.random(), 0
    while product > limit:
        product *= stream.random()
        count += 1
    return count


def next_closing(now: datetime) -> datetime:
    """A few minutes after the front door next closes."""
    day = local_day(now)
    while True:
        closing = at_local_time(day, CLOSING) + timedelta(minutes=5)
        if is_working_day(day) and closing > now:
            return closing
        day += timedelta(days=1)
