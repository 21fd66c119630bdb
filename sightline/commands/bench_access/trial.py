"""One run of the bench: a record is loaded, read with and without the fence, and thrown away."""

import argparse
import json
import os
from datetime import UTC, datetime
from typing import Any

from sightline.commands.bench_access import measures, report, view_log
from sightline.commands.bench_access.measures import Side, Timed
from sightline.commands.bench_access.stage import RESTRICTIONS, Reader, Size, Stage, restrict
from sightline.commands.bench_front_door.ground import prepare
from sightline.commands.bench_front_door.loader import progress
from sightline.commands.bench_line import percentile
from sightline.commands.postgres import roles

Readers = tuple[Reader, Reader]
Results = dict[tuple[str, str, bool], Timed]


def run(arguments: argparse.Namespace) -> int:
    name, size = f"sightline_bench_{os.getpid()}_access", Size(arguments.notes)
    try:
        figures = _run(name, size, arguments)
    finally:
        roles.drop_database(name)
    print(json.dumps(figures, indent=2) if arguments.json else report.in_words(figures))
    if arguments.write:
        report.write(figures)
    return 0


def _run(name: str, size: Size, arguments: argparse.Namespace) -> dict[str, Any]:
    prepare(name)
    with roles.connect(name) as connection:
        readers = Stage(connection, size, datetime.now(UTC), progress(f"{size.notes:,} notes")).load()
    with roles.connect(name) as connection:
        connection.execute("VACUUM")
    sides = Side(name, fenced=True), Side(name, fenced=False)
    open_to_all = measures.measure(sides, readers, arguments.rounds)
    restrictions = min(RESTRICTIONS, size.children // 20)
    with roles.connect(name) as connection:
        restrict(connection, readers[0], restrictions)
    restricted = measures.measure((sides[0], sides[0]), readers, arguments.rounds)
    log = view_log.measure(name, readers[0], seconds=arguments.seconds, rounds=arguments.rounds)
    version = sides[0].wrapper.pg_version
    for side in sides:
        side.wrapper.close()
    return {
        "on": datetime.now(UTC).date().isoformat(), "cores": os.cpu_count(), "busy": round(os.getloadavg()[1], 1),
        "postgresql": f"{version // 10_000}.{version % 10_000}", "notes": size.notes, "children": size.children,
        "workers": size.workers, "managed": size.managed, "rounds": arguments.rounds, "restrictions": restrictions,
        "questions": [_line(*asked, open_to_all, restricted) for asked in _asked(readers)], "log": vars(log),
    }  # fmt: skip


def _asked(readers: Readers) -> list[tuple[str, Reader]]:
    return [(question, reader) for question in measures.QUESTIONS for reader in readers]


def _line(question: str, reader: Reader, results: Results, restricted: Results) -> dict[str, Any]:
    taken = {
        name: results[question, reader.name, fenced].median for name, fenced in (("with", True), ("without", False))
    }
    fenced = results[question, reader.name, True].samples
    taken |= {f"p{of}": percentile(fenced, of) for of in (95, 99)}
    taken |= {"ratio": taken["with"] / taken["without"], "restricted": restricted[question, reader.name, True].median}
    said = {"question": question, "reader": reader.name, "children": reader.children}
    return said | taken | {"verdict": report.verdict(question, reader.name, taken)}
