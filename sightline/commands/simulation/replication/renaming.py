"""How the people of one household are called in a copy: as a household of another community might be.

Of which, is drawn at the population's shares, and each is given a name of their sex and years; what many are called
comes up most. A household of several communities, or of one in which names pass otherwise, stays in its own.
"""

import random
from bisect import bisect
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import accumulate

from sightline.commands.simulation.place import names
from sightline.commands.simulation.place.faults import misspell, short_forms
from sightline.commands.simulation.place.population import ETHNICITY
from sightline.commands.simulation.rates import rates
from sightline.commands.simulation.replication import naming
from sightline.commands.simulation.replication.households import Household, Person
from sightline.commands.simulation.words.grammar import lines

NOT_SAID = frozenset({"", "REFU", "NOBT"})
APART = frozenset({names.FATHERS, names.KAUR})
"""Customs by which somebody has more words to their name than others have."""
CHILD, PARENT = 20, 54
"""Up to which age one has a name of the youngest, and of their parents' generation."""
TRIES = 40


@cache
def _drawn_from() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Communities that a household may be of, and their shares, each with those before it."""
    shares = rates("place")["communities"]
    of = tuple(name for name, told in names.communities().items() if told.custom != names.FATHERS)
    return of, tuple(accumulate(shares[name] for name in of))


@cache
def _given(community: str) -> frozenset[str]:
    return frozenset(word for words in names.communities()[community].given.values() for word in words)


@cache
def _families(community: str) -> frozenset[str]:
    people = names.communities()[community]
    return frozenset([*people.families, *people.women_called]) | {
        names.for_sex(community, word, "F") for word in people.families
    }


@cache
def pets() -> list[str]:
    """What animals are called in the texts; they change places."""
    told = (line.text.partition(" // ")[0].strip() for line in lines()["story: pet pet_kind"])
    return sorted({name for name in told if name[:1].isupper()})


def communities_of(household: Household) -> list[str]:
    """The one community of all of them; otherwise each one's own, as far as names tell."""
    every = sorted(names.communities(), key=lambda one: -rates("place")["communities"][one])
    fitting = [one for one in every if all(_fits(person, one) for person in household.people)]
    if fitting:
        return [max(fitting, key=lambda one: _told(household.people, one)) for _ in household.people]
    return [max(every, key=lambda one: (_fits(person, one), _told((person,), one))) for person in household.people]


def _fits(person: Person, community: str) -> bool:
    return person.ethnicity in NOT_SAID or person.ethnicity == ETHNICITY[community]


def _told(people: tuple[Person, ...], community: str) -> int:
    """How many of their names the community has."""
    return sum(
        (word in _given(community)) * 2 + (after in _families(community)) * 3
        for person in people
        for given, family in person.names
        for word in naming.words_of(given)[:1] or [""]
        for after in naming.words_of(family)[:1] or [""]
    )


