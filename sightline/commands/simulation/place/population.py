"""Making the families of the place, as they are on a day."""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.place import names
from sightline.commands.simulation.place.numbers import Numbers
from sightline.commands.simulation.place.town import Town
from sightline.commands.simulation.rates import rates, sources

YEAR = 365.25
GROWN = 18
COMMUNITIES = tuple(sources("place")["communities"])
_SHARES = tuple(accumulate(sources("place")["communities"][name]["value"] for name in COMMUNITIES))
ETHNICITY = {name: sources("place")["communities"][name]["ethnicity"] for name in COMMUNITIES}
YOUNGEST_FATHER = 16.2
MANY = 4
"""Above this, strain weighs no more on how a family is made up."""
DISABILITIES = ("LD", "AUT", "BEH", "MOB", "COMM", "CON", "HEAR", "VIS", "PC", "INC", "HAND")
WHATEVER_STRAIN = frozenset({"disability", "bereavement", "illness"})
OF_AGE = {"behaviour": 10, "exploitation": 10, "gangs": 10, "missing": 10, "self_harm": 10, "young_carer": 8}
"""Troubles of families whose eldest child has that age."""


@dataclass
class Founder:
    """Makes families and people. Everything is drawn from one stream, so that nobody else's dice are moved."""

    stream: random.Random
    town: Town
    numbers: Numbers
    people: int = 0
    households: int = 0
    told: dict[str, Any] = field(default_factory=lambda: rates("place"))

    # --- families -------------------------------------------------------------------------------

    def family(self, births: list[date], on: date) -> Family:
        """A family whose children were born on these days, as it has become by `on`.

        Children who are grown up are left out; those who are expected are in when they are spoken of.
        """
        told, stream = self.told["families"], self.stream
        strain = stream.gammavariate(self.told["strain"]["shape"], 1 / self.told["strain"]["shape"])
        mother = self._mother(births[0], strain)
        self.households += 1
        family = Family(
            ref=f"f{self.households}", children=[], carers={}, adults={}, at_home=set(), home=self.town.let(),
            strain=round(strain, 6),
        )  # fmt: skip
        self.settle(family, mother, "mother")
        if stream.random() >= told["no_father"]:
            self._father(family, mother, births[0])
        for born in births:
            if born.year + GROWN >= on.year and age(born, on) < GROWN:
                self.bear(family, mother, self._father_of(family), born, on)
        self._part(family, mother, on)
        family.troubles = self._troubles(family, on)
        self._mark_disabled(family)
        return family

    def births_from(self, first: date) -> list[date]:
        """The days on which a mother's children are born, of whom the first on that one."""
        told, stream = self.told["families"], self.stream
        wanted, days = 1 + bisect(list(accumulate(told["sizes"])), stream.random()), [first]
        while len(days) < wanted:
            if stream.random() < told["twins"]:
                days.append(days[-1])
            else:
                least, most = told["years_between"]
                days.append(days[-1] + timedelta(days=int(YEAR * stream.triangular(least, most, least + 1))))
        return days

    def settle(self, family: Family, adult: Dweller, kind: str, *, at_home: bool = True) -> None:
        """An adult is there, or belongs there and lives elsewhere."""
        family.adults[adult.ref] = adult
        family.carers[adult.ref] = kind
        if at_home:
            family.at_home.add(adult.ref)
            family.elsewhere.pop(adult.ref, None)
        else:
            family.at_home.discard(adult.ref)
            family.elsewhere[adult.ref] = self.town.let()

    def remain(self, family: Family, child: Dweller) -> None:
        """Somebody who grew up there: eighteen, and a brother or sister of the children."""
        family.adults[child.ref] = child
        family.carers[child.ref] = "sibling"
        family.at_home.add(child.ref)

    def _mother(self, first_birth: date, strain: float) -> Dweller:
        told = self.told["families"]
        middle, deviation = told["mother_at_first"]
        years = self.stream.gauss(middle - told["younger_with_strain"] * (min(strain, MANY) - 0.8), deviation)
        years = min(max(years, 15.2), 43)
        community = COMMUNITIES[bisect(_SHARES, self.stream.random() * _SHARES[-1])]
        return self.adult("F", first_birth - timedelta(days=int(years * YEAR)), community)

    def _father(self, family: Family, mother: Dweller, first_birth: date) -> None:
        told, stream = self.told["families"], self.stream
        community = mother.community
        if stream.random() < self.told["mixed"]["couples"]:
            community = COMMUNITIES[bisect(_SHARES, stream.random() * _SHARES[-1])]
        middle, deviation = told["father_older"]
        born = mother.born - timedelta(days=int(stream.gauss(middle, deviation) * YEAR))
        father = self.adult("M", min(born, first_birth - timedelta(days=int(YOUNGEST_FATHER * YEAR))), community)
        self.settle(family, father, "father")
        his = names.for_sex(father.community, father.family, "F")
        if stream.random() < told["married"] and names.takes_his(father.community):
            mother.family = mother.family if names.is_of_fame(mother.given, his) else his

    def _father_of(self, family: Family) -> Dweller | None:
        return next((family.adults[ref] for ref, kind in family.carers.items() if kind == "father"), None)

    def _part(self, family: Family, mother: Dweller, on: date) -> None:
        """Who of them lives with the children by now: both, one, one and somebody new, or a grandmother."""
        told, stream, father = self.told["families"], self.stream, self._father_of(family)
        if stream.random() < told["grandparents"] * min(family.strain + 0.2, 2 * MANY):
            self._with_grandmother(family, mother)
            return
        lone = stream.random() < told["lone"] + told["lone_with_strain"] * min(family.strain, 2 * MANY)
        if father is not None and (lone or stream.random() < told["step"]):
            away = mother if lone and stream.random() < told["lone_fathers"] else father
            self.settle(family, away, family.carers[away.ref], at_home=False)
        if not lone and len(family.at_home) == 1:
            self.settle(family, self.partner_of(mother, on), "step_parent")
        if stream.random() < told["grandmother_too"]:
            self.settle(family, self.mother_of(mother), "grandparent")

    def _with_grandmother(self, family: Family, mother: Dweller) -> None:
        for one in list(family.adults.values()):
            self.settle(family, one, family.carers[one.ref], at_home=False)
        self.settle(family, self.mother_of(mother), "grandparent")

    def _troubles(self, family: Family, on: date) -> frozenset[str]:
        eldest = max((one.age(on) for one in family.children), default=-1)
        found = []
        for kind, chance in self.told["troubles"].items():
            weighs = 1 if kind in WHATEVER_STRAIN else min(family.strain, 2 * MANY)
            if self.stream.random() < min(chance * weighs, 0.75) and eldest >= OF_AGE.get(kind, -1):
                found.append(kind)
        return frozenset(found)

    def _mark_disabled(self, family: Family) -> None:
        if "disability" in family.troubles and family.children:
            child = self.stream.choice(family.children)
            many = 1 + (self.stream.random() < 0.3)
            child.disabilities = tuple(sorted(self.stream.sample(DISABILITIES[:7], many)))

    # --- people ---------------------------------------------------------------------------------

    def adult(self, sex: str, born: date, community: str, *, generation: str = "parent") -> Dweller:
        """Somebody grown up, under the name that they were born with."""
        family = names.family_name(community, sex, self.stream)
        given = names.given_name(community, sex, self.stream, generation=generation, family=family)
        return self._person(given, family, sex, born, community=community, ethnicity=ETHNICITY[community])

    def partner_of(self, somebody: Dweller, on: date) -> Dweller:
        """A grown-up of the other sex and near their age, whom they live with."""
        born = somebody.born - timedelta(days=int(YEAR * self.stream.gauss(1.5, 5)))
        born = min(born, on - timedelta(days=int(YEAR * 18.5)))
        mixed = self.stream.random() < self.told["mixed"]["couples"]
        reach = self.stream.random() * _SHARES[-1]
        community = COMMUNITIES[bisect(_SHARES, reach)] if mixed else somebody.community
        return self.adult("M" if somebody.sex == "F" else "F", born, community)

    def mother_of(self, somebody: Dweller) -> Dweller:
        """A grandmother of the children."""
        born = somebody.born - timedelta(days=int(YEAR * min(max(self.stream.gauss(26, 5), 16), 42)))
        return self.adult("F", born, somebody.community, generation="grandparent")

    def bear(self, family: Family, mother: Dweller, father: Dweller | None, born: date, on: date) -> Dweller:
        """One more child of these two; expected, and so without a name, when `born` is after `on`."""
        community = father.community if father is not None else mother.community
        child = self._person(
            "", mother.family, "U", born, community=community, ethnicity=ethnicity_of(mother, father),
            numbered=born <= on,
        )  # fmt: skip
        child.parents = (mother.ref,) if father is None else (mother.ref, father.ref)
        family.children.append(child)
        if born <= on:
            self.name_child(family, child, mother, father)
        return child

    def name_child(self, family: Family, child: Dweller, mother: Dweller, father: Dweller | None) -> None:
        """The child is born: whether a girl or a boy, what they are called, and their NHS number."""
        told, stream = self.told["families"], self.stream
        child.sex = "M" if stream.random() < told["boys"] else "F"
        child.family = self._family_name_of(child, mother, father, family)
        taken = tuple(one.given for one in family.children if one is not child)
        child.given = names.given_name(child.community, child.sex, stream, family=child.family, taken=taken)
        child.nhs = child.nhs or self.numbers.nhs()

    def _family_name_of(self, child: Dweller, mother: Dweller, father: Dweller | None, family: Family) -> str:
        elder = next((one for one in family.children if one.given and one.parents == child.parents), None)
        if elder is not None:  # brothers and sisters of the same parents are called alike
            return names.for_sex(child.community, elder.family, child.sex)
        if father is None or (mother.family != father.family and self.stream.random() < 0.15):
            return names.for_sex(mother.community, mother.family, child.sex)
        his = for_child(child, father)
        if mother.family != his and self.stream.random() < self.told["families"]["double_names"]:
            return f"{mother.family.split()[-1]}-{his.split()[-1]}"
        return his

    def _person(
        self, given: str, family: str, sex: str, born: date, *, community: str, ethnicity: str, numbered: bool = True
    ) -> Dweller:
        self.people += 1
        nhs = self.numbers.nhs() if numbered else ""
        return Dweller(f"p{self.people}", given, family, sex, born, community, ethnicity, nhs)


def for_child(child: Dweller, father: Dweller) -> str:
    """The family name that a child has after this man."""
    return names.child_of(child.community, child.sex, father_given=father.given, father_family=father.family)


def age(born: date, on: date) -> int:
    """In whole years; -1 and less when not yet born."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ethnicity_of(mother: Dweller, father: Dweller | None) -> str:
    """The census's code of their child."""
    codes = {mother.ethnicity, father.ethnicity if father is not None else mother.ethnicity}
    if len(codes) == 1:
        return codes.pop()
    white = {code for code in codes if code.startswith("W")}
    if len(white) == 2:
        return "WOTH"
    other = next(iter(codes - white)) if len(white) == 1 else ""
    if other.startswith("A"):
        return "MWAS"
    return {"BCRB": "MWBC", "BAFR": "MWBA"}.get(other, "MOTH")


def first_births(stream: random.Random, on: date, years: float) -> Iterator[date]:
    """Days of first births, evenly over the years before."""
    while True:
        yield on - timedelta(days=int(stream.random() * years * YEAR))
