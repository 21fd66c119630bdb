"""Judges a census by every rule of its year, a child at a time."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from sightline.returns.cin.given import given
from sightline.returns.cin.parts import Child, CollectionDetails, Header, Source, Stray
from sightline.returns.cin.reader import Census
from sightline.returns.cin.report import Report
from sightline.returns.cin.rules.own import unnamed, unreadable_values
from sightline.returns.cin.rules.register import (
    CHILD_RULES,
    EPISODE_RULES,
    WHOLE_RULES,
    ChildRule,
    EpisodeRule,
    Fault,
    Place,
)
from sightline.returns.cin.stream import Unreadable
from sightline.returns.cin.years import Year, known_years

MOST_CHILDREN = 500_000
MOST_LISTED = 100_000
_MOST_FOUND = 80  # characters of what was found, in a report


class Examination:
    """Sees each child once, keeps what it finds, and then reports.

    Faults beyond ``most_listed`` are counted and named by rule, and not listed one by one.
    """

    def __init__(self, census: Census, *, most_listed: int = MOST_LISTED) -> None:
        self.census = census
        self._most_listed = most_listed
        self._faults: list[Fault] = []
        self._counts: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._whole = [(code, rule(census)) for code, rule in WHOLE_RULES if census.year.judges(code)]

    def see(self, child: Child) -> tuple[Fault, ...]:
        """Judges one child and gives its faults, in the order of their lines.

        Refuses (`Unreadable`) more children than any authority has.
        """
        self._counts["children"] += 1
        if self._counts["children"] > MOST_CHILDREN:
            raise Unreadable(
                f"The file has more than {MOST_CHILDREN:,} children, which no authority has. "
                "Check that it is the right file.",
                line=child.line,
            )
        self._count(child)
        found = sorted(set(self._judged(child)), key=_order)
        self._keep(found)
        return tuple(found)

    def see_stray(self, stray: Stray) -> None:
        """Notes what stands between the children and is none."""
        self._counts["unplaced"] += 1
        self._keep([_stray_fault("", stray)])

    def report(self) -> Report:
        """What was found, once every child has been seen."""
        self._keep(sorted(self._of_the_file(), key=_order))
        return Report(
            census=self.census,
            counts=dict(self._counts),
            found=dict(self._found),
            faults=tuple(sorted(self._faults, key=_order)),
        )

    def _judged(self, child: Child) -> Iterator[Fault]:
        yield from _alone(child, self.census)
        for code, whole in self._whole:
            yield from (_fault(child.id, code, place) for place in whole.see(child))
        for group in child.groups():
            yield from (_stray_fault(child.id, stray) for stray in group.strays)

    def _of_the_file(self) -> Iterator[Fault]:
        header = self.census.header
        for code, whole in self._whole:
            yield from (_fault("", code, place) for place in whole.finish())
        yield from (_fault("", "SL06", place) for place in unnamed(header))
        yield from (_fault("", "SL04", place) for place in unreadable_values(header))
        for group in header.groups():
            yield from (_stray_fault("", stray) for stray in group.strays)

    def _keep(self, faults: list[Fault]) -> None:
        self._found.update(fault.rule for fault in faults)
        self._faults += faults[: max(0, self._most_listed - len(self._faults))]

    def _count(self, child: Child) -> None:
        counts = self._counts
        counts["disabilities"] += sum(1 for d in child.characteristics.disabilities if d.given)
        for group in child.groups():
            counts["unplaced"] += len(group.strays)
            counts[COUNTED.get(group.ELEMENT, "")] += 1
        counts["conferences without an enquiry"] += sum(1 for episode in child.episodes if episode.conference.given)
        del counts[""]


COUNTED = {
    "CINdetails": "episodes",
    "Assessments": "assessments",
    "CINPlanDates": "child in need plans",
    "Section47": "section 47 enquiries",
    "ChildProtectionPlans": "child protection plans",
    "Reviews": "protection plan reviews",
    "PreProceedingsandFGDM": "pre-proceedings",
}
"""What is counted of a file, by the element that is one of it."""


def judge(census: Census, *, most_listed: int = MOST_LISTED) -> Report:
    """Reads the whole census and reports. Refuses (`Unreadable`) what cannot be read."""
    examination = Examination(census, most_listed=most_listed)
    for child in census.children():
        if isinstance(child, Stray):
            examination.see_stray(child)
        else:
            examination.see(child)
    return examination.report()


def census_of(year: Year, *, authority: str = "") -> Census:
    """A census of that year without a file, to judge by what the record says: all of the year, to its last day."""
    collection = given(CollectionDetails, collection="CIN", year=year.number, reference_date=year.census_date)
    header = given(Header, collection=collection, source=given(Source, authority=authority or None))
    return Census(b"", header, year, year.first_day, year.census_date)


def faults_of(child: Child, census: Census) -> tuple[Fault, ...]:
    """What the rules that concern one child find in this one, each rule and element once."""
    return tuple(sorted(set(_alone(child, census)), key=_order))


def _alone(child: Child, census: Census) -> Iterator[Fault]:
    """By the rules of the year that ask nothing of other children."""
    of_child, of_episode = _rules_of(census.year.number)
    for code, rule in of_child:
        yield from (_fault(child.id, code, place) for place in rule(child, census))
    for episode in child.episodes:
        for code, inside in of_episode:
            yield from (_fault(child.id, code, place) for place in inside(episode, child, census))


@cache
def _rules_of(number: int) -> tuple[tuple[tuple[str, ChildRule], ...], tuple[tuple[str, EpisodeRule], ...]]:
    year = known_years()[number]
    return (
        tuple(rule for rule in CHILD_RULES if year.judges(rule[0])),
        tuple(rule for rule in EPISODE_RULES if year.judges(rule[0])),
    )


def _fault(child: str, code: str, place: Place) -> Fault:
    return Fault(child, place.line, place.element, code, place.raw[:_MOST_FOUND])


def _stray_fault(child: str, stray: Stray) -> Fault:
    return Fault(child, stray.line, stray.element, stray.rule, stray.text[:_MOST_FOUND])


def _order(fault: Fault) -> tuple[int, str, str, str, str]:
    return fault.line, fault.rule, fault.element, fault.child, fault.found
