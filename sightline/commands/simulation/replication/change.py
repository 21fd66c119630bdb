"""What becomes of one row in one copy. Pure: the same row, copy and seed give the same row.

Keys are moved back by so many milliseconds for each copy, so that they keep their order and a copy's stand together.
Days are moved back by whole weeks, so that each stays the day of the week that it was, and their hours by some minutes
of the household's own (`clocks`); births besides by some days of their own, children's forward and adults' back, so
that nobody comes of age by it. A household is renamed together (`renaming`).
"""

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sightline.commands.simulation.place.town import BEGINNINGS
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.replication import clocks, naming, numbering
from sightline.commands.simulation.replication.households import Households, key_columns
from sightline.commands.simulation.replication.mapping import Column, Table
from sightline.commands.simulation.replication.naming import Names
from sightline.commands.simulation.replication.numbering import Numbers
from sightline.commands.simulation.replication.renaming import Called, Renaming
from sightline.commands.simulation.replication.teams import Teams
from sightline.commands.simulation.replication.writing import Texts
from sightline.people.rules import home_key

Row = list[str | None]
Cell = Callable[[str], str]
BY_DAY = "02:00", "21:00"
GROWN, NEW = timedelta(days=18 * 365.25 + 40), timedelta(days=60)


@dataclass(frozen=True)
class Played:
    """What there is to know of the authority that was played before a copy of it can be made."""

    shared: frozenset[str]
    """Keys of what every copy leans on."""
    apart: int
    """Milliseconds by which the keys of two copies must differ so that none are alike."""
    names: Names
    numbers: Numbers
    births: frozenset[date]
    begins: date
    ends: date
    teams: tuple[tuple[str, str], ...]
    """Key word and name of each team that is copied, in their order."""
    fixed: frozenset[str]
    """Names of whoever and whatever is shared, which stay in texts."""
    registrations: tuple[str, ...]
    phones: frozenset[str]
    """Of teams and workers who are copied, and of nobody who is shared."""
    stand_ins: Mapping[str, str]
    """Who stands in for a worker at a shared desk who came after the play began: a copy may begin before that."""
    stand_in_names: Mapping[str, str]
    ordinary: frozenset[str]
    """Small words of the texts: a name that is one of them is only changed where it is a name for certain."""
    staff: frozenset[str] = frozenset()
    """Names of the workers who are copied: they are called alike in whosever record they stand."""
    households: Households = field(default_factory=Households)


