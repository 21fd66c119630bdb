"""Proves the census by others' judges: what comes in goes out the same, and nobody finds anything in it.

Each file, and the families that are played, gets a database of its own that is thrown away. Three kinds of record
are written: the golden sample brought in, files that are made clean brought in, and families played by operations.
"""

import argparse
import importlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sightline.commands import judging
from sightline.commands.judging import NoJudge

AUTHORITY, YEAR = "845", 2027
OWN_CLUSTER = "proof-postgres"
POST = "front-door-manager"
# Seeds of the files that are made clean, with how many children each has.
MADE = ((1, 64), (2, 160))
SHOWN = 5  # places of each kind that are shown in words


@dataclass(frozen=True)
class Case:
    """What is proved: `file` is brought in; where there is none, families are played."""

    name: str
    file: bytes | None


@dataclass(frozen=True)
class Proved:
    """What each judge said of one census that was written, and which children differ from what was to be written."""

    name: str
    children: int
    otherwise: tuple[str, ...]
    refused: tuple[str, ...]
    theirs: dict[str, int]
    failed: tuple[str, ...]
    ours: dict[str, int]

    @property
    def sound(self) -> bool:
        """Nobody found anything."""
        return not (self.otherwise or self.refused or self.theirs or self.failed or self.ours)

    def lines(self) -> Iterator[str]:
        """What is printed of it."""
        yield f"{self.name}: {self.children:,} children"
        yield f"  child by child as it was to be: {_children(self.otherwise)}"
        yield f"  the schema: {'accepts it' if not self.refused else '; '.join(self.refused[:SHOWN])}"
        theirs = [*(f"{rule} {number} times" for rule, number in self.theirs.items()), *self.failed]
        yield f"  their judge: {'; '.join(theirs) or 'finds nothing'}"
        ours = [f"{rule} {number} times" for rule, number in self.ours.items()]
        yield f"  our judge: {'; '.join(ours) or 'finds nothing'}"


def _children(otherwise: tuple[str, ...]) -> str:
    if not otherwise:
        return "yes, all of them"
    more = f" and {len(otherwise) - SHOWN:,} more" if len(otherwise) > SHOWN else ""
    return f"NO, not {', '.join(otherwise[:SHOWN])}{more}"


def run(arguments: argparse.Namespace) -> int:
    """0 when nobody found anything; 1 when somebody did, or when a judge could not be asked."""
    from sightline.commands.database import ready, refuse_old_server, server

    samples = arguments.samples or Path(os.environ.get("SIGHTLINE_SAMPLES") or judging.SAMPLES)
    judge = arguments.judge or judging.JUDGE
    os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
    try:
        schema, python = judging.schema_for(samples, YEAR), judging.environment(judge)
        cases = [case for case in _cases(samples) if arguments.only.lower() in case.name.lower()]
        proved = []
        with server(durable=False):
            refuse_old_server()
            ready("serving")
            with _empty_record() as empty:
                for case in cases:
                    proved.append(_prove(case, empty, schema=schema, judge=judge, python=python))
                    if not arguments.json:
                        print("\n".join(proved[-1].lines()), flush=True)
    except NoJudge as refusal:
        print(refusal)
        return 1
    sound = bool(proved) and all(one.sound for one in proved)
    if arguments.json:
        print(json.dumps({"sound": sound, "proved": [vars(one) for one in proved]}, indent=2))
    else:
        print("Nobody found anything." if sound else "Somebody found something: see above.")
    return 0 if sound else 1


def _cases(samples: Path) -> list[Case]:
    golden = samples / judging.GOLDEN
    if not golden.is_file():
        raise NoJudge(f"The golden sample {judging.GOLDEN} is not in {samples}. Name its folder with --samples.")
    clean = _from_tests("clean_files").clean_file
    made = [Case(f"made clean, seed {seed}", clean(seed=seed, size=size, year=YEAR)) for seed, size in MADE]
    return [Case("the golden sample", golden.read_bytes()), *made, Case("families played by operations", None)]


def _from_tests(name: str) -> Any:
    """Files and families are made by the tests' own modules, which stand in every checkout."""
    return importlib.import_module(f"tests.returns.{name}")


def _prove(case: Case, empty: str, *, schema: Path, judge: Path, python: Path) -> Proved:
    with tempfile.TemporaryDirectory(prefix="sightline-proof-") as folder, _copy_of(empty):
        out = Path(folder) / "census.xml"
        expected = _bring_in(case.file, Path(folder)) if case.file else _play()
        report = _write(out)
        written = out.read_bytes()
        found, wanted = _canonical(written), expected(written)
        verdict = judging.ask(judge, python, out, YEAR)
        return Proved(
            name=case.name,
            children=len(found),
            otherwise=tuple(sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))),
            refused=tuple(judging.schema_faults(written, schema)),
            theirs=verdict.found,
            failed=verdict.failed,
            ours=dict(report.found),
        )


Expected = Callable[[bytes], dict[str, str]]
"""Each child as they were to be written, under their child id; given the file for the ids that it made itself."""


def _bring_in(file: bytes, folder: Path) -> Expected:
    from sightline.commands.demonstration.building import build
    from sightline.journeys.import_census import bring_in, examine

    path, at = folder / "given.xml", datetime.now(UTC)
    path.write_bytes(file)
    build(empty=True, at=at)
    bring_in(examined=examine(path=path, post=POST, at=at, saying=_quiet), at=at, saying=_quiet)
    return lambda _: _canonical(file)


def _play() -> Expected:
    played = _from_tests("families").play()

    def expected(written: bytes) -> dict[str, str]:
        unnamed = _canonical(written).keys() - {told.who["la_child_id"] for told in played.told.values()}
        return _canonical(_from_tests("test_writer").written(*played.expected(min(unnamed, default="?"))))

    return expected


def _canonical(file: bytes) -> dict[str, str]:
    found: dict[str, str] = _from_tests("canonical").canonical_children(file)
    return found


def _write(out: Path) -> Any:
    from sightline.journeys.return_census import return_census

    at = datetime.now(UTC)
    return return_census(year=YEAR, out=out, authority=AUTHORITY, serial="001", at=at, saying=_quiet).report


def _quiet(_: str) -> Callable[[int], None]:
    return lambda _: None


# --- databases that are thrown away ---------------------------------------------------------------


@contextmanager
def _empty_record() -> Iterator[str]:
    """A database with every table, and nobody in it."""
    from sightline.commands.bench_front_door.ground import prepare
    from sightline.commands.postgres import roles

    name = f"sightline_proof_{os.getpid()}"
    try:
        prepare(name)
        yield name
    finally:
        _leave()
        roles.drop_database(name)


@contextmanager
def _copy_of(empty: str) -> Iterator[None]:
    """A copy of it to speak to as the serving role, dropped at the end."""
    from sightline.commands.bench_front_door.ground import open_wrapper, stand_on
    from sightline.commands.postgres import roles

    name = f"{empty}_case"
    try:
        roles.drop_database(name)
        roles.prepare_database(name, template=empty)
        stand_on(open_wrapper(name))
        yield
    finally:
        _leave()
        roles.drop_database(name)


def _leave() -> None:
    from django.db import connections

    connections.close_all()
