"""What a caller says of somebody, and what a desk writes down of it: mostly right, and at stated rates not."""

import random
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.place.names import HIS, communities
from sightline.commands.simulation.rates import rate, rates

SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("ca", "ka"), ("co", "ko"), ("k", "c"), ("ie", "y"), ("y", "ie"), ("y", "i"),
    ("ee", "ea"), ("ea", "ee"), ("ou", "oo"), ("aa", "a"), ("sz", "sh"), ("cz", "ch"), ("w", "v"), ("z", "s"),
    ("kh", "k"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("q", "k"), ("j", "g"), ("er", "ar"), ("an", "en"),
    ("el", "al"), ("le", "el"), ("ll", "l"), ("ss", "s"), ("tt", "t"), ("nn", "n"), ("mm", "m"), ("ai", "ay"),
    ("ei", "ai"), ("ia", "ea"), ("oo", "u"), ("u", "oo"), ("in", "yn"), ("dr", "dar"), ("ts", "tz"), ("h", ""),
    ("ey", "y"), ("on", "en"),
)  # fmt: skip
"""What is written for what is heard."""
NAME_OR_BIRTH = frozenset(
    {
        "misspelt_given", "misspelt_family", "short_given", "former_name", "half_name", "mothers_name", "swapped",
        "day_and_month", "a_digit",
    }
)  # fmt: skip
"""Faults by which a search may miss somebody."""
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody as they are told of. Of an adult whom nobody names there is only `described`."""

    given: str
    family: str
    born: date | None
    birth: str
    """How well the day is known, as the register says it: exact, year, unknown, expected."""
    sex: str
    nhs: str = ""
    upn: str = ""
    described: str = ""
    faults: tuple[str, ...] = ()
    """Of which kinds (`rates/faults.toml`), in the order in which they befell."""

    @property
    def by_another_name(self) -> bool:
        """Whether a search by name or birth may miss who is meant."""
        return not NAME_OR_BIRTH.isdisjoint(self.faults)


def as_true(dweller: Dweller) -> Told:
    """Somebody without a fault."""
    birth = "exact" if dweller.given else "expected"
    return Told(dweller.given, dweller.family, dweller.born, birth, dweller.sex, dweller.nhs, dweller.upn)


def as_told(dweller: Dweller, stream: random.Random, family: Family | None = None) -> Told:
    """Somebody as a caller tells of them; by `family` it is known whose name a child is taken to have."""
    told = as_true(dweller)
    if dweller.spoken_of:
        return Told("", "", None, "unknown", told.sex, described=dweller.spoken_of, faults=("unnamed",))
    if not dweller.given:
        return told
    told = _names(told, dweller, stream, family)
    told = _births(told, stream, child=bool(dweller.parents))
    if _befalls("sex", "wrong", stream):
        told = _faulty(told, "wrong_sex", sex={"F": "M", "M": "F"}[told.sex])
    numbers = rates("faults")["numbers"]
    nhs, upn = stream.random() < numbers["nhs"], stream.random() < numbers["upn"]
    return replace(told, nhs=told.nhs if nhs else "", upn=told.upn if upn else "")


def missed(told: Told, stream: random.Random) -> bool:
    """Whether the desk, told this of somebody who is registered, does not find them and registers them anew."""
    return stream.random() < rate("faults", "duplicates", "missed_misspelt" if told.by_another_name else "missed")


def _befalls(part: str, kind: str, stream: random.Random, times: float = 1.0) -> bool:
    return stream.random() < rate("faults", part, kind) * times


def _faulty(told: Told, kind: str, **changed: object) -> Told:
    return replace(told, faults=(*told.faults, kind), **changed)  # type: ignore[arg-type]  # the fields' own types


# --- names --------------------------------------------------------------------------------------


def _names(told: Told, dweller: Dweller, stream: random.Random, family: Family | None) -> Told:
    abroad = communities()[dweller.community].custom != HIS
    misspelt = rate("faults", "names", "misspelt_abroad") if abroad else 1.0
    told = _other_name(told, dweller, stream, family)
    short = short_forms().get(told.given)
    if short and _befalls("names", "short_given", stream):
        told = _faulty(told, "short_given", given=short)
    elif _befalls("names", "misspelt_given", stream, misspelt):
        told = _faulty(told, "misspelt_given", given=misspell(told.given, stream))
    if _befalls("names", "misspelt_family", stream, misspelt):
        told = _faulty(told, "misspelt_family", family=misspell(told.family, stream))
    if _befalls("names", "swapped", stream, rate("faults", "names", "swapped_abroad") if abroad else 1.0):
        told = _faulty(told, "swapped", given=told.family, family=told.given)
    return told


def _other_name(told: Told, dweller: Dweller, stream: random.Random, family: Family | None) -> Told:
    mother = _mother(dweller, family)
    if dweller.former and _befalls("names", "former_name", stream):
        _, given, before = dweller.former[-1]
        return _faulty(told, "former_name", given=given, family=before)
    if mother and mother != told.family and _befalls("names", "mothers_name", stream):
        return _faulty(told, "mothers_name", family=mother)
    parts = told.family.replace("-", " ").split()
    if len(parts) > 1 and _befalls("names", "half_name", stream):
        return _faulty(told, "half_name", family=stream.choice(parts))
    return told


def _mother(dweller: Dweller, family: Family | None) -> str:
    """What a child's mother is called now."""
    if family is None or not dweller.parents:
        return ""
    mother = family.adults.get(dweller.parents[0])
    return mother.family if mother is not None else ""