class Change:
    """One copy: `rows` turns the rows of a table into the copy's own."""

    def __init__(self, played: Played, copy: int, seed: int) -> None:
        self.played, self.copy = played, copy
        self.back = timedelta(weeks=1 + (copy - 1) % int(rate("replication", "shift", "weeks_most")))
        self.names = played.names.of_copy(copy, seed)
        self.called = Called(
            self.names, played.ordinary, lambda house: Renaming(house, copy=copy, seed=seed, on=played.ends)
        )
        self.identifiers = played.numbers.identifiers(copy)
        self.homes: dict[str, str] = {}
        self._seed = seed
        self._days: dict[str, str] = {}
        self._hours: dict[tuple[int, str], str] = {}
        self.teams = Teams(played.teams, copy)
        self.texts = self._texts()
        self.enter(())

    def _texts(self) -> Texts:
        stream = random.Random(f"{self._seed} streets of copy {self.copy}")  # noqa: S311 - a fiction, not a secret
        streets = list(BEGINNINGS)
        stream.shuffle(streets)
        staff = {name: naming.name(self.names, name) for name in self.played.staff}
        numbers = {one: self.registration(one) for one in self.played.registrations}
        return Texts(
            names=self.called.in_texts, fixed=self.played.fixed,
            phrases={**staff, **self.teams.words, **self.played.stand_in_names},
            identifiers=self.identifiers,
            districts=self.played.numbers.districts(self.copy), registrations=numbers,
            phones={one: self.phone(one) for one in self.played.phones},
            streets=dict(zip(BEGINNINGS, streets, strict=True)), key=self.key, email=self.email, day=self.day,
            moment=self.moment, clock=self.clock, last=self.played.ends,
        )  # fmt: skip

    # --- by kind --------------------------------------------------------------------------------

    def key(self, value: str) -> str:
        """The copy's own key, or the same where it names what is shared."""
        if value in self.played.shared:
            return self.played.stand_ins.get(value, value)
        head = (int(value[:8] + value[9:13], 16) - self.copy * self.played.apart) % (1 << 48)
        made = f"{head:012x}"
        return f"{made[:8]}-{made[8:]}{value[13:]}"

    def keys(self, value: str) -> str:
        return f"{{{','.join(self.key(one) for one in value[1:-1].split(',') if one)}}}"

    def moment(self, value: str) -> str:
        day = value[:10]
        moved = self._days.get(day)
        if moved is None:
            try:
                moved = self._days[day] = (date.fromisoformat(day) - self.back).isoformat()
            except ValueError:
                return value
        return moved + self._clock(value[10:]) if len(value) > 10 else moved

    def _clock(self, rest: str) -> str:
        """What stands behind a day: a sign, the time, and where it is told. By day all of an hour moves alike."""
        hour = rest[1:6]
        made = self._hours.get((self.later, hour))
        if made is None:
            if not BY_DAY[0] <= hour < BY_DAY[1]:
                return rest[0] + clocks.moved(rest[1:], self.later)
            made = self._hours[self.later, hour] = clocks.moved(hour, self.later)
        return rest[0] + made + rest[6:]

    def clock(self, value: str) -> str:
        """A time of day in a text."""
        return clocks.moved(value, self.later)

    def days(self, value: str) -> str:
        return f"{{{','.join(self.moment(one) for one in value[1:-1].split(',') if one)}}}"

    def born(self, value: str) -> str:
        """A day of birth, moved by days of its own."""
        day = date.fromisoformat(value)
        own = random.Random(f"{self._seed} {self.copy} {value}")  # noqa: S311 - a fiction, not a secret
        by = timedelta(days=own.randint(1, int(rate("replication", "shift", "birth_days_most"))))
        if day >= self.played.begins - NEW:
            by = timedelta()
        elif day <= self.played.begins - GROWN:
            by = -by
        return (day - self.back + by).isoformat()

    def day(self, day: date) -> date:
        """A day that a text names: somebody's birth, or any other."""
        if day in self.played.births:
            return date.fromisoformat(self.born(day.isoformat()))
        return day - self.back

    def told(self, value: str) -> str:
        if value == "{}":
            return value
        return json.dumps(self.texts.told(json.loads(value)), ensure_ascii=False)

    def enter(self, keys: Iterable[str | None]) -> None:
        """What follows belongs to the household whose keys these are, or to nobody's."""
        household = self.played.households.of(keys)
        self.later = clocks.minutes_of(self.copy, household.number if household else 0)
        self.called.enter(household)
        self.texts.names = self.called.in_texts

    def name(self, value: str) -> str:
        return naming.name(self.called.words, value)

    def key_word(self, value: str) -> str:
        return self.teams.key_word(value)

    def email(self, value: str) -> str:
        """An address after the new name, with the copy's number."""
        if value in self.played.fixed:
            return value
        who, _, where = value.partition("@")
        words = [self.names.get(word.title(), word).lower() for word in who.split(".")]
        return f"{'.'.join(words).replace(' ', '.')}.{self.copy}@{where}"

    def phone(self, value: str) -> str:
        return numbering.phone(value, self.copy)

    def postcode(self, value: str) -> str:
        return self.texts.write(value)

    def identifier(self, value: str) -> str:
        return self.identifiers.get(value, value)

    def registration(self, value: str) -> str:
        """The number with which a social worker is registered: the copy's follow those of the copy before."""
        span = len(self.played.registrations)
        if value not in self.played.registrations:
            return value
        last = max(int(one[2:]) for one in self.played.registrations if one[2:].isdigit())
        return f"SW{last + (self.copy - 1) * span + self.played.registrations.index(value) + 1}"

    def digest(self, value: str) -> str:
        return hashlib.sha256(f"{self.copy} {value}".encode()).hexdigest() if value else value

    def found_by(self, value: str) -> str:
        return self.homes.get(value, value)

    def words(self, value: str) -> str:
        return self.texts.write(value)

    # --- rows -----------------------------------------------------------------------------------

    def rows(self, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        """The copy's rows of a table. One whose identifiers are used up is left out."""
        ways = [(at, self._way(column)) for at, column in enumerate(table.columns)]
        changed = [(at, way) for at, way in ways if way is not None]
        keys = key_columns(table)
        for row in rows:
            self.enter(row[at] for at in keys)
            made = list(row)
            for at, way in changed:
                cell = made[at]
                if cell is not None and cell != "":
                    made[at] = way(cell)
            if table.name == "people_home":
                self._home(table, row, made)
            if table.name == "people_particulars":
                at = table.at("ethnicity")
                made[at] = self.called.ethnicity.get(made[at] or "", made[at])
            if table.name != "people_identifier" or made[table.at("value")]:
                yield made

    def _way(self, column: Column) -> Cell | None:
        if column.kind in {"same", "code"}:
            return None
        way: Cell = self.moment if column.kind == "day" else getattr(self, column.kind)
        if column.longest:
            return _cut(way, column.longest)
        return self._listed(way) if column.is_list and column.kind not in {"keys", "days"} else way

    def _listed(self, way: Cell) -> Cell:
        return lambda value: f"{{{','.join(way(one) for one in value[1:-1].split(',') if one)}}}"

    def _home(self, table: Table, before: Row, made: Row) -> None:
        lines, postcode, at = made[table.at("lines")], made[table.at("postcode")], table.at("match_key")
        made[at] = home_key(lines=lines or "", postcode=postcode or "")
        self.homes[before[at] or ""] = made[at] or ""


def _cut(way: Cell, longest: int) -> Cell:
    """Another name may be longer, and a column is only so wide."""
    return lambda value: way(value)[:longest]
