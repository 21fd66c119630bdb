"""Reading one value after another of a child in a census file, and keeping what cannot be held. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sightline.returns.cin import Child, Field, Stray

NOT_TAKEN_IN = "not taken in"
MOST = 32_767
"""The largest number that a small count holds."""
T = TypeVar("T")


@dataclass(frozen=True)
class Note:
    """Something about one child that was brought in otherwise than written, and what to do about it."""

    child: str
    line: int
    element: str
    found: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Kept:
    """Part of the file that has no place here, as it was written, under the file's own names."""

    module: str
    line: int
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The same for the same words, wherever in a file they stand."""
        return hashlib.sha256(json.dumps([self.module, _unplaced(self.values)], sort_keys=True).encode()).hexdigest()


Saying = tuple[str, str]
CANNOT_BE_HELD: Saying = (
    "It was not taken in, since it is no value that this can have; it is kept as written.",
    "Correct it on the child's record when you know.",
)
DAY_TO_COME: Saying = ("It is a day to come, so it was not taken in; it is kept as written.", CANNOT_BE_HELD[1])
NO_DAY: Saying = (
    "The referral has no day that can be. The earliest day inside the episode stands for it.",
    "Find out when the referral was received.",
)
NO_DAY_AT_ALL: Saying = (
    "The referral has no day that can be. The first day of the census year stands for it.",
    NO_DAY[1],
)
SAME_DAY: Saying = (
    "This child has another referral of the same day, and the two were taken as one episode.",
    "Check whether there were two referrals.",
)
TWICE: Saying = ("This child stands in the file twice, and was taken as one.", "Check that they are one child.")
STILL_TO_COME: Saying = (
    "It is a day still to come. It was taken in because the file's reference date is not before it.",
    "Check on that day that it happened.",
)
NO_START: Saying = (
    "It has no first day that can be, so it was not taken in; it is kept as written.",
    "Find out when it began, and record it on the child's record.",
)
SAID_TWICE: Saying = (
    "The file says the very same of this child twice, and it was taken in once.",
    "Check whether there were two.",
)
SEX_NOT_HELD: Saying = (
    "It was taken in as not known; it is kept as written.",
    CANNOT_BE_HELD[1],
)


def plain_id(written: str) -> str:
    """A child id as it is kept: the same for the same child, however it was spaced."""
    return re.sub(r"\s", "", written).upper()


def note(child: str, line: int, element: str, found: str, saying: Saying) -> Note:
    """What is said of one value, with as much of it as fits."""
    return Note(child, line, element, found[:80], *saying)


def strays(found: tuple[Stray, ...]) -> list[Kept]:
    """What the year's specification has no place for, kept."""
    return [Kept(NOT_TAKEN_IN, stray.line, {stray.element: [stray.text]}) for stray in found]


@dataclass
class Values:
    """Reads the values of one child, gathering notes and what is kept on the way.

    `until` is the last day that is taken in, `today` the day of reading: what lies between is noted.
    """

    child: Child
    until: date
    today: date
    notes: list[Note] = field(default_factory=list)
    unheld: list[Kept] = field(default_factory=list)

    def code(self, found: Field[str], shape: re.Pattern[str]) -> str:
        """A code of that shape, in capitals; empty where there is none that can be held."""
        written = found.raw.strip().upper()
        if not written or shape.fullmatch(written):
            return written
        self.not_taken(found)
        return ""

    def codes(self, found: tuple[Field[str], ...], shape: re.Pattern[str]) -> tuple[str, ...]:
        """Each code once, as they stand."""
        return tuple(dict.fromkeys(code for each in found if (code := self.code(each, shape))))

    def words(self, found: Field[str], longest: int) -> str:
        """Text as written; empty where it is longer than can be held."""
        if len(found.raw) <= longest:
            return found.raw
        self.not_taken(found)
        return ""

    def any_day(self, found: Field[date]) -> date | None:
        """A day that may be to come, such as one by which something is due."""
        return self._read(found)

    def day_so_far(self, found: Field[date]) -> date | None:
        """A day on which something happened. One after `until` cannot be; one after today is noted."""
        if found.value is None:
            return self._read(found)
        if found.value > self.until:
            self.not_taken(found, DAY_TO_COME)
            return None
        if found.value > self.today:
            self.say(found, STILL_TO_COME)
        return found.value

    def flag(self, found: Field[bool]) -> bool | None:
        """A yes or a no; None where neither is said."""
        return self._read(found)

    def count(self, found: Field[int]) -> int | None:
        """A number that can be held; None where none is given."""
        if found.value is not None and not 0 <= found.value <= MOST:
            self.not_taken(found)
            return None
        return self._read(found)

    def say(self, found: Field[Any], saying: Saying) -> None:
        """Note something about a value."""
        self.notes.append(note(plain_id(self.child.id), found.line, found.element, found.raw, saying))

    def not_taken(self, found: Field[Any], saying: Saying = CANNOT_BE_HELD) -> None:
        """Note that a value was not taken in, and keep it as written."""
        self.say(found, saying)
        self.unheld.append(Kept(NOT_TAKEN_IN, found.line, {found.element: [found.raw]}))

    def _read(self, found: Field[T]) -> T | None:
        if found.given and found.value is None:
            self.not_taken(found)
        return found.value


def _unplaced(value: Any) -> Any:
    """The same without the lines on which it stood."""
    if isinstance(value, Mapping):
        return {name: _unplaced(inside) for name, inside in value.items() if name != "line"}
    return [_unplaced(each) for each in value] if isinstance(value, list) else value
