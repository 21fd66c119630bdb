"""The course of the bench: three authorities, a walk through the smallest, every page, every command."""

import os
import platform
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connections

from sightline.commands.bench_front_door.ground import open_wrapper
from sightline.commands.bench_front_door.loader import progress
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_growth import commands, trial
from sightline.commands.bench_growth.command import Asked
from sightline.commands.bench_growth.ground import Loaded, authorities
from sightline.commands.bench_growth.looking import searches
from sightline.commands.bench_growth.people import people_of
from sightline.commands.bench_growth.rules import Growth
from sightline.commands.bench_growth.walk import Found, walk
from sightline.commands.bench_line import Line, Part

SLOWEST = 10
"""Pages that are named in the table of all benches, besides those that grow."""
REASONS = Path(__file__).with_name("reasons.toml")
NO_REASON = "Why is not known yet."
EVERY_PAGE = "every-page"


@dataclass(frozen=True)
class Told:
    """Everything that the bench came to."""

    on: date
    rounds: int
    sizes: Sequence[Loaded]
    pages: Sequence[Growth]
    commands: Sequence[Growth]
    found: Found
    lost: Sequence[str]
    postgresql: str
    busy: float

    @property
    def growing(self) -> list[Growth]:
        """What grows faster than the logarithm, that which grows most first."""
        return sorted((one for one in (*self.pages, *self.commands) if one.grows), key=lambda one: -one.ratio)

    @property
    def slowest(self) -> list[Growth]:
        return sorted(self.pages, key=lambda one: -one.work[-1])

    @property
    def part(self) -> Part:
        """As it stands among the other benches: the slowest pages, what grows, and the commands."""
        named = [*self.slowest[:SLOWEST], *self.growing, *self.commands]
        kept = list({one.done: one for one in named}.values())
        return Part("growth", "Growth", [_line(one, self.sizes) for one in kept], _said(self))

    @property
    def machine(self) -> str:
        return f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {self.postgresql}"


def run(asked: Asked, *, on: date) -> Told:
    """Nothing is left of it, unless it is to be kept."""
    with authorities(asked.children, steps=asked.steps, keep=asked.keep) as sizes:
        worlds = [World(one.name, one.people, open_wrapper(one.name)) for one in sizes]
        try:
            worlds[0].stand()
            people = people_of(worlds[0], asked.of_each)
            found = walk(worlds[0], people, progress("finding the pages"))
            chosen = [page for page in (*found.most(), *searches(worlds[0], people)) if asked.only in page.name]
            pages = trial.run(chosen, worlds, asked.rounds, progress("measuring"))
            version = worlds[0].wrapper.pg_version
        finally:
            for world in worlds:
                world.wrapper.close()
            connections.close_all()
        ran, lost = (
            ([], []) if asked.only else commands.run(sizes, min(asked.rounds, commands.ROUNDS), progress("commands"))
        )
        return Told(
            on, asked.rounds, sizes, pages.grown, ran, found, [*pages.lost, *lost],
            f"{version // 10_000}.{version % 10_000}", round(os.getloadavg()[1], 1),
        )  # fmt: skip


def reason(growth: Growth) -> str:
    """Why it grows, where somebody has found out. What all pages have in common explains a little growth, no more."""
    told = tomllib.loads(REASONS.read_text("utf-8"))
    common = told[EVERY_PAGE]
    little = growth.statements and not growth.asks_more and growth.ratio <= common["at_most"]
    return str(told.get(growth.name, common if little else {}).get("why", NO_REASON))


def _line(one: Growth, sizes: Sequence[Loaded]) -> Line:
    return Line(
        one.done, sizes[-1].words, median=one.times[-1], p95=one.highs[-1] if one.highs else None,
        memory=max(one.memory) if one.memory else None, ratio=round(one.ratio, 2), beside=sizes[-2].words,
        verdict="grows faster than the logarithm" if one.grows else "",
    )  # fmt: skip


def _said(told: Told) -> list[str]:
    found = told.found
    kinds = len({one.name for one in told.pages})
    sizes = ", ".join(one.words for one in told.sizes)
    measured = (
        f"{len(told.pages)} pages ({kinds} addresses, each as whoever has most on it), {len(told.commands)} commands, "
        f"at {sizes}; {len(told.growing)} of them grow faster than the logarithm. All pages: performance-growth.md."
    )
    return [
        measured,
        f"{len(found.forms)} addresses only take a form or lead on, and {len(found.never)} nobody was led to.",
        *(f"{one.done}: {reason(one)}" for one in told.growing),
        *told.lost,
    ]
