"""The form of a scenario's file, read strictly: what is wrong is said, by the event's number, and nothing is lost.

Pure: no database, no clock. docs/how-to/play-a-scenario.md says it in words.
"""

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sightline.kernel.errors import Refusal
from sightline.kernel.when import When

VERSION = 1
TYPES = frozenset({
    "contact", "referral", "concern_noted", "household_change", "health_contact", "missed_appointment",
    "school_absence", "education_change", "injury_presentation", "critical_incident", "police_callout_da",
    "police_investigation", "visit_child_seen", "visit_child_not_seen", "assessment_outcome", "strategy_meeting",
    "conference", "cp_plan_start", "cp_plan_end", "case_closed", "court_order", "transfer_or_move", "worker_change",
    "disagreement",
})  # fmt: skip
PRECISIONS = ("day", "month", "year", "range")
OF_FILE = frozenset({"scenario", "title", "about", "people", "events", "vocabulary"})
OF_PERSON = frozenset({"ref", "relation", "born", "joined", "left", "identified", "name", "sex"})
OF_EVENT = frozenset({
    "date", "until", "precision", "agency", "site", "type", "about", "from", "summary", "count", "announced",
    "seen_alone", "sent", "category",
})  # fmt: skip
CATEGORIES = ("NEG", "PHY", "SEX", "EMO")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FAMILY = re.compile(r"The ([A-Z][\w'-]+)")


class Unfit(Refusal):
    """A file that is no scenario; its sentences, a line each."""


@dataclass(frozen=True)
class Days:
    """From the first day to the last: one day, a month, a year, or a stretch."""

    first: date
    last: date

    @property
    def when(self) -> When:
        """As the record keeps it."""
        return When.on(self.first, self.last)

    def __str__(self) -> str:
        return str(self.when)


@dataclass(frozen=True)
class Somebody:
    """One of the people: `relation` to the others in words, and when they came to live there and left."""

    ref: str
    relation: str = ""
    born: Days | None = None
    joined: Days | None = None
    left: Days | None = None
    identified: bool = True
    name: str = ""
    sex: str = "U"


@dataclass(frozen=True)
class Happened:
    """One event, as one agency would have recorded it on the day. `more` is what no field here is for."""

    number: int
    when: Days
    agency: str
    kind: str
    about: tuple[str, ...]
    summary: str
    site: str = ""
    told_by: str = ""
    count: str = ""
    announced: bool | None = None
    seen_alone: bool | None = None
    sent: bool | None = None
    category: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """All that the event says which stands in no field of the record: nothing of it is lost."""
        facts = [f"{name.replace('_', ' ').capitalize()}: {said}." for name, said in self.more.items()]
        if self.count:
            facts.insert(0, f"Count: {self.count}.")
        return " ".join([self.summary, *facts]).strip()

    @property
    def kind_words(self) -> str:
        """The type, to be read."""
        return self.kind.replace("_", " ")

    def __str__(self) -> str:
        return f"Event {self.number} ({self.when}, {self.agency.replace('_', ' ')}, {self.kind_words})"


@dataclass(frozen=True)
class Timeline:
    """A whole scenario. `remarks` say what in the file is known to nobody here, a sentence each."""

    key: str
    title: str
    about: str
    people: tuple[Somebody, ...]
    events: tuple[Happened, ...]
    source: Mapping[str, Any]
    remarks: tuple[str, ...]

    @property
    def family(self) -> str:
        """The name under which the people are registered, where the file gives them none."""
        found = _FAMILY.search(self.title)
        return found[1] if found else self.title.split()[0].strip(".,:;").capitalize()


class _Reading:
    """What was found wrong, which stops, and what is only remarked."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.remarks: list[str] = []

    def days(self, said: object, where: str, precision: str = "", until: object = None) -> Days | None:
        first, last = _span(said)
        end = _span(until)[1] if until is not None else last
        if first is None or last is None or end is None:
            self.faults.append(f"{where}: “{said}” is no date. Write 2025-11-18, 2025-11 or 2025, and “until” beside.")
            return None
        if precision == "month":
            first, last = first.replace(day=1), _end_of_month(first)
        elif precision == "year":
            first, last = date(first.year, 1, 1), date(first.year, 12, 31)
        else:
            last = end
        if last < first:
            self.faults.append(f"{where}: its end comes before its beginning.")
            return None
        return Days(first, last)

    def unknown(self, where: str, given: Mapping[str, Any], known: frozenset[str]) -> dict[str, str]:
        more = {name: _plain(said) for name, said in given.items() if name not in known}
        for name in more:
            self.remarks.append(f"{where} has a field “{name}”, for which there is no place. Its words are kept.")
        return more


def read(text: str) -> Timeline:
    """A scenario out of its file. Refuses, in `Unfit`, everything at once that cannot be read."""
    try:
        given = json.loads(text)
    except ValueError as wrong:
        raise Unfit(f"This is no JSON: {wrong}.") from wrong
    if not isinstance(given, dict) or given.get("scenario") != VERSION:
        raise Unfit(f'This is no scenario: its first field is "scenario": {VERSION}.')
    reading = _Reading()
    reading.unknown("The file", given, OF_FILE)
    title = str(given.get("title") or "").strip()
    if not title:
        reading.faults.append("The scenario has no title.")
    people = tuple(_people(given.get("people"), reading))
    events = tuple(sorted(_events(given.get("events"), people, reading), key=lambda one: (one.when.first, one.number)))
    if not people or not events:
        reading.faults.append("A scenario has people and events, and this has none that can be read.")
    if reading.faults:
        raise Unfit("\n".join(reading.faults))
    return Timeline(key_of(title), title, str(given.get("about") or ""), people, events, given, tuple(reading.remarks))


def key_of(title: str) -> str:
    """The word by which a scenario is called."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")


