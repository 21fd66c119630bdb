"""The figures: as a table on the terminal, as one JSON object, and as a page of the reference."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from sightline.commands.bench_front_door.measures import Measure
from sightline.commands.bench_front_door.trial import Results, Samples, high
from sightline.commands.bench_line import percentile
from sightline.commands.postgres.lifecycle import ROOT

FOLDER = ROOT / "docs" / "reference"
FIRST = ",\nother work going on and the bench put before it with `nice`"
GROWS = 1.25
"""A median more than a quarter above its fellow's at a tenth of the size is more than the machine's noise."""
NUMBERS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True)
class Subject:
    """What a bench is about: its word on the command line, its page, and what is said on it."""

    bench: str
    title: str
    aims: str
    measures: Sequence[Measure]
    beside: str = ""

    @property
    def page(self) -> Path:
        """The reference page that it writes."""
        return FOLDER / f"performance-{self.bench}.md"


def judge(
    results: Results, subject: Subject, *, people: int, entries: int, on: date, rounds: int, server: str
) -> dict[str, Any]:
    """Everything that is printed, as one object. Times are milliseconds."""
    tenth = people // 10
    return {
        "bench": subject.bench,
        "title": subject.title,
        "aims": subject.aims,
        "beside": subject.beside,
        "on": on.isoformat(),
        "people": people,
        "entries": entries,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "busy": round(os.getloadavg()[1], 1),
        # Below nought where whoever ran it put it before the machine's other work (`nice`).
        "nice": os.getpriority(os.PRIO_PROCESS, 0),
        "python": platform.python_version(),
        "postgresql": server,
        "measures": [_line(one, results[one.name][people], results[one.name][tenth]) for one in subject.measures],
    }


def _line(one: Measure, whole: Samples, tenth: Samples) -> dict[str, Any]:
    aim, large, small = one.aim, _figures(whole), _figures(tenth)
    by = "work" if large["work"] and small["work"] else "median"
    ratio = large[by] / small[by]
    return {
        "name": one.name,
        "aim": aim,
        "tried": one.tried,
        **large,
        "tenth": small,
        "ratio": round(ratio, 2),
        "quick": None if aim is None else large["p95"] <= aim,
        "quick_at_work": None if aim is None or not large["work"] else large["work_p95"] <= aim,
        "grows": None if aim is None else ratio > GROWS,
    }


def _figures(samples: Samples) -> dict[str, Any]:
    """Work is nought where it could not be measured."""
    return {
        "median": round(median(samples.times), 1),
        "p95": round(high(samples.times), 1),
        "p99": round(percentile(samples.times, 99), 1),
        "work": round(median(samples.work), 1),
        "work_p95": round(high(samples.work), 1),
        "queries": max(samples.queries),
        "memory": samples.memory,
    }


SIZE = ("median", "95th", "at work", "95th", "queries")
HEADINGS = ("", *SIZE, "median at a tenth", *SIZE[1:], "ratio", "aim")


def cells(line: dict[str, Any]) -> list[str]:
    return [line["name"], *_size(line), *_size(line["tenth"]), f"{line['ratio']:.2f}", _aim(line)]


def _size(figures: dict[str, Any]) -> list[str]:
    shown = (f"{figures[name]:.1f}" for name in ("median", "p95", "work", "work_p95"))
    return [*shown, str(figures["queries"])]


def _aim(line: dict[str, Any]) -> str:
    if line["aim"] is None:
        return ""
    at_work = ", met at work" if line["quick_at_work"] else ""
    return f"{line['aim']} ms: {'met' if line['quick'] else 'MISSED' + at_work}"


def in_words(report: dict[str, Any]) -> str:
    """The table as a terminal shows it."""
    rows = [list(HEADINGS), *(cells(line) for line in report["measures"])]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: list[str], widths: list[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def as_page(report: dict[str, Any]) -> str:
    """The reference page."""
    rows = [list(HEADINGS), ["---"] + ["---:"] * (len(HEADINGS) - 2) + ["---"], *map(cells, report["measures"])]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    cores = report["cores"] or 0
    machine = NUMBERS[cores] if cores < len(NUMBERS) else str(cores)
    first = FIRST if report["nice"] < 0 else ""
    plain = ("bench", "title", "aims", "beside", "on", "people", "entries", "rounds", "python", "postgresql", "busy")
    said = {key: report[key] for key in plain}
    return TEMPLATE.format(
        table=table, machine=machine, first=first, missed=_missed(report), met=_met(report),
        tenth=report["people"] // 10, **said,
    )  # fmt: skip


def _met(report: dict[str, Any]) -> str:
    judged = [line for line in report["measures"] if line["aim"] is not None]
    clock, work = (sum(bool(line[name]) for line in judged) for name in ("quick", "quick_at_work"))
    return f"{clock} of {len(judged)} by the clock, {work} at work"


def _missed(report: dict[str, Any]) -> str:
    lines = []
    for line in report["measures"]:
        if line["quick"] is False:
            high_by_both = f"95th percentile {line['p95']} ms, {line['work_p95']} ms at work"
            lines.append(f"- {line['name']}: {high_by_both}, aim {line['aim']} ms.")
        if line["grows"]:
            lines.append(f"- {line['name']}: {line['ratio']} times as much as at a tenth of the size.")
        if line["queries"] != line["tenth"]["queries"]:
            lines.append(f"- {line['name']}: {line['queries']} queries at most, {line['tenth']['queries']} at a tenth.")
    missing = [line for line in report["measures"] if line["quick"] is False or line["grows"]]
    lines += [f"\n{line['name']}. {line['tried']}" for line in missing if line["tried"]]
    return "\n".join(lines) or "Nothing: every aim is met, nothing grows, and the queries are the same at both sizes."


def write(report: dict[str, Any], page: Path) -> None:
    """Put the reference page where it belongs."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(as_page(report), "utf-8")


TEMPLATE = """# Performance: {title}

Written by `./run bench {bench} --write`; do not edit it by hand.

Measured on {on}: {machine} shared cores with the database and the pages on the same ones, Python {python},
PostgreSQL {postgresql}, and the machine's load average at {busy} (the bench's own is a little over 1){first};
{people:,} fictional people and {entries:,} entries, beside {tenth:,} people with a tenth of the entries in another
database. Every sample is a request of somebody signed in, as the serving role, under row
security and audit, with nothing kept between requests; {rounds} samples of each at each size, the two sizes turn and
turn about in one run. Times are milliseconds.

{table}

The first line is the machine's own share: a view with one indexed query and nothing of the product around it.
"At work" is the part of a sample in which this process or its session in the database was on a processor; the rest is
waiting for a processor that other work had, or for the disk. "Queries" is the most statements that any sample sent,
savepoints among them; a query for an empty list of keys is not sent. The ratio is the median at work at full size over
the same at a tenth; up to 1.25 is this machine's noise.

Measures with their 95th percentile within their aim ({aims}): {met}.

## What misses, and what grows

{missed}
"""
