"""The bench's page in the reference: the sizes, what grows and why, and every page and command."""

from collections.abc import Sequence

from sightline.commands.bench_growth.course import Told, reason
from sightline.commands.bench_growth.rules import Growth
from sightline.commands.postgres.lifecycle import ROOT

PAGE = ROOT / "docs" / "reference" / "performance-growth.md"
HEADINGS = ("page", "median", "at a tenth", "at a hundredth", "at work", "at a tenth", "at a hundredth", "statements")


def write(told: Told) -> None:
    """Put the reference page where it belongs."""
    PAGE.write_text(as_page(told), "utf-8")


def as_page(told: Told) -> str:
    """The page, as Markdown."""
    return TEMPLATE.format(
        on=told.on.isoformat(), machine=told.machine, busy=told.busy, rounds=told.rounds, sizes=_sizes(told),
        growing=_growing(told), slowest=_slowest(told), pages=_pages(told.slowest), commands=_commands(told.commands),
        count=len(told.pages), kinds=len({one.name for one in told.pages}), forms=len(told.found.forms),
        never=_never(told), times=told.sizes[-1].times - 1,
    )  # fmt: skip


def _sizes(told: Told) -> str:
    rows = [
        [f"{one.times} times what is played", *(f"{n:,}" for n in (one.children, one.people, one.entries, one.views)),
         f"{one.bytes / 1e9:.2f} GB", f"{one.took:.0f} s" if one.took >= 1 else "kept"]
        for one in told.sizes
    ]  # fmt: skip
    return _table(("size", "children known", "people", "entries", "views", "on the disk", "made in"), rows)


def _growing(told: Told) -> str:
    lines = [f"- **{one.done}**: {_steps(one)}. {reason(one)}" for one in told.growing]
    return "\n".join(lines) or "Nothing: no page and no command."


def _steps(one: Growth) -> str:
    said = f"{' → '.join(f'{taken:,.0f}' for taken in one.work)} ms"
    return f"{said}, {' → '.join(map(str, one.statements))} statements" if one.asks_more else said


def _slowest(told: Told) -> str:
    return "\n".join(
        f"{place}. {one.done}: {one.work[-1]:,.0f} ms at work, {one.statements[-1]} statements."
        for place, one in enumerate(told.slowest[:3], 1)
    )


def _pages(pages: Sequence[Growth]) -> str:
    rows = [[one.done, *_times(one.times), *_times(one.work), _statements(one)] for one in pages]
    return _table(HEADINGS, rows)


def _times(taken: Sequence[float]) -> list[str]:
    return [f"{one:.1f}" for one in reversed(taken)]


def _statements(one: Growth) -> str:
    same = len(set(one.statements)) == 1
    return str(one.statements[-1]) if same else " → ".join(map(str, one.statements))


def _commands(commands: Sequence[Growth]) -> str:
    rows = [[f"`{one.done}`", *_times(one.times), f"{max(one.memory):.0f} MB"] for one in commands]
    return _table(("command", "median", "at a tenth", "at a hundredth", "memory at most"), rows)


def _never(told: Told) -> str:
    named = ", ".join(f"`{one}`" for one in told.found.never)
    lost = "".join(f"\n- {one}." for one in told.lost)
    return f"{len(told.found.never)} were not come to: {named or 'none'}.{lost}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


TEMPLATE = """# Performance: growth

Written by `./run bench growth --write`; do not edit it by hand.

Measured on {on}: {machine}, the database and the pages on the same cores, load average {busy}; {rounds} samples
of each at each size, the sizes turn and turn about in one run. Times are milliseconds.

{sizes}

The smallest holds the named families of the demonstration and a year that is played around them; the others are the
same and its copies, by other names and under other keys. So everybody opens the same thing in all three, and what
differs is how much else there is. Casework teams are copied with their children; desks that an authority has once
(the front door, emergency, conferences, the service manager) have up to {times} times as much on them, which is more
than one person would ever carry: it shows what grows.

## What grows faster than the logarithm

Sizes are each ten times the one before, so what grows as the logarithm adds the same at each step. Listed is what adds
more at the second than at the first, by more than a quarter and 5 ms of noise, and what sends more statements.

{growing}

## The slowest three

{slowest}

## Every page

{count} pages at {kinds} addresses, each opened as whoever has most on it, the slowest first. "At work" is the part of a
sample in which this process or its session in the database was on a processor; the rest is waiting for one. {forms}
more addresses only take a form or lead on. {never}

{pages}

## Every command

Each as a process of its own, by the clock, from typing it to its end (`serve`: until signing in is answered). Commands
that read no record (`simulate`, `bench`, `test`, `check`, `lint`, `prove`, `reference`, `manage`) are not among them,
and `demo` is measured by `./run bench cost`.

{commands}
"""
