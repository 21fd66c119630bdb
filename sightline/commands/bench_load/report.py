"""The figures of the load: as one object, in words, and as a page of the reference."""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sightline.commands.bench_front_door.report import FOLDER
from sightline.commands.bench_load.rules import AIMS, LATE_MS, Asked, Phase, holds, percentile
from sightline.commands.bench_load.trial import AT_REST, Pace, Ran

PAGE = FOLDER / "performance-load.md"
STEADY, RUSH = "steady", "rush"
MB = 1_000_000


def judge(
    whole: Ran, tenth: Ran | None, pace: Pace, *, on: date, server: str, buffers: str, loading: Sequence[float]
) -> dict[str, Any]:
    """Everything that is printed, as one object. Times are milliseconds, processors hundredths of one."""
    return {
        "bench": "load",
        "on": on.isoformat(),
        "cores": os.cpu_count(),
        "busy": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        "postgresql": server,
        "shared_buffers": buffers,
        "sessions": pace.sessions,
        "asked_rate": pace.rate,
        "asked_spike": pace.spike,
        "minutes": round(pace.seconds / 60, 1),
        "aims": AIMS,
        "loading_seconds": [round(one) for one in loading],
        "sizes": [_size(one) for one in (whole, tenth) if one],
    }


def _size(ran: Ran) -> dict[str, Any]:
    steps = [one for one in ran.phases if one.name.startswith("step")]
    return {
        "people": ran.size.people,
        "entries": ran.size.entries,
        "views": ran.size.views,
        "held": ran.held,
        "kept": ran.kept,
        "accounts": ran.counted["accounts"],
        "connections": ran.counted["connections"],
        "counted": {name: [ran.counted["before"][name], ran.counted["after"][name]] for name in ran.counted["after"]},
        "steps": [_phase(ran, one) for one in steps],
        "phases": {one.name: _phase(ran, one) | {"pages": _pages(ran, one)} for one in ran.phases
                   if one.name in (STEADY, RUSH)},
        "processes": _processes(ran),
        "workers": _workers(ran),
    }  # fmt: skip


def _of(ran: Ran, phase: Phase) -> list[Asked]:
    return [one for one in ran.asked if one.phase == phase.name]


def _phase(ran: Ran, phase: Phase) -> dict[str, Any]:
    rows = _of(ran, phase)
    failed = [one for one in rows if one.failed]
    return {
        "name": phase.name,
        "rate": phase.rate,
        "due": phase.due,
        "answered": len(rows),
        "unanswered": phase.unanswered,
        "errors": len(failed),
        "said": sorted({f"{one.page}: {one.failed}" for one in failed})[:10],
        "a_second": round(len(rows) / max(0.001, phase.ended - phase.began), 1),
        **{kind: _times([one.took for one in rows if one.kind == kind]) for kind in AIMS},
        "holds": holds(phase, rows),
        "cpu": _shares(ran, phase),
    }


def _times(times: list[float]) -> dict[str, float]:
    return {f"p{of}": round(percentile(times, of), 1) for of in (50, 95, 99)}


def _pages(ran: Ran, phase: Phase) -> list[dict[str, Any]]:
    rows = _of(ran, phase)
    found = []
    for page in sorted({one.page for one in rows}):
        mine = [one for one in rows if one.page == page]
        aim = AIMS[mine[0].kind]
        seen = _times([one.took for one in mine])
        found.append({
            "page": page, "aim": aim, "count": len(mine), "errors": sum(bool(one.failed) for one in mine), "seen": seen,
            "inside": _times([one.inside for one in mine]), "cpu": _middle(one.cpu for one in mine),
            "database": _middle(one.database for one in mine), "queries": max(one.queries for one in mine),
            "met": seen["p95"] <= aim,
        })  # fmt: skip
    return found


def _middle(values: Iterable[float]) -> float:
    return round(percentile(list(values), 50), 1)


def _shares(ran: Ran, phase: Phase) -> dict[str, float | None]:
    found = {name: ran.watch.share(name, phase.began, phase.ended) for name in ran.watch.kinds}
    return {name: None if share is None else round(share, 1) for name, share in found.items()}


def _processes(ran: Ran) -> list[dict[str, Any]]:
    """Of each kind of process: what it takes at rest, at the steady pace and in the rush."""
    found = []
    for name in ran.watch.kinds:
        line: dict[str, Any] = {"name": name}
        for phase in ran.phases:
            if phase.name in (AT_REST, STEADY, RUSH):
                memory = ran.watch.memory(name, phase.began, phase.ended + 1)
                line[phase.name] = {"cpu": _shares(ran, phase)[name], "memory": round(memory / MB)}
        found.append(line)
    return found


def _workers(ran: Ran) -> list[dict[str, Any]]:
    """Of each process that answers pages: its memory after its first hundred requests and at the end."""
    found = []
    for worker in sorted({one.worker for one in ran.asked if one.worker}):
        mine = sorted((one for one in ran.asked if one.worker == worker), key=lambda one: one.at)
        early = mine[min(100, len(mine) - 1)]
        found.append({"requests": len(mine), "early": round(early.memory / MB), "late": round(mine[-1].memory / MB)})
    return found


