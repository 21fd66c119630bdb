"""What happens to the people of the place as time goes on: born, grown up, ill fortune, school, death.

Rare things are drawn together: one life waits for the next family to which a thing happens, so that a large
place costs no more than what happens in it.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.place import changes
from sightline.commands.simulation.place.households import Households
from sightline.commands.simulation.place.population import MANY, YEAR
from sightline.kernel.london import at_local_time

if TYPE_CHECKING:
    from sightline.commands.simulation.place.place import Place

FIRST_SCHOOL_DAY = (9, 3)
GROWN = 18
OLDEST_MOTHER = 46
FULL = 6
"""Children above whose number a family is not drawn more often."""
AGED = 35
DOUBLING = 8.0
DEATHS = 0.09
"""Deaths a year of the adults of one family, at most: above it the aged are drawn too seldom."""


class Lives:
    """Everything that goes on in the place by itself. What befalls households stands in `Households`."""

    def __init__(self, place: "Place") -> None:
        self.place, self.engine = place, place.engine
        self.stream: random.Random = place.engine.stream("lives")
        self.told: dict[str, Any] = place.founder.told
        self.households = Households(self)

    def begin(self) -> None:
        """Let all of it go on from now."""
        self._crises_before()
        for family in self.place.families:
            self.look_after(family)
        for day, family in self.place.due:
            self.await_birth(family, day)
        for life in (self._newly_parents(), self._school_years()):
            self.engine.begin(life)
        told = self.told["happenings"]
        self.often(self.told["strain"]["crises"] * MANY, self._crisis)
        self.often(DEATHS, self._adult_dies)
        self.often(told["child_dies"] * FULL, self._child_dies)
        self.often(told["changes_school"] * FULL, self._changes_school)
        self.households.begin()

    def often(self, a_year: float, happen: Callable[[Family], None]) -> None:
        """Let something happen to families that live here, each so many times a year, one like another."""
        self.engine.begin(self._often(a_year, happen))

    def _often(self, a_year: float, happen: Callable[[Family], None]) -> Life:
        while True:
            families = self.place.families
            yield self.engine.wait(timedelta(days=self.stream.expovariate(a_year * len(families) / YEAR)))
            family = families[int(self.stream.random() * len(families))]
            if family.here:
                happen(family)

    def chance(self, of: float, at_most: float) -> bool:
        """Whether what is drawn as often as `at_most` happens, when it should as often as `of`."""
        return self.stream.random() * at_most < of

    def later(self, mean_days: float) -> timedelta:
        """Some time, so many days in the mean, mostly less."""
        return timedelta(days=self.stream.expovariate(1 / mean_days))

    # --- what weighs ----------------------------------------------------------------------------

    def burden(self, family: Family, kind: str) -> None:
        """What happened weighs on them for some months."""
        self.engine.begin(self._burden(family, self.told["strain"]["after"][kind]))

    def _burden(self, family: Family, factor: float) -> Life:
        self.place.weigh(family, factor)
        yield self.engine.wait(self.later(self.told["strain"]["crisis_days"]))
        self.place.weigh(family, 1 / factor)

    def _crisis(self, family: Family) -> None:
        if self.chance(min(family.strain, MANY), MANY):
            self.engine.begin(self._burden(family, self.told["strain"]["crisis_factor"]))

    def _crises_before(self) -> None:
        """Those that are in a crisis when the play begins."""
        told = self.told["strain"]
        for family in self.place.families:
            if self.stream.random() < told["crises"] * min(family.strain, MANY) * told["crisis_days"] / YEAR:
                self.engine.begin(self._burden(family, told["crisis_factor"]))

    # --- births ---------------------------------------------------------------------------------

    def _newly_parents(self) -> Life:
        while True:
            yield self.engine.wait(timedelta(days=self.stream.expovariate(self.place.first_births_a_year / YEAR)))
            self.place.new_parents()

    def await_birth(self, family: Family, day: date) -> None:
        """A child may come on that day; it is spoken of some months before."""
        spoken = day - timedelta(days=self.told["births"]["known_days_before"])
        if at_local_time(spoken, time(10)) < self.engine.ends:
            self.engine.begin(self._pregnancy(family, spoken, day))

    def _pregnancy(self, family: Family, spoken: date, day: date) -> Life:
        yield self.engine.until(at_local_time(spoken, time(10, 30)))
        mother = mother_of(family)
        if mother is None or not family.here or mother.age(day) >= OLDEST_MOTHER:
            return
        father = self.households.man_of(family, mother)
        if father is None and self.stream.random() < 0.5:
            return
        child = self.place.founder.bear(family, mother, father, day, self.place.today)
        self.place.belong(family, child)
        self.expect(family, child)
        self.place.tell(changes.EXPECTED, family, child)

    def expect(self, family: Family, child: Dweller) -> None:
        """The child who is expected is going to be born."""
        self.engine.begin(self._birth(family, child))

    def _birth(self, family: Family, child: Dweller) -> Life:
        early, deviation = self.told["births"]["early_days"]
        days = min(max(round(self.stream.gauss(-early, deviation)), -90), 14)
        # Counted from midnight, since there are hours by the clock that some days do not have.
        midnight = at_local_time(child.born + timedelta(days=days), time())
        yield self.engine.until(midnight + timedelta(minutes=self.stream.randrange(23 * 60)))
        mother, *father = (family.adults[ref] for ref in child.parents)
        child.born = self.place.today
        self.place.founder.name_child(family, child, mother, father[0] if father else None)
        self.burden(family, "born")
        self.place.tell(changes.BORN, family, child)
        if self.stream.random() < self.told["happenings"]["infant_dies"]:
            yield self.engine.wait(self.later(45))
            self._lose(family, child)

    # --- growing up -----------------------------------------------------------------------------

    def look_after(self, family: Family) -> None:
        """Children who are there already are born, or are eighteen, when it is time."""
        for child in family.children:
            if not child.given:
                self.expect(family, child)
            elif at_local_time(grown_on(child.born), time(8)) < self.engine.ends:
                self.engine.begin(self._growing(family, child))

    def _growing(self, family: Family, child: Dweller) -> Life:
        yield self.engine.until(at_local_time(grown_on(child.born), time(8)))
        if child.died is not None:
            return
        family.children.remove(child)
        self.place.founder.remain(family, child)
        self.place.tell(changes.GREW_UP, family, child)
        self.place.close_if_empty(family)

    def _school_years(self) -> Life:
        while True:
            yield self.engine.until(self._next_school_year())
            for family in self.place.families:
                moved = self.place.schooling.place_all(family, self.place.today) if family.here else ()
                if moved:
                    self.place.tell(changes.NEW_SCHOOL, family, *moved)

    def _next_school_year(self) -> datetime:
        starts = at_local_time(date(self.place.today.year, *FIRST_SCHOOL_DAY), time(8, 45))
        if starts <= self.engine.now:
            starts = at_local_time(date(self.place.today.year + 1, *FIRST_SCHOOL_DAY), time(8, 45))
        return starts

    def _changes_school(self, family: Family) -> None:
        pupils = [child for child in family.children if child.school]
        if self.chance(len(pupils), FULL):
            child = self.stream.choice(pupils)
            if self.place.schooling.change(family, child):
                self.place.tell(changes.NEW_SCHOOL, family, child)

    # --- deaths ---------------------------------------------------------------------------------

    def _adult_dies(self, family: Family) -> None:
        alive = [one for one in family.adults.values() if one.died is None]
        today, first = self.place.today, self.told["happenings"]["adult_dies"]
        yearly = [first * 2 ** ((one.age(today) - AGED) / DOUBLING) for one in alive]
        if not alive or not self.chance(sum(yearly), DEATHS):
            return
        one = self.stream.choices(alive, yearly)[0]
        if any(one.ref in child.parents for child in family.children if not child.given):
            return  # a mother who expects a child is spared, and so is the father
        one.died = today
        family.at_home.discard(one.ref)
        family.elsewhere.pop(one.ref, None)
        family.troubles |= {"bereavement"}
        self.burden(family, "died")
        self.place.tell(changes.DIED, family, one)
        self.households.who_looks_after(family)

    def _child_dies(self, family: Family) -> None:
        born = [child for child in family.children if child.given]
        if born and self.chance(len(born), FULL):
            self._lose(family, self.stream.choice(born))

    def _lose(self, family: Family, child: Dweller) -> None:
        if child not in family.children:
            return
        child.died = self.place.today
        family.children.remove(child)
        family.troubles |= {"bereavement"}
        self.burden(family, "died")
        self.place.tell(changes.DIED, family, child)
        self.place.close_if_empty(family)


def mother_of(family: Family) -> Dweller | None:
    """The mother of the children, while she lives."""
    found = (family.adults[ref] for ref, kind in family.carers.items() if kind == "mother")
    return next((one for one in found if one.died is None), None)


def grown_on(born: date) -> date:
    """The day on which somebody is eighteen; who was born on a leap day, on the first of March."""
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + GROWN, 3, 1) if leap else born.replace(year=born.year + GROWN)
