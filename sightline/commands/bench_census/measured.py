"""One measure in a process of its own, so that its peak memory is its own. Prints one JSON object.

python -m sightline.commands.bench_census.measured write|check|read DATABASE YEAR FILE
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sightline.commands.bench_others.peak import peak_mb

AUTHORITY = "845"


def write(year: int, file: Path) -> dict[str, Any]:
    """The return, from the record to a file."""
    from sightline.returns.cin.writer import HeaderGiven, known_year, write_census

    header = HeaderGiven(
        authority=AUTHORITY, year=year, reference_date=known_year(year).census_date, software="Sightline",
        release="1", serial="1", made_at=datetime.now(UTC),
    )  # fmt: skip
    with file.open("wb") as out:
        written = write_census(out, header=header, children=(one.child for one in _exported(year)))
    return {"children": written, "bytes": file.stat().st_size}


def check(year: int, _: Path) -> dict[str, Any]:
    """Every rule over every child of the record."""
    from sightline.journeys.check_census import judge_record

    judged = judge_record(_exported(year), year=year)
    return {"children": judged.report.children, "found": judged.found}


def read(_: int, file: Path) -> dict[str, Any]:
    """Every rule over the file that was written, read as anybody's is."""
    from sightline.returns.cin import judge, open_census

    report = judge(open_census(file))
    return {"children": report.children, "found": report.found}


def _exported(year: int) -> Iterator[Any]:
    from sightline.doorway.acts import acting
    from sightline.returns.facts import census_facts
    from sightline.workforce.queries import CENSUS

    with acting(CENSUS):
        yield from census_facts(year)


MEASURES = {"write": write, "check": check, "read": read}


def main(words: list[str]) -> None:
    """Measures what is named."""
    what, database, year, file = words
    from sightline.commands.database import ready

    ready("serving")
    from sightline.commands.bench_front_door.ground import open_wrapper, stand_on

    stand_on(open_wrapper(database))
    began, worked = time.perf_counter(), time.process_time()
    told = MEASURES[what](int(year), Path(file))
    print(json.dumps(told | {
        "seconds": round(time.perf_counter() - began, 2),
        "at_work": round(time.process_time() - worked, 2),
        "mb": peak_mb(),
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
