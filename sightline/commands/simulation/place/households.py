"""What befalls households: they move, part, are joined by somebody, marry, and come and go from the place."""

from typing import TYPE_CHECKING

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.place import changes, names
from sightline.commands.simulation.place.population import MANY, for_child
from sightline.commands.simulation.place.town import area_of

if TYPE_CHECKING:
    from sightline.commands.simulation.place.lives import Lives

PARENTS = frozenset({"mother", "father"})
PARENTAL = frozenset({"mother", "father", "step_parent"})
"""Of whom two live together as a couple."""
SPOKEN = (
    "Mum's new partner, possibly called {given}", "a man called {given} who stays at weekends",
    "Mum's boyfriend; nobody has his name", "a friend of Mum's, {given} or something like it",
    "the man who does the school run, said to be an uncle",
)  # fmt: skip
"""How people speak of a man who has moved in and whom nobody has named."""


class Households:
    """Moves, partings, newcomers and marriages."""

    def __init__(self, lives: "Lives") -> None:
        self.lives, self.place = lives, lives.place
        self.stream, self.told = lives.stream, lives.told["happenings"]

    def begin(self) -> None:
        """Let all of it go on from now."""
        told, often = self.told, self.lives.often
        often(told["moves"] + MANY * told["moves_with_strain"], self._moves)
        often(told["moves_away"], self._moves_away)
        often(told["moves_away"], self._comes)
        often(told["parts"] + MANY * told["parts_with_strain"], self._parts)
        often(told["joins"], self._joined)
        often(told["comes_back"], self._comes_back)
        often(told["grandmother_takes_over"] * 2 * MANY, self._grandmother_takes_over)
        often(told["marries"], self._marries)
        often(told["changes_name"], self._by_deed)

    # --- who is there ---------------------------------------------------------------------------

    def couple(self, family: Family) -> list[Dweller]:
        """The two who live together there, or the one."""
        return [one for one in family.adults_at_home() if family.carers[one.ref] in PARENTAL]

    def man_of(self, family: Family, mother: Dweller) -> Dweller | None:
        """With whom the mother lives, and could have a child."""
        if mother.ref not in family.at_home:
            return None
        return next((one for one in self.couple(family) if one.sex == "M"), None)

    def who_looks_after(self, family: Family) -> None:
        """Where nobody grown up is left with the children: the other parent comes, or a grandmother."""
        if family.adults_at_home() or not family.children:
            return
        kinds = family.carers
        other = next((one for one in family.adults.values() if one.died is None and kinds[one.ref] in PARENTS), None)
        if other is None:
            self._grandmother(family)
        else:
            self._settle(family, other)

    def _settle(self, family: Family, one: Dweller) -> None:
        if one.ref in family.elsewhere:
            self.place.town.leave(family.elsewhere[one.ref])
        self.place.founder.settle(family, one, family.carers[one.ref])
        self.lives.burden(family, "joined")
        self.place.tell(changes.JOINED, family, one)

    # --- moving ---------------------------------------------------------------------------------

    def _moves(self, family: Family) -> None:
        told = self.told
        most = told["moves"] + MANY * told["moves_with_strain"]
        if self.lives.chance(told["moves"] + told["moves_with_strain"] * min(family.strain, MANY), most):
            self._move(family)

    def _move(self, family: Family) -> None:
        before, family.home = family.home, self.place.town.let()
        self.place.town.leave(before)
        self.lives.burden(family, "moved")
        self.place.tell(changes.MOVED, family, *self._household(family), before=before)
        far = area_of(before) != area_of(family.home) or self.place.town.areas == 1
        if far and self.stream.random() < self.told["long_moves"]:
            moved = [child for child in family.children if self.place.schooling.change(family, child)]
            if moved:
                self.place.tell(changes.NEW_SCHOOL, family, *moved)

    def _household(self, family: Family) -> list[Dweller]:
        return [*family.children, *family.adults_at_home()]

    def _moves_away(self, family: Family) -> None:
        before, family.home = family.home, self.place.town.beyond()
        self.place.town.leave(before)
        family.here = False
        for child in family.children:
            child.school = ""
        self.place.weigh(family, 1.0)
        self.place.tell(changes.MOVED, family, *self._household(family), before=before)

    def _comes(self, _: Family) -> None:
        before = self.place.town.beyond()
        family = self.place.arrive()
        self.lives.burden(family, "moved")
        self.place.tell(changes.MOVED, family, *self._household(family), before=before)

    # --- parting and joining --------------------------------------------------------------------

    def _parts(self, family: Family) -> None:
        told, couple = self.told, self.couple(family)
        most = told["parts"] + MANY * told["parts_with_strain"]
        if len(couple) < 2 or not self.lives.chance(
            told["parts"] + told["parts_with_strain"] * min(family.strain, MANY), most
        ):
            return
        goes = next((one for one in couple if family.carers[one.ref] == "step_parent"), None)
        if goes is None:
            stays_with_him = self.stream.random() < self.lives.told["families"]["lone_fathers"]
            goes = next(one for one in couple if family.carers[one.ref] == ("mother" if stays_with_him else "father"))
        self._goes(family, goes)
        if self.stream.random() < 0.4:
            family.troubles |= {"conflict"}

    def _goes(self, family: Family, one: Dweller) -> None:
        self.place.founder.settle(family, one, family.carers[one.ref], at_home=False)
        self.lives.burden(family, "parted")
        self.place.tell(changes.PARTED, family, one)

    def _joined(self, family: Family) -> None:
        couple = self.couple(family)
        if len(couple) != 1:
            return
        one = self.place.newcomer(family)
        if one.sex == "M" and self.stream.random() < self.told["stays_unnamed"]:
            one.spoken_of = self.stream.choice(SPOKEN).format(given=one.given)
            self.place.engine.begin(self._until_named(family, one))
        self.lives.burden(family, "joined")
        self.place.tell(changes.JOINED, family, one)

    def _until_named(self, family: Family, one: Dweller) -> Life:
        yield self.place.engine.wait(self.lives.later(self.told["named_after_days"]))
        if one.spoken_of and one.ref in family.at_home:
            one.spoken_of = ""
            self.place.tell(changes.NAMED, family, one)

    def _comes_back(self, family: Family) -> None:
        if len(self.couple(family)) == 1:
            parted = [
                family.adults[ref] for ref in family.elsewhere
                if family.carers[ref] in PARENTS and family.adults[ref].died is None
            ]  # fmt: skip
            if parted:
                self._settle(family, self.stream.choice(parted))

    def _grandmother_takes_over(self, family: Family) -> None:
        parents = [one for one in self.couple(family) if family.carers[one.ref] in PARENTAL]
        if not parents or not self.lives.chance(min(family.strain, 2 * MANY), 2 * MANY):
            return
        for one in parents:
            self._goes(family, one)
        before = family.home
        self._grandmother(family)
        family.home = self.place.town.let()
        self.place.town.leave(before)
        self.place.tell(changes.MOVED, family, *self._household(family), before=before)

    def _grandmother(self, family: Family) -> None:
        """The grandmother whom they have, or one of whom nobody has spoken yet."""
        there = [one for one in family.adults.values() if family.carers[one.ref] == "grandparent" and one.died is None]
        if not there:
            mother = next(one for one in family.adults.values() if family.carers[one.ref] in PARENTS)
            one = self.place.founder.mother_of(mother)
            self.place.founder.settle(family, one, "grandparent")
            self.place.belong(family, one)
            there = [one]
        if there[0].ref not in family.at_home:
            self.place.founder.settle(family, there[0], "grandparent")
        self.place.tell(changes.JOINED, family, there[0])

    # --- names ----------------------------------------------------------------------------------

    def _marries(self, family: Family) -> None:
        couple = self.couple(family)
        wife = next((one for one in couple if one.sex == "F"), None)
        husband = next((one for one in couple if one.sex == "M"), None)
        if wife is None or husband is None or not names.takes_his(husband.community):
            return
        his = names.for_sex(husband.community, husband.family, "F")
        if wife.family == his or names.is_of_fame(wife.given, his):
            return
        with_them = [
            child for child in family.children
            if child.given and child.family == wife.family and husband.ref in child.parents
        ]  # fmt: skip
        self._rename(wife, wife.given, his)
        for child in with_them:
            self._rename(child, child.given, for_child(child, husband))
        self.place.tell(changes.RENAMED, family, wife, *with_them)

    def _by_deed(self, family: Family) -> None:
        grown = [*family.adults_at_home(), *(child for child in family.children if child.age(self.place.today) >= 12)]
        if not grown:
            return
        one = self.stream.choice(grown)
        if self.stream.random() < 0.5:
            self._rename(one, one.given, names.family_name(one.community, one.sex, self.stream))
        else:
            given = names.given_name(one.community, one.sex, self.stream, family=one.family, taken=(one.given,))
            self._rename(one, given, one.family)
        if one.former and one.former[-1][0] == self.place.today:
            self.place.tell(changes.RENAMED, family, one)

    def _rename(self, one: Dweller, given: str, family: str) -> None:
        if names.is_of_fame(given, family):
            return
        one.former = (*one.former, (self.place.today, one.given, one.family))
        one.given, one.family = given, family
