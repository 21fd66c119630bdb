"""What was played on protecting children, as plain facts; nothing here asks the product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass
class Discussed:
    """A strategy discussion: whom it is for, for whom something was decided, and whether it was held."""

    children: set[UUID]
    decided: set[UUID] = field(default_factory=set)
    held: bool = False


@dataclass
class Enquired:
    """A section 47 enquiry, and for whom it has a conclusion."""

    children: set[UUID]
    concluded: set[UUID] = field(default_factory=set)


@dataclass
class Ordered:
    """A child whom the law keeps safe until a moment."""

    child: UUID
    kind: str
    began_at: datetime
    runs_out_at: datetime
    over: bool = False


@dataclass
class Asked:
    """Somebody on the list of a meeting, and what they may be told of when and where."""

    family: bool
    safe: bool
    allowed: bool = False
    excluded: bool = False
    told: bool = False

    @property
    def may_be_told(self) -> bool:
        """By a worker's confirmation; of the family when it is safe, or the chair allowed it."""
        waits_for_chair = self.family and not self.safe
        return not self.excluded and (not waits_for_chair or self.allowed)


@dataclass
class Met:
    """A conference that was convened: of which kind, about whom, and whether it is held or called off."""

    kind: str
    children: set[UUID]
    over: bool = False
    held: bool = False
    places: set[str] = field(default_factory=set)
    asked: dict[UUID, Asked] = field(default_factory=dict)


@dataclass
class Protected:
    """All of it. `owed` are children for whom a conference is owed, with the entry that made it so."""

    discussions: dict[UUID, Discussed] = field(default_factory=dict)
    enquiries: dict[UUID, Enquired] = field(default_factory=dict)
    orders: dict[UUID, Ordered] = field(default_factory=dict)
    owed: dict[UUID, UUID] = field(default_factory=dict)
    meetings: dict[UUID, Met] = field(default_factory=dict)
    letters: dict[UUID, UUID] = field(default_factory=dict)
    disagreements: dict[UUID, set[UUID]] = field(default_factory=dict)

    def enquired(self) -> set[UUID]:
        """Children on whom an enquiry has no conclusion."""
        return {child for one in self.enquiries.values() for child in one.children - one.concluded}

    def must_be_held(self, at: datetime) -> Iterator[tuple[UUID, frozenset[str], str]]:
        """Each child whom somebody must carry: by which kinds of step, and why."""
        for child in self.enquired():
            yield child, frozenset({"enquiry"}), "an enquiry without a conclusion"
        for one in self.orders.values():
            if not one.over and one.began_at <= at < one.runs_out_at:
                yield one.child, frozenset({"order"}), "an order in force"
        for child in self.owed:
            yield child, frozenset({"convene_conference", "conference"}), "a conference owed"
        for children in self.disagreements.values():
            for child in children:
                yield child, frozenset({"disagreement"}), "a disagreement that nobody resolved"
