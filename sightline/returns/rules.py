"""What a child in a census file becomes in the register and the record. Pure: no database, no clock.

A fault never stops a child. What the file says and our tables cannot hold is kept as it was written
(`Kept`, module `NOT_TAKEN_IN`) and named in a `Note`, with what to do about it.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sightline.returns.cin import Child, Episode, Field, Stray, Year

NOT_TAKEN_IN = "not taken in"
CONFERENCE = "conferences without an enquiry"
# Groups of a later stage: the file's element, and what the stage's worker calls them.
MODULES = {
    "assessments": "assessments",
    "cin_plans": "child in need plans",
    "enquiries": "section 47 enquiries",
    "protection_plans": "child protection plans",
    "pre_proceedings": "pre-proceedings",
}
LONGEST_ID = 30
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_ETHNICITY = re.compile(r"[A-Z]{4}")
_DISABILITY = re.compile(r"[A-Z]{2,4}")
_SHORT_CODE = re.compile(r"[0-9A-Z]{1,3}")
_SEXES = {"male": "M", "female": "F"}
_NOT_KNOWN = ("not recorded or unborn", "unknown or unborn")


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
    """Part of the file that waits for a stage that is not built yet, under the file's own names."""

    module: str
    line: int
    values: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The same for the same words, wherever in a file they stand."""
        return hashlib.sha256(json.dumps([self.module, _unplaced(self.values)], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class EpisodeFacts:
    """One episode of need. Without `closed_on` it is open."""

    line: int
    opened_on: date
    source: str = ""
    need: str = ""
    no_further_action: bool = False
    closed_on: date | None = None
    closure_reason: str = ""
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
        }


def plain_id(written: str) -> str:
    """A child id as it is kept: the same for the same child, however it was spaced."""
    return re.sub(r"\s", "", written).upper()


def read_child(child: Child, *, year: Year, first_day: date, until: date) -> ChildFacts:
    """A child as the register and the record will hold them. No day after `until` is taken in."""
    return _Reading(child, year, first_day, until).read()


def merge(one: ChildFacts, again: ChildFacts) -> ChildFacts:
    """A child who stands in the file twice is one child; what the first says of who they are stands."""
    twice = _note(again.child_id, again.line, "LAchildID", again.child_id, TWICE)
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
SEX_NOT_HELD: Saying = (
    "It was taken in as not known; it is kept as written.",
    CANNOT_BE_HELD[1],
)


def _note(child: str, line: int, element: str, found: str, saying: Saying) -> Note:
    return Note(child, line, element, found[:80], *saying)


@dataclass
class _Reading:
    """Reads one child, gathering notes and what is kept on the way."""

    child: Child
    year: Year
    first_day: date
    until: date
    notes: list[Note] = field(default_factory=list)
    unheld: list[Kept] = field(default_factory=list)

    def read(self) -> ChildFacts:
        who, what = self.child.identifiers, self.child.characteristics
        birth_date, expected = self._day(who.birth_date), self._date(who.expected_birth_date)
        episodes = tuple(self._episode(one) for one in self.child.episodes)
        facts: dict[str, Any] = {
            "child_id": plain_id(self.child.id),
            "line": self.child.line,
            "birth": "exact" if birth_date else "expected" if expected else "unknown",
            "birth_date": birth_date,
            "expected_date": expected,
            "death_date": self._day(who.death_date),
            "sex": self._sex(who.sex),
            "ethnicity": self._code(what.ethnicity, _ETHNICITY),
            "disabilities": self._codes(what.disabilities),
            "numbers": tuple(self._numbers()),
            "episodes": episodes,
        }
        if who.upn_unknown.given:
            self.unheld.append(Kept(NOT_TAKEN_IN, who.upn_unknown.line, {"UPNunknown": [who.upn_unknown.raw]}))
        for group in (self.child, who, what):
            self.unheld += _strays(group.strays)
        return ChildFacts(**facts, kept=tuple(self.unheld), notes=tuple(self.notes))

    def _numbers(self) -> Iterator[tuple[str, str]]:
        who = self.child.identifiers
        yield "child_id", plain_id(self.child.id)
        for scheme, found in (("upn", who.upn), ("former_upn", who.former_upn)):
            written = plain_id(found.raw)
            if _UPN.fullmatch(written):
                yield scheme, written
            elif written:
                self._not_taken(found)

    def _sex(self, found: Field[str]) -> str:
        if not found.given:
            return "U"
        words = self.year.sex_codes.get(found.raw.upper())
        if words is None:
            self._not_taken(found)
        elif words not in _SEXES and words not in _NOT_KNOWN:
            self._not_taken(found, SEX_NOT_HELD)
        return _SEXES.get(words or "", "U")

    def _code(self, found: Field[str], shape: re.Pattern[str]) -> str:
        written = found.raw.strip().upper()
        if not written or shape.fullmatch(written):
            return written
        self._not_taken(found)
        return ""

    def _codes(self, found: tuple[Field[str], ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for each in found if (code := self._code(each, _DISABILITY))))

    def _date(self, found: Field[date]) -> date | None:
        if found.given and found.value is None:
            self._not_taken(found)
        return found.value

    def _day(self, found: Field[date]) -> date | None:
        """A day that has been: one to come cannot have happened."""
        if found.value is not None and found.value > self.until:
            self._not_taken(found, DAY_TO_COME)
            return None
        return self._date(found)

    def _not_taken(self, found: Field[Any], saying: Saying = CANNOT_BE_HELD) -> None:
        self.notes.append(_note(plain_id(self.child.id), found.line, found.element, found.raw, saying))
        self.unheld.append(Kept(NOT_TAKEN_IN, found.line, {found.element: [found.raw]}))

    def _episode(self, one: Episode) -> EpisodeFacts:
        kept = tuple(_later_stages(one))
        referred = one.referral_date.value
        opened_on = referred if referred and referred <= self.until else self._stand_in(one)
        closed_on = self._day(one.closure_date)
        no_further_action = bool(one.no_further_action.value)
        if no_further_action and not one.closure_date.given and not kept:
            # It ended with itself, as `open_episode` has it; where something followed, it goes on.
            closed_on = opened_on
        return EpisodeFacts(
            line=one.line,
            opened_on=opened_on,
            source=self._code(one.referral_source, _SHORT_CODE),
            need=self._code(one.primary_need, _SHORT_CODE),
            no_further_action=no_further_action,
            closed_on=closed_on,
            closure_reason=self._code(one.closure_reason, _SHORT_CODE),
            kept=(*kept, *_strays(one.strays)),
        )

    def _stand_in(self, one: Episode) -> date:
        """An episode without a day cannot be held, and nobody would carry the child: a day stands in."""
        inside = [
            found.value
            for group in one.groups()
            for found in group.all_fields()
            if isinstance(found.value, date) and found.value <= self.until
        ]
        found = one.referral_date
        self._not_taken(found, NO_DAY if inside else NO_DAY_AT_ALL)
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
        notes.append(_note(child.child_id, one.line, "CINreferralDate", one.opened_on.isoformat(), SAME_DAY))
    return replace(child, episodes=tuple(first.values()), notes=(*child.notes, *notes))


def _joined(one: EpisodeFacts, again: EpisodeFacts) -> EpisodeFacts:
    """The first, open if either is. What the second said is kept beside what waits."""
    said = {
        "CINreferralDate": [again.opened_on.isoformat()],
        "ReferralSource": [again.source],
        "PrimaryNeedCode": [again.need],
        "CINclosureDate": [again.closed_on.isoformat() if again.closed_on else ""],
        "ReasonForClosure": [again.closure_reason],
        "ReferralNFA": [str(again.no_further_action).lower()],
    }
    kept = (*one.kept, *again.kept, Kept(NOT_TAKEN_IN, again.line, said))
    if one.closed_on is not None and again.closed_on is None:
        return replace(again, line=one.line, kept=kept)
    return replace(one, kept=kept)


def _later_stages(one: Episode) -> Iterator[Kept]:
    for name, module in MODULES.items():
        for group in getattr(one, name):
            yield Kept(module, group.line, group.as_staged())
    if one.conference.given:
        yield Kept(CONFERENCE, one.conference.line, {"DateOfInitialCPC": [one.conference.raw]})


def _strays(strays: tuple[Stray, ...]) -> list[Kept]:
    return [Kept(NOT_TAKEN_IN, stray.line, {stray.element: [stray.text]}) for stray in strays]


def _unplaced(value: Any) -> Any:
    """The same without the lines on which it stood."""
    if isinstance(value, Mapping):
        return {name: _unplaced(inside) for name, inside in value.items() if name != "line"}
    return [_unplaced(each) for each in value] if isinstance(value, list) else value
