"""The chairs' diaries: half days, of which the conferences of other families have taken most."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import takewhile

from sightline.commands.simulation.service import Service
from sightline.commands.simulation.service.around import happens
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import add_working_days

SITTINGS = (time(10), time(14))
"""When a chair can hold one: a half day each."""


def sitting(service: Service, after: date, until: date | None = None) -> datetime:
    """The first half day after that day on which a chair has time; it is taken by this.

    Where that would be later than `until`, a chair mostly makes room: what can wait is put off.
    """
    ours: dict[datetime, bool] = service.parts.setdefault("chair", {})
    free = next(starts for starts in _half_days(after) if starts not in ours and not _for_others(service, starts))
    if until is not None and local_day(free) > until:
        stream = service.engine.stream(f"chair makes room {free:%Y-%m-%d %H}")
        in_time = [one for one in takewhile(lambda one: local_day(one) <= until, _half_days(after)) if one not in ours]
        if in_time and happens(stream, "conference", "makes_room"):
            free = in_time[-1]
    ours[free] = True
    return free


def _half_days(after: date) -> Iterator[datetime]:
    day = after
    while True:
        day = add_working_days(day, 1)
        yield from (at_local_time(day, hour) for hour in SITTINGS)


def _for_others(service: Service, starts: datetime) -> bool:
    """Whether a chair is away that week, or has something else: the conferences of others, and writing."""
    year, week, _ = local_day(starts).isocalendar()
    return _drawn(service, f"{year} {week}", "week_away") or _drawn(service, f"{starts:%Y-%m-%d %H}", "chairs_busy")


def _drawn(service: Service, when: str, what: str) -> bool:
    """Drawn once for each time, however often it is asked."""
    drawn: dict[str, bool] = service.parts.setdefault("chairs", {})
    if when not in drawn:
        drawn[when] = happens(service.engine.stream(f"chair {when}"), "conference", what)
    return drawn[when]
