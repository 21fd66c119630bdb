"""What a meeting came to, whether enough agencies were there, and who may have which paragraph of it.

Pure: no database, no clock. A letter is made only of what passes here, so that nothing has to be taken out of it
again (Working Together to Safeguard Children 2023, chapter 3; UK GDPR, article 5(1)(c) and (f)).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.errors import Refusal

PLAN, GOES_ON, NO_PLAN, ENDS = "plan", "goes_on", "no_plan", "ends"
ON_A_PLAN = frozenset({PLAN, GOES_ON})
"""Decisions after which the child is on a child protection plan, and so has a main category."""

CAME = frozenset({"there", "in_part", "deputy"})
"""Attendance by which an agency was heard in the room."""

FOR_PROFESSIONALS = frozenset(
    {Section.ORDINARY, Section.IDENTITY, Section.HEALTH, Section.POLICE, Section.CHILD_WORDS, Section.THIRD_PARTY}
)
"""Sections of which a professional at the meeting is sent. An address is in nobody's letter."""

FOR_PARENTS = frozenset({Section.ORDINARY, Section.HEALTH})
FOR_THE_CHILD = frozenset({Section.ORDINARY, Section.HEALTH, Section.CHILD_WORDS})

FOR_ANYBODY_THERE = frozenset({"ordinary"})
AMONG_PROFESSIONALS = frozenset({"ordinary", "not_family", "professionals"})
"""Handling with which a paragraph goes out. What was told on condition of asking first is in nobody's draft."""


@dataclass(frozen=True)
class ViewGiven:
    """What an invitee said or wrote, in their words; `for_plan` is yes, no, unsure, or blank where they did not say."""

    words: str
    for_plan: str = ""
    how: str = "spoken"


@dataclass(frozen=True)
class ChildDecided:
    """One child's part, and what was decided for them: `category` is the main one, which the chair names."""

    child: UUID
    part: str = ""
    part_words: str = ""
    decision: str = ""
    category: str = ""
    others: tuple[str, ...] = ()
    reasons: str = ""


@dataclass(frozen=True)
class DissentGiven:
    """Somebody does not agree with what was decided for a child, in their own words."""

    invitee: UUID
    child: UUID
    words: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the record: about whom, in which section, how it may be handled, and from whom it is kept."""

    text: str
    about: tuple[UUID, ...]
    section: Section = Section.ORDINARY
    handling: str = "ordinary"
    kept_from: tuple[UUID, ...] = ()
    told_by: str = ""
    heading: str = "discussion"


@dataclass(frozen=True)
class Held:
    """A meeting as it was held. `attendance` is by invitee: what it was, and who came for them.

    `next_on` is given only where the chair names an earlier day than the rule does.
    """

    held_at: datetime
    children: tuple[ChildDecided, ...] = ()
    attendance: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)
    views: Mapping[UUID, ViewGiven] = field(default_factory=dict)
    dissents: tuple[DissentGiven, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    alone_because: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Quorum:
    """Whether social care and enough other agencies were there. It is shown, and refuses nothing."""

    holds: bool
    ours: bool
    agencies: int
    needed: int

    @property
    def words(self) -> str:
        """As the record and the page say it."""
        if self.holds:
            return f"There was a quorum: children's social care and {self.agencies} other agencies were there."
        there = f"{self.agencies} other {'agency' if self.agencies == 1 else 'agencies'}"
        social_care = "children's social care and " if self.ours else "children's social care was not there, and "
        return (
            f"There was no quorum: {social_care}{there} {'was' if self.agencies == 1 else 'were'} there, "
            f"where children's social care and at least {self.needed} others are needed."
        )


def quorum(came: Iterable[tuple[UUID, str]], *, ours: bool, counted: Collection[str], needed: int) -> Quorum:
    """Whether enough came: `came` are agencies with their kinds, `ours` says that social care did.

    Two people of one agency are one; `counted` are the kinds that the pack counts.
    """
    agencies = {agency for agency, kind in came if kind in counted}
    return Quorum(ours and len(agencies) >= needed, ours, len(agencies), needed)


# --- what is refused ------------------------------------------------------------------------------


def refuse_undecided(
    decided: Sequence[ChildDecided], children: Mapping[UUID, str], categories: Collection[str]
) -> None:
    """Refuse a child for whom nothing was decided, and a plan whose main category nobody named.

    `children` are those of the meeting with their names; `categories` the pack's codes.
    """
    for one in decided:
        if one.child not in children:
            raise Refusal("This conference is not about that child. Add the child to it first.", field="children")
    given = {one.child: one for one in decided}
    for child, name in children.items():
        one = given.get(child, ChildDecided(child))
        if not one.decision:
            raise Refusal(f"Say what was decided for {name}.", field=f"decision-{child}")
        _refuse_category(one, name, categories)


def refuse_decided(decided: Iterable[ChildDecided]) -> None:
    """Refuse a core group that decides about a plan or its categories: a conference does."""
    if any(one.decision or one.category or one.others for one in decided):
        raise Refusal(
            "A core group decides no child protection plan and names no category: a conference does. Record what was "
            "said, and convene a conference if that is needed.",
            field="children",
        )


def _refuse_category(one: ChildDecided, name: str, categories: Collection[str]) -> None:
    place = f"category-{one.child}"
    if one.decision == PLAN and not one.category:
        raise Refusal(f"Name the main category for {name}.", field=place)
    if one.decision not in ON_A_PLAN and (one.category or one.others):
        raise Refusal(f"{name} is on no child protection plan after this, and so has no category.", field=place)
    unknown = {one.category, *one.others} - {"", *categories}
    if unknown:
        raise Refusal(f"Choose {name}'s categories from the list.", field=place)
    if one.others and not one.category:
        raise Refusal(f"Name which category is the main one for {name}.", field=place)
    if one.category in one.others:
        raise Refusal(f"The main category for {name} is also among the others. Name it once.", field=place)


def refuse_blank_dissent(dissents: Iterable[DissentGiven]) -> None:
    """Refuse a dissent without words: it is kept in the dissenter's own."""
    if any(not one.words.strip() for one in dissents):
        raise Refusal("Write why they do not agree, in their words.", field="dissent")


