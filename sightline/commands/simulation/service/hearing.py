"""What truly happened in a family is heard of by whoever works with them, some days later, and written down.

Nobody hears of a family with whom nobody works: what happened to them waits until somebody does.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.commands.simulation.dwellers import Dweller, Home
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.place import Change, changes
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.birth import DIED, LIVING, BirthGiven, child_born
from sightline.kernel.london import local_day
from sightline.people.operations import (
    add_name,
    correct_particulars,
    end_name,
    record_address,
    set_identification,
)
from sightline.people.queries import get_headers, list_names, list_unidentified

WEEK = timedelta(days=7)
Writing = Callable[[Service, Actor, Change, Dweller], None]


def begin(service: Service) -> None:
    """From now on changes are heard of."""
    service.place.listeners.append(lambda change: _hear(service, change))


def _hear(service: Service, change: Change) -> None:
    known = [one for one in change.who if one.ref in service.story.people]
    if known and change.kind in WRITTEN:
        service.engine.begin(_told_of(service, change, known))


def _told_of(service: Service, change: Change, known: list[Dweller]) -> Life:
    """Until somebody who works with them has heard of it; then it is written."""
    stream = service.engine.stream("hearing of changes")
    if change.kind == changes.BORN:  # a midwife rings: nobody writes of a child as unborn who is born
        yield service.engine.wait(timedelta(hours=24 * stream.expovariate(1 / rate("place", "heard", change.kind))))
    else:
        yield service.engine.office(8 * stream.expovariate(1 / rate("place", "heard", change.kind)))
    case = service.case_of(change.family)
    while case is None or not case.post:
        yield service.engine.wait(WEEK)
        case = service.case_of(change.family)
    _write(service, case, change, known)


def _write(service: Service, case: Case, change: Change, known: list[Dweller]) -> None:
    who, keys = service.story.who(service.staff.carrying(case.post)), service.story.people
    with acting(who.id):
        seen = may_see_of(people=[keys[one.ref] for one in known])
        for one in known:
            if keys[one.ref] in seen:
                WRITTEN[change.kind](service, who, change, one)


def _born(service: Service, who: Actor, change: Change, one: Dweller) -> None:
    key, now = service.story.people[one.ref], service.now
    header = get_headers(people=[key]).get(key)
    if header is None or header.birth != "expected":
        return
    given = BirthGiven(
        one.born, one.sex, LIVING if one.died is None else DIED, given=one.given, family=one.family, died_on=one.died
    )
    child_born(by=who, child=key, born=given, at=now)


def _lives(service: Service, who: Actor, change: Change, one: Dweller) -> None:
    """Where they live now, whatever it was that changed."""
    family = change.family
    there = one.ref in family.at_home or one in family.children
    home: Home | None = family.home if there else family.elsewhere.get(one.ref)
    if home is not None and one.died is None:
        record_address(
            by=who, person=service.story.people[one.ref], lines=home.lines, postcode=home.postcode, at=service.now
        )


def _renamed(service: Service, who: Actor, change: Change, one: Dweller) -> None:
    key, today = service.story.people[one.ref], local_day(service.now)
    for name in list_names(person=key):
        if name.kind == "legal":
            end_name(by=who, name=name.id, true_to=today, at=service.now)
    add_name(by=who, person=key, given=one.given, family=one.family, true_from=today, at=service.now)


def _named(service: Service, who: Actor, change: Change, one: Dweller) -> None:
    key = service.story.people[one.ref]
    standing = _standing(key)
    if standing is None:
        return
    set_identification(
        by=who, person=key, status="identified", words=f"The family gives the name as {one.given} {one.family}.",
        standing=standing, at=service.now,
    )  # fmt: skip
    add_name(by=who, person=key, given=one.given, family=one.family, at=service.now)


def _standing(key: UUID) -> UUID | None:
    return next((one.standing for one in list_unidentified(people=[key]) if one.is_open), None)


def _died(service: Service, who: Actor, change: Change, one: Dweller) -> None:
    correct_particulars(by=who, person=service.story.people[one.ref], death_date=one.died, at=service.now)


WRITTEN: dict[str, Writing] = {
    changes.BORN: _born, changes.MOVED: _lives, changes.PARTED: _lives, changes.JOINED: _lives,
    changes.RENAMED: _renamed, changes.NAMED: _named, changes.DIED: _died,
}  # fmt: skip
