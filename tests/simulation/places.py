"""A place that has lived for a year, and what it is known by."""

import hashlib
import random
import sys
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.place import Change, Place
from sightline.commands.simulation.place.households import PARENTAL

BEGINS = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Heard:
    """A change, and how the family stood at once after it."""

    change: Change
    at_home: tuple[Dweller, ...]
    couple: int


@dataclass(frozen=True)
class Lived:
    """A place after so many days, and all that was heard of it."""

    place: Place
    heard: list[Heard]

    def of(self, kind: str) -> list[Heard]:
        """What was heard of one kind."""
        return [one for one in self.heard if one.change.kind == kind]


def an_engine(seed: int = 7, days: int = 365) -> Engine:
    """A clock from the first of September."""
    ends = datetime.fromtimestamp(BEGINS.timestamp() + days * 86400, UTC)
    return Engine(seed=seed, begins=BEGINS, ends=ends)


def dice(seed: int) -> random.Random:
    """Some dice of one's own."""
    return an_engine(seed).stream("of a test")


def live(*, children: int, seed: int = 7, days: int = 365) -> Lived:
    """Let a place live."""
    engine = an_engine(seed, days)
    lived = Lived(Place(engine, children=children), [])
    lived.place.listeners.append(lambda change: lived.heard.append(hear(change)))
    lived.place.begin()
    engine.run()
    return lived


def hear(change: Change) -> Heard:
    """How it stands after this."""
    family = change.family
    there = tuple(family.adults_at_home())
    return Heard(change, there, sum(family.carers[one.ref] in PARENTAL for one in there))


def fingerprint(lived: Lived) -> str:
    """One word for everybody, where they live and what happened, which another machine comes to as well."""
    told = [_family(family) for family in lived.place.families]
    told += [f"{one.change.at.isoformat()} {one.change.kind} {one.change.family.ref}" for one in lived.heard]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _family(family: Family) -> str:
    people = [astuple(one) for one in (*family.children, *family.adults.values())]
    homes = {ref: astuple(home) for ref, home in family.elsewhere.items()}
    there = [one.ref for one in family.adults_at_home()]
    return repr((family.ref, people, family.carers, there, astuple(family.home), homes, f"{family.strain:.6f}",
                 sorted(family.troubles)))  # fmt: skip


if __name__ == "__main__":
    print(fingerprint(live(children=int(sys.argv[1]))))
