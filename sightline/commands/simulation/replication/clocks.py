"""How the clock of a household in a copy differs from that of the play: by some minutes all day, by night not.

Weekdays and lengths of time stay, and what came first comes first. Both midnights, London's and the database's, stand
still, so that nothing goes to another day; from there to the day it grows by and by.
"""

import re
from functools import cache

from sightline.commands.simulation.rates import rate

CLOCK = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?")
TOGETHER = 10
"""Of how many ways to differ households have one each."""
A_MINUTE = 60_000_000
HOUR = 60 * A_MINUTE
STILL_UNTIL, FULL_FROM, FULL_UNTIL, STILL_FROM = HOUR // 4, 2 * HOUR, 21 * HOUR, 22 * HOUR + 3 * HOUR // 4
"""In microseconds since midnight: full by day, none about midnight, and between them growing or shrinking."""


@cache
def minutes_of(copy: int, household: int = 0) -> int:
    """By how many minutes a household's days differ in a copy; those of staff do as the first household's.

    Fives come first, so that what was planned stays at a round hour; ten copies of one household differ, and ten
    households of one copy.
    """
    most = int(rate("replication", "shift", "minutes_most"))
    ways = sorted((by for by in range(-most, most + 1) if by), key=lambda by: (by % 5 != 0, abs(by), by))
    at = (copy - 1) % len(ways)
    return ways[(at - at % TOGETHER + (at + household) % TOGETHER) % len(ways)]


def moved(clock: str, minutes: int) -> str:
    """A time of day (`9:05`, `09:05:30.25`) so many minutes later, or fewer by night; written as it was."""
    found = CLOCK.match(clock)
    if found is None:
        return clock
    hour, minute, second, part = found.groups()
    at = int(hour) * HOUR + int(minute) * A_MINUTE + int(second or 0) * 1_000_000 + int((part or "").ljust(6, "0"))
    at += minutes * A_MINUTE * _share(at) // HOUR
    made = f"{at // HOUR:0{len(hour)}}:{at % HOUR // A_MINUTE:02}"
    if second is not None:
        made += f":{at % A_MINUTE // 1_000_000:02}"
    if second is not None and (part or at % 1_000_000):
        made += f".{at % 1_000_000:06}"
    return made + clock[found.end() :]


def _share(at: int) -> int:
    """How much of the minutes holds at that time, in parts of which an hour's microseconds are all."""
    if at <= STILL_UNTIL or at >= STILL_FROM:
        return 0
    if at < FULL_FROM:
        return HOUR * (at - STILL_UNTIL) // (FULL_FROM - STILL_UNTIL)
    if at > FULL_UNTIL:
        return HOUR * (STILL_FROM - at) // (STILL_FROM - FULL_UNTIL)
    return HOUR
