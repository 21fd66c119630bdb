"""The rule said again, in plain Python, over plain facts.

Written from the table in `sightline/access/README.md` and from what `sightline/record/README.md` says of passages,
not from the SQL. Each method is one line of that table.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

Period = tuple[datetime, datetime | None]
Listing = tuple[datetime | None, datetime | None]
"""When somebody is listed on a restriction: with no beginning, for as long as it stands."""

SAME = "same"
EMERGENCY = "emergency"


def holds(period: Period | Listing, at: datetime) -> bool:
    """`[from, to)`."""
    begins, ends = period
    return (begins is None or begins <= at) and (ends is None or at < ends)


@dataclass(frozen=True)
class Worker:
    open: bool
    agency: UUID | None = None


@dataclass(frozen=True)
class Place:
    """A post: its team, and the post above it."""

    team: UUID
    above: UUID | None


@dataclass(frozen=True)
class Given:
    """A grant. `id` is its row."""

    id: UUID
    person: UUID
    reader: UUID
    sections: frozenset[str]
    because: str
    period: Period


@dataclass(frozen=True)
class Link:
    """`person` goes on as `same_as`; `kind` is "same" or "new_identity"."""

    id: UUID
    person: UUID
    same_as: UUID
    kind: str
    period: Period


@dataclass(frozen=True)
class Restriction:
    id: UUID
    person: UUID
    hidden: bool
    readers: tuple[tuple[UUID, Listing], ...]
    period: Period


@dataclass(frozen=True)
class Conflict:
    id: UUID
    person: UUID
    against: UUID
    period: Period


@dataclass(frozen=True)
class Twin:
    id: UUID
    person: UUID
    period: Period


@dataclass(frozen=True)
class Told:
    """A passage: about each of whom in which section, and to whom a child wished it to be kept."""

    id: UUID
    entry: UUID
    section: str
    about: tuple[UUID, ...]
    kept_to: tuple[UUID, ...] | None = None
    wish_set_aside: bool = False


@dataclass(frozen=True)
class Residing:
    """Where somebody lives, in its section; or, where that is over, lived."""

    id: UUID
    person: UUID
    section: str
    over: bool = False


@dataclass(frozen=True)
class Owed:
    """A step: who carries it, and for whom."""

    id: UUID
    post: UUID
    about: tuple[UUID, ...]


@dataclass
class World:
    """Everything the rule asks about, as facts with their periods."""

    workers: dict[UUID, Worker] = field(default_factory=dict)
    posts: dict[UUID, Place] = field(default_factory=dict)
    stands: list[tuple[UUID, UUID, Period]] = field(default_factory=list)
    shares: dict[UUID, tuple[UUID, Period]] = field(default_factory=dict)
    people: list[UUID] = field(default_factory=list)
    grants: list[Given] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    residences: list[Residing] = field(default_factory=list)
    entries: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    passages: list[Told] = field(default_factory=list)
    steps: list[Owed] = field(default_factory=list)

    _keys: dict[tuple[UUID, datetime, tuple[str, ...]], frozenset[UUID]] = field(default_factory=dict)

    def keys_of(self, person: UUID, at: datetime, kinds: tuple[str, ...]) -> frozenset[UUID]:
        """Every key that is reached from this one by links of these kinds which hold."""
        asked = (person, at, kinds)
        if asked not in self._keys:
            self._keys[asked] = self._reached(person, at, kinds)
        return self._keys[asked]

    def _reached(self, person: UUID, at: datetime, kinds: tuple[str, ...]) -> frozenset[UUID]:
        found, new = {person}, {person}
        while new:
            joined = {
                key
                for link in self.links
                if link.kind in kinds and holds(link.period, at) and {link.person, link.same_as} & new
                for key in (link.person, link.same_as)
            }
            new = joined - found
            found |= new
        return frozenset(found)


class View:
    """What one account sees of a world at one moment."""

    def __init__(self, world: World, account: UUID, at: datetime) -> None:
        self.world, self.account, self.at = world, account, at
        self._standing = [grant for grant in world.grants if self._now(grant.period)]
        self._closed = {person: self.is_closed(person) for person in world.people}
        self._granted = {person: self.granted(person) for person in world.people}

    def _now(self, period: Period | Listing) -> bool:
        return holds(period, self.at)

    # --- who I am -------------------------------------------------------------------------------

    @property
    def works_here(self) -> bool:
        return self.world.workers[self.account].open

    @cached_property
    def posts(self) -> frozenset[UUID]:
        """Those I stand in or cover, and those below, however far."""
        mine = {post for account, post, period in self.world.stands if account == self.account and self._now(period)}
        while below := {post for post, place in self.world.posts.items() if place.above in mine} - mine:
            mine |= below
        return frozenset(mine)

    @cached_property
    def principals(self) -> frozenset[UUID]:
        if not self.works_here:
            return frozenset()
        agency = self.world.workers[self.account].agency
        shares = {
            share
            for share, (whose, period) in self.world.shares.items()
            if agency is not None and whose == agency and self._now(period)
        }
        teams = {self.world.posts[post].team for post in self.posts}
        return frozenset({self.account} | self.posts | teams | shares)

    # --- about whom -----------------------------------------------------------------------------

    def same(self, person: UUID) -> frozenset[UUID]:
        """That person, by whichever key they are the same person."""
        return self.world.keys_of(person, self.at, (SAME,))

    def one(self, person: UUID) -> frozenset[UUID]:
        """The same, and through links of a new identity: bars pass those, and grants do not."""
        return self.world.keys_of(person, self.at, (SAME, "new_identity"))

    def grants(self, person: UUID) -> list[Given]:
        keys = self.same(person)
        return [grant for grant in self._standing if grant.person in keys and grant.reader in self.principals]

    def granted(self, person: UUID) -> frozenset[str]:
        return frozenset(section for grant in self.grants(person) for section in grant.sections)

    # --- what keeps me out ----------------------------------------------------------------------

    def in_conflict(self, person: UUID) -> bool:
        return any(
            conflict.against == self.account and conflict.person in self.one(person) and self._now(conflict.period)
            for conflict in self.world.conflicts
        )

    def in_emergency(self, person: UUID) -> bool:
        """My own emergency access to that person stands."""
        return any(grant.because == EMERGENCY and grant.reader == self.account for grant in self.grants(person))

    def closed_by(self, person: UUID) -> list[Restriction]:
        """Restrictions on that person on which I am not listed."""
        keys = self.one(person)
        return [
            one
            for one in self.world.restrictions
            if one.person in keys
            and self._now(one.period)
            and not any(account == self.account and self._now(listed) for account, listed in one.readers)
        ]

    def is_closed(self, person: UUID) -> bool:
        return self.in_conflict(person) or bool(self.closed_by(person) and not self.in_emergency(person))

    # --- the answers ----------------------------------------------------------------------------

    def may_see(self, person: UUID, section: str) -> bool:
        return self.works_here and not self._closed[person] and section in self._granted[person]

    def exists(self, person: UUID) -> bool:
        """Whether I may learn that there is such a person: whoever works here may search."""
        if not self.works_here or self.in_conflict(person):
            return False
        if any(one.hidden for one in self.closed_by(person)) and not self.in_emergency(person):
            return False
        keys = self.one(person)
        twin = any(one.person in keys and self._now(one.period) for one in self.world.twins)
        return not twin or bool(self.grants(person))

    def is_protected(self, person: UUID) -> bool:
        """By whichever key: they live at an address that protects."""
        keys = self.same(person)
        return any(
            one.person in keys and one.section == "safe_address" and not one.over for one in self.world.residences
        )

    def shows_area(self, person: UUID) -> bool:
        """Whether searching says where about they live."""
        lives = any(one.person == person and one.section == "address" and not one.over for one in self.world.residences)
        return lives and self.exists(person) and not self.is_closed(person) and not self.is_protected(person)

    def may_read(self, passage: Told) -> bool:
        """Its section, about somebody it is about; and whom the child wished to read it."""
        if not any(self.may_see(person, passage.section) for person in passage.about):
            return False
        if passage.kept_to is None or passage.wish_set_aside:
            return True
        return bool({self.account, *self.posts} & set(passage.kept_to))

    def may_read_entry(self, subjects: tuple[UUID, ...]) -> bool:
        return any(self.may_see(person, "ordinary") for person in subjects)

    def may_read_step(self, step: Owed) -> bool:
        """It is owed for somebody whom I may see; or a post of mine carries it, and nobody in it is closed to me."""
        if any(self.may_see(person, "ordinary") for person in step.about):
            return True
        return self.works_here and step.post in self.posts and not any(self._closed[person] for person in step.about)
