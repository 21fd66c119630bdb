"""Search beside trigrams alone and beside Splink: the same people, the same faults, who is found and how fast."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sightline.commands.bench_front_door.measures import SEARCHES
from sightline.commands.bench_front_door.world import Child, World
from sightline.commands.bench_line import Line, percentile, timed
from sightline.commands.bench_others import environment
from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import Connection
from sightline.doorway.acts import acting
from sightline.people.queries import search_people

KINDS = ("whole name", "names swapped", "misspelt", "misspelt, with date of birth")
FIRST = 10
"""A worker looks at the first ten."""


@dataclass(frozen=True)
class Asked:
    """One search: the line that somebody types, the same in parts, and whom they mean."""

    kind: str
    means: str
    text: str
    given: str
    family: str
    born: str | None


@dataclass
class Found:
    """One way of searching, for one kind of search: milliseconds, and at which place whoever was meant stood."""

    times: list[float] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)

    @property
    def in_first(self) -> str:
        found = sum(place is not None and place < FIRST for place in self.places)
        return f"in the first ten: {found} of {len(self.places)}"


Ways = dict[str, dict[str, Found]]


def questions(children: Sequence[Child], many: int) -> list[Asked]:
    """So many of each kind, about children who are in the record."""
    return [_asked(kind, child) for kind in KINDS for child in children[:many]]


def _asked(kind: str, child: Child) -> Asked:
    text, born = SEARCHES[kind](child), f"{child.born:%d/%m/%Y}"
    dated = text.endswith(born)
    words = text.removesuffix(born).split()
    return Asked(kind, str(child.id), text, words[0], words[-1], child.born.isoformat() if dated else None)


def through_the_product(world: World, asked: Sequence[Asked]) -> dict[str, Found]:
    """As somebody at the front door, with row security and audit."""
    world.stand()
    by = world.desk["duty"]

    def find(one: Asked) -> list[str]:
        with acting(by.id):
            return [str(match.person) for match in search_people(by=by, text=one.text, at=datetime.now(UTC))]

    return _timed(find, asked)


def by_trigrams(name: str, asked: Sequence[Asked]) -> dict[str, Found]:
    """One table of names, and of names with dates of birth, each with a trigram index; no fence and no audit."""
    with roles.connect(name) as connection:
        connection.execute("SET ROLE sightline_owner")
        connection.execute("SET ROLE sightline_steward")
        for words in TRIGRAMS:
            connection.execute(words.encode())
        found = _timed(lambda one: _alike(connection, one), asked)
        connection.execute("DROP TABLE bench_trigram")
    return found


def _alike(connection: Connection, one: Asked) -> list[str]:
    column = "dated" if one.born else "called"
    words = f"SELECT person_id FROM bench_trigram WHERE {column} %% %(text)s ORDER BY similarity({column}, %(text)s) DESC LIMIT 50"  # noqa: S608, E501 (of our own words; one statement)
    return [str(row[0]) for row in connection.execute(words.encode(), {"text": one.text}).fetchall()]


def by_splink(world: World, asked: Sequence[Asked], folder: Path) -> tuple[dict[str, Found], dict[str, Any]]:
    """In a process of its own; refuses (`NotToBeHad`) where it cannot be installed. With what it says of itself."""
    columns = ("unique_id", "given", "family", "born")
    people = [dict(zip(columns, row, strict=True)) for row in world.rows(PEOPLE)]
    given = folder / "asked.json"
    given.write_text(json.dumps({"people": people, "asked": [asdict(one) for one in asked]}), "utf-8")
    told = environment.ask("their_search.py", str(given), folder=folder)
    found = {kind: Found() for kind in KINDS}
    for one, (took, place) in zip(asked, told.pop("found"), strict=True):
        found[one.kind].times.append(took)
        found[one.kind].places.append(place)
    return found, told


def _timed(find: Callable[[Asked], list[str]], asked: Sequence[Asked]) -> dict[str, Found]:
    found = {kind: Found() for kind in KINDS}
    for one in asked[:3]:
        find(one)
    for one in asked:
        began = time.perf_counter()
        people = find(one)
        found[one.kind].times.append(1000 * (time.perf_counter() - began))
        found[one.kind].places.append(people.index(one.means) if one.means in people else None)
    return found


def lines(ways: Ways, size: str, splink_memory: float | None) -> list[Line]:
    """Each kind of search by each way, the others with how many times the product they take."""
    told = []
    for kind in KINDS:
        middle = percentile(ways["the product"][kind].times, 50)
        for way, found in ways.items():
            here, ours = found[kind], way == "the product"
            told.append(timed(
                f"Search, {kind}: {way}", size, here.times, memory=splink_memory if way == "Splink" else None,
                ratio=None if ours else round(percentile(here.times, 50) / middle, 2),
                beside="" if ours else "the product", verdict=here.in_first,
            ))  # fmt: skip
    return told


PEOPLE = """
SELECT p.id::text, n.given, n.family, b.birth_date::text FROM people_person p
JOIN people_name n ON n.person_id = p.id AND n.kind = 'legal' JOIN people_particulars b ON b.person_id = p.id
"""
TRIGRAMS = (
    f"""CREATE TABLE bench_trigram AS SELECT id::uuid AS person_id, given || ' ' || family AS called,
    given || ' ' || family || ' ' || to_char(birth_date, 'DD/MM/YYYY') AS dated
    FROM ({PEOPLE.replace("b.birth_date::text", "b.birth_date")}) AS everybody""",  # noqa: S608 (of the constant above)
    "CREATE INDEX ON bench_trigram USING gin (called gin_trgm_ops)",
    "CREATE INDEX ON bench_trigram USING gin (dated gin_trgm_ops)",
    "ANALYZE bench_trigram",
)
