"""Timing: every measure at both sizes, turn and turn about, with its queries counted."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from sightline.commands.bench_front_door.measures import Measure
from sightline.commands.bench_front_door.work import most_allocated
from sightline.commands.bench_front_door.world import World

WARMING = 3
"""Rounds that are thrown away: caches of pages, plans and packs are filled in them."""


class BenchFailed(Exception):
    """A page answered with something else than its page: its time would mean nothing."""


@dataclass
class Samples:
    """What one measure took at one size: milliseconds by the clock and at work, queries, and megabytes at the most."""

    times: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    memory: float = 0.0

    def add(self, took: float, worked: float, queries: int) -> None:
        self.times.append(took)
        self.work.append(worked)
        self.queries.append(queries)


def high(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


@dataclass
class Slow:
    """A statement with its worst time in milliseconds, as it was asked then."""

    words: str
    values: Any
    worst: float
    measure: str
    actor: Any


class Listener:
    """Counts the statements of one sample, and remembers the slowest of all."""

    def __init__(self) -> None:
        self.count, self.measure = 0, ""
        self.slow: dict[str, Slow] = {}
        self.actor: Any = None

    def __call__(self, execute: Callable[..., Any], words: Any, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own call
        self.count += 1
        if "set_config('sightline.actor'" in str(words):
            self.actor = values[0]
        began = time.perf_counter()
        try:
            return execute(words, values, many, context)
        finally:
            self._keep(str(words), values, 1000 * (time.perf_counter() - began))

    def _keep(self, words: str, values: Any, took: float) -> None:
        known = self.slow.get(words)
        if known is None or took > known.worst:
            self.slow[words] = Slow(words, values, took, self.measure, self.actor)


Results = dict[str, dict[int, Samples]]


def run(
    measures: Sequence[Measure], worlds: Sequence[World], rounds: int, say: Callable[[str], None]
) -> tuple[Results, Listener]:
    """Samples of each measure by size. Which size goes first alternates, so that neither has the warm machine."""
    results: Results = {one.name: {world.people: Samples() for world in worlds} for one in measures}
    listener = Listener()
    warming = min(WARMING, rounds)
    for number in range(-warming, rounds):
        for measure in measures:
            for world in worlds if number % 2 else reversed(worlds):
                sample = _sample(measure, world, number + warming, listener)
                if number >= 0:
                    results[measure.name][world.people].add(*sample)
        if number < 0:
            listener.slow.clear()
        say(f"round {max(number + 1, 0)} of {rounds}")
    for measure in measures:
        # Apart from the samples: whatever is counted takes longer.
        worlds[0].stand()
        results[measure.name][worlds[0].people].memory = most_allocated(measure.prepare(worlds[0], rounds + warming))
    say("done\n")
    return results, listener


def _sample(measure: Measure, world: World, number: int, listener: Listener) -> tuple[float, float, int]:
    world.stand()
    timed, work = measure.prepare(world, number), world.work
    listener.measure, listener.count = measure.name, 0
    with _listening(world, listener):
        before, began = work.so_far(), time.perf_counter()
        answer = timed()
        took, worked = 1000 * (time.perf_counter() - began), work.so_far() - before
    said = answer.get("Location", "") + answer.content.decode()
    if answer.status_code != measure.status or measure.shows not in said:
        raise BenchFailed(
            f"{measure.name} answered {answer.status_code} at {world.people:,} people, and not with its page: "
            f"there is nothing to time. {_refused(said) or 'Run it by hand to see what it says.'}"
        )
    return took, worked, listener.count


@contextmanager
def _listening(world: World, listener: Listener) -> Iterator[None]:
    with world.wrapper.execute_wrapper(listener):
        yield


def explain(listener: Listener, world: World, most: int = 5) -> str:
    """How the database went about the slowest statements that only read, as whoever asked them."""
    from sightline.doorway.acts import acting

    world.stand()
    reading = [one for one in listener.slow.values() if one.words.lstrip().startswith("SELECT") and one.actor]
    lines = []
    for one in sorted(reading, key=lambda slow: -slow.worst)[:most]:
        with acting(one.actor), world.wrapper.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {one.words}", one.values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        lines.append(f"\n{one.measure}: {one.worst:.1f} ms at worst\n{one.words}\n\n{plan}")
    return "\n".join(lines)


def _refused(page: str) -> str:
    """What the page says is wrong, where it refused what was sent."""
    _, _, summary = page.partition("govuk-error-summary__list")
    return " ".join(re.sub(r"<[^>]*>", " ", summary.partition("</ul>")[0]).split()).lstrip('"> ')
