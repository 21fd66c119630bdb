"""Whom a search found, told apart: those of the very name that was asked for before those of a name like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.kernel.errors import Refusal
from sightline.people.queries import Match
from sightline.people.rules import plain, read_line
from sightline.web.presenters import words

TOO_LITTLE = (
    "That alone is too little to search by: too many people share it. Add a name, a full date of birth, "
    "a whole postcode, a street or a whole number."
)
SHORTEST_NUMBER = 4


@dataclass(frozen=True)
class ToldApart:
    """Who stands open, likeliest first, and who is folded away under a line of words.

    Nobody is folded away who was found by a number, a day of birth or a home: they may be meant, whatever the name.
    """

    heading: str
    first: tuple[Match, ...]
    folded: tuple[Match, ...] = ()

    @property
    def fold_words(self) -> str:
        """`12 more that sound alike or share a part of the name`."""
        return f"{len(self.folded)} more that sound alike or share a part of the name"


def told_apart(matches: Sequence[Match], *, text: str, on: date) -> ToldApart:
    """The order of the search, but for whoever has exactly that name. Nobody is folded where nobody has."""
    asked = sorted(read_line(text, today=on).words)
    # One word is nobody's whole name.
    same = tuple(one for one in matches if len(asked) > 1 and _has_name(one, asked))
    certain = tuple(one for one in matches if one not in same and not one.is_loose)
    loose = tuple(one for one in matches if one not in same and one not in certain)
    if not same:
        return ToldApart("", tuple(matches))
    return ToldApart("" if certain else "Same name", same + certain, loose)


def _has_name(one: Match, asked: list[str]) -> bool:
    return any(sorted(plain(name).split()) == asked for name in (one.name, one.known_as))


def nobody_words(text: str, *, on: date, otherwise: str) -> str:
    """What is said where nobody was found: that what was typed is what too many share, or `otherwise`."""
    try:
        sought = read_line(text, today=on)
    except Refusal:
        return otherwise
    stub = bool(sought.numbers) and all(len(one) < SHORTEST_NUMBER for one in sought.numbers)
    named = sought.words or sought.born or sought.due or sought.postcode or sought.street
    return TOO_LITTLE if sought.is_empty or (stub and not named) else otherwise


def because_words(one: Match) -> str:
    """`Same name, same postcode`; empty where the search does not say."""
    found = words.listing(one.because)
    return found[:1].upper() + found[1:]
