"""Which school or nursery a child goes to, and the number by which schools know them."""

import random
from collections.abc import Sequence
from datetime import date

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.place.agencies import NURSERY, Agency, stage_of
from sightline.commands.simulation.place.numbers import Numbers
from sightline.commands.simulation.place.town import area_of
from sightline.commands.simulation.rates import rates


class Schooling:
    """The places at schools. Brothers and sisters mostly go together."""

    def __init__(self, agencies: Sequence[Agency], numbers: Numbers, stream: random.Random) -> None:
        self._stream, self._numbers = stream, numbers
        self._by_box = {one.boxes[0][0]: one for one in agencies if one.stage}
        self._by_stage: dict[str, list[Agency]] = {}
        self._by_area: dict[tuple[str, int], list[Agency]] = {}
        for one in self._by_box.values():
            self._by_stage.setdefault(one.stage, []).append(one)
            self._by_area.setdefault((one.stage, one.area), []).append(one)

    def place_all(self, family: Family, on: date) -> list[Dweller]:
        """Each child where a child of that age goes. Returns who goes somewhere else from now."""
        return [child for child in family.children if self.place(family, child, on)]

    def place(self, family: Family, child: Dweller, on: date) -> bool:
        """A place for the child at the school of their age; false when they stay where they are."""
        stage = stage_of(child.age(date(on.year - (on.month < 9), 9, 1))) if child.born <= on else ""
        now = self._by_box.get(child.school)
        if not stage or (now is not None and now.stage == stage):
            return False
        if stage == NURSERY and self._stream.random() >= rates("place")["schools"]["nursery"]:
            return False
        self._enrol(family, child, stage, on)
        return True

    def change(self, family: Family, child: Dweller) -> bool:
        """Another school of the same kind, where there is one."""
        now = self._by_box.get(child.school)
        if now is None or len(self._by_stage[now.stage]) < 2:
            return False
        others = [one for one in self._by_stage[now.stage] if one is not now]
        near = [one for one in others if one.area == area_of(family.home)]
        child.school = self._stream.choice(near or others).boxes[0][0]
        return True

    def _enrol(self, family: Family, child: Dweller, stage: str, on: date) -> None:
        elder = next((self._by_box[one.school] for one in family.children if self._stage(one) == stage), None)
        school = elder or self._near(stage, area_of(family.home))
        child.school = school.boxes[0][0]
        if not child.upn and stage != NURSERY:
            child.upn = self._numbers.upn(school=school.number, year=child.born.year + 4 + (child.born.month > 8))

    def _stage(self, child: Dweller) -> str:
        return self._by_box[child.school].stage if child.school in self._by_box else ""

    def _near(self, stage: str, area: int) -> Agency:
        near = self._by_area.get((stage, area), ())
        if near and self._stream.random() < rates("place")["schools"]["nearest"]:
            return self._stream.choice(near)
        return self._stream.choice(self._by_stage[stage])
