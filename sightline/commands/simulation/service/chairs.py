"""The chairs' diaries: half days, of which the conferences of other families have taken most."""

from datetime import date, datetime, time

from sightline.commands.simulation.service import Service
from sightline.commands.simulation.service.around import happens
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import add_working_days

SITTINGS = (time(10), time(14))
"""When a chair can hold one: a half day each."""


def sitting(service: Service, after: date) -> datetime:
    """The first half day after that day on which a chair has time; it is taken by this."""
    taken: dict[datetime, bool] = service.parts.setdefault("chair", {})
    day = after
    while True:
        day = add_working_days(day, 1)
        for hour in SITTINGS:
            starts = at_local_time(day, hour)
            if starts not in taken:
                taken[starts] = _for_others(service, starts)
            if not taken[starts]:
                taken[starts] = True
                return starts


def _for_others(service: Service, starts: datetime) -> bool:
    """Whether a chair is away that week, or has something else: the conferences of others, and writing."""
    year, week, _ = local_day(starts).isocalendar()
    away: dict[tuple[int, int], bool] = service.parts.setdefault("chair away", {})
    if (year, week) not in away:
        away[year, week] = happens(service.engine.stream(f"chair {year} {week}"), "conference", "week_away")
    return away[year, week] or happens(
        service.engine.stream(f"chair {starts:%Y-%m-%d %H}"), "conference", "chairs_busy"
    )
