"""The rules' register: each rule under the department's code, in our own words.

A rule is a small pure function over one child or one episode that gives the places at
fault; a rule about the whole file is a class that sees every child and then answers.
Whatever the department calls it, every fault is a query for us: the child loads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from sightline.kernel.errors import Refusal
from sightline.kernel.working_days import add_working_days
from sightline.returns.cin.parts import Child, Episode, Field
from sightline.returns.cin.reader import Census

Kind = Literal["error", "query", "own"]
Place = Field[Any]
ChildRule = Callable[[Child, Census], Iterable[Place]]
EpisodeRule = Callable[[Episode, Child, Census], Iterable[Place]]


class Whole(Protocol):
    """A rule about the whole file. It keeps counts and marks, never the children."""

    def __init__(self, census: Census) -> None: ...
    def see(self, child: Child) -> Iterable[Place]:
        """Places at fault in this child's own record, when that is already known."""
        ...

    def finish(self) -> Iterable[Place]:
        """Places at fault in the file as a whole; an empty element is the file."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code, what is wrong, and what to do about it.

    ``kind`` is the department's own (error or query), or "own" for a check of ours.
    """

    code: str
    kind: Kind
    what: str
    remedy: str


class Fault(NamedTuple):
    """One fault: the child's id (empty for the file), line, element, rule, and what was found."""

    child: str
    line: int
    element: str
    rule: str
    found: str


RULES: dict[str, Rule] = {}
CHILD_RULES: list[tuple[str, ChildRule]] = []
EPISODE_RULES: list[tuple[str, EpisodeRule]] = []
WHOLE_RULES: list[tuple[str, type[Whole]]] = []
C = TypeVar("C", bound=ChildRule)
E = TypeVar("E", bound=EpisodeRule)
W = TypeVar("W", bound=type[Whole])


def declare(code: str, what: str, remedy: str) -> None:
    """Puts a rule's words in the register. The kind follows from the code."""
    if code in RULES:
        raise ValueError(f"rule {code} is declared twice")
    kind: Kind = "own" if code.startswith("SL") else "query" if code.endswith("Q") else "error"
    RULES[code] = Rule(code, kind, what, remedy)


def child_rule(code: str, what: str, remedy: str) -> Callable[[C], C]:
    """Registers a rule over one child."""
    declare(code, what, remedy)

    def register(rule: C) -> C:
        CHILD_RULES.append((code, rule))
        return rule

    return register


def episode_rule(code: str, what: str, remedy: str) -> Callable[[E], E]:
    """Registers a rule over one episode of a child."""
    declare(code, what, remedy)

    def register(rule: E) -> E:
        EPISODE_RULES.append((code, rule))
        return rule

    return register


def whole_rule(code: str, what: str, remedy: str) -> Callable[[W], W]:
    """Registers a rule over the whole file."""
    declare(code, what, remedy)

    def register(rule: W) -> W:
        WHOLE_RULES.append((code, rule))
        return rule

    return register


# ---- words that rules share ------------------------------------------------------------


def before(day: Field[date], other: Field[date] | date | None) -> bool:
    """True when both days are known and the first is earlier."""
    against = other.value if isinstance(other, Field) else other
    return day.value is not None and against is not None and day.value < against


def after(day: Field[date], other: Field[date] | date | None) -> bool:
    """True when both days are known and the first is later."""
    against = other.value if isinstance(other, Field) else other
    return day.value is not None and against is not None and day.value > against


def outside(day: Field[date], census: Census) -> bool:
    """True when the day is known and not from the census's first day to its reference date."""
    return before(day, census.start) or after(day, census.end)


def weekend(day: Field[date]) -> bool:
    """True on a Saturday or Sunday."""
    return day.value is not None and day.value.weekday() >= 5


def repeated(values: Iterable[Place]) -> Iterator[Place]:
    """Each value that has stood before."""
    seen: set[str] = set()
    for value in values:
        if value.given and value.raw in seen:
            yield value
        seen.add(value.raw)


def wrong_code(value: Field[str], codes: frozenset[str]) -> bool:
    """True when something is given and the year has no such code."""
    return value.given and value.raw not in codes


@cache
def working_days_before(day: date, n: int) -> date | None:
    """The day n working days earlier, or None beyond the table of bank holidays."""
    try:
        return add_working_days(day, -n)
    except Refusal:
        return None


def years_before(day: date, years: int) -> date:
    """The same day years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


DAYS_IN_40_WEEKS = timedelta(days=280)


class Span(NamedTuple):
    """A period with the field that begins it; ``last`` None while it is open."""

    first: Field[date]
    last: date | None


def begins_within(start: Field[date], span: Span, end: date, *, touching: bool) -> bool:
    """True when a day falls in a period, which runs to ``end`` while it is open.

    ``touching`` says whether the day on which a closed period ends counts.
    """
    day, first = start.value, span.first.value
    if day is None or first is None or day < first:
        return False
    if span.last is None:
        return day <= end
    return day <= span.last if touching else day < span.last


def overlapping(spans: list[Span], end: date, *, touching: bool) -> Iterator[Place]:
    """The start of each period that begins inside another.

    In order of start, it is enough to know how far the periods before it reach.
    """
    known = sorted((s for s in spans if s.first.value), key=lambda s: (s.first.value, s.first.line))
    reach: date | None = None
    previous: Span | None = None
    for span in known:
        day = span.first.value
        same = previous is not None and previous.first.value == day
        if same or (reach and day and (day <= reach if touching else day < reach)):
            yield span.first
        last = max(span.last or end, day) if day else end
        reach = max(reach, last) if reach else last
        previous = span
