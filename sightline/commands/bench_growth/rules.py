"""Whether something grows faster than the logarithm of the size does; pure, and the same for pages and commands."""

from collections.abc import Sequence
from dataclasses import dataclass

NOISE_SHARE = 0.25
"""A quarter more or less is the machine's noise, as in the other benches."""
NOISE_MS = 5.0
STATEMENTS = 2
"""Statements more than this are not the accident of what stands on a page."""


@dataclass(frozen=True)
class Growth:
    """What one thing took at each size, the smallest first, and its statements where it sends any."""

    done: str
    name: str
    times: tuple[float, ...]
    """By the clock, milliseconds: the median of its samples."""
    work: tuple[float, ...]
    """On a processor, of the product and of its session in the database; by the clock where that is not known."""
    statements: tuple[int, ...] = ()
    highs: tuple[float, ...] = ()
    """The 95th percentiles, where there are samples enough to speak of one."""
    memory: tuple[float, ...] = ()
    """Megabytes at the most, of what runs by itself."""

    @property
    def grows(self) -> bool:
        """Faster than the logarithm, by time or by statements."""
        return is_faster_than_logarithm(self.work) or self.asks_more

    @property
    def asks_more(self) -> bool:
        return bool(self.statements) and self.statements[-1] > self.statements[0] + STATEMENTS

    @property
    def ratio(self) -> float:
        """The largest beside the one before it."""
        before = self.work[-2] if len(self.work) > 1 else self.work[-1]
        return self.work[-1] / before if before else 1.0


def is_faster_than_logarithm(taken: Sequence[float]) -> bool:
    """Sizes are each ten times the one before, so that with the logarithm each step adds the same.

    What adds more at a step than it did at the one before, by more than noise, grows faster.
    """
    if len(taken) < 3:
        return False
    first, middle, last = taken[-3:]
    noise = max(NOISE_MS, NOISE_SHARE * max(first, middle))
    return last - middle > max(middle - first, 0.0) + noise
