"""Writes a statutory return from the record, and says what is in it, what was left out, and what to query."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.commands.database import database

if TYPE_CHECKING:
    from sightline.journeys.return_census import Progress
    from sightline.returns.return_report import Returned

SUMMARY = "Write a return from the record: cin --year 2027 --out FILE, with the children behind each figure."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("return_", metavar="RETURN", choices=["cin"], help="cin: the Children in Need census")
    parser.add_argument("--year", type=int, required=True, help="the year in which the census year ends")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="where the lists go; FILE.report when not given")
    parser.add_argument("--authority", metavar="NNN", help="the authority's three digits")
    parser.add_argument("--serial", default="001", metavar="NNN", help="which submission this is, from 001")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object, and no lists")


def run(arguments: argparse.Namespace) -> int:
    with database():
        from django.conf import settings

        from sightline.journeys.return_census import return_census

        returned = return_census(
            year=arguments.year,
            out=arguments.out,
            authority=settings.AUTHORITY_NUMBER if arguments.authority is None else arguments.authority,
            serial=arguments.serial,
            at=datetime.now(UTC),
            saying=_saying,
        )
    if arguments.json:
        print(json.dumps(returned.as_json(), indent=2, ensure_ascii=False))
        return 0
    folder = arguments.report or arguments.out.with_name(f"{arguments.out.name}.report")
    _keep_lists(returned, folder)
    print("\n".join(returned.lines(str(folder))))
    return 0


def _keep_lists(returned: "Returned", folder: Path) -> None:
    """A file for each figure, and the report itself. Lists of an earlier writing that are no longer true go."""
    from sightline.kernel.errors import Refusal
    from sightline.returns.return_report import is_list, list_lines

    _refuse_link(folder)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        for old in folder.glob("*.txt"):
            if is_list(old.name):
                old.unlink()
        for figure in returned.figures():
            if figure.behind:
                _keep(folder / f"{figure.key}.txt", list_lines(figure))
        _keep(folder / "report.txt", returned.lines(str(folder)))
    except OSError as failure:
        raise Refusal(
            f"The file was written, and its lists could not be: {failure.strerror or failure}. "
            "Name another folder with --report."
        ) from failure


def _refuse_link(path: Path) -> None:
    """Lists of children go where they were sent, and not where somebody else's link leads."""
    from sightline.kernel.errors import Refusal

    if path.is_symlink():
        raise Refusal(
            f"The file was written, and its lists were not: {path} is a link to another place. "
            "Take the link away, or name another folder with --report."
        )


def _keep(path: Path, lines: Iterable[str]) -> None:
    """Made anew, so that whoever could read what stood there cannot read this."""
    _refuse_link(path)
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _saying(what: str) -> "Progress":
    """Tells how far it is on the terminal's other stream, so that the report can be sent to a file."""

    def progress(done: int) -> None:
        print(f"{what}: {done:,} children", file=sys.stderr, flush=True)

    return progress