def _people(given: object, reading: _Reading) -> Iterator[Somebody]:
    seen: set[str] = set()
    for number, one in enumerate(given if isinstance(given, list) else [], 1):
        where = f"Person {number}"
        ref = str(one.get("ref") or "").strip() if isinstance(one, dict) else ""
        if not ref or ref in seen:
            reading.faults.append(f"{where} has no “ref” of their own.")
            continue
        seen.add(ref)
        reading.unknown(f"{where} ({ref})", one, OF_PERSON)
        dated = [name for name in ("born", "joined", "left") if one.get(name)]
        spans = {name: reading.days(one[name], f"{where} ({ref})") for name in dated}
        sex = str(one.get("sex") or "U").upper()[:1]
        yield Somebody(
            ref, str(one.get("relation") or "").strip(), identified=one.get("identified") is not False,
            name=str(one.get("name") or "").strip(), sex=sex if sex in "MF" else "U", **spans,
        )  # fmt: skip


def _events(given: object, people: tuple[Somebody, ...], reading: _Reading) -> Iterator[Happened]:
    known = {one.ref for one in people}
    for number, one in enumerate(given if isinstance(given, list) else [], 1):
        where = f"Event {number}"
        if not isinstance(one, dict):
            reading.faults.append(f"{where} is no object.")
            continue
        found = _event(number, one, known, reading)
        if found is not None:
            yield found


def _event(number: int, one: dict[str, Any], known: set[str], reading: _Reading) -> Happened | None:
    where, faults = f"Event {number}", len(reading.faults)
    for name in ("date", "agency", "type", "about"):
        if not one.get(name):
            reading.faults.append(f"{where} has no “{name}”.")
    about = tuple(map(str, one["about"])) if isinstance(one.get("about"), list) else ()
    reading.faults += [f"{where} is about “{ref}”, who is not among the people." for ref in about if ref not in known]
    precision = str(one.get("precision") or "day")
    if precision not in PRECISIONS:
        reading.remarks.append(f"{where} has a precision “{precision}” that is none of {', '.join(PRECISIONS)}.")
    if precision == "range" and "until" not in one and "/" not in str(one.get("date")):
        reading.remarks.append(f"{where} is a range and says no end (“until”): it is taken for its first day.")
    kind, category = str(one.get("type") or ""), str(one.get("category") or "").upper()
    if kind and kind not in TYPES:
        reading.remarks.append(f"{where} has a type “{kind}” that nobody here knows. It is kept as a note.")
    if category and category not in CATEGORIES:
        reading.faults.append(f"{where} has a category “{category}”, which is none of {', '.join(CATEGORIES)}.")
    when = reading.days(one["date"], where, precision, one.get("until")) if one.get("date") else None
    more = reading.unknown(where, one, OF_EVENT)
    if when is None or len(reading.faults) > faults:
        return None
    return Happened(
        number, when, str(one["agency"]), kind, about, str(one.get("summary") or "").strip(),
        site=str(one.get("site") or ""), told_by=str(one.get("from") or ""), count=_plain(one.get("count", "")),
        announced=one.get("announced"), seen_alone=one.get("seen_alone"), sent=one.get("sent"), category=category,
        more=more,
    )  # fmt: skip


def _span(said: object) -> tuple[date | None, date | None]:
    """The first and the last day of "2025-11-18", "2025-11", "2025" or "2025-11-18/2025-12"."""
    first, _, last = str(said).partition("/")
    return _day(first, end=False), _day(last or first, end=True)


def _day(said: str, *, end: bool) -> date | None:
    found = _DAY.fullmatch(said.strip())
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if end else 1)), found[3]
    try:
        one = date(year, month, int(day or 1))
    except ValueError:
        return None
    return one if day or not end else _end_of_month(one)


def _end_of_month(one: date) -> date:
    return one.replace(day=calendar.monthrange(one.year, one.month)[1])


def _plain(said: object) -> str:
    return said.strip() if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
