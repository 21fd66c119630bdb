"""What is true of whoever was registered, kept beside the database and never in it: for the tests of matching.

One line of JSON for each registered key: whom it is of, what was told, what is so, and with which faults. Keys of
one person stand together under `ref`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.place.faults import Told, as_true

FILE = "truth.jsonl"


@dataclass(frozen=True, slots=True)
class Registered:
    """A key of the register, and whom it is truly of."""

    ref: str
    key: UUID
    told: Told
    true: Told
    faults: tuple[str, ...]

    def line(self) -> str:
        """The same as JSON."""
        return json.dumps(
            {
                "key": str(self.key), "ref": self.ref, "faults": list(self.faults), "told": _said(self.told),
                "true": _said(self.true),
            },
            ensure_ascii=False,
        )  # fmt: skip


@dataclass(eq=False)
class Truth:
    """Everybody who was registered, once or more often."""

    rows: list[Registered] = field(default_factory=list)

    def registered(self, who: Dweller, key: UUID, told: Told, faults: tuple[str, ...] = ()) -> None:
        """This key was made for them, told so; `faults` are added to those of what was told."""
        self.add(Registered(who.ref, key, told, as_true(who), (*told.faults, *faults)))

    def add(self, row: Registered) -> None:
        """A row that somebody else has made, as a copy of an authority does."""
        self.rows.append(row)

    def clusters(self) -> Iterator[tuple[UUID, ...]]:
        """The keys of each person who was registered more than once, in the order of their first."""
        keys: dict[str, list[UUID]] = {}
        for row in self.rows:
            keys.setdefault(row.ref, []).append(row.key)
        return (tuple(them) for them in keys.values() if len(them) > 1)

    def pairs(self) -> Iterator[tuple[UUID, UUID]]:
        """Every two keys that are one person."""
        return (pair for them in self.clusters() for pair in combinations(them, 2))

    def write(self, folder: Path) -> Path:
        """All of it into a file of that folder, whole or not at all. Returns the file."""
        folder.mkdir(parents=True, exist_ok=True)
        file, half = folder / FILE, folder / f"{FILE}.part"
        with half.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{row.line()}\n" for row in self.rows)
        return half.replace(file)


def read(folder: Path) -> Truth:
    """What was written."""
    with (folder / FILE).open(encoding="utf-8") as lines:
        return Truth([_row(json.loads(line)) for line in lines])


def _row(line: dict[str, Any]) -> Registered:
    told, true, faults = _told(line["told"]), _told(line["true"]), tuple(line["faults"])
    return Registered(line["ref"], UUID(line["key"]), told, true, faults)


def _told(said: dict[str, Any]) -> Told:
    born = date.fromisoformat(said["born"]) if said["born"] else None
    return Told(**{**said, "born": born})


def _said(told: Told) -> dict[str, object]:
    born = told.born.isoformat() if told.born else None
    return {
        "given": told.given, "family": told.family, "born": born, "birth": told.birth, "sex": told.sex,
        "nhs": told.nhs, "upn": told.upn, "described": told.described,
    }  # fmt: skip
