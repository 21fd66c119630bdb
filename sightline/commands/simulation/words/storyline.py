"""What goes on in one family, so that a text written in week thirty goes on from week two.

A storyline is drawn once: whose trouble it is and what it looks like, the people and things that come back, which
way it goes, and what was agreed and has still to be looked at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sin
from random import Random

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.words.grammar import Fact, Scene, has, lines, spoken, tidy
from sightline.commands.simulation.words.knowing import (
    OF_SOME_AGE,
    adults_known,
    aged,
    band_of,
    due,
    eldest_first,
    facts_of_children,
    person,
    tags_of_child,
    tags_of_day,
)

COURSES = {"better": 34, "up_and_down": 26, "stuck": 16, "worse": 12, "turns": 12}
"""How many of a hundred families go which way."""
BEARS = {"drink": "drinker", "drugs": "user", "low_mood": "low", "harsh": "harsh"}
"""By what word lines call the adult whose trouble it is."""
NONE = "none"
EARLY, LATE = 6, 24
GOOD, POOR, MOVES = 0.62, 0.38, 0.05
WEEK, MONTH = 7, 28
SOON = 4
"""Days before one asks what became of what was agreed."""


@dataclass(frozen=True)
class Promise:
    """Something agreed: what is to be done, and how one writes that it was, or was not."""

    todo: str
    kept: str
    broken: str
    on: date


@dataclass(eq=False)
class Storyline:
    """One family's."""

    family: Family
    begun: date
    dice: Random
    course: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)
    of_children: dict[tuple[str, str], dict[str, Fact]] = field(default_factory=dict)
    bearers: dict[str, str] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    said: set[int] = field(default_factory=set)
    phase: float = 0.0
    turns: Random = field(init=False)
    """Its own dice, so that a turn leaves the words as they would have been drawn."""

    def __post_init__(self) -> None:
        self.course = _course(self.dice)
        self.phase = self.dice.uniform(0, 6)
        self.turns = Random(self.dice.random())  # noqa: S311 - a fiction, not a secret
        self._choose_bearers()
        scene = self.scene(self.begun, self.family.children)
        self.facts = _drawn("story: ", scene)
        self.of_children.clear()  # what was drawn for the scene did not know the family's facts

    # --- which way it goes ----------------------------------------------------------------------

    def level(self, on: date) -> float:
        """How well it goes on a day, from nought to one."""
        weeks = max((on - self.begun).days, 0) / WEEK
        far = min(weeks / 36, 1.0)
        if self.course == "better":
            return 0.25 + 0.6 * far
        if self.course == "worse":
            return 0.55 - 0.4 * far
        if self.course == "turns":
            return 0.45 - 0.25 * min(weeks / 14, 1.0) if weeks < 14 else 0.2 + 0.6 * min((weeks - 14) / 22, 1.0)
        if self.course == "stuck":
            return 0.4 + 0.03 * sin(weeks / 3 + self.phase)
        return 0.5 + 0.25 * sin(weeks / 5 + self.phase)

    def may_turn(self, on: date, chance: float) -> None:
        """With so much of a chance it goes another way from that day."""
        if self.turns.random() < chance:
            self.begun, self.course = on, _course(self.turns)

    def going(self, on: date) -> str:
        """Better, worse or steady, beside four weeks before."""
        earlier = date.fromordinal(max(on.toordinal() - MONTH, self.begun.toordinal()))
        moved = self.level(on) - self.level(earlier)
        return "better" if moved > MOVES else "worse" if moved < -MOVES else "steady"

    def _tags_of_course(self, on: date) -> set[str]:
        level, weeks = self.level(on), (on - self.begun).days / WEEK
        standing = "good" if level > GOOD else "poor" if level < POOR else "middling"
        phase = "early" if weeks < EARLY else "late" if weeks > LATE else "later"
        return {self.going(on), standing, phase}

    # --- what may be said ---------------------------------------------------------------------------

    def scene(self, on: date, children: Sequence[Dweller], *tags: str, child: Dweller | None = None) -> Scene:
        """What holds on a day about these children, seen for `child` or the eldest of them."""
        about = eldest_first(children) or self.family.children[:1]
        one = child or about[0]
        facts: dict[str, Fact] = {"course": self.course, **self.facts, **facts_of_children(about, on)}
        holds = tags_of_child(one, on) | tags_of_day(on) | self._tags_of_course(on) | self._troubles_of(one, on)
        holds |= {"several"} if facts["are"] == "are" else {"only"}
        holds |= self._adults(on, facts) | self._bearing(on, facts)
        facts |= self._naming(one, on)
        holds |= {"disabled"} if self._is_disabled(one, on, facts) else set()
        facts |= self._of_child(one, on, holds, facts) | self._again(facts)
        return Scene(frozenset(holds | set(tags)), facts, self.dice, self.said)

    def _troubles_of(self, child: Dweller, on: date) -> set[str]:
        """The family's, but a teenager's only where a teenager is meant."""
        band = band_of(child, on)
        return {one for one in self.family.troubles if one not in OF_SOME_AGE or band in OF_SOME_AGE[one]}

    def _adults(self, on: date, facts: dict[str, Fact]) -> set[str]:
        """Who there is; their names go to the facts."""
        known, kinds = adults_known(self.family, on), self.family.carers
        for word, adult in known.items():
            facts |= person(word, adult, on, kinds.get(adult.ref, "other"))
        if "carer" in known:
            return {*known, f"by_{kinds.get(known['carer'].ref, 'other')}"}
        facts |= person("carer", Dweller("", "the carer", "", "", on, ""), on, "other")
        return set(known)

    def _naming(self, child: Dweller, on: date) -> dict[str, Fact]:
        named = person("child", child, on)
        bare = {word.removeprefix("child_"): said for word, said in named.items()}
        others = [one for one in eldest_first(self.family.children) if one is not child and one.is_child(on)]
        born = [one for one in others if one.born <= on]
        sibling = person("sibling", born[0], on) if born else {}
        expected: dict[str, Fact] = {"due": due(child, on)} if on < child.born else {}
        return {**named, **bare, "age": aged(child, on), **sibling, **expected}

    def _of_child(self, child: Dweller, on: date, tags: set[str], facts: dict[str, Fact]) -> dict[str, Fact]:
        key = (child.ref, band_of(child, on))
        if key not in self.of_children:
            scene = Scene(frozenset(tags), facts | self._naming(child, on), self.dice, self.said)
            drawn = self.of_children[key] = _drawn("child: ", scene)
            if "thing" in drawn:
                drawn["the_thing"] = re.sub(r"^an? ", "the ", str(drawn["thing"]))
        return self.of_children[key]

    def _is_disabled(self, child: Dweller, on: date, facts: dict[str, Fact]) -> bool:
        """Whether it is this child who has the need of the story; {needy} is whoever has."""
        if "disability" not in self.family.troubles:
            return False
        needy = next((one for one in self.family.children if one.disabilities), self.family.children[0])
        facts |= person("needy", needy, on)
        return needy is child

    def _again(self, facts: dict[str, Fact]) -> dict[str, Fact]:
        """What came up before, as one speaks of it again: her mother, the red bike."""
        helper, carer = str(facts.get("helper", "")), f"{facts['carer']}'s"
        return {"helper_own": helper.replace(carer, str(facts["carer_his"]))} if helper else {}

    def _choose_bearers(self) -> None:
        known = adults_known(self.family, self.begun)
        grown = [known[word] for word in ("carer", "partner", "other") if word in known]
        if not grown:
            return
        for trouble, word in BEARS.items():
            if trouble in self.family.troubles:
                weights = [6, 3, 1][: len(grown)]
                self.bearers[word] = self.dice.choices(grown, weights)[0].ref
        if "violence" in self.family.troubles and len(grown) > 1:
            self.bearers["hitter"] = self.dice.choices(grown[1:])[0].ref
            self.bearers["hurt"] = grown[0].ref

    def _bearing(self, on: date, facts: dict[str, Fact]) -> set[str]:
        holds = set()
        for word, ref in self.bearers.items():
            adult = self.family.adults.get(ref)
            if adult is None or (adult.died is not None and adult.died <= on):
                continue
            facts |= person(word, adult, on, self.family.carers.get(ref, "other"))
            holds.add(f"{word}_{'home' if ref in self.family.at_home else 'away'}")
        return holds

    # --- what was agreed ----------------------------------------------------------------------------

    def agree(self, scene: Scene, on: date) -> str:
        """Something to be done, which a later text comes back to."""
        todo, kept, broken = (tidy(part) for part in spoken("promise", scene).split(" // "))
        self.promises = [*self.promises[-2:], Promise(todo, kept, broken, on)]
        return todo

    def followed(self, on: date) -> str:
        """What became of what was agreed first; empty where nothing waits."""
        ripe = [one for one in self.promises if (on - one.on).days >= SOON]
        if not ripe:
            return ""
        self.promises.remove(ripe[0])
        return ripe[0].kept if self.dice.random() < 0.35 + 0.5 * self.level(on) else ripe[0].broken


def _course(dice: Random) -> str:
    return dice.choices(list(COURSES), list(COURSES.values()))[0]


def _drawn(kind: str, scene: Scene) -> dict[str, Fact]:
    """The facts of a storyline: `kind` begins the names of the lines, and the rest names the facts."""
    found: dict[str, Fact] = {}
    for name in lines():
        if not name.startswith(kind):
            continue
        seen = scene.but(**found)
        if not has(name, seen):
            continue
        said = spoken(name, seen)
        if said != NONE:
            words = [" ".join(part.split()) for part in said.split(" // ")]
            found |= dict(zip(name.removeprefix(kind).split(), words, strict=True))
    return found
