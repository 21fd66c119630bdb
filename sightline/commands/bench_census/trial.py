"""The bench itself: a record of each size out of copies of one file, and each measure over it."""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sightline.commands.bench_census import copies, report
from sightline.commands.bench_census.measured import MEASURES
from sightline.commands.bench_front_door import ground
from sightline.commands.postgres import roles

POST = "front-door-manager"
TENTH = 10
SEED, MADE_UP = 1, 240


def run(arguments: argparse.Namespace) -> int:
    """Measures both sizes, says what was found, and writes the page where that is asked for."""
    from sightline.returns.cin import open_census

    with TemporaryDirectory() as folder:
        file = arguments.file or _made_up(Path(folder))
        year = open_census(file).year.number
        figures = [_of_size(file, size, year) for size in (arguments.children // TENTH, arguments.children)]
    told = report.told(figures, file=file.name, year=year, on=datetime.now(UTC).date())
    print(json.dumps(told, indent=2) if arguments.json else report.as_page(told))
    if arguments.write:
        report.PAGE.write_text(report.as_page(told), "utf-8")
    return 0


def _made_up(folder: Path) -> Path:
    """Children who have several of everything, as the tests make them: what a clean file is, is known best there."""
    file = folder / "a-made-up-file.xml"
    file.write_bytes(importlib.import_module("tests.returns.clean_files").clean_file(seed=SEED, size=MADE_UP))
    return file


def _of_size(file: Path, children: int, year: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder, _database(children) as name:
        given, written = Path(folder) / "given.xml", Path(folder) / "written.xml"
        copies.write_copies(file, given, children)
        _say(f"{children:,} children: bringing them in")
        brought_in = _bring_in(name, given)
        measured: dict[str, Any] = {"children": children, "import": brought_in}
        for what in MEASURES:
            _say(f"{children:,} children: {what}")
            measured[what] = _measure(what, name, year, written)
        return measured


@contextmanager
def _database(children: int) -> Iterator[str]:
    """An authority with its posts and nobody else, dropped at the end."""
    name = f"sightline_bench_{os.getpid()}_{children}"
    try:
        ground.prepare(name)
        yield name
    finally:
        roles.drop_database(name)


def _bring_in(name: str, file: Path) -> float:
    """Brings the file in as the command does, with its authority opened first. How long the import alone took."""
    from django.db import connections

    from sightline.commands.demonstration.building import build
    from sightline.journeys.import_census import bring_in, examine

    ground.stand_on(ground.open_wrapper(name))
    try:
        build(empty=True, at=datetime.now(UTC))
        began, at = time.perf_counter(), datetime.now(UTC)
        bring_in(examined=examine(path=file, post=POST, at=at, saying=_quiet), at=at, saying=_quiet)
        took = time.perf_counter() - began
    finally:
        connections.close_all()
    with roles.connect(name) as connection:
        connection.execute("VACUUM ANALYZE")
    return round(took, 1)


def _quiet(_: str) -> Any:
    return lambda _: None


def _measure(what: str, name: str, year: int, file: Path) -> dict[str, Any]:
    words = [sys.executable, "-P", "-m", "sightline.commands.bench_census.measured", what, name, str(year), str(file)]
    # Called with words of ours alone.
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
