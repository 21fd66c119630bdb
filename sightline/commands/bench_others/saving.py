"""Saving through the product, beside its rows alone.

The record stands twice. In one it is saved to through the pages, as somebody signed in; the rows that came of it are
then put into the other by the same INSERT statements, as a role that every policy lets through, with nothing read,
checked or locked before. What else was changed is changed there too, so that the two stay alike, and is not timed.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sightline.commands.bench_front_door.ground import open_wrapper
from sightline.commands.bench_front_door.measures import MEASURES, Measure
from sightline.commands.bench_front_door.trial import BenchFailed
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_journey.measures import subject
from sightline.commands.bench_line import Line, timed

YEARS = 2
# The visit's family and caseload are made ready by the first of them, of children on whom nothing is decided yet.
SAVES = {
    "Record a visit to four children": "A visit to four children",
    "Save a section of the assessment": "A section of an assessment",
    "Decision": "A decision on a contact",
    "Decision, with feedback by link": "A decision, with feedback by link",
}
CHANGES = ("INSERT", "WITH", "UPDATE", "DELETE", "SELECT set_config")
ADDED = re.compile(r"INSERT INTO (\S+)")
WARMING = 2


@dataclass(frozen=True)
class Sent:
    """A statement that changed something, with its values."""

    words: str
    values: Any

    @property
    def tables(self) -> list[str]:
        """The tables that it adds rows to: one statement may write an event and whom it is about."""
        return ADDED.findall(self.words) if self.words.startswith(("INSERT", "WITH")) else []


@dataclass
class Listener:
    """Hears what the product sends: how many statements, how long they took, and those that changed something."""

    sent: list[Sent] = field(default_factory=list)
    statements: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], words: Any, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's own call)
        self.statements += 1
        began = time.perf_counter()
        try:
            return execute(words, values, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            if str(words).lstrip().startswith(CHANGES):
                self.sent.append(Sent(str(words).lstrip(), values))


class Bare:
    """The other record: takes rows, and asks nothing."""

    def __init__(self, name: str) -> None:
        self.wrapper = open_wrapper(name, "owner")
        self.wrapper.ensure_connection()
        self.session = self.wrapper.connection
        self.session.execute("SET ROLE sightline_steward")

    def put(self, sent: Sequence[Sent]) -> tuple[float, int]:
        """Milliseconds of its INSERT statements with what keeps them, and how many rows they were."""
        taken, rows = 0.0, 0
        with self.session.cursor() as cursor:
            cursor.execute("BEGIN")
            for one in sent:
                began = time.perf_counter()
                cursor.execute(one.words, one.values)
                if one.tables:
                    taken += time.perf_counter() - began
                    # What is added on the way to the last of its tables is one row, and not counted there.
                    rows += cursor.rowcount + len(one.tables) - 1
            began = time.perf_counter()
            cursor.execute("COMMIT")
            taken += time.perf_counter() - began
        return 1000 * taken, rows

    def close(self) -> None:
        self.wrapper.close()


@dataclass
class Saved:
    """Samples of one save, both ways."""

    product: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    inserts: int = 0
    statements: int = 0
    tables: set[str] = field(default_factory=set)


class Saving:
    """The saves that are measured, on a record that is `warm`ed before the other is copied from it."""

    def __init__(self, world: World) -> None:
        self.world = world
        found = {one.name: one for one in (*MEASURES, *subject(YEARS).measures)}
        self.measures = [found[name] for name in SAVES]

    def warm(self) -> None:
        """Everybody signs in and saves each thing, so that what is only done once is done."""
        self.world.stand()
        for number in range(WARMING):
            for measure in self.measures:
                _checked(measure, measure.prepare(self.world, number)())

    def measure(self, bare: Bare, rounds: int) -> dict[str, Saved]:
        """Turn and turn about: each save through the product, and at once its rows in the other record."""
        saved = {measure.name: Saved() for measure in self.measures}
        self.world.stand()
        for number in range(rounds):
            for measure in self.measures:
                self._once(measure, number + WARMING, bare, saved[measure.name])
        return saved

    def _once(self, measure: Measure, number: int, bare: Bare, saved: Saved) -> None:
        before, during = Listener(), Listener()
        with self.world.wrapper.execute_wrapper(before):
            act = measure.prepare(self.world, number)
        with self.world.wrapper.execute_wrapper(during):
            began = time.perf_counter()
            answer = act()
            took = 1000 * (time.perf_counter() - began)
        _checked(measure, answer)
        bare.put(before.sent)
        bare_took, rows = bare.put(during.sent)
        saved.product.append(took)
        saved.database.append(1000 * during.seconds)
        saved.bare.append(bare_took)
        saved.rows.append(rows)
        saved.statements = during.statements
        saved.inserts = sum(bool(one.tables) for one in during.sent)
        saved.tables.update(table for one in during.sent for table in one.tables)


def refuse_unlike(world: World, bare: Bare, saved: dict[str, Saved]) -> None:
    """Nothing was compared where one record has rows that the other has not."""
    tables = sorted({table for one in saved.values() for table in one.tables})
    for table in tables:
        words = f"SELECT count(*) FROM {table}"  # noqa: S608 (a table that a statement of ours named)
        here, there = world.rows(words)[0][0], bare.session.execute(words).fetchone()[0]
        if here != there:
            raise BenchFailed(f"After the same saves {table} has {here:,} rows here and {there:,} there.")


def _checked(measure: Measure, answer: Any) -> None:
    if answer.status_code != measure.status:
        raise BenchFailed(
            f"{measure.name} answered {answer.status_code}: nothing was saved, and there is no time of it."
        )


def lines(saved: dict[str, Saved], size: str) -> list[Line]:
    """Each save both ways, the product's with how many times the bare one it takes."""
    told = []
    for name, found in saved.items():
        rows = timed(f"{SAVES[name]}: its rows alone", f"{median(found.rows):.0f} rows", found.bare)
        ratio = round(sum(found.product) / sum(found.bare), 1)
        told.append(timed(
            f"{SAVES[name]}, through the product", size, found.product, ratio=ratio, beside="bare inserts of its rows",
        ))  # fmt: skip
        told.append(rows)
    return told


def said(saved: dict[str, Saved]) -> list[str]:
    """What the product does besides."""
    shares = ", ".join(
        f"{SAVES[name].lower()} {found.statements} statements of which {found.inserts} add rows"
        f" ({sum(found.database) / sum(found.product):.0%} of its time is in the database)"
        for name, found in saved.items()
    )
    product = (
        "Through the product a save is a form that was sent: the session, who it is and what they may see, what was"
        f" typed, the rules, the rows with their audit, under row security. Of statements: {shares}."
    )
    bare = (
        "Bare are the same INSERT statements in one transaction in a copy of the record, with its keys and indexes,"
        " by a role that every policy lets through; nothing waits for the disk in either."
    )
    return [product, bare]
