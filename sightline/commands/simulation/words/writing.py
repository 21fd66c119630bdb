"""What the parts of the words share: families' storylines, workers' hands, and who is meant."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.words.grammar import Scene, say, tidy
from sightline.commands.simulation.words.hands import Hand, hand_of
from sightline.commands.simulation.words.knowing import eldest_first
from sightline.commands.simulation.words.storyline import Storyline
from sightline.kernel.london import local_day

if TYPE_CHECKING:
    from sightline.commands.simulation.service import Case

Whom = Dweller | str
"""Somebody, or the word by which the play calls them."""


class Telling(Protocol):
    """What words are asked about: an open case, or whatever has its family and children."""

    family: Family
    children: list[str]
    post: str


class Writing:
    """Storylines and hands by seed; every text is drawn from its own family's dice."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._stories: dict[str, Storyline] = {}
        self._hands: dict[str, Hand] = {}
        self._family_of: dict[str, Family] = {}

    def story(self, family: Family, on: date | None = None) -> Storyline:
        """The storyline of a family; it begins when first asked for."""
        found = self._stories.get(family.ref)
        if found is None:
            dice = self.engine.stream(f"words {family.ref}")
            found = self._stories[family.ref] = Storyline(family, _day(on or self.engine.now), dice)
        for one in family.children:
            self._family_of[one.ref] = family
        return found

    def going(self, family: Family, on: date) -> str:
        """Which way it goes with a family on a day: better, worse or steady."""
        return self.story(family, on).going(_day(on))

    def may_turn(self, family: Family, on: date, chance: float) -> None:
        """With so much of a chance it goes another way with a family from a day on: other help, another start."""
        self.story(family, on).may_turn(_day(on), chance)

    def hand(self, key: str) -> Hand:
        """How this worker writes."""
        if key not in self._hands:
            self._hands[key] = hand_of(self.engine.stream(f"hand {key}"))
        return self._hands[key]

    def _today(self, on: date | None) -> date:
        return _day(on or self.engine.now)

    def _children(self, family: Family, whom: Whom | Iterable[Whom] | None) -> list[Dweller]:
        if whom is None:
            return eldest_first(family.children)
        asked = [whom] if isinstance(whom, Dweller | str) else list(whom)
        # Whoever has grown up since is among the adults; of whoever is no longer there nothing is said.
        by_ref = {one.ref: one for one in (*family.children, *family.adults.values())}
        meant = [by_ref.get(one) if isinstance(one, str) else one for one in asked]
        return eldest_first(one for one in meant if one is not None)

    def _scene(
        self, family: Family, whom: Whom | Iterable[Whom] | None, on: date | None, *tags: str, by: str = ""
    ) -> Scene:  # fmt: skip
        day = self._today(on)
        children = self._children(family, whom)
        return self.story(family, day).scene(day, children, *tags, *([self.hand(by).manner] if by else []))

    def _of_case(self, case: "Case | Telling", on: date | None, *tags: str, by: str = "") -> Scene:
        scene = self._scene(case.family, case.children, on, *tags, by=by or case.post or "somebody")
        return scene.but(*(f"about_{one}" for one in sorted(case.family.troubles & scene.tags)))

    def _in_hand(self, text: str, by: str) -> str:
        return self.hand(by).written(text) if by else text

    def _each(
        self, name: str, family: Family, children: Sequence[Dweller], on: date | None, *tags: str
    ) -> dict[str, str]:
        """A text of that name for each child, by the word that calls them."""
        day = self._today(on)
        story = self.story(family, day)
        return {
            one.ref: say(name, story.scene(day, children, *tags, child=one)) for one in eldest_first(children)
        }  # fmt: skip


def parts_of(name: str, scene: Scene, parts: int) -> tuple[str, ...]:
    """A line that says several things, with two slashes between them."""
    said = tuple(tidy(part) for part in say(name, scene).split(" // "))
    if len(said) != parts:
        raise ValueError(f"A line of {name!r} says {len(said)} things, and not {parts}: {said}")
    return said


def shortened(text: str, longest: int) -> str:
    """As much as a field holds, by whole sentences where there are any."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    stop = cut.rfind(". ")
    return cut[: stop + 1] if stop > 0 else cut[: cut.rfind(" ")]


def _day(on: date) -> date:
    return local_day(on) if isinstance(on, datetime) else on
