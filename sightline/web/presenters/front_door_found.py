"""Who may be meant, in words: why they match, how old they are, where, and to whom they are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.people.queries import Match
from sightline.web.presenters import words
from sightline.web.presenters.matches import ring_words
from sightline.workforce.queries import Ring

TO_BE_ASKED = (
    "Register them here as somebody new, with what you were told: it goes to whoever carries them, "
    "and nobody else finds it."
)


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
    """The results. `heading` is read out when they change."""

    heading: str
    people: tuple[FoundPerson, ...]
    has_words: bool


def present_found(
    matches: Sequence[Match],
    carriers: Mapping[UUID, UUID],
    posts: Mapping[UUID, str],
    rings: Mapping[UUID, Ring],
    *,
    text: str,
    on: date,
) -> Found:
    """The results in the order of the search."""
    people = tuple(_line(one, carriers, posts, rings, on) for one in matches)
    counted = words.count(len(people), "person", "people")
    heading = f"{counted} who may be meant" if people else "Nobody found"
    return Found(heading=heading, people=people, has_words=bool(text.strip()))


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
        because=words.listing(match.because),
        open_to=f"Open to {carrier}" if carrier else "",
        same_name=match.same_name,
        closed=f"{ring_words(match, carriers, rings)} {TO_BE_ASKED}" if match.closed else "",
    )
