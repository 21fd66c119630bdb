"""A played authority becomes a large one: read once, changed as often as is asked, and written in one transaction."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import cast
from uuid import UUID

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.replication.change import Change, Row
from sightline.commands.simulation.replication.core import Core, read_core
from sightline.commands.simulation.replication.loading import TOKENS, Loading
from sightline.commands.simulation.replication.mapping import Table
from sightline.commands.simulation.replication.sizes import fixed, refuse_beyond_the_disk
from sightline.people.rules import name_words

Say = Callable[[str], None]
Keep = Callable[[Change], None]
AT_ONCE = 200_000
"""About how many rows lean on one another before what they lean on is checked."""


@dataclass(frozen=True)
class Wished:
    """How many copies, of how many children over how many years, by which seed; on which disk they come to lie."""

    copies: int
    children: int
    years: float
    seed: int
    folder: Path


@dataclass(frozen=True)
class Copied:
    """What was written, and how fast."""

    copies: int
    rows: int
    seconds: float
    bytes_a_child_year: float

    @property
    def rows_a_second(self) -> float:
        """Over all of it: reading, changing, writing and learning the names."""
        return self.rows / max(self.seconds, 0.001)


def replicate(connection: Connection, wished: Wished, *, say: Say, keep: Keep | None = None) -> Copied:
    """Writes so many copies of what the database holds; `keep` is told each change, for what is kept beside it.

    The connection is the operator's. Refused before anything is written where the disk will not hold it
    (`TooLarge`) or where the map lacks something (`Unclassified`). Stopped half-way it leaves the database as it
    was, and says how far it came.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sightline-copies-") as folder:
        say("reading what was played")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET TIME ZONE 'UTC'")
        core = _read(connection, Path(folder))
        a_child_year = core.size / max(wished.children * wished.years, 1)
        _refuse_too_many(wished, core.size)
        rows = _write(connection, core, wished, say=say, keep=keep)
    say("working out statistics")
    connection.execute("SET ROLE sightline_owner")
    connection.execute("ANALYZE")
    connection.execute("RESET ROLE")
    return Copied(wished.copies, rows, time.monotonic() - began, a_child_year)


def _read(connection: Connection, folder: Path) -> Core:
    with connection.transaction():
        return read_core(connection, folder)


def _refuse_too_many(wished: Wished, size: int) -> None:
    children = wished.children * (wished.copies + 1)
    needed = fixed() + size * wished.copies
    refuse_beyond_the_disk(children=children, years=wished.years, folder=wished.folder, needed=needed)


def _write(connection: Connection, core: Core, wished: Wished, *, say: Say, keep: Keep | None) -> int:
    loading, copies = Loading(connection), range(0)
    try:
        with connection.transaction():
            for copies in _batches(wished.copies, max(1, AT_ONCE // max(core.rows, 1))):
                changes = [Change(core.played, copy, wished.seed) for copy in copies]
                for table in core.tables:
                    loading.take(table, chain.from_iterable(_rows(core, change, table) for change in changes))
                    say(f"copy {copies[0]} to {copies[-1]} of {wished.copies}, {loading.rows:,} rows")
                loading.take(TOKENS, chain.from_iterable(_words(core, change) for change in changes))
                loading.whole()
                for change in changes if keep else ():
                    keep(change)  # type: ignore[misc]  # asked for in the line above
            _learn(connection)
    except BaseException as stopped:
        stopped.add_note(
            f"It stopped at copy {copies[-1] if copies else 0} of {wished.copies}, after {loading.rows:,} rows. "
            "None of them is kept."
        )
        raise
    return loading.rows


def _batches(copies: int, together: int) -> Iterator[range]:
    """Small copies are written together: a statement for each table costs more than their rows."""
    for first in range(1, copies + 1, together):
        yield range(first, min(first + together, copies + 1))


def _rows(core: Core, change: Change, table: Table) -> Iterator[Row]:
    return change.rows(table, core.read(table))


def _words(core: Core, change: Change) -> Iterator[Row]:
    """The words by which each name is found, as the register writes them."""
    names = next(table for table in core.tables if table.name == "people_name")
    return (token for row in _rows(core, change, names) for token in _tokens(names, row))


def _tokens(names: Table, row: Row) -> Iterator[Row]:
    key, person = cast("str", row[names.at("id")]), row[names.at("person_id")]
    number = UUID(key).int
    parts = ((row[names.at("given")] or "", "f"), (row[names.at("family")] or "", "t"))
    for is_family, word in ((is_family, word) for part, is_family in parts for word in name_words(part)):
        number += 1
        yield [str(UUID(int=number)), key, person, word, is_family]


def _learn(connection: Connection) -> None:
    """The words of all names: without them no name is found."""
    connection.execute("SET LOCAL ROLE sightline_owner")
    row = connection.execute("SELECT id::text FROM workforce_account WHERE role = 'administrator' LIMIT 1").fetchone()
    connection.execute("SET LOCAL ROLE sightline_steward")
    connection.execute("SELECT set_config('sightline.actor', %s, true)", [row[0] if row else ""])
    connection.execute("SELECT people_learn_words(ARRAY(SELECT DISTINCT token FROM people_nametoken))")
