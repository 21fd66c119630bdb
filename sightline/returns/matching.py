"""Which facts of a file are in the record already, which are new, and which go on from one there. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sightline.kernel.references import new_id
from sightline.returns.earlier import Fact, goes_on, keeping, same
from sightline.returns.reading_values import SAID_TWICE, Note, Saying, note

FIRST_DAYS = ("started_on", "from_on", "began_on", "held_on")
WORKED_ON: Saying = (
    "The file says how this went on, and somebody here works on it; the record was left as it is.",
    "Record here what the file says, if it is right.",
)
OTHERWISE: Saying = (
    "The record says otherwise of one that began on the same day; it was left as it is.",
    "Correct the child's record if the file is right.",
)


@dataclass(frozen=True)
class Held:
    """A row of an earlier system's that the record has. `values` are its columns, as JSON has them.

    `worked_on` where somebody here goes on with it; `told_on` is the reference date of the file that told of it.
    """

    row: UUID
    source: str
    values: Mapping[str, Any]
    step: UUID | None = None
    worked_on: bool = False
    told_on: date | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """By what it is known again: table, kind, first day."""
        return _place(self.source, self.values)


@dataclass(frozen=True)
class PlannedFact:
    """A fact that is written: its row, the step that carries it where it is open, and the row that it goes on from.

    `opens_step` is false where the row that it goes on from has a step, which then carries this one.
    """

    fact: Fact
    row: UUID
    step: UUID | None
    opens_step: bool
    replaces: Held | None = None

    @property
    def ends_step(self) -> UUID | None:
        """The step of the row that it goes on from, where the file says how that ended."""
        return self.replaces.step if self.replaces is not None and self.step is None else None


@dataclass(frozen=True)
class Matched:
    """What of a child's facts is written, what the record had already, and what is noted."""

    came: tuple[PlannedFact, ...] = ()
    known: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()


def match(
    child: str,
    facts: Iterable[Fact],
    *,
    held: Sequence[Held] = (),
    own: frozenset[tuple[str, str, str]] = frozenset(),
    reference_date: date,
) -> Matched:
    """Each fact of the file once, beside what the record has.

    The very same is known. One that says more than a row of the same first day goes on from it, unless the
    row is from a newer file or somebody works on it. One that says less is known. What the record has of its
    own from that day (`own`, by place) is known. Any other is new: two enquiries of one day are two.
    """
    return _Matching(child, list(held), own, reference_date).match(facts)


class _Matching:
    def __init__(
        self, child: str, free: list[Held], own: frozenset[tuple[str, str, str]], reference_date: date
    ) -> None:
        self.child, self.free, self.own, self.reference_date = child, free, own, reference_date
        self.came: list[PlannedFact] = []
        self.known: list[Fact] = []
        self.notes: list[Note] = []

    def match(self, facts: Iterable[Fact]) -> Matched:
        left = [fact for fact in self._each_once(facts) if not self._is_there(fact)]
        left = [fact for fact in left if not self._goes_on(fact)]
        for fact in left:
            self._is_other_or_new(fact)
        return Matched(tuple(self.came), tuple(self.known), tuple(self.notes))

    def _each_once(self, facts: Iterable[Fact]) -> list[Fact]:
        found: list[Fact] = []
        for fact in facts:
            if fact in found:
                self._say(fact, SAID_TWICE)
            else:
                found.append(fact)
        return found

    def _is_there(self, fact: Fact) -> bool:
        for held in self._of_its_day(fact):
            if same(held.values, fact.values()):
                self._take(fact, held)
                return True
        return False

    def _goes_on(self, fact: Fact) -> bool:
        """Whether the record has less of it, or more."""
        values = fact.values()
        for held in self._of_its_day(fact):
            newer = held.told_on is None or held.told_on <= self.reference_date
            if newer and goes_on(held.values, values, may_change=fact.MAY_CHANGE):
                self._add(keeping(fact, held.values), held)
                return True
            if goes_on(values, held.values, may_change=fact.MAY_CHANGE):
                self._take(fact, held)
                return True
        return False

    def _add(self, fact: Fact, held: Held) -> None:
        """What the file says since, unless it is only less, or somebody works on it."""
        if same(held.values, fact.values()):
            self._take(fact, held)
        elif held.worked_on:
            self._say(fact, WORKED_ON)
            self._take(fact, held)
        else:
            self._replace(fact, held)

    def _is_other_or_new(self, fact: Fact) -> None:
        unlike = self._of_its_day(fact)
        if unlike:
            self._say(fact, OTHERWISE)
            self._take(fact, unlike[0])
        elif _place(fact.SOURCE, fact.values()) in self.own:
            self.known.append(fact)
        else:
            step = new_id() if fact.is_open else None
            self.came.append(PlannedFact(fact, new_id(), step, opens_step=step is not None))

    def _replace(self, fact: Fact, held: Held) -> None:
        self.free.remove(held)
        if not fact.is_open:
            planned = PlannedFact(fact, new_id(), None, opens_step=False, replaces=held)
        elif held.step is None:
            planned = PlannedFact(fact, new_id(), new_id(), opens_step=True, replaces=held)
        else:
            planned = PlannedFact(fact, new_id(), held.step, opens_step=False, replaces=held)
        self.came.append(planned)

    def _of_its_day(self, fact: Fact) -> list[Held]:
        place = _place(fact.SOURCE, fact.values())
        return [held for held in self.free if held.place == place]

    def _take(self, fact: Fact, held: Held) -> None:
        self.free.remove(held)
        self.known.append(fact)

    def _say(self, fact: Fact, saying: Saying) -> None:
        self.notes.append(note(self.child, fact.line, fact.ELEMENT, fact.first_day.isoformat(), saying))


def _place(source: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    day = next((values[name] for name in FIRST_DAYS if values.get(name)), "")
    return source, str(values.get("kind", "")), str(day)
