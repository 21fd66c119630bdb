"""What a worker wrote, before it is recorded. Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.record.rules import GLIMPSED, NO_ACCESS, SEEN, Concerned, Words

AT_A_VISIT = SEEN | GLIMPSED | (NO_ACCESS - {"not_brought"}) | {"cancelled_by_us"}
AT_AN_APPOINTMENT = frozenset({"brought", "not_brought", "cancelled", "cancelled_by_us"})
MET = SEEN | GLIMPSED | {"brought"}
CANCELLED = {"family": "cancelled", "us": "cancelled_by_us"}

CLOSED_ELSEWHERE = {
    "decide_contact": "A contact is closed by its decision. Open the contact and decide it there.",
    "acknowledge": "This is closed by acknowledging the contact. Open the feedback page and do it there.",
    "feedback": "Feedback is closed by giving it. Open the feedback page and give it there.",
    "check_answer": "A question to an agency is closed by its answer. Record the answer on the contact.",
    "visit": "A planned visit is closed by recording it, also when nobody was in, or by cancelling it.",
    "assessment": "An assessment is closed by a manager's signature, or by a manager who ends it unsigned.",
    "authorise_assessment": "A manager authorises the assessment or returns it. Open it and do it there.",
    "evidence_answer": "A request for evidence is closed by the answer, or by saying why you no longer wait for it.",
    "plan": "A plan ends when the last child comes off it. Open the plan and do it there.",
    "service": "Help that was asked for is closed by saying that it began, or why it is not coming. Open the plan.",
    "authorise_ending": "An ending is authorised or returned by a manager, on its own page.",
    "review_emergency": "An emergency access is closed by saying what was found about it, on its own page.",
    "disagreement": "A disagreement is closed by recording how it was resolved. Open it and do it there.",
    "authorise_step": "This is closed by the step that was asked for, or by returning it. Open the plan.",
    "strategy_discussion": "This is closed by asking for the strategy discussion, or by holding one. Open it and do it "
    "there.",
    "strategy": "A strategy discussion is closed by recording it and deciding for each child. Open it and do it there.",
    "enquiry": "A section 47 enquiry is closed by concluding it for each child. Open it and do it there.",
    "medical": "An examination is closed by recording it, or by saying why it was not held. Open it and do it there.",
    "order": "An order ends when somebody says how it ended. Open it and do it there.",
    "convene_conference": "This is closed by convening the conference, or by a manager who says why there is none.",
    "conference": "A conference is closed by recording what it decided, or by calling it off. Open it and do it there.",
    "conference_letters": "Letters are closed by releasing each of them, or by saying why it is not sent.",
    "review_restriction": "A restriction is looked at again on its own page: open it and do it there.",
    "possible_twin": "This is closed by saying whether the two are one person. Open it and do it there.",
    "feedback_enquiry": "This is closed by telling whoever referred how the enquiry ended, or by saying why they "
    "cannot be told. Open the enquiry and do it there.",
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


@dataclass(frozen=True)
class ChildSeen:
    """How a visit or an appointment went for one child: `outcome` is one of record's `Seen`, and empty for the unborn.

    `words` are what the child said, did or drew, on that child's record alone; `words_documents` are the
    pictures, each added beforehand as a document about that child in the same `section`.
    `reason` says why they were not seen, or not alone, and `reason_given_by` who said so. `kept_to` are the posts and
    accounts whom the child wished to read the words; nobody named is everybody who works with them.
    """

    person: UUID
    outcome: str = ""
    reason: str = ""
    reason_given_by: str = ""
    words: str = ""
    words_documents: tuple[UUID, ...] = ()
    section: Section = Section.CHILD_WORDS
    sleeping: str = ""
    kept_to: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class VisitWritten:
    """A visit as it is handed in: `text` is the one narrative about everybody, `paragraphs` are about some.

    `planned` is the step of the planned visit that this one answers. `adults` are those whom the visit also
    concerns, such as the mother of an unborn child. `place` and `sleeping` are codes of the practice pack.
    """

    occurred: When
    children: tuple[ChildSeen, ...]
    text: str = ""
    announced: bool | None = None
    place: str = ""
    present: str = ""
    sleeping: str = ""
    adults: tuple[UUID, ...] = ()
    paragraphs: tuple[Words, ...] = ()
    actions: tuple[Action, ...] = ()
    documents: tuple[UUID, ...] = ()
    planned: UUID | None = None
    late_because: str = ""


@dataclass(frozen=True)
class InjurySeen:
    """The facts of an injury: codes of the pack for `what` and `sites`, the day on which somebody first saw it."""

    what: str
    sites: tuple[str, ...]
    seen_on: date
    seen_by: str = ""
    examined_by: str = ""
    examined_on: date | None = None
    not_examined_because: str = ""


def together(one: date, other: date, window: int) -> bool:
    """Whether two injuries stand together: first seen within so many days of each other, whichever came first."""
    return abs((one - other).days) <= window


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


def refuse_unless_told(
    children: Sequence[ChildSeen], names: Mapping[UUID, str], *, unborn: Collection[UUID], ways: Collection[str]
) -> None:
    """Each child once, with how it went for them; an unborn child is neither seen nor not seen.

    A child who was not seen has the reason, and who gave it. `ways` are the outcomes to choose among.
    """
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    for child in children:
        name = names.get(child.person, "this child")
        if child.person in unborn:
            _refuse_seen_before_birth(child, name)
        elif child.outcome not in ways:
            raise Refusal(f"Say how it went for {name}.", field=f"outcome-{child.person}")
        if lacks_reason(child.outcome, child.reason, child.reason_given_by):
            raise Refusal(say_why(name), field=f"reason-{child.person}")
    if len({child.person for child in children}) < len(children):
        raise Refusal("A child stands here twice. Keep one of the two.", field="children")


def lacks_reason(outcome: str, reason: str, given_by: str) -> bool:
    """Whether somebody was not seen, and it is not said why, or by whom."""
    return outcome == "not_seen" and not (reason.strip() and given_by.strip())


def say_why(name: str) -> str:
    """What is asked of whoever did not see this child, wherever it is asked."""
    return f"Say why {name} was not seen, and who said so."


def _refuse_seen_before_birth(child: ChildSeen, name: str) -> None:
    if child.outcome in SEEN | GLIMPSED:
        raise Refusal(
            f"{name} is not yet born. Leave out whether they were seen, and say in the narrative how the visit went.",
            field=f"outcome-{child.person}",
        )


def refuse_unless_all_of(planned: Collection[UUID], told: Collection[UUID], names: Mapping[UUID, str]) -> None:
    """A planned visit is over for every child to whom it was to be made, or for none."""
    left_out = [names.get(child, "a child") for child in planned if child not in told]
    if left_out:
        raise Refusal(
            f"The visit was also planned to {', '.join(left_out)}. Say how it went for them too.", field="children"
        )


def refuse_unless_cancelled_whole(cancelled_by: str, who: str, reason: str) -> None:
    """A cancelled visit has whose doing it was, who said so, and why."""
    if cancelled_by not in CANCELLED:
        raise Refusal("Say who cancelled it: the family, or we.", field="cancelled_by")
    if not who.strip():
        raise Refusal("Enter who cancelled it.", field="who")
    if not reason.strip():
        raise Refusal("Say why it was cancelled.", field="reason")