PAGES = ("page", "requests", "median", "95th", "99th", "95th inside", "processor", "database", "queries",
         "95th at a tenth", "aim")  # fmt: skip
STEPS = ("pace", "answered a second", "reading 95th", "saving 95th", "errors", "pages' processor", "database's",
         "generator's", "holds")  # fmt: skip
KINDS = ("process", "at rest", "steady", "rush", "memory at rest", "steady", "rush")


def page_rows(report: dict[str, Any], phase: str) -> list[list[str]]:
    """A row for each page, the slowest first."""
    sizes = report["sizes"]
    small = {one["page"]: one for one in sizes[1]["phases"][phase]["pages"]} if len(sizes) > 1 else {}
    rows = []
    for one in sorted(sizes[0]["phases"][phase]["pages"], key=lambda line: -line["seen"]["p95"]):
        beside = f"{small[one['page']]['seen']['p95']:.0f}" if one["page"] in small else ""
        times = [f"{one['seen'][of]:.0f}" for of in ("p50", "p95", "p99")]
        errors = f", {one['errors']} errors" if one["errors"] else ""
        rows.append([
            one["page"], f"{one['count']:,}", *times, f"{one['inside']['p95']:.0f}", f"{one['cpu']:.0f}",
            f"{one['database']:.0f}", str(one["queries"]), beside,
            f"{one['aim']} ms: {'met' if one['met'] else 'MISSED'}{errors}",
        ])  # fmt: skip
    return rows


def step_rows(size: dict[str, Any]) -> list[list[str]]:
    """A row for each pace that was tried."""
    return [
        [
            one["name"].removeprefix("step "), f"{one['a_second']:.1f}", f"{one['reading']['p95']:.0f}",
            f"{one['saving']['p95']:.0f}", str(one["errors"] + one["unanswered"]),
            *(_share(one["cpu"].get(kind)) for kind in ("The web server", "The database", "The generator")),
            "yes" if one["holds"] else "no",
        ]
        for one in size["steps"]
    ]  # fmt: skip


def kind_rows(size: dict[str, Any]) -> list[list[str]]:
    rows = []
    for line in size["processes"]:
        seen = [line.get(phase) for phase in (AT_REST, STEADY, RUSH)]
        cpu = [_share(one["cpu"]) if one else "" for one in seen]
        rows.append([line["name"], *cpu, *(f"{one['memory']:,} MB" if one and one["memory"] else "" for one in seen)])
    return rows


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0f} %"


def said(report: dict[str, Any]) -> list[str]:
    """What the tables mean, a sentence a line."""
    size = report["sizes"][0]
    lines = [_held(report, one) for one in report["sizes"] if one["steps"]]
    lines += [_told(name, phase) for name, phase in size["phases"].items()]
    counted = size["counted"]
    (first, last), (unwritten, written), (before, sealed) = (counted[name] for name in ("sessions", "views", "sealed"))
    lines.append(f"Sessions kept: {first:,} before, {last:,} after. Connections: {size['connections']}.")
    lines.append(
        f"Views written: {written - unwritten:,}, of which {sealed - before:,} were sealed meanwhile;"
        f" {counted['jobs waiting'][1]} jobs waited at the end and {counted['jobs failed'][1]} failed."
    )
    lines += [f"A worker of the web server: {one['early']} MB after its first hundred requests, {one['late']} MB after"
              f" {one['requests']:,}." for one in size["workers"]]  # fmt: skip
    return lines


def _held(report: dict[str, Any], size: dict[str, Any]) -> str:
    most = max(size["held"], size["kept"])
    held = f"up to {size['held']:g} requests a second" if size["held"] else "at none of the paces that were tried"
    kept = f"; {most:g} are kept up with (95th within {LATE_MS / 1000:g} s)" if most > size["held"] else ""
    more = " (no higher one was asked for)" if most >= report["asked_rate"] else ""
    return f"With {size['people']:,} people the aims hold {held}{kept}{more}."


def _told(name: str, phase: dict[str, Any]) -> str:
    found = f"{phase['errors']} errors" if phase["errors"] or phase["unanswered"] else "no errors"
    left = f", {phase['unanswered']} never answered" if phase["unanswered"] else ""
    return (
        f"{name.capitalize()}, {phase['rate']:g} a second: {phase['answered']:,} of {phase['due']:,} answered,"
        f" {found}{left}; reading 95th {phase['reading']['p95']:.0f} ms, saving {phase['saving']['p95']:.0f} ms."
    )


def in_words(report: dict[str, Any]) -> str:
    """As a terminal shows it."""
    parts = []
    for size in report["sizes"]:
        parts.append(f"{size['people']:,} people, {size['entries']:,} entries, {size['views']:,} views")
        if size["steps"]:
            parts.append(_aligned([list(STEPS), *step_rows(size)]))
        parts.append(_aligned([list(KINDS), *kind_rows(size)]))
    for phase in report["sizes"][0]["phases"]:
        parts.append(f"{phase}\n{_aligned([list(PAGES), *page_rows(report, phase)])}")
        parts += [f"  {line}" for line in report["sizes"][0]["phases"][phase]["said"]]
    return "\n\n".join([*parts, "\n".join(said(report))])


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) if not place else cell.rjust(width)
                  for place, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows
    )  # fmt: skip
