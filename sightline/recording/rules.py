"""What a worker wrote, before it is recorded. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.record.rules import Concerned, Words

CLOSED_ELSEWHERE = {
    "decide_contact": "A contact is closed by its decision. Open the contact and decide it there.",
    "acknowledge": "This is closed by acknowledging the contact. Open the feedback page and do it there.",
    "feedback": "Feedback is closed by giving it. Open the feedback page and give it there.",
    "check_answer": "A question to an agency is closed by its answer. Record the answer on the contact.",
}
"""Steps that only the act they wait for can end, with what to do instead."""


@dataclass(frozen=True)
class Action:
    """Something to be done after what was recorded, by whom, and by which day."""

    what: str
    post: UUID
    due_on: date | None = None


@dataclass(frozen=True)
class Written:
    """A note as it is handed in. Each paragraph says whom it is about."""

    concerned: tuple[Concerned, ...]
    words: tuple[Words, ...]
    occurred: When | None = None
    documents: tuple[UUID, ...] = ()
    actions: tuple[Action, ...] = ()


def refuse_unless_spoken_with(spoken_with: str, direction: str) -> None:
    """A phone call without the other end of the line is no record of one."""
    if not direction:
        raise Refusal("Say who rang whom.", field="direction")
    if not spoken_with.strip():
        raise Refusal("Enter whom you spoke with, or tried to.", field="spoke_with")


def refuse_before_birth(occurred: When, births: Iterable[date]) -> None:
    """Refuse a day on which the youngest child whom a note is about was not yet born."""
    youngest = max(births, default=None)
    if youngest is not None and local_day(occurred.latest) < youngest:
        raise Refusal(
            f"That is before the youngest child chosen was born ({day_words(youngest)}). "
            "Check the date, or choose only the children whom it is about.",
            field="occurred",
        )


def refuse_unless_finishable(kind: str, outcome: str) -> None:
    """Refuse a step that another act ends, and one that ends without a word."""
    if kind in CLOSED_ELSEWHERE:
        raise Refusal(CLOSED_ELSEWHERE[kind])
    if not outcome.strip():
        raise Refusal("Say what was done.", field="outcome")
