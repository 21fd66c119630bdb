"""What truly happened to somebody in the place, for whoever may hear of it."""

from dataclasses import dataclass
from datetime import datetime

from sightline.commands.simulation.dwellers import Dweller, Family, Home

EXPECTED, BORN, DIED, GREW_UP = "expected", "born", "died", "grew_up"
MOVED, JOINED, PARTED, RENAMED, NAMED, NEW_SCHOOL = "moved", "joined", "parted", "renamed", "named", "new_school"
KINDS = (EXPECTED, BORN, DIED, GREW_UP, MOVED, JOINED, PARTED, RENAMED, NAMED, NEW_SCHOOL)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened; the family is as it is afterwards.

    `kind` is expected (a pregnancy is spoken of), born, died, grew_up (eighteen), moved (`before` is the home
    they left; `family.here` is false when they left the place), joined (an adult came), parted (an adult went),
    renamed (`former` of whom they are says what to), named (it is known now who an unnamed man is), new_school.
    """

    kind: str
    at: datetime
    family: Family
    who: tuple[Dweller, ...]
    before: Home | None = None