@cache
def short_forms() -> dict[str, str]:
    """The short form of a given name that has one."""
    pairs = (pair.partition("/") for pair in rates("faults")["short"]["forms"].split())
    return {long: short for long, _, short in pairs}


def misspell(name: str, stream: random.Random) -> str:
    """The name as somebody might write it who heard it or mistyped it; never the same."""
    for _ in range(20):
        written = _heard(name, stream) if stream.random() < 0.6 else _mistyped(name, stream)
        if written != name and written.strip():
            return written
    return f"{name}{name[-1]}"


def _heard(name: str, stream: random.Random) -> str:
    small = name.lower()
    said, written = stream.choice([pair for pair in SOUNDS if pair[0] in small] or [("", "")])
    at = small.find(said)
    changed = name[:at] + written + name[at + len(said) :] if said else name
    return changed[:1].upper() + changed[1:]


def _mistyped(name: str, stream: random.Random) -> str:
    at = 1 + int(stream.random() * max(len(name) - 2, 1))
    letters = (
        name[:at] + name[at + 1 :], name[:at] + name[at : at + 1] + name[at:],
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    )  # fmt: skip
    return stream.choice(letters)


# --- births -------------------------------------------------------------------------------------


def _births(told: Told, stream: random.Random, *, child: bool) -> Told:
    born = told.born
    if born is None:
        return told
    if _befalls("births", "unknown_child" if child else "unknown_adult", stream):
        return _faulty(told, "birth_unknown", born=None, birth="unknown")
    if child and _befalls("births", "year_only", stream):
        return _faulty(told, "year_only", born=date(born.year, 1, 1), birth="year")
    # Only where the other day comes before: nobody is told of as born on a day to come.
    if born.day < born.month and _befalls("births", "day_and_month", stream):
        return _faulty(told, "day_and_month", born=born.replace(month=born.day, day=born.month))
    if _befalls("births", "a_digit", stream):
        return _faulty(told, "a_digit", born=_a_digit_wrong(born, stream))
    return told


def _a_digit_wrong(born: date, stream: random.Random) -> date:
    """Another day, one figure of which is wrong, and not after the true one: a caller names no day to come."""
    ways = [(0, 0, -10), (0, 0, -1), (-1, 0, 0), (0, -1, 0)]
    stream.shuffle(ways)
    for years, months, days in ways:
        year, month, day = born.year + years, born.month + months, born.day + days
        if month >= 1 and 1 <= day <= 28 and date(year, month, day) >= EARLIEST:
            return date(year, month, day)
    return born.replace(year=born.year - 1, day=min(born.day, 28))
