"""What a child in a census file becomes in the register and the record. Pure: no database, no clock.

A fault never stops a child. What the file says and our tables cannot hold is kept as it was written
(`Kept`, module `NOT_TAKEN_IN`) and named in a `Note`, with what to do about it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sightline.returns.cin import Child, Episode, Field, Year
from sightline.returns.earlier import Fact
from sightline.returns.reading_groups import read_groups
from sightline.returns.reading_values import (
    NO_DAY,
    NO_DAY_AT_ALL,
    NOT_TAKEN_IN,
    SAME_DAY,
    SEX_NOT_HELD,
    STILL_TO_COME,
    TWICE,
    Kept,
    Note,
    Values,
    note,
    plain_id,
    strays,
)

__all__ = [
    "LONGEST_ID",
    "NOT_TAKEN_IN",
    "ChildFacts",
    "EpisodeFacts",
    "Kept",
    "Note",
    "merge",
    "once_a_day",
    "plain_id",
    "read_child",
]

LONGEST_ID = 30
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_ETHNICITY = re.compile(r"[A-Z]{4}")
_DISABILITY = re.compile(r"[A-Z]{2,4}")
_UPN_UNKNOWN = re.compile(r"UN[0-9]")
_SHORT_CODE = re.compile(r"[0-9A-Z]{1,3}")
_SEXES = {"male": "M", "female": "F"}
_NOT_KNOWN = ("not recorded or unborn", "unknown or unborn")


@dataclass(frozen=True)
class EpisodeFacts:
    """One episode of need, and what happened in it. Without `closed_on` it is open."""

    line: int
    opened_on: date
    source: str = ""
    need: str = ""
    no_further_action: bool = False
    closed_on: date | None = None
    closure_reason: str = ""
    facts: tuple[Fact, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class ChildFacts:
    """One child of the file. `numbers` are pairs of scheme and value, the child id among them."""

    child_id: str
    line: int
    birth: str
    birth_date: date | None
    expected_date: date | None
    death_date: date | None
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    episodes: tuple[EpisodeFacts, ...]
    upn_unknown: str = ""
    kept: tuple[Kept, ...] = ()
    notes: tuple[Note, ...] = ()

    def facts(self) -> dict[str, Any]:
        """What the register also holds, to be compared with it."""
        return {
            "birth_date": self.birth_date and self.birth_date.isoformat(),
            "expected_date": self.expected_date and self.expected_date.isoformat(),
            "death_date": self.death_date and self.death_date.isoformat(),
            "sex": self.sex,
            "ethnicity": self.ethnicity,
            "disabilities": sorted(self.disabilities),
            "upn_unknown": self.upn_unknown,
        }


def read_child(child: Child, *, year: Year, first_day: date, until: date, today: date | None = None) -> ChildFacts:
    """A child as the register and the record will hold them. No day after `until` is taken in.

    A day after `today`, the day of reading, is taken in up to then, and noted.
    """
    return _Reading(child, year, first_day, Values(child, until, today or until)).read()


def merge(one: ChildFacts, again: ChildFacts) -> ChildFacts:
    """A child who stands in the file twice is one child; what the first says of who they are stands."""
    twice = note(again.child_id, again.line, "LAchildID", again.child_id, TWICE)
    unlike = [
        replace(twice, element=name, what="It says otherwise of the same child further up, and that was taken.")
        for name, value in again.facts().items()
        if value != one.facts()[name]
    ]
    return replace(
        one,
        numbers=tuple(dict.fromkeys((*one.numbers, *again.numbers))),
        episodes=(*one.episodes, *again.episodes),
        kept=(*one.kept, *again.kept),
        notes=(*one.notes, *again.notes, twice, *unlike),
    )


@dataclass
class _Reading:
    """Reads one child, its values one by one."""

    child: Child
    year: Year
    first_day: date
    values: Values

    def read(self) -> ChildFacts:
        who, what = self.child.identifiers, self.child.characteristics
        birth_date, expected = self.values.day_so_far(who.birth_date), self.values.any_day(who.expected_birth_date)
        episodes = tuple(self._episode(one) for one in self.child.episodes)
        facts: dict[str, Any] = {
            "child_id": plain_id(self.child.id),
            "line": self.child.line,
            "birth": "exact" if birth_date else "expected" if expected else "unknown",
            "birth_date": birth_date,
            "expected_date": expected,
            "death_date": self.values.day_so_far(who.death_date),
            "sex": self._sex(who.sex),
            "ethnicity": self.values.code(what.ethnicity, _ETHNICITY),
            "disabilities": self.values.codes(what.disabilities, _DISABILITY),
            "numbers": tuple(self._numbers()),
            "episodes": episodes,
            "upn_unknown": self.values.code(who.upn_unknown, _UPN_UNKNOWN),
        }
        for group in (self.child, who, what):
            self.values.unheld += strays(group.strays)
        return ChildFacts(**facts, kept=tuple(self.values.unheld), notes=tuple(self.values.notes))

    def _numbers(self) -> Iterator[tuple[str, str]]:
        who = self.child.identifiers
        yield "child_id", plain_id(self.child.id)
        for scheme, found in (("upn", who.upn), ("former_upn", who.former_upn)):
            written = plain_id(found.raw)
            if _UPN.fullmatch(written):
                yield scheme, written
            elif written:
                self.values.not_taken(found)

    def _sex(self, found: Field[str]) -> str:
        if not found.given:
            return "U"
        words = self.year.sex_codes.get(found.raw.upper())
        if words is None:
            self.values.not_taken(found)
        elif words not in _SEXES and words not in _NOT_KNOWN:
            self.values.not_taken(found, SEX_NOT_HELD)
        return _SEXES.get(words or "", "U")

    def _episode(self, one: Episode) -> EpisodeFacts:
        opened_on = self._opened_on(one)
        facts, kept = read_groups(self.values, one)
        closed_on = self.values.day_so_far(one.closure_date)
        no_further_action = bool(one.no_further_action.value)
        if no_further_action and not one.closure_date.given and not facts and not kept:
            # It ended with itself, as `open_episode` has it; where something followed, it goes on.
            closed_on = opened_on
        return EpisodeFacts(
            line=one.line,
            opened_on=opened_on,
            source=self.values.code(one.referral_source, _SHORT_CODE),
            need=self.values.code(one.primary_need, _SHORT_CODE),
            no_further_action=no_further_action,
            closed_on=closed_on,
            closure_reason=self.values.code(one.closure_reason, _SHORT_CODE),
            facts=facts,
            kept=(*kept, *strays(one.strays)),
        )

    def _opened_on(self, one: Episode) -> date:
        referred = one.referral_date.value
        if referred is None or referred > self.values.until:
            return self._stand_in(one)
        if referred > self.values.today:
            self.values.say(one.referral_date, STILL_TO_COME)
        return referred

    def _stand_in(self, one: Episode) -> date:
        """An episode without a day cannot be held, and nobody would carry the child: a day stands in."""
        inside = [
            found.value
            for group in one.groups()
            for found in group.all_fields()
            if isinstance(found.value, date) and found.value <= self.values.until
        ]
        found = one.referral_date
        self.values.not_taken(found, NO_DAY if inside else NO_DAY_AT_ALL)
        return min(inside, default=self.first_day)


def once_a_day(child: ChildFacts) -> ChildFacts:
    """One episode for each day of referral: that is by what an episode is known again."""
    first: dict[date, EpisodeFacts] = {}
    notes: list[Note] = []
    for one in child.episodes:
        before = first.get(one.opened_on)
        if before is None:
            first[one.opened_on] = one
            continue
        first[one.opened_on] = _joined(before, one)
        notes.append(note(child.child_id, one.line, "CINreferralDate", one.opened_on.isoformat(), SAME_DAY))
    return replace(child, episodes=tuple(first.values()), notes=(*child.notes, *notes))


def _joined(one: EpisodeFacts, again: EpisodeFacts) -> EpisodeFacts:
    """The one that is open, else the one with further action, else the first. What the other said is kept."""
    stands = max(one, again, key=lambda each: (each.closed_on is None, not each.no_further_action))
    other = again if stands is one else one
    said = {
        "CINreferralDate": [other.opened_on.isoformat()],
        "ReferralSource": [other.source],
        "PrimaryNeedCode": [other.need],
        "CINclosureDate": [other.closed_on.isoformat() if other.closed_on else ""],
        "ReasonForClosure": [other.closure_reason],
        "ReferralNFA": [str(other.no_further_action).lower()],
    }
    kept = (*one.kept, *again.kept, Kept(NOT_TAKEN_IN, other.line, said))
    return replace(stands, line=one.line, facts=(*one.facts, *again.facts), kept=kept)
