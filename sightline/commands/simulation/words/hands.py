"""How workers differ in writing: one writes long, one short, one by headings, one shortens words."""

import re
from dataclasses import dataclass
from random import Random

SHORT = {
    "social worker": "SW", "appointment": "appt", "approximately": "approx", "information": "info",
    "telephone": "tel", "safeguarding lead": "DSL", "as soon as possible": "ASAP",
}  # fmt: skip
_WORDS = re.compile("|".join(rf"\b{word}\b" for word in SHORT))


@dataclass(frozen=True)
class Hand:
    """One worker's: `manner` is long, short or headed; `shortens` words or not."""

    manner: str = "long"
    shortens: bool = False

    def written(self, text: str) -> str:
        """The text as they write it."""
        return _WORDS.sub(lambda found: SHORT[found.group()], text) if self.shortens else text


def hand_of(dice: Random) -> Hand:
    """A worker's hand, drawn once."""
    return Hand(dice.choices(("long", "short", "headed"), (5, 4, 2))[0], dice.random() < 0.25)
