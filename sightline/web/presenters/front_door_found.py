"""Who may be meant, in words: why they match, how old they are, where, and to whom they are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.people.queries import Match
from sightline.web.presenters import words
from sightline.web.presenters.found_apart import because_words, nobody_words, told_apart
from sightline.web.presenters.matches import ring_words
from sightline.workforce.queries import Ring

TO_BE_ASKED = (
    "Register them here as somebody new, with what you were told: it goes to whoever carries them, "
    "and nobody else finds it."
)

NOBODY = "Nobody in the register fits. Check the spelling, or leave out what is least certain and search again."


@dataclass(frozen=True)
class FoundPerson:
    """One line of the results. `closed` is what to do about a restricted record, which nobody adds to a contact."""

    person: str
    name: str
    known_as: str
    facts: str
    because: str
    open_to: str
    same_name: bool
    closed: str = ""


@dataclass(frozen=True)
class Found:
    """The results. `heading` is read out when they change; `nobody` is what is said where there are none."""

    heading: str
    people: tuple[FoundPerson, ...]
    has_words: bool
    folded: tuple[FoundPerson, ...]
    fold_words: str
    nobody: str


def present_found(
    matches: Sequence[Match],
    carriers: Mapping[UUID, UUID],
    posts: Mapping[UUID, str],
    rings: Mapping[UUID, Ring],
    *,
    text: str,
    on: date,
) -> Found:
    """The results in the order of the search; those of a name like it are folded where somebody has the name itself."""
    apart = told_apart(matches, text=text, on=on)
    counted = words.count(len(matches), "person", "people")
    same = f": {words.count(len(apart.first), 'person', 'people')} of the same name" if apart.heading else ""
    return Found(
        heading=f"{counted} who may be meant{same}" if matches else "Nobody found",
        people=tuple(_line(one, carriers, posts, rings, on) for one in apart.first),
        has_words=bool(text.strip()),
        folded=tuple(_line(one, carriers, posts, rings, on) for one in apart.folded),
        fold_words=apart.fold_words,
        nobody=nobody_words(text, on=on, otherwise=NOBODY),
    )


def _line(
    match: Match, carriers: Mapping[UUID, UUID], posts: Mapping[UUID, str], rings: Mapping[UUID, Ring], on: date
) -> FoundPerson:
    carrier = posts.get(carriers.get(match.person, match.person), "")
    born = match.birth_words()
    facts = [match.kind.capitalize(), match.age_words(on)]
    if match.birth == "exact":
        facts.append(f"born {born}")
    if match.area:
        facts.append(match.area)
    return FoundPerson(
        person=str(match.person),
        name=match.name,
        known_as=match.known_as,
        facts=", ".join(facts),
        because=because_words(match),
        open_to=f"Open to {carrier}" if carrier else "",
        same_name=match.same_name,
        closed=f"{ring_words(match, carriers, rings)} {TO_BE_ASKED}" if match.closed else "",
    )
