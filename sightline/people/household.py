"""What changed in a child's household: who came, who went, and whether the child moved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from sightline.access.rules import Section
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.people.models import Residence

_Homes = dict[UUID, set[UUID]]


@dataclass(frozen=True)
class HouseholdChange:
    """Somebody came to live with a child or left, or the child moved.

    `at` is when it was recorded, `on` the day on which it came about, where that is known.
    """

    person: UUID
    what: str
    at: datetime
    on: date | None

    def words(self, name: str) -> str:
        """Said of somebody of that name: "Lee Marsh moved in (3 March 2026)"."""
        return f"{name} {self.what}" + (f" ({day_words(self.on)})" if self.on else "")


@dataclass(frozen=True)
class _Turned:
    """Somebody began or ceased to live in a home."""

    at: datetime
    person: UUID
    home: UUID
    came: bool
    on: date | None


MOVED_IN, MOVED_OUT, MOVED_HOME = "moved in", "moved out", "moved home"


def household_changes(*, children: Iterable[UUID], since: datetime) -> dict[UUID, list[HouseholdChange]]:
    """What changed in each child's household, as far as it was recorded after `since`, oldest first. Two queries.

    A first address is no change, and nor is a whole household that moves together but for the move itself. What
    the reader may not see is not there, and nor is an address that protects.
    """
    keys = list(dict.fromkeys(children))
    ordinary = Residence.objects.filter(section=Section.ADDRESS)
    homes = set(ordinary.filter(_may_matter(since), person_id__in=keys).values_list("home_id", flat=True))
    rows = list(ordinary.filter(home_id__in=homes).order_by("believed_from", "id"))
    living, turned = _living(rows, since), _turned(rows, since)
    return {child: _changes_of(child, living, turned) for child in keys}


def _may_matter(since: datetime) -> Q:
    """Residences believed then or since, which had not ended before."""
    return (Q(believed_to=None) | Q(believed_to__gt=since)) & (Q(true_to=None) | Q(true_to__gte=local_day(since)))


def _living(rows: list[Residence], since: datetime) -> _Homes:
    """Who lived in each home, as it was believed at that moment."""
    living: _Homes = defaultdict(set)
    for row in rows:
        believed = row.believed_from <= since and (row.believed_to is None or row.believed_to > since)
        if believed and (row.true_to is None or row.true_to > local_day(since)):
            living[row.home_id].add(row.person_id)
    return living


def _turned(rows: list[Residence], since: datetime) -> list[_Turned]:
    """What was recorded since, in that order. A row that only corrects another turns nothing: see `_apply`."""
    return [
        _Turned(
            at=row.believed_from,
            person=row.person_id,
            home=row.home_id,
            came=row.true_to is None,
            on=row.true_from if row.true_to is None else row.true_to,
        )
        for row in rows
        if row.believed_from > since
    ]


def _changes_of(child: UUID, then: _Homes, turned: list[_Turned]) -> list[HouseholdChange]:
    living: _Homes = defaultdict(set, {home: set(people) for home, people in then.items()})
    found: list[HouseholdChange] = []
    for (at, who_turned), acts in groupby(turned, key=lambda one: (one.at, one.person)):
        together = list(acts)
        before, homes = _with(child, living), _homes_of(child, living)
        for one in together:
            _apply(one, living)
        on = together[-1].on
        if who_turned == child and homes and _homes_of(child, living) - homes:
            found.append(HouseholdChange(child, MOVED_HOME, at, on))
        after = _with(child, living)
        if homes:
            found += [HouseholdChange(who, MOVED_IN, at, on) for who in sorted(after - before)]
        found += [HouseholdChange(who, MOVED_OUT, at, on) for who in sorted(before - after)]
    return _without_passing(found)


def _apply(one: _Turned, living: _Homes) -> None:
    if one.came:
        living[one.home].add(one.person)
    else:
        living[one.home].discard(one.person)


def _homes_of(child: UUID, living: _Homes) -> set[UUID]:
    return {home for home, people in living.items() if child in people}


def _with(child: UUID, living: _Homes) -> set[UUID]:
    return set().union(*(living[home] for home in _homes_of(child, living))) - {child}


def _without_passing(found: list[HouseholdChange]) -> list[HouseholdChange]:
    """Leave out who went and came again within a day: a household that moves is recorded person by person."""
    kept: list[HouseholdChange] = []
    for one in found:
        other = next((earlier for earlier in kept if _undoes(earlier, one)), None)
        if other is None:
            kept.append(one)
        else:
            kept.remove(other)
    return kept


def _undoes(earlier: HouseholdChange, later: HouseholdChange) -> bool:
    return (
        earlier.person == later.person
        and {earlier.what, later.what} == {MOVED_IN, MOVED_OUT}
        and local_day(earlier.at) == local_day(later.at)
    )
