"""Random worlds, one after another, each put down, asked three ways and taken back."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sightline.access.fence import SERVING, STEWARD
from tests.access.asking import Tally, compare
from tests.access.ground import as_role, set_clock, taken_back
from tests.access.oracle import World
from tests.access.putting_down import put_down
from tests.access.world import SECTIONS, draw_moments, draw_world

START = datetime(2026, 3, 28, 20, tzinfo=UTC)
"""The night on which the clocks go forward; no answer may hang on the hour at which the proof is run."""


@dataclass
class Proof:
    """Goes from world to world. `pages` is of how many accounts and moments of each world pages' queries are asked."""

    seed: int = 0
    moments: int = 4
    sections: int = 4
    pages: int = 3
    tally: Tally = field(default_factory=Tally)
    worlds: int = 0

    def step(self) -> bool:
        """One more world; False when an answer in it differed from the oracle's."""
        number, dice = self.seed + self.worlds, random.Random(self.seed + self.worlds)  # noqa: S311 (the same worlds each time)
        self.worlds += 1
        with taken_back(STEWARD):
            world = draw_world(dice, START)
            set_clock(START)
            put_down(world, dice)
            as_role(SERVING)
            self._ask(world, dice)
        if self.tally.differs and not self.tally.differs.startswith("World"):
            self.tally.differs = f"World {number}: {self.tally.differs}"
        return not self.tally.differs

    def _ask(self, world: World, dice: random.Random) -> None:
        moments = draw_moments(dice, START, self.moments)
        sections = ["identity", *dice.sample(SECTIONS, self.sections - 1)]
        pairs = [(dice.choice(list(world.workers)), dice.choice(moments)) for _ in range(self.pages)]
        compare(world, moments=moments, sections=sections, pairs=pairs, tally=self.tally)

    def until(self, decisions: int) -> Iterator[None]:
        """Goes on until so many decisions were compared, or one differed."""
        while self.tally.decisions < decisions and self.step():
            yield
