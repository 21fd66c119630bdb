"""Which rows of what was played belong to one household: those that lead to one another by their keys.

Staff, desks and whatever else is shared join nobody. Somebody who is registered twice, and of whom the register does
not know it, is known by the home, or by a birthday and a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sightline.commands.simulation.replication import lines
from sightline.commands.simulation.replication.mapping import Table

STAFF = ("workforce_", "account_", "mfa_")
Row = list[str | None]


@dataclass
class Person:
    """Somebody as the register has them: every name, given and family, and what it says besides."""

    names: list[tuple[str, str]] = field(default_factory=list)
    born: str = ""
    sex: str = ""
    ethnicity: str = ""


@dataclass(frozen=True)
class Household:
    """The people who are renamed together. `number` is the same for the same seed: it follows what they are called."""

    number: int
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Households:
    """All of them, and whose each key of what was played is."""

    all: tuple[Household, ...] = ()
    of_key: dict[str, int] = field(default_factory=dict)

    def of(self, keys: Iterable[str | None]) -> Household | None:
        """Theirs, the first of whose keys is a household's."""
        number = next((self.of_key[key] for key in keys if key in self.of_key), None)  # type: ignore[index]  # it is in it
        return None if number is None else self.all[number]


def households(tables: list[Table], folder: Path, shared: frozenset[str]) -> Households:
    """Every household of what was played."""
    named = {table.name: table for table in tables}
    belong = _joined(tables, folder, shared)
    people = _people(named, folder)
    _join_twice_registered(belong, people, named["people_home"], folder)
    together: dict[str, list[Person]] = defaultdict(list)
    for key in sorted(people):
        together[belong.root(key)].append(people[key])
    order = sorted(together, key=lambda root: sorted((one.born, one.names) for one in together[root]))
    numbers = {root: number for number, root in enumerate(order)}
    made = tuple(Household(number, tuple(sorted(together[root], key=_eldest))) for number, root in enumerate(order))
    of_key = {key: numbers[root] for key in belong.every() if (root := belong.root(key)) in numbers}
    return Households(made, of_key)


def _eldest(one: Person) -> tuple[str, list[tuple[str, str]]]:
    return one.born, one.names


def key_columns(table: Table) -> list[int]:
    """Where a row of the table has a key."""
    return [at for at, column in enumerate(table.columns) if column.kind == "key"]


class _Joined:
    """Keys that belong together: each points to another of them, and the last to itself."""

    def __init__(self) -> None:
        self._towards: dict[str, str] = {}

    def every(self) -> list[str]:
        """Every key that was met."""
        return list(self._towards)

    def root(self, key: str) -> str:
        towards = self._towards
        while (above := towards.setdefault(key, key)) != key:
            towards[key] = key = towards[above]
        return key

    def join(self, keys: Iterable[str]) -> None:
        roots = [self.root(key) for key in keys]
        for other in roots[1:]:
            self._towards[other] = roots[0]


def _joined(tables: list[Table], folder: Path, shared: frozenset[str]) -> _Joined:
    made, staff = _Joined(), shared | _staff(tables, folder)
    for table in tables:
        if not table.name.startswith(STAFF):
            keys = key_columns(table)
            for row in lines.read(folder / table.name):
                made.join(key for at in keys if (key := row[at]) and key not in staff)
    return made


def _staff(tables: list[Table], folder: Path) -> set[str]:
    theirs = ((table, table.key) for table in tables if table.name.startswith(STAFF))
    return {row[own] or "" for table, own in theirs if own is not None for row in lines.read(folder / table.name)}


def _people(named: dict[str, Table], folder: Path) -> dict[str, Person]:
    people: dict[str, Person] = defaultdict(Person)
    for key, given, family in _cells(named["people_name"], folder, "person_id", "given", "family"):
        people[key].names.append((given, family))
    particulars = _cells(named["people_particulars"], folder, "person_id", "birth_date", "sex", "ethnicity")
    for key, born, sex, ethnicity in particulars:
        one = people[key]
        one.born, one.sex, one.ethnicity = born or one.born, sex or one.sex, ethnicity or one.ethnicity
    for one in people.values():
        one.names.sort()
    return people


def _join_twice_registered(belong: _Joined, people: dict[str, Person], homes: Table, folder: Path) -> None:
    alike: dict[object, list[str]] = defaultdict(list)
    for key, person in people.items():
        for name in {name for pair in person.names for name in pair if name and person.born}:
            alike[person.born, name].append(key)
    for key, home in _cells(homes, folder, "id", "match_key"):
        alike[home].append(key)
    for those in alike.values():
        belong.join(those)


def _cells(table: Table, folder: Path, *columns: str) -> Iterator[list[str]]:
    at = [table.at(column) for column in columns]
    for row in lines.read(folder / table.name):
        yield [row[one] or "" for one in at]
