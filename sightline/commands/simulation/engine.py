"""The clock that the authority is played by, and the dice.

Time is SimPy's, in minutes since the play began; `now` is that moment. Every part draws from a stream of
its own, named after it, so that a change in one part leaves the others' dice alone.
"""

import random
from collections.abc import Generator
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

import simpy

from sightline.kernel.london import at_local_time, local
from sightline.kernel.working_days import add_working_days, is_working_day

OPENING, CLOSING = time(9, 0), time(17, 0)
MINUTE = timedelta(minutes=1)
Life = Generator[simpy.Event, Any, Any]
"""What goes on side by side with everything else: yields what it waits for."""


class Engine:
    """A play from `begins` to `ends`, by one seed."""

    def __init__(self, *, seed: int, begins: datetime, ends: datetime) -> None:
        self.seed, self.begins, self.ends = seed, begins, ends
        self.env = simpy.Environment()
        self.stream = cache(self._stream)

    def _stream(self, name: str) -> random.Random:
        return random.Random(f"{self.seed} {name}")  # noqa: S311 - a fiction, not a secret

    @property
    def now(self) -> datetime:
        """The moment that is played."""
        return self.begins + self.env.now * MINUTE

    def begin(self, life: Life) -> simpy.Process:
        """Let something go on from now."""
        return self.env.process(life)

    def wait(self, long: timedelta) -> simpy.Timeout:
        """Until that long has passed, by the clock on the wall."""
        return self.env.timeout(max(long / MINUTE, 0))

    def until(self, moment: datetime) -> simpy.Timeout:
        """Until that moment, or at once where it has passed."""
        return self.wait(moment - self.now)

    def office(self, hours: float = 0) -> simpy.Timeout:
        """Until that many hours have passed in which the office is open, and it is open."""
        return self.until(later_at_work(self.now, hours))

    def run(self) -> None:
        """Play to the end."""
        self.env.run(until=(self.ends - self.begins) / MINUTE)


def later_at_work(moment: datetime, hours: float) -> datetime:
    """When `hours` of open office have passed since `moment`; the office is open then."""
    left, at = timedelta(hours=hours), _next_open(moment)
    while True:
        closes = at_local_time(local(at).date(), CLOSING)
        if at + left < closes:
            return at + left
        left -= closes - at
        at = at_local_time(add_working_days(local(at).date(), 1), OPENING)


def _next_open(moment: datetime) -> datetime:
    day = local(moment).date()
    if is_working_day(day):
        if local(moment).time() < OPENING:
            return at_local_time(day, OPENING)
        if local(moment).time() < CLOSING:
            return moment
    return at_local_time(add_working_days(day, 1), OPENING)
