"""What counts as held: pure, and read by the generator as well, which knows nothing of the product."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

READING_MS, SAVING_MS = 300, 500
READING, SAVING = "reading", "saving"
AIMS = {READING: READING_MS, SAVING: SAVING_MS}
LATE_MS = 2_000
"""Where the aims are missed and the 95th percentile stays below this, the queue does not grow: it is kept up with."""
KEPT_UP = 0.95
"""Of the requests that were due, so many must have been answered within the time."""

SAVES = ("note saved", "visit saved", "draft saved by itself", "decision")
"""Everything else is reading; a search is sent, and changes nothing but the view log."""


@dataclass(frozen=True)
class Asked:
    """One request as the generator saw it, and what the server told of it. Times are milliseconds.

    `took` counts from when the request was due: a generator that is kept waiting does not hide it.
    """

    phase: str
    page: str
    at: float
    took: float
    failed: str
    inside: float = 0.0
    cpu: float = 0.0
    database: float = 0.0
    queries: int = 0
    memory: int = 0
    worker: int = 0

    @property
    def kind(self) -> str:
        return SAVING if self.page in SAVES else READING


@dataclass(frozen=True)
class Phase:
    """A stretch of time with one pace: begun and ended by the clock, what was due, and what was never answered."""

    name: str
    rate: float
    began: float
    ended: float
    due: int
    unanswered: int


def percentile(times: Sequence[float], of: int) -> float:
    """Such as the 95th; nought of nothing."""
    if len(times) < 2:
        return times[0] if times else 0.0
    return quantiles(times, n=100, method="inclusive")[of - 1]


def holds(phase: Phase, asked: Iterable[Asked]) -> bool:
    """Whether the aims are met at this pace: no errors, all kept up with, reading and saving quick enough."""
    return _within(AIMS, phase, asked)


def keeps_up(phase: Phase, asked: Iterable[Asked]) -> bool:
    """Whether all is answered without errors and nobody waits longer and longer, be the aims met or not."""
    return _within(dict.fromkeys(AIMS, LATE_MS), phase, asked)


def _within(most: Mapping[str, int], phase: Phase, asked: Iterable[Asked]) -> bool:
    rows = [one for one in asked if one.phase == phase.name]
    if not rows or phase.unanswered or any(one.failed for one in rows):
        return False
    if phase.due and len(rows) < KEPT_UP * phase.due:
        return False
    return all(percentile([one.took for one in rows if one.kind == kind], 95) <= each for kind, each in most.items())


def read_timing(header: str) -> dict[str, float]:
    """What the server told of one page."""
    found = {}
    for part in header.split(","):
        name, _, value = part.strip().partition(";dur=")
        if value:
            found[name] = float(value)
    return found


def as_rows(asked: Iterable[Asked]) -> list[list[Any]]:
    """For a file between the two processes."""
    return [list(vars(one).values()) for one in asked]