class Renaming:
    """One household in one copy: `words` has each word of their names, `ethnicity` each code that becomes another."""

    def __init__(self, household: Household, *, copy: int, seed: int, on: date) -> None:
        self.stream = random.Random(f"{seed} household {household.number} of copy {copy}")  # noqa: S311 - a fiction
        self.on = on
        self.words: dict[str, str] = {}
        self.ethnicity: dict[str, str] = {}
        self.household, self.before = household, communities_of(household)
        self.after = self._drawn()
        self._used = {word for one in household.people for pair in one.names for part in pair for word in part.split()}
        whose = sorted(zip(household.people, self.before, self.after, strict=True), key=lambda each: not each[0].born)
        self._rename_all(whose)
        others = self.stream.sample(pets(), len(pets()))
        self.words = dict(zip(pets(), others, strict=True)) | self.words

    def _rename_all(self, whose: list[tuple[Person, str, str]]) -> None:
        """Families before givens, and whatever a list has before what follows it."""
        for is_family, listed in ((True, True), (True, False), (False, True), (False, False)):
            for one, before, after in whose:
                known = _families(before) if is_family else _given(before)
                for word in self._of(one, before, is_family=is_family):
                    if (word in known) == listed:
                        self._rename(word, one, before, after, is_family=is_family)

    def _drawn(self) -> list[str]:
        only = set(self.before)
        community = self.before[0]
        if len(only) > 1 or names.communities()[community].custom in APART:
            return self.before
        of, shares = _drawn_from()
        drawn = of[bisect(shares, self.stream.random() * shares[-1])]
        self.ethnicity = {ETHNICITY[community]: ETHNICITY[drawn]}
        return [drawn] * len(self.before)

    def _of(self, one: Person, community: str, *, is_family: bool) -> Iterator[str]:
        """The words that are a family's, or that are somebody's own; whoever turned them round is not followed."""
        for given, family in one.names:
            for place, part in enumerate((given, family)):
                for word in naming.words_of(part):
                    own, theirs = word in _given(community), word in _families(community)
                    if (theirs if own != theirs else place == 1) == is_family and word not in naming.UNCHANGED:
                        yield word

    def _rename(self, word: str, one: Person, before: str, after: str, *, is_family: bool) -> None:
        if word in self.words:
            return
        if is_family and word.endswith("ska"):
            root = f"{word[:-1]}i"
            self._rename(root, one, before, after, is_family=True)
            self.words[word] = names.for_sex(after, self.words[root], "F")
            return
        draw = self._family(word, before, after) if is_family else self._own(word, one, before, after)
        known = _families(before) if is_family else _given(before)
        near = [] if word in known else get_close_matches(word, sorted(known), n=1, cutoff=naming.NEAR)
        if near:
            self._rename(near[0], one, before, after, is_family=is_family)
            self.words[word] = misspell(self.words[near[0]], self.stream)
        else:
            self.words[word] = self._short(word) or self._another(draw)

    def _short(self, word: str) -> str:
        """The short form of a name follows it."""
        long = next((one for one in sorted(self.words) if short_forms().get(one) == word), "")
        return short_forms().get(self.words[long], self.words[long]) if long else ""

    def _another(self, draw: Callable[[], str]) -> str:
        """One that nobody of them has."""
        for _ in range(TRIES):
            made = draw()
            if made not in self._used and not self._is_of_fame(made):
                break
        self._used.add(made)
        return made

    def _is_of_fame(self, given: str) -> bool:
        families = {family for one in self.household.people for _, family in one.names}
        return any(names.is_of_fame(given, naming.name(self.words, family)) for family in families)

    def _family(self, word: str, before: str, after: str) -> Callable[[], str]:
        people = names.communities()[after]
        if word in names.communities()[before].women_called and people.women_called:
            return lambda: names.draw_from(people.women_called, self.stream)
        alike = people.families if word.endswith("ski") else tuple(w for w in people.families if not w.endswith("ski"))
        return lambda: names.draw_from(alike, self.stream)

    def _own(self, word: str, one: Person, before: str, after: str) -> Callable[[], str]:
        sex = (
            one.sex
            if one.sex in {"F", "M"}
            else "M"
            if word in names.communities()[before].given["M", "child"]
            else "F"
        )
        listed = names.communities()[after].given[sex, self._generation(word, one, before)]
        return lambda: names.draw_from(listed, self.stream)

    def _generation(self, word: str, one: Person, before: str) -> str:
        if not one.born:
            lists = names.communities()[before].given
            return next((kind for (_, kind), words in lists.items() if kind != "child" and word in words), "parent")
        years = self.on.year - int(one.born[:4])
        return "child" if years < CHILD else "parent" if years < PARENT else "grandparent"


class Called:
    """What words are in one copy: first those of the household whose row is changed, then everybody's."""

    def __init__(
        self, everybody: Mapping[str, str], ordinary: frozenset[str], rename: Callable[[Household], Renaming]
    ) -> None:
        self._rename, self._ordinary = rename, ordinary
        self._everybody, self._everybody_in_texts = everybody, self._for_texts(everybody)
        self._of: dict[int, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {}
        self.enter(None)

    def enter(self, household: Household | None) -> None:
        """From now on it is theirs; nobody's, where there is none."""
        own, in_texts, self.ethnicity = self._made(household) if household else ({}, {}, {})
        self.words: Mapping[str, str] = ChainMap(own, self._everybody)  # type: ignore[arg-type]  # only read
        self.in_texts: Mapping[str, str] = ChainMap(in_texts, self._everybody_in_texts)

    def _made(self, household: Household) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        made = self._of.get(household.number)
        if made is None:
            renamed = self._rename(household)
            made = renamed.words, self._for_texts(renamed.words), renamed.ethnicity
            self._of[household.number] = made
        return made

    def _for_texts(self, words: Mapping[str, str]) -> dict[str, str]:
        """Without those that may be ordinary words."""
        known = naming.uses()
        return {word: to for word, to in words.items() if word in known or word.lower() not in self._ordinary}
