"""Random worlds for the rule: small, so that everything in them meets often, and on the hour.

Every period begins and ends on one of a few hours, and the world is asked on those hours and a microsecond before:
so each answer is asked at the exact bounds.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.rules import EVERYDAY, Section
from sightline.kernel.references import new_id
from tests.access.oracle import (
    EMERGENCY,
    SAME,
    Conflict,
    Given,
    Link,
    Owed,
    Period,
    Place,
    Residing,
    Restriction,
    Told,
    Twin,
    Worker,
    World,
)

HOURS = range(10)
SECTIONS = [section.value for section in Section]
AS_ALLOCATION = frozenset(section.value for section in EVERYDAY)
IDENTITY = frozenset({"identity"})
SAFE_ADDRESS = frozenset({"safe_address"})


def draw_world(dice: random.Random, start: datetime) -> World:
    """A world that begins at `start` and is asked within ten hours from then."""
    return _Drawing(dice, start).world


def draw_moments(dice: random.Random, start: datetime, count: int) -> list[datetime]:
    """Moments at which something may begin or end: on the hour, and a microsecond before."""
    hours = [start + timedelta(hours=hour) for hour in HOURS]
    return dice.sample([*hours, *(hour - timedelta(microseconds=1) for hour in hours)], count)


class _Drawing:
    """Draws a world part by part; what meets what is left to the dice."""

    def __init__(self, dice: random.Random, start: datetime) -> None:
        self.dice, self.start, self.world = dice, start, World()
        self._draw_workforce()
        self.world.people = [new_id() for _ in range(7)]
        self._draw_links()
        self._draw_grants()
        self._draw_bars()
        self._draw_emergencies()
        self._draw_record()

    # --- small things ---------------------------------------------------------------------------

    def _hour(self, hour: int) -> datetime:
        return self.start + timedelta(hours=hour)

    def _period(self) -> Period:
        begins = self.dice.randrange(-2, 7)
        ends = begins + self.dice.choice([0, 1, 2, 3, 5])
        return self._hour(begins), self.dice.choice([None, self._hour(ends), self._hour(ends)])

    def _some(self, most: int) -> Iterable[int]:
        return range(self.dice.randint(0, most))

    def _person(self) -> UUID:
        return self.dice.choice(self.world.people)

    def _account(self) -> UUID:
        return self.dice.choice(list(self.world.workers))

    def _people(self) -> tuple[UUID, ...]:
        return tuple(self.dice.sample(self.world.people, self.dice.choice([1, 1, 2, 3])))

    # --- who works here -------------------------------------------------------------------------

    def _draw_workforce(self) -> None:
        world, dice = self.world, self.dice
        agencies = [new_id() for _ in range(2)]
        for agency in (None, None, None, agencies[0], agencies[1]):
            world.workers[new_id()] = Worker(dice.random() < 0.9, agency)
        teams = [new_id() for _ in range(3)]
        for _ in range(6):
            world.posts[new_id()] = Place(dice.choice(teams), dice.choice([None, *world.posts, *world.posts]))
        for post in world.posts:
            # A post has at most one occupant at a time, and one cover.
            for _ in self._some(2):
                world.stands.append((self._account(), post, self._period()))
        for agency in agencies:
            for _ in range(dice.randint(1, 2)):
                world.shares[new_id()] = (agency, self._period())

    # --- two keys, one person -------------------------------------------------------------------

    def _draw_links(self) -> None:
        for _ in range(self.dice.randint(1, 5)):
            one, other = self.dice.sample(self.world.people, 2)
            link = Link(new_id(), one, other, self.dice.choice([SAME, SAME, "new_identity"]), self._period())
            if not any(is_onward(link, before) for before in self.world.links):
                self.world.links.append(link)

    # --- who may see ----------------------------------------------------------------------------

    def _draw_grants(self) -> None:
        world, dice = self.world, self.dice
        teams = [place.team for place in world.posts.values()]
        readers = [*world.workers, *world.posts, *world.posts, *teams, *world.shares, *world.shares, *world.shares]
        for _ in range(dice.randint(12, 40)):
            some = frozenset(dice.sample(SECTIONS, dice.randint(1, 5)))
            sections = dice.choice([AS_ALLOCATION, AS_ALLOCATION, IDENTITY, SAFE_ADDRESS, some])
            reader = dice.choice(readers)
            world.grants.append(Given(new_id(), self._person(), reader, sections, "allocation", self._period()))

    def _draw_bars(self) -> None:
        world, dice = self.world, self.dice
        for _ in range(dice.randint(1, 4)):
            readers = tuple(
                (account, dice.choice([(None, None), self._period()]))
                for account in dice.sample(list(world.workers), dice.randint(1, 3))
            )
            world.restrictions.append(
                Restriction(new_id(), self._person(), dice.random() < 0.6, readers, self._period())
            )
        for _ in self._some(3):
            world.conflicts.append(Conflict(new_id(), self._person(), self._account(), self._period()))
        for _ in self._some(2):
            world.twins.append(Twin(new_id(), self._person(), self._period()))

    def _draw_emergencies(self) -> None:
        barred = [*self.world.restrictions, *self.world.conflicts]
        for _ in range(3):
            begins, _ = self._period()
            period = (begins, begins + timedelta(hours=8))
            sections = self.dice.choice([AS_ALLOCATION, AS_ALLOCATION | SAFE_ADDRESS])
            # Mostly to somebody who is closed to most, and often by the one who is in conflict.
            bar = self.dice.choice([*barred, None])
            person = bar.person if bar else self._person()
            account = bar.against if isinstance(bar, Conflict) and self.dice.random() < 0.5 else self._account()
            self.world.grants.append(Given(new_id(), person, account, sections, EMERGENCY, period))

    # --- what is recorded -----------------------------------------------------------------------

    def _draw_record(self) -> None:
        world, dice = self.world, self.dice
        for person in world.people:
            for section in dice.choice([*[["address"]] * 3, ["safe_address"], ["address", "safe_address"]]):
                world.residences.append(Residing(new_id(), person, section, over=dice.random() < 0.15))
        for _ in range(4):
            entry, subjects = new_id(), self._people()
            world.entries[entry] = subjects
            for _ in range(2):
                section = dice.choice(["ordinary", "child_words", "police", "adoption"])
                about = tuple(dice.sample(subjects, dice.randint(1, len(subjects))))
                world.passages.append(Told(new_id(), entry, section, about, *self._wish()))
        for _ in range(4):
            world.steps.append(Owed(new_id(), dice.choice(list(world.posts)), dice.choice([(), *[self._people()] * 4])))

    def _wish(self) -> tuple[tuple[UUID, ...] | None, bool]:
        if self.dice.random() < 0.5:
            return None, False
        readers = [*self.world.workers, *self.world.posts]
        return tuple(self.dice.sample(readers, 2)), self.dice.random() < 0.2


def is_onward(link: Link, before: Link) -> bool:
    """Whether, with these two links of one kind at one time, somebody would be linked onwards."""
    onward = link.person in {before.person, before.same_as} or link.same_as == before.person
    return link.kind == before.kind and onward and _meet(link.period, before.period)


def _meet(one: Period, other: Period) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
