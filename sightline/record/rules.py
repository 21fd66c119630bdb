"""The words that an entry is made of, before they are written. Pure: no database, no clock."""

from dataclasses import dataclass
from uuid import UUID

from sightline.access.rules import Section
from sightline.kernel.errors import Refusal


@dataclass(frozen=True)
class Words:
    """A paragraph: whom it is about, in which section, who told us, how it may be handled.

    `kept_to` are the posts and accounts whom a child wished to read it, and nobody named is everybody.
    """

    text: str
    about: tuple[UUID, ...]
    heading: str = ""
    section: Section = Section.ORDINARY
    told_by: str = ""
    handling: str = "ordinary"
    kept_to: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Concerned:
    """Somebody whom an entry concerns. `seen` is empty where nobody set out to see them."""

    person: UUID
    part: str = "child"
    seen: str = ""


def worth_writing(words: list[Words], concerned: list[Concerned]) -> list[Words]:
    """The paragraphs with something in them; refuses an entry that says nothing of nobody."""
    if not concerned:
        raise Refusal("Choose at least one person whom this is about.", field="people")
    kept = [paragraph for paragraph in words if paragraph.text.strip()]
    if not kept:
        raise Refusal("Write what happened. Nothing has been lost.", field="text")
    named = {subject.person for subject in concerned}
    for paragraph in kept:
        if not paragraph.about:
            raise Refusal("Say whom each paragraph is about.", field="text")
        if not set(paragraph.about) <= named:
            raise Refusal(
                "A paragraph is about somebody who is not on this entry. Add them to it first.",
                field="text",
            )
    return kept


NAMES_NOBODY = frozenset({"review_emergency", "review_restriction"})
"""Kinds of steps that are for nobody by name: whoever carries them may not be among those who read the record."""

# --- whether a child was seen --------------------------------------------------------------------

SEEN = frozenset({"seen", "seen_alone", "observed"})
ALONE = frozenset({"seen_alone", "observed"})
GLIMPSED = frozenset({"doorstep", "video"})
"""Told beside the last time a child was seen; they count neither as seen nor as not seen."""
# `doorstep`, `video` and `cancelled_by_us` neither count towards a row without access nor break it.
NO_ACCESS = frozenset({"not_seen", "refused", "nobody_in", "cancelled", "not_brought"})
ENDS_NO_ACCESS = SEEN | {"brought"}
NOT_ALONE = (SEEN - ALONE) | GLIMPSED | (NO_ACCESS - {"not_brought"})
"""A visit at which, or because of which, the child was not seen alone. Appointments are no visits."""
AT_MOST = 12
"""How far a row is counted: beyond it, what is said is that it is as long or longer."""


def makes_a_pattern(before: int, after: int, number: int) -> bool:
    """Whether the row that was `before` long now stands together as one pattern, and did not already."""
    return before < number <= after
