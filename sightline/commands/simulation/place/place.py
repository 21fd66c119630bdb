"""The place: its families, how one is drawn, and who is told of what happens to them."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from sightline.commands.simulation.dwellers import Dweller, Family, Home
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.place import agencies, changes
from sightline.commands.simulation.place.agencies import Agency, School
from sightline.commands.simulation.place.changes import Change
from sightline.commands.simulation.place.lives import Lives, grown_on
from sightline.commands.simulation.place.numbers import Numbers
from sightline.commands.simulation.place.population import YEAR, Founder, first_births
from sightline.commands.simulation.place.schooling import Schooling
from sightline.commands.simulation.place.town import Town
from sightline.commands.simulation.place.weights import Weights
from sightline.kernel.london import local_day


class Place:
    """About so many children and those who live with them, as they are when the play begins."""

    def __init__(self, engine: Engine, *, children: int) -> None:
        self.engine = engine
        self.listeners: list[Callable[[Change], None]] = []
        self.families: list[Family] = []
        self.town = Town(engine.stream("town"), families=children * 2 // 3)
        self.numbers = Numbers(engine.stream("numbers"))
        self.agencies: list[Agency] = agencies.found_agencies(
            children=children, areas=self.town.areas, stream=engine.stream("agencies")
        )
        self.schooling = Schooling(self.agencies, self.numbers, engine.stream("schools"))
        self.founder = Founder(engine.stream("people"), self.town, self.numbers)
        self.first_births_a_year = 0.0
        self.due: list[tuple[date, Family]] = []
        """Births to come, by the day on which each is expected."""
        self._weights = Weights()
        self._where: dict[str, int] = {}
        self._of: dict[str, Family] = {}
        self._found(children)
        self.lives = Lives(self)

    # --- who is there ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day that is played, in London."""
        return local_day(self.engine.now)

    @property
    def schools(self) -> list[School]:
        """Every school and nursery."""
        return [School(one.key, one.boxes[0][0], one.name) for one in self.agencies if one.stage]

    def draw(self, stream: random.Random) -> Family:
        """A family that lives here, in proportion to what weighs on it now."""
        return self.families[self._weights.draw(stream)]

    def family_of(self, dweller: Dweller) -> Family:
        """The family to which somebody belongs."""
        return self._of[dweller.ref]

    def name_now(self, dweller: Dweller, on: date) -> tuple[str, str]:
        """Given and family name as they were on that day."""
        for until, given, family in dweller.former:
            if on < until:
                return given, family
        return dweller.given, dweller.family

    def children_now(self) -> int:
        """How many children live here, those expected not counted."""
        today = self.today
        return sum(one.born <= today for family in self.families if family.here for one in family.children)

    def newcomer(self, family: Family, kind: str = "step_parent", *, spoken_of: str = "") -> Dweller:
        """Somebody grown up who comes to live with this family now; `spoken_of` while nobody has named them."""
        nearest = next(iter(family.adults_at_home()), None) or next(iter(family.adults.values()))
        one = self.founder.partner_of(nearest, self.today)
        one.spoken_of = spoken_of
        self.founder.settle(family, one, kind)
        self._of[one.ref] = family
        return one

    # --- what changes ---------------------------------------------------------------------------

    def tell(self, kind: str, family: Family, *who: Dweller, before: Home | None = None) -> None:
        """Let everybody who listens hear of what happened."""
        change = Change(kind, self.engine.now, family, who, before)
        for listener in self.listeners:
            listener(change)

    def weigh(self, family: Family, factor: float) -> None:
        """So many times as much weighs on them from now; who does not live here is drawn no more."""
        family.strain = round(family.strain * factor, 9)
        most = self.founder.told["strain"]["most"]
        self._weights.set(self._where[family.ref], min(family.strain, most) if family.here else 0.0)

    def enter(self, family: Family) -> None:
        """One more family lives here, and its people can be found by it."""
        self.families.append(family)
        self._where[family.ref] = self._weights.add(family.strain)
        for one in (*family.children, *family.adults.values()):
            self._of[one.ref] = family

    def belong(self, family: Family, one: Dweller) -> None:
        """Somebody new belongs to a family."""
        self._of[one.ref] = family

    def begin(self) -> None:
        """Let them live: everything that happens to them from now on."""
        self.lives.begin()

    def new_parents(self) -> Family:
        """A couple or a mother whose first child is spoken of today."""
        first = self.today + timedelta(days=self.founder.told["births"]["known_days_before"])
        births = self.founder.births_from(first)
        family = self.founder.family(births[:1], self.today)
        self.enter(family)
        self.lives.look_after(family)
        for day in births[1:]:
            self.lives.await_birth(family, day)
        self.tell(changes.EXPECTED, family, *family.children)
        return family

    def arrive(self) -> Family:
        """A family that comes from elsewhere."""
        family, before = None, len(self.due)
        years = self.founder.told["families"]["years_since_first_birth"]
        for first in first_births(self.founder.stream, self.today, years):
            family = self._family(self.founder.births_from(first), self.today)
            if family is not None:
                break
        assert family is not None  # noqa: S101 - the births go on until there is one
        self.lives.look_after(family)
        for day, _ in self.due[before:]:
            self.lives.await_birth(family, day)
        return family

    def close_if_empty(self, family: Family) -> None:
        """A family without children is none of the place's any more."""
        if not family.children:
            family.here = False
            self.weigh(family, 1.0)

    # --- how it began ---------------------------------------------------------------------------

    def _found(self, children: int) -> None:
        told, on = self.founder.told, self.today
        years = told["families"]["years_since_first_birth"]
        there, drawn = 0, 0
        for first in first_births(self.founder.stream, on, years):
            drawn += 1
            births = self.founder.births_from(first)
            family = self._family(births, on)
            if family is not None:
                there += sum(one.born <= on for one in family.children)
            if there >= children:
                break
        self.first_births_a_year = drawn / years * told["births"]["of_before"]
        spoken = told["births"]["known_days_before"]
        for _ in range(round(self.first_births_a_year * spoken / YEAR)):
            first = on + timedelta(days=1 + int(self.founder.stream.random() * spoken))
            self._family(self.founder.births_from(first), on)

    def _family(self, births: list[date], on: date) -> Family | None:
        spoken = self.founder.told["births"]["known_days_before"]
        known = [day for day in births if day <= on + timedelta(days=spoken)]
        if not any(grown_on(day) > on for day in known):
            return None
        family = self.founder.family(known, on)
        for day in births[len(known) :]:
            if self.founder.stream.random() < self.founder.told["births"]["of_before"]:
                self.due.append((day, family))
        self.schooling.place_all(family, on)
        self.enter(family)
        return family
