"""How a round of assessing is signed, and what a document may hold. Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.errors import Refusal
from sightline.practice.spec import Form, Question

PartKey = tuple[str, UUID | None]
"""Where words are kept: the question's key, and the child it is asked of, or None for the family."""


class Standing(StrEnum):
    """Where a round's signing stands."""

    WRITING = "writing"
    WITH_MANAGER = "with_manager"
    WITH_SECOND = "with_second"
    RETURNED = "returned"
    CHANGED = "changed"
    SIGNED = "signed"


STANDING_WORDS = {
    Standing.WRITING: "Being written",
    Standing.WITH_MANAGER: "With a manager",
    Standing.WITH_SECOND: "Authorised, and with a second manager",
    Standing.RETURNED: "Returned for edits",
    Standing.CHANGED: "Changed after it was sent, so the sign-off no longer stands",
    Standing.SIGNED: "Signed",
}

MOVES: Mapping[Standing, Mapping[str, Standing]] = {
    Standing.WRITING: {"submitted": Standing.WITH_MANAGER, "gone_on": Standing.WRITING},
    Standing.WITH_MANAGER: {
        # Sent again to another manager, while the first is away.
        "submitted": Standing.WITH_MANAGER,
        "returned": Standing.RETURNED,
        "sent_on": Standing.WITH_SECOND,
        "authorised": Standing.SIGNED,
        "voided": Standing.CHANGED,
        "gone_on": Standing.WITH_MANAGER,
    },
    Standing.WITH_SECOND: {
        "returned": Standing.RETURNED,
        "authorised": Standing.SIGNED,
        "voided": Standing.CHANGED,
        "gone_on": Standing.WITH_SECOND,
    },
    Standing.RETURNED: {"submitted": Standing.WITH_MANAGER, "gone_on": Standing.RETURNED},
    Standing.CHANGED: {"submitted": Standing.WITH_MANAGER, "gone_on": Standing.CHANGED},
    Standing.SIGNED: {},
}
"""Every move that the signing of a round can make: from where, by which turn, to where."""

MOVED_BY: Mapping[str, str] = {
    "submitted": "A registered social worker; for early help also a family support worker",
    "returned": "A manager, with words",
    "sent_on": "A manager who did not write it, to a second manager",
    "authorised": "A manager who neither sent it nor authorised it before",
    "voided": "Nobody: an edit does it",
    "gone_on": "Whoever writes in it, with why it is asked for again",
}
"""Who makes each turn."""

WITH_A_MANAGER = frozenset({Standing.WITH_MANAGER, Standing.WITH_SECOND})

_REFUSED = {
    Standing.WRITING: "This assessment has not been sent to a manager yet.",
    Standing.WITH_MANAGER: "This assessment is with a manager.",
    Standing.WITH_SECOND: (
        "This assessment was authorised and is with a second manager. "
        "Ask them to return it, or change what it says: that brings it back."
    ),
    Standing.RETURNED: "This assessment was returned for edits. It comes back when it is sent again.",
    Standing.CHANGED: (
        "This assessment was changed after it was sent, so the sign-off no longer stands. "
        "It comes back when it is sent again."
    ),
    Standing.SIGNED: "This assessment is already signed. What is written now goes into the next one.",
}

CHILDS_OWN_WORDS = frozenset({"wishes"})
ABOUT_HEALTH = frozenset({"health"})


class _Change(Protocol):
    """As much of a change around a child as judging a conclusion needs."""

    @property
    def at(self) -> datetime: ...

    @property
    def on(self) -> date | None: ...


Changed = TypeVar("Changed", bound=_Change)


@dataclass(frozen=True)
class Written:
    """What became of a part that was written: its number, and whether a sign-off went void by it."""

    number: int
    voided: bool = False


def standing_of(turns: Iterable[str]) -> Standing:
    """Where a round stands after these turns, oldest first. A turn that cannot be made there changes nothing."""
    standing = Standing.WRITING
    for turn in turns:
        standing = MOVES[standing].get(turn, standing)
    return standing


def refuse_unless_moves(standing: Standing, turn: str) -> None:
    """Refuse a turn that cannot be made from where the round stands, with what to do instead."""
    if turn not in MOVES[standing]:
        raise Refusal(_REFUSED[standing])


def refuse_unless_asked(question: Question, child: UUID | None) -> None:
    """Refuse words about one child under what is asked of the family, and the other way round."""
    if (question.asked_of == "child") == (child is not None):
        return
    if child is None:
        raise Refusal("This is asked of each child. Say which child it is about.", field="child")
    raise Refusal("This is asked once for the family. Write what concerns one child under that child.", field="child")


def section_of(key: str) -> Section:
    """The section of the record that a part belongs to, on the document and when it is signed."""
    if key in CHILDS_OWN_WORDS:
        return Section.CHILD_WORDS
    return Section.HEALTH if key in ABOUT_HEALTH else Section.ORDINARY


def places_of(questions: Iterable[Question], children: Sequence[UUID]) -> list[PartKey]:
    """Every place for words that these questions make for these children, in the form's order."""
    return [
        (question.key, child)
        for question in questions
        for child in (children if question.asked_of == "child" else (None,))
    ]


def missing_places(form: Form, children: Sequence[UUID], written: Collection[PartKey]) -> list[PartKey]:
    """The parts that a whole assessment needs and that nobody has written: each asks why, and none stops it."""
    needed = places_of((one for one in form.questions if one.required), children)
    return [place for place in needed if place not in written]


def in_form_order(form: Form, children: Sequence[UUID], written: Collection[PartKey]) -> list[PartKey]:
    """What was written, in the form's order; what this version of the form no longer asks comes last."""
    asked = [place for place in places_of(form.questions, children) if place in written]
    return [*asked, *sorted((place for place in written if place not in asked), key=str)]


def since_conclusion(changes: Iterable[Changed], *, concluded_on: date, recorded_at: datetime) -> list[Changed]:
    """Of these changes, those that whoever concluded something cannot have known, oldest first.

    What was recorded afterwards, whenever it came about, and what came about after the day of a
    conclusion that was itself recorded late.
    """
    later = [one for one in changes if one.at > recorded_at or (one.on is not None and one.on > concluded_on)]
    return sorted(later, key=lambda one: one.at)
