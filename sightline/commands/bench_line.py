"""One form for whatever a bench measured: lines of one table, and the part of the page that they stand in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Line:
    """One line of the table.

    `done` says what was done and `size` on how much of what ("200,000 people"). The three times are in `unit`, which is
    milliseconds unless it says otherwise; `memory` is megabytes at the most, and the part says of what. `ratio` is how
    many times what stands `beside` it ("a tenth of the size", "bare inserts of the same rows"). What was not measured
    is None, and printed as nothing.
    """

    done: str
    size: str
    median: float | None = None
    p95: float | None = None
    p99: float | None = None
    memory: float | None = None
    ratio: float | None = None
    beside: str = ""
    unit: str = "ms"
    verdict: str = ""
    """Whether an aim is met, in a word or two, where there is one: "300 ms: met"."""


@dataclass(frozen=True)
class Part:
    """What one named bench came to. `said` are whole sentences that stand under its lines, in the order of the page."""

    bench: str
    title: str
    lines: Sequence[Line]
    said: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """As `--json` prints it, and `part_of` reads it."""
        return asdict(self)


def part_of(given: dict[str, Any]) -> Part:
    """The part that `as_json` wrote."""
    return Part(given["bench"], given["title"], [Line(**one) for one in given["lines"]], list(given["said"]))


def timed(done: str, size: str, samples: Sequence[float], **more: Any) -> Line:
    """A line of samples. Refuses none at all: there would be nothing to say."""
    middle, p95, p99 = (round(one, 1) for one in (median(samples), percentile(samples, 95), percentile(samples, 99)))
    return Line(done, size, middle, p95, p99, **more)


def percentile(samples: Sequence[float], of: int) -> float:
    """The sample that so many in a hundred do not go above: one that was measured, and never a value between two."""
    ordered = sorted(samples)
    return ordered[ceil(len(ordered) * of / 100) - 1]
