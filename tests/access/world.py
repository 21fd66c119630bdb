"""Random worlds for the rule: accounts, posts, teams, grants, bars; and the rule said again in Python.

The oracle was written from the table in `sightline/access/README.md`, not from the SQL.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.models import Bar, BarReader, Grant
from sightline.access.rules import Section
from sightline.kernel.references import new_id
from sightline.people.models import Person
from sightline.workforce.models import Account, Cover, Occupancy, Post, Team

Period = tuple[datetime, datetime | None]


def holds(period: Period, now: datetime) -> bool:
    begins, ends = period
    return begins <= now and (ends is None or now < ends)


@dataclass
class RandomWorld:
    """One world as plain facts. Moments are well away from now, which belongs to the database."""

    now: datetime
    active: dict[UUID, bool] = field(default_factory=dict)
    team_of: dict[UUID, UUID] = field(default_factory=dict)
    above: dict[UUID, UUID | None] = field(default_factory=dict)
    stands: list[tuple[UUID, UUID, Period]] = field(default_factory=list)
    grants: list[tuple[UUID, UUID, frozenset[str], Period]] = field(default_factory=list)
    restricted: list[tuple[UUID, frozenset[UUID], Period]] = field(default_factory=list)
    conflicts: list[tuple[UUID, UUID, Period]] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)

    # --- the rule, from its table ---------------------------------------------------------------

    def principals(self, account: UUID) -> set[UUID]:
        """Myself, my posts, those below a post of mine, and the teams of all of these."""
        if not self.active[account]:
            return set()
        posts = {post for one, post, period in self.stands if one == account and holds(period, self.now)}
        while True:
            below = {post for post, manager in self.above.items() if manager in posts} - posts
            if not below:
                return {account} | posts | {self.team_of[post] for post in posts}
            posts |= below

    def barred(self, account: UUID, person: UUID) -> bool:
        for about, readers, period in self.restricted:
            if about == person and holds(period, self.now) and account not in readers:
                return True
        return any(
            about == person and against == account and holds(period, self.now)
            for about, against, period in self.conflicts
        )

    def may_see(self, account: UUID, person: UUID, section: str) -> bool:
        if self.barred(account, person):
            return False
        mine = self.principals(account)
        return any(
            about == person and reader in mine and section in sections and holds(period, self.now)
            for about, reader, sections, period in self.grants
        )


def draw_world(dice: random.Random, now: datetime) -> RandomWorld:
    """Small enough that people and readers meet often."""
    world = RandomWorld(now)

    def period() -> Period:
        begins = now + timedelta(hours=dice.choice([-200, -30, -2, 3, 50]))
        ends = begins + timedelta(hours=dice.choice([1, 24, 300]))
        return begins, dice.choice([None, None, ends])

    accounts = [new_id() for _ in range(4)]
    teams = [new_id() for _ in range(2)]
    posts = [new_id() for _ in range(4)]
    world.active = {account: dice.random() < 0.85 for account in accounts}
    for number, post in enumerate(posts):
        world.team_of[post] = dice.choice(teams)
        world.above[post] = dice.choice([None, *posts[:number]])
        # One stands at most once in a post, since a post has one occupant at a time.
        world.stands += [(dice.choice(accounts), post, period()) for _ in range(dice.choice([0, 1, 1]))]
    world.people = [new_id() for _ in range(3)]
    readers = accounts + posts + teams
    sections = [section.value for section in Section]
    for _ in range(dice.randint(5, 14)):
        some = frozenset(dice.sample(sections, dice.randint(1, len(sections))))
        world.grants.append((dice.choice(world.people), dice.choice(readers), some, period()))
    for _ in range(dice.choice([0, 0, 1, 2])):
        listed = frozenset(dice.sample(accounts, dice.randint(0, 2)))
        world.restricted.append((dice.choice(world.people), listed, period()))
    for _ in range(dice.choice([0, 0, 1, 2])):
        world.conflicts.append((dice.choice(world.people), dice.choice(accounts), period()))
    return world


def put_down(world: RandomWorld, dice: random.Random) -> None:
    """Write the world into the tables, as the serving role."""
    _put_workforce(world, dice)
    Person.objects.bulk_create(
        Person(id=person, kind="child", registered_at=world.now, registered_by=next(iter(world.active)))
        for person in world.people
    )
    Grant.objects.bulk_create(
        Grant(person=about, reader=reader, sections=sorted(some), because="test", from_at=begins, until_at=ends)
        for about, reader, some, (begins, ends) in world.grants
    )
    for about, listed, (begins, ends) in world.restricted:
        bar = Bar(kind="restricted", person=about, reason="Test", from_at=begins, until_at=ends)
        bar.save(force_insert=True)
        BarReader.objects.bulk_create(BarReader(bar_id=bar.id, account=account) for account in listed)
    Bar.objects.bulk_create(
        Bar(kind="conflict", person=about, against=against, reason="Test", from_at=begins, until_at=ends)
        for about, against, (begins, ends) in world.conflicts
    )


def _put_workforce(world: RandomWorld, dice: random.Random) -> None:
    long_ago = world.now - timedelta(days=30)
    Account.objects.bulk_create(
        Account(id=one, email=f"{one}@x.example", name="A", role="social_worker", is_active=active, joined_at=long_ago)
        for one, active in world.active.items()
    )
    teams = sorted(set(world.team_of.values()))
    Team.objects.bulk_create(Team(id=team, key=str(team), name="T", kind="casework") for team in teams)
    for post, above in world.above.items():
        Post.objects.create(
            id=post, key=str(post), team_id=world.team_of[post], title="P", kind="worker", manager_id=above,
            opened_at=long_ago,
        )  # fmt: skip
    for account, post, (begins, ends) in world.stands:
        way = dice.choice([Occupancy, Cover])
        way.objects.create(post_id=post, account_id=account, from_at=begins, to_at=ends)
