"""What it costs: lines for the table of all benches, and the bench's page in the reference."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from sightline.commands.bench_cost.course import Told
from sightline.commands.bench_line import Line, Part, timed
from sightline.commands.postgres.lifecycle import ROOT

PAGE = ROOT / "docs" / "reference" / "performance-cost.md"
BEFORE_AFTER = Path(__file__).with_name("before_after.toml")
AIM_SECONDS = 90
MB = 1_000_000


def part_of(told: Told) -> Part:
    """As it stands among the other benches."""
    size, weighed = f"{told.wanted.children:,} children, one year", told.weighed
    met = (
        "" if told.wanted.installed else f"{AIM_SECONDS} s: {'met' if weighed.first_page <= AIM_SECONDS else 'MISSED'}"
    )
    seconds = [
        Line(_from_empty(told), size, median=round(weighed.first_page, 1), unit="s", verdict=met),
        Line("Serve, to the first page", size, median=round(median(told.starts), 1), unit="s"),
        Line("The command that says least (help)", "", median=round(median(told.words), 2), unit="s"),
    ]
    disk = Line("On the disk for 1,000 children, one year", size, median=round(told.megabytes_a_thousand, 1), unit="MB")
    return Part("cost", "Cost", [*seconds, disk, *_memory(told), *_pages(told)], _said(told))


def _from_empty(told: Told) -> str:
    return "From an empty folder to the first page" + (", installed" if told.wanted.installed else "")


def _memory(told: Told) -> list[Line]:
    """Each kind of process, at its most while pages are asked for, beside itself at rest."""
    rest, load, count = told.weighed.rest, told.weighed.load, told.weighed.processes
    return [
        Line(
            f"{kind}, {told.wanted.browsers} people asking", _processes(count[kind]), memory=round(load[kind]),
            ratio=round(load[kind] / rest[kind], 2), beside=f"at rest ({rest[kind]:.0f} MB)",
        )
        for kind in load
    ]  # fmt: skip


def _processes(number: int) -> str:
    return "one process" if number == 1 else f"{number} processes"


def _pages(told: Told) -> list[Line]:
    taken = told.weighed.visits.taken
    return [timed("A page, each asking for the next at once", f"{told.wanted.browsers} people", taken)] if taken else []


def _said(told: Told) -> list[str]:
    stages = sorted(told.weighed.stages, key=lambda one: -one.seconds)[:3]
    most = "; ".join(f"{one.words} {one.seconds:.0f} s" for one in stages)
    mended = [f"{one['what']}: {one['before']} before, {one['after']} after ({one['by']})." for one in before_after()]
    return [f"Most of the way to the first page: {most}.", *mended]


def before_after() -> list[dict[str, str]]:
    """What was mended, as it was measured before and after."""
    found: list[dict[str, str]] = tomllib.loads(BEFORE_AFTER.read_text("utf-8")).get("mended", [])
    return found


def write(told: Told) -> None:
    """Put the reference page where it belongs."""
    PAGE.write_text(as_page(told), "utf-8")


def as_page(told: Told) -> str:
    """The page, as Markdown."""
    weighed, visits = told.weighed, told.weighed.visits
    return TEMPLATE.format(
        on=told.on.isoformat(), machine=told.machine.words(), server=told.server, children=told.wanted.children,
        how="already installed" if told.wanted.installed else "installation included", first=weighed.first_page,
        stages=_table(STAGES, [[one.words, f"{one.seconds:.1f}"] for one in weighed.stages]),
        start=median(told.starts), words=median(told.words), memory=_table(MEMORY, _memory_rows(told)),
        browsers=told.wanted.browsers, seconds=told.wanted.seconds, pages=len(visits.taken), failed=visits.failed,
        rate=len(visits.taken) / visits.seconds, thousand=told.megabytes_a_thousand, rooms=_table(ROOMS, _rooms(told)),
        folders=_folders(told), mended=_mended(),
    )  # fmt: skip


STAGES = ("said", "seconds until the next")
MEMORY = ("process", "how many", "at rest, MB", "at most while asked, MB")
ROOMS = ("room", "rows", "MB with indexes", "of all")


def _memory_rows(told: Told) -> list[list[str]]:
    rest, load, count = told.weighed.rest, told.weighed.load, told.weighed.processes
    rows = [[kind, str(count[kind]), f"{rest[kind]:.0f}", f"{load[kind]:.0f}"] for kind in load]
    return [*rows, ["Together", str(sum(count.values())), f"{sum(rest.values()):.0f}", f"{sum(load.values()):.0f}"]]


def _rooms(told: Told) -> list[list[str]]:
    whole = told.bytes or 1
    return [
        [room, f"{rows:,}", f"{size / MB:.1f}", f"{size / whole:.0%}"]
        for room, rows, size in told.weighed.rooms
        if size >= whole / 200
    ]


def _folders(told: Told) -> str:
    return ", ".join(f"{name} {size / MB:,.0f} MB" for name, size in told.folders.items() if size)


def _mended() -> str:
    rows = [[one["what"], one["before"], one["after"], f"`{one['by']}`", one["how"]] for one in before_after()]
    return _table(("what", "before", "after", "measured by", "how"), rows) if rows else "Nothing is written down yet."


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


TEMPLATE = """# Performance: what it costs

Written by `./run bench cost --write`; do not edit it by hand.

Measured on {on}: {machine}; PostgreSQL {server}. A demonstration of {children:,} children and one year, made from
nothing in an empty folder and served by the product's own processes, each of which waits for the disk as it should.

## From an empty folder to the first page

{first:.0f} seconds, {how}. What the command said, and how long it was until it said the next:

{stages}

Served again from the folder as it is then: {start:.1f} seconds to the first page. The command that says least
(`./run help`) takes {words:.2f} seconds.

## Memory

What processes share is counted in parts, so the lines add up. {browsers} people, signed in with a password and a code,
each asked for the next page as soon as the one before had come, for {seconds:.0f} seconds: {pages:,} pages,
{rate:.1f} a second ({failed} more led to what only a colleague may open).

{memory}

## Disk

{thousand:.0f} MB for a thousand children who live there, over a year, with indexes; what was looked at is in the view
log. In the folder lie: {folders} (the database's own log and catalogues among them).

{rooms}

## What was mended

{mended}
"""
