"""Free text of a copy: names, days, addresses, identifiers, teams and keys in it are those of the copy.

A word is a name where it stands whole and with a capital letter, with or without a possessive; who is shared by all
copies keeps theirs. A day is moved as the record's days are, and stays the same day of the week.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sightline.commands.simulation.place.town import BEGINNINGS, ENDINGS
from sightline.commands.simulation.replication import naming

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NUMBER = {name[:3]: at for at, name in enumerate(MONTHS, 1)}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
CAPITAL = r"(?:O['\u2019])?[A-ZÀ-ÖØ-Þ][\wÀ-ÿ]*(?:-[A-ZÀ-ÖØ-Þ][\wÀ-ÿ]*)*"
MONTH = "|".join(NUMBER)
WEEKDAY = rf"(?:(?P<week>{'|'.join(DAYS)})[a-z]*,? )?"
WRITTEN = "|".join(
    (
        rf"(?P<key>\b{KEY}\b)",
        r"(?P<email>\b[\w.+-]+@[\w.-]+\.example\b)",
        r"(?P<moment>\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)",
        r"(?P<iso>\b\d{4}-\d\d-\d\d(?!\d))",
        r"(?P<clock>(?<![\d:.])[0-2]?\d:[0-5]\d(?![\d:]))",
        r"(?P<slashed>\b\d\d/\d\d/\d{4}\b)",
        rf"(?P<day>\b{WEEKDAY}(?P<number>\d{{1,2}}) (?P<month>{MONTH})(?P<rest>[a-z]*)(?P<year> \d{{4}})?\b)",
        r"(?P<nhs>\b999[ ]?\d{3}[ ]?\d{4}\b)",
        r"(?P<upn>\b[A-Z]990\d{8}[\dA-Z]\b)",
        r"(?P<postcode>\bQ[A-Z]\d{1,2}(?= \d[A-Z]{2}\b))",
        r"(?P<phone>\b01632 960\d{3}\b)",
        r"(?P<sw>\bSW\d{6}\b)",
        rf"(?P<called>\b{CAPITAL}(?: {CAPITAL})*)",
    )
)


@dataclass
class Texts:
    """What a copy's words are. `fixed` are phrases that stay, `phrases` others that change whole."""

    names: Mapping[str, str]
    fixed: frozenset[str]
    phrases: Mapping[str, str]
    identifiers: Mapping[str, str]
    districts: Mapping[str, str]
    registrations: Mapping[str, str]
    phones: Mapping[str, str]
    streets: Mapping[str, str]
    key: Callable[[str], str]
    email: Callable[[str], str]
    day: Callable[[date], date]
    moment: Callable[[str], str]
    clock: Callable[[str], str]
    last: date
    """Of a day without a year: the latest that it can be."""
    _longest: int = 1
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        others = "|".join(re.escape(one) for one in sorted(self.phrases, key=len, reverse=True))
        self._pattern = re.compile((rf"(?P<phrase>\b(?:{others})\b)|" if others else "(?P<phrase>(?!))|") + WRITTEN)
        self._longest = max((one.count(" ") + 1 for one in self.fixed), default=1)

    def write(self, text: str) -> str:
        """The text of the copy."""
        return self._pattern.sub(self._one, text)

    def told(self, written: Any) -> Any:
        """The same for whatever JSON may hold."""
        if isinstance(written, str):
            return self.write(written)
        if isinstance(written, list):
            return [self.told(one) for one in written]
        if isinstance(written, dict):
            return {name: self.told(one) for name, one in written.items()}
        return written

    def _one(self, found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        text = found.group()
        if found["called"]:
            return self._called(text)
        if found["day"]:
            return self._said(found)
        if found["nhs"]:
            return self._spaced(text)
        ways: dict[str, Callable[[str], str]] = {
            "key": self.key, "email": self.email, "moment": self.moment, "clock": self.clock,
            "iso": self._iso, "slashed": self._slashed,
            "upn": lambda one: self.identifiers.get(one, one), "postcode": lambda one: self.districts.get(one, one),
            "phone": lambda one: self.phones.get(one, one),
            "sw": lambda one: self.registrations.get(one, one), "phrase": lambda one: self.phrases[one],
        }  # fmt: skip
        return ways[kind](text)

    def _spaced(self, text: str) -> str:
        plain = text.replace(" ", "")
        made = self.identifiers.get(plain, plain)
        return made if text == plain or not made else f"{made[:3]} {made[3:6]} {made[6:]}"

    # --- days -----------------------------------------------------------------------------------

    def _iso(self, text: str) -> str:
        try:
            return self.day(date.fromisoformat(text)).isoformat()
        except ValueError:
            return text

    def _slashed(self, text: str) -> str:
        day, month, year = map(int, text.split("/"))
        try:
            return f"{self.day(date(year, month, day)):%d/%m/%Y}"
        except ValueError:
            return text

    def _said(self, found: re.Match[str]) -> str:
        meant = self._meant(found)
        if meant is None:
            return found.group()
        moved = self.day(meant)
        month = (
            MONTHS[moved.month - 1] if len(found["rest"]) or found["month"] == "May" else MONTHS[moved.month - 1][:3]
        )
        head = found.group()[: found.start("number") - found.start()]
        if found["week"] and moved.weekday() != meant.weekday():
            head = f"{DAYS[moved.weekday()]} "
        return f"{head}{moved.day} {month}" + (f" {moved.year}" if found["year"] else "")

    def _meant(self, found: re.Match[str]) -> date | None:
        """The day itself. Without a year, the latest that falls on that day of the week and has been, or nearly."""
        number, month = int(found["number"]), NUMBER[found["month"]]
        first = int(found["year"]) if found["year"] else self.last.year + 1
        for year in (first,) if found["year"] else range(first, first - 12, -1):
            try:
                day = date(year, month, number)
            except ValueError:
                continue
            if found["year"] or (
                day <= self.last + timedelta(days=200) and (not found["week"] or DAYS[day.weekday()] == found["week"])
            ):
                return day
        return None

    # --- names ----------------------------------------------------------------------------------

    def _called(self, text: str) -> str:
        words, made, at = text.split(" "), [], 0
        while at < len(words):
            long = self._stays(words, at)
            if long:
                made += words[at : at + long]
                at += long
            elif at + 1 < len(words) and words[at] in STREETS and words[at + 1] in ROADS:
                made += [self.streets[words[at]], words[at + 1]]
                at += 2
            else:
                made.append(naming.name(self.names, words[at]))  # type: ignore[arg-type]  # it is only read
                at += 1
        return " ".join(made)

    def _stays(self, words: list[str], at: int) -> int:
        for long in range(min(self._longest, len(words) - at), 0, -1):
            if " ".join(words[at : at + long]) in self.fixed:
                return long
        return 0


STREETS, ROADS = frozenset(BEGINNINGS), frozenset(ENDINGS)
