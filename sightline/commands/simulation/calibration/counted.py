"""What was played, over which time of it figures are counted, and what was counted for one of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

YEAR = timedelta(days=365.25)
A_HUNDRED, A_THOUSAND = 100.0, 1000.0


@dataclass(frozen=True)
class Played:
    """Which authority it is: how many children live there, and from when to when it was played."""

    children: int
    begins: datetime
    ends: datetime

    @property
    def since(self) -> datetime:
        """From when it is measured: after the first year, which fills it, and at least the last year of it."""
        return max(self.begins, min(self.begins + YEAR, self.ends - YEAR))

    @property
    def years(self) -> float:
        """How long that is."""
        return (self.ends - self.since) / YEAR

    @property
    def quarter_days(self) -> list[datetime]:
        """Its last moment, and one each quarter of a year before it while it is measured."""
        many = max(1, round(self.years * 4))
        return [self.ends - number * YEAR / 4 for number in range(many)]


@dataclass(frozen=True)
class Found:
    """What was counted for a figure, so that several plays can be taken together."""

    part: float = 0.0
    whole: float = 0.0
    """Of how many, or over how long, `part` was counted; nought where there was nothing."""
    times: float = 1.0
    values: tuple[int, ...] = ()
    """All of them, where the figure is the one in the middle."""

    def __add__(self, other: "Found") -> "Found":
        return Found(self.part + other.part, self.whole + other.whole, self.times, self.values + other.values)

    @property
    def figure(self) -> float | None:
        """None where there is nothing to reckon it by."""
        if self.values:
            return float(median(self.values))
        return self.times * self.part / self.whole if self.whole else None

    @property
    def counted(self) -> int:
        """How many were counted for it."""
        return len(self.values) or round(self.part)
