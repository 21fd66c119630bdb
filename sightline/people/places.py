"""Whether words name a place. Pure: no database, no clock."""

import re

from sightline.people.rules import plain, street_words

SHORTEST_NAME = 6
"""Letters of a house's name that make it worth finding by itself: "Larkrise", and not "Oaks"."""


def names_place(words: str, *, lines: str, postcode: str) -> bool:
    """Whether the words hold this postcode, or the street with its number, or the name of the house or refuge.

    However they are spaced and spelt: "qx31ss", "40, Harbour Rd." and "40 harbour road" are found alike.
    """
    if postcode and _postcode(postcode).search(words):
        return True
    said = f" {street_words(' '.join(words.split()))} "
    return any(f" {street_words(part)} " in said for part in _telling(lines))


def _postcode(postcode: str) -> re.Pattern[str]:
    letters = postcode.replace(" ", "")
    return re.compile(r"(?<![A-Za-z0-9])" + r"[\s.\-]*".join(letters) + r"(?![A-Za-z0-9])", re.IGNORECASE)


def _telling(lines: str) -> list[str]:
    """The parts of an address that lead there by themselves: a numbered street, the name of a house; not the town."""
    parts = [part.strip() for part in lines.split(",") if part.strip()]
    numbered = [part for part in parts if re.search(r"\d", part) and re.search(r"[A-Za-z]{2}", part)]
    first = parts[0] if parts else ""
    named = [first] if first not in numbered and len(plain(first)) >= SHORTEST_NAME else []
    return [*numbered, *named]
