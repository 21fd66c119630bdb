"""Each copy calls everybody otherwise: the words of names change places among words that are used alike.

A word is a given or a family name, or a part of one. Those of one community, sex and generation change places with
one another, so that a girl of one community keeps a girl's name of it. A name that no list has (written wrongly,
shortened) follows the one that it is near to, and is written wrongly again.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property

from sightline.commands.simulation.place.faults import misspell, short_forms
from sightline.commands.simulation.place.names import communities as known_communities
from sightline.commands.simulation.place.names import is_of_fame
from sightline.commands.simulation.rates import rates

UNCHANGED = frozenset({"Kaur", "Singh"})
"""Second names that say no more than whose faith one has."""
NEAR = 0.75
AGAIN = 60
Use = tuple[str, str, str]
"""The community that uses a word first, for whom of which generation, and how it ends."""


@cache
def uses() -> dict[str, Use]:
    """Each word of the lists, and how it is used."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, community, use in _listed():
        found.setdefault(word, []).append((community, use))
    return {
        word: (those[0][0], _together(those), "ski" if word.endswith("ski") else "")
        for word, those in found.items()
        if word not in UNCHANGED
    }


def _together(those: list[tuple[str, str]]) -> str:
    """All uses that the first community has for a word."""
    return "".join(sorted({use for community, use in those if community == those[0][0]}))


def _listed() -> Iterable[tuple[str, str, str]]:
    for name, people in known_communities().items():
        for (sex, generation), words in people.given.items():
            yield from ((word, name, f"{sex} {generation} ") for word in words)
        yield from ((word, name, "family") for word in people.families)
        yield from ((word, name, "F called ") for word in people.women_called)
    for word in short_forms().values():
        yield word, "short", "given"
    staff = rates("staff")["names"]
    for kind in ("given", "family"):
        yield from ((word, "staff", kind) for word in staff[kind])


@dataclass
class Names:
    """Every word that somebody in the played authority is called by, and `people` by given and family name."""

    words: frozenset[str]
    people: frozenset[tuple[str, str]] = frozenset()
    _near: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _families(self) -> frozenset[str]:
        return frozenset(word for _, family in self.people for word in words_of(family))

    def of_copy(self, copy: int, seed: int) -> dict[str, str]:
        """What each word is in this copy: those of the lists, and those that were met."""
        stream = random.Random(f"{seed} names of copy {copy}")  # noqa: S311 - a fiction, not a secret
        classes: dict[Use, list[str]] = {}
        for word, use in uses().items():
            classes.setdefault(use, []).append(word)
        changed: dict[str, str] = {}
        for words in classes.values():
            changed |= _in_a_ring(words, stream)
        self._without_fame(changed, classes, stream)
        for word in sorted(self.words - changed.keys() - UNCHANGED):
            changed[word] = self._like(word, changed, random.Random(f"{seed} {copy} {word}"))  # noqa: S311 - a fiction, not a secret
        return changed

    def _without_fame(self, changed: dict[str, str], classes: dict[Use, list[str]], stream: random.Random) -> None:
        """Whom the words make somebody that everybody knows is called otherwise again."""
        for _ in range(AGAIN):
            famous = [given for given, family in sorted(self.people) if is_of_fame(*called(changed, given, family))]
            if not famous:
                return
            for given in famous:
                word = given.split()[0]
                if word in uses():
                    other = stream.choice(classes[uses()[word]])
                    changed[word], changed[other] = changed[other], changed[word]

    def _like(self, word: str, changed: dict[str, str], stream: random.Random) -> str:
        if word.endswith("ska") and f"{word[:-1]}i" in changed:
            return f"{changed[f'{word[:-1]}i'][:-1]}a"
        near = self._nearest(word)
        if near:
            return misspell(changed[near], stream)
        return changed[stream.choice(_used_as(is_family=word in self._families))]

    def _nearest(self, word: str) -> str:
        if word not in self._near:
            words = _used_as(is_family=word in self._families)
            self._near[word] = next(iter(get_close_matches(word, words, n=1, cutoff=NEAR)), "")
        return self._near[word]


@cache
def _used_as(*, is_family: bool) -> list[str]:
    return sorted(word for word, (_, use, _) in uses().items() if ("family" in use) == is_family)


def _in_a_ring(words: list[str], stream: random.Random) -> dict[str, str]:
    ring = list(words)
    stream.shuffle(ring)
    return dict(zip(ring, [*ring[1:], ring[0]], strict=True))


def called(changed: Mapping[str, str], given: str, family: str) -> tuple[str, str]:
    """Somebody's name by those words."""
    return name(changed, given), name(changed, family)


def name(changed: Mapping[str, str], text: str) -> str:
    """A name, each word of it changed; with a hyphen it may be one word or two."""
    return " ".join(_word(changed, word) for word in text.split(" "))


def _word(changed: Mapping[str, str], word: str) -> str:
    if word in changed:
        return changed[word]
    return "-".join(changed.get(part, part) for part in word.split("-"))


def words_of(text: str) -> list[str]:
    """The words of a name that the lists may have."""
    known = uses()
    return [
        part for word in text.split() for part in ([word] if word in known else word.split("-")) if part[:1].isupper()
    ]