def refuse_unsendable(paragraphs: Iterable[Paragraph]) -> None:
    """Refuse a paragraph in a section whose readers are named one by one: it has its own place on the record."""
    for one in paragraphs:
        if one.section not in FOR_PROFESSIONALS:
            raise Refusal(
                "Legal advice, supervision and withheld addresses are recorded in their own place, not in the record "
                "of a conference. Take that paragraph out, and record it there.",
                field="paragraphs",
            )


# --- who may have which paragraph -----------------------------------------------------------------


@dataclass(frozen=True)
class Recipient:
    """Whom a letter is for: a professional, a parent with their own children, or a child.

    `told_when` says whether they may know when and where; without it they have only what was decided.
    """

    invitee: UUID
    name: str
    professional: bool = False
    child: bool = False
    children: frozenset[UUID] = frozenset()
    told_when: bool = False


@dataclass(frozen=True)
class Written:
    """A paragraph as it stands on the record, with those from whom it is kept."""

    text: str
    about: frozenset[UUID]
    section: str
    handling: str
    heading: str = ""
    told_by: str = ""
    kept_from: frozenset[UUID] = frozenset()


def may_have(recipient: Recipient, one: Written) -> bool:
    """Whether this paragraph may stand in this recipient's letter.

    It may if, and only if, it is not kept from them, its handling and its section let it go to such a
    person, and, for the family, it is about nobody but their own children (or, for a child, themself).
    """
    if recipient.invitee in one.kept_from or not one.about:
        return False
    if recipient.professional:
        return one.handling in AMONG_PROFESSIONALS and one.section in FOR_PROFESSIONALS
    if not recipient.told_when or one.handling not in FOR_ANYBODY_THERE or not one.about <= recipient.children:
        return False
    return one.section in (FOR_THE_CHILD if recipient.child else FOR_PARENTS)


def unchanged_for(invitee: UUID, before: Sequence[Written], now: Sequence[Written]) -> list[Written]:
    """What stands now, for somebody from whom a paragraph was kept: only words that they could have before.

    A correction may carry what was kept in new words, and nobody marks it again; so what is new is not sent to them.
    """
    if not any(invitee in one.kept_from for one in before):
        return list(now)
    open_before = {one.text for one in before if invitee not in one.kept_from}
    kept_before = {one.text for one in before if invitee in one.kept_from}
    return [one for one in now if one.text in open_before - kept_before]
