"""From the record to a census file: written whole or not at all, judged by our own rules, and told in words.

A child that no file can carry never stops the others, and open faults never stop the file: both are in the
report. Children Act 1989, section 83.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sightline import __version__
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.returns.cin import Child, judge, open_census
from sightline.returns.cin.writer import HeaderGiven, known_year, write_census
from sightline.returns.facts import as_written, census_facts
from sightline.returns.permissions import refuse_unless_may_return
from sightline.returns.return_report import Gathered, Returned
from sightline.workforce.operations import ensure_census_account

SOFTWARE = "Sightline"
Progress = Callable[[int], None]
Saying = Callable[[str], Progress]
"""Called with what begins; gives what is called with how many children are done."""


def return_census(*, year: int, out: Path, authority: str, serial: str, at: datetime, saying: Saying) -> Returned:
    """Write that year's census to a file, and judge what was written. Replaces a file of that name.

    It is written beside its place and put there at the end, after the act is on the audit. `authority` is the
    authority's three digits. Refuses a year without a specification, and a place where no file can be written.
    """
    header = HeaderGiven(
        authority=authority,
        year=year,
        reference_date=known_year(year).census_date,
        software=SOFTWARE,
        release=__version__,
        serial=serial,
        made_at=at,
    )
    part = _beside(out)
    try:
        returned = _return_census(by=ensure_census_account(), header=header, out=out, part=part, at=at, saying=saying)
        part.replace(out)
    except OSError as failure:
        raise Refusal(f"{out} cannot be written: {failure.strerror or failure}. Nothing was kept.") from failure
    finally:
        part.unlink(missing_ok=True)
    return returned


def _beside(out: Path) -> Path:
    if out.is_dir():
        raise Refusal(f"{out} is a folder. Name a file in it.", field="out")
    if not out.parent.is_dir():
        raise Refusal(f"There is no folder {out.parent}. Make it, or name another place.", field="out")
    return out.with_name(f".{out.name}.{secrets.token_hex(4)}")


@act("return_census")
def _return_census(*, by: Actor, header: HeaderGiven, out: Path, part: Path, at: datetime, saying: Saying) -> Returned:
    refuse_unless_may_return(by)
    gathered = Gathered()
    written = _write(part, header, gathered, saying("Writing the census"))
    saying("Judging what was written")(written)
    census = open_census(part)
    returned = Returned(
        path=str(out),
        written=written,
        over=local_day(at) > header.reference_date,
        sha256=_fingerprint(part),
        report=judge(census),
        gathered=gathered,
    )
    touch(
        year=header.year,
        children=written,
        not_written=len(gathered.unwritten),
        left_out=sum(len(rows) for rows in gathered.left_out.values()),
        queries=returned.report.queries,
        sha256=returned.sha256,
    )
    return returned


def _write(part: Path, header: HeaderGiven, gathered: Gathered, progress: Progress) -> int:
    """Only whoever runs the command may read the file: it is about children."""

    def children() -> Iterator[Child]:
        for told in census_facts(header.year, progress=progress):
            one = as_written(told)
            gathered.see(one)
            yield one.child

    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        return write_census(
            file,
            header=header,
            children=children(),
            refused=lambda child, why: gathered.unwritten.append((child.id, why.message)),
        )


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
