"""Rules about the file as a whole: its reference date, repeats, and the authority's counts."""

from collections.abc import Iterable, Iterator

from sightline.returns.cin.parts import Child, Field
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import Place, outside, whole_rule


class _Watch:
    """A rule that so far has nothing to say."""

    def __init__(self, census: Census) -> None:
        self.census = census

    def see(self, child: Child) -> Iterable[Place]:
        return ()

    def finish(self) -> Iterable[Place]:
        return ()

    def file(self, found: str) -> Place:
        """The file as a place, with what was found in it."""
        return Field("Children", self.census.header.line, found)


@whole_rule(
    "100",
    "The reference date is not 31 March of the census year.",
    "Check the date. All dates have been judged at the date in the file.",
)
class WrongReferenceDate(_Watch):
    def finish(self) -> Iterator[Place]:
        if self.census.end != self.census.year.census_date:
            yield self.census.header.collection.reference_date


@whole_rule(
    "8510",
    "Another child in the file has the same id.",
    "Bring the records together, or give each child an id of its own.",
)
class SameId(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._seen: set[str] = set()

    def see(self, child: Child) -> Iterator[Place]:
        if child.id in self._seen:
            yield child.identifiers.la_child_id
        self._seen.add(child.id)


@whole_rule(
    "1520",
    "Another child in the file has the same unique pupil number.",
    "Compare both with the school's, and check whether they are one child.",
)
class SameUpn(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._seen: set[str] = set()

    def see(self, child: Child) -> Iterator[Place]:
        upn = child.identifiers.upn
        if upn.given and upn.raw in self._seen:
            yield upn
        self._seen.add(upn.raw)


@whole_rule(
    "2883",
    "More protection plans began in the census year than initial conferences were held.",
    "Find the conferences that are missing: every plan begins at one.",
)
class MorePlansThanConferences(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._plans = 0
        self._conferences = 0

    def see(self, child: Child) -> Iterable[Place]:
        for episode in child.episodes:
            held = [episode.conference, *(e.conference for e in episode.enquiries)]
            self._plans += sum(self._in_year(plan.start) for plan in episode.protection_plans)
            self._conferences += sum(self._in_year(day) for day in held)
        return ()

    def _in_year(self, day: Place) -> bool:
        return day.value is not None and not outside(day, self.census)

    def finish(self) -> Iterator[Place]:
        if self._plans > self._conferences:
            yield self.file(f"{self._plans} plans, {self._conferences} conferences")


@whole_rule(
    "2886Q",
    "More than two in a hundred children who are born have no sex recorded.",
    "Record it, or give the reason.",
)
class SexSeldomRecorded(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._children = 0
        self._without = 0

    def see(self, child: Child) -> Iterable[Place]:
        who = child.identifiers
        self._children += 1
        if not who.expected_birth_date.given:
            self._without += who.sex.raw in ("", self.census.year.sex_missing)
        return ()

    def finish(self) -> Iterator[Place]:
        if self._without * 50 > self._children:
            yield self.file(f"{self._without} of {self._children} children")


@whole_rule(
    "2887Q",
    "The authority has used fewer than eight of the codes for disability.",
    "Check that disabilities are recorded by kind, or give the reason.",
)
class FewDisabilityCodes(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._used: set[str] = set()

    def see(self, child: Child) -> Iterable[Place]:
        codes = {each.raw for each in child.characteristics.disabilities}
        self._used |= (codes & self.census.year.disabilities) - {"NONE"}
        return ()

    def finish(self) -> Iterator[Place]:
        if len(self._used) < 8:
            yield self.file(f"{len(self._used)} codes")


@whole_rule(
    "2888Q",
    "No disabled child in the file has more than one disability.",
    "Record every disability of a child, or give the reason.",
)
class OneDisabilityEach(_Watch):
    def __init__(self, census: Census) -> None:
        super().__init__(census)
        self._most = 0

    def see(self, child: Child) -> Iterable[Place]:
        codes = {each.raw for each in child.characteristics.disabilities if each.given}
        self._most = max(self._most, len(codes - {"NONE"}))
        return ()

    def finish(self) -> Iterator[Place]:
        if self._most == 1:
            yield self.file("1 code each")
