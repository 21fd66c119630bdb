"""What a test that plays journeys keeps for itself: plain facts, and the promise said again in them.

Nothing here asks the product. Whom to ring, what is owed, which words were written and what an
earlier reading must still say are worked out from what was played.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.journeys.facts_protecting import Protected

LEFT_OPEN = {"decide_contact", "authorise_assessment", "enquiry", "conference", "disagreement"}
"""What an ending leaves open: the front door decides it, or it ends by an act of its own."""

GOES_ON = {"plan", "service", "enquiry", "order", "conference", "disagreement"}
"""What was begun goes on when the entry it arose from is withdrawn: it ends by an act of its own."""


@dataclass(frozen=True)
class Owed:
    """An open step: about which contact, what, which post carries it, from which entry, for whom."""

    subject: UUID | None
    kind: str
    post: UUID
    arose: UUID | None
    people: tuple[UUID, ...]
    step: UUID | None = None
    """Its key, where the play knows which step it is; then whom it is for is compared as well."""

    def moved(self, post: UUID) -> "Owed":
        return replace(self, post=post)


@dataclass(frozen=True)
class Said:
    """A paragraph as it was written."""

    heading: str
    text: str
    about: frozenset[UUID]


@dataclass(frozen=True)
class Written:
    """A version of an entry, as it was written."""

    entry: UUID
    root: UUID
    kind: str
    people: frozenset[UUID]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Taken:
    """A contact that was taken."""

    contact: UUID
    professional: bool
    danger: str
    children: tuple[UUID, ...]


@dataclass(frozen=True)
class Read:
    """What the watcher read of a child's record at a moment."""

    at: datetime
    child: UUID
    entries: tuple[Any, ...]
    marks: tuple[Any, ...]
    episodes: tuple[Any, ...]
    known_as: tuple[Any, ...]


@dataclass
class Round:
    """Children who are assessed, in which document, and whether a manager has it."""

    children: set[UUID]
    document: UUID
    sent: bool = False


@dataclass
class OnPlan:
    """A plan that was made: of which kind, from when, and who is on it since which day."""

    kind: str
    began_on: date
    since: dict[UUID, date]


@dataclass
class Workforce:
    """Who stands where, who covers until when, who is away, who is still here."""

    above: dict[UUID, UUID | None]
    emergency: list[UUID]
    occupant: dict[UUID, UUID] = field(default_factory=dict)
    cover: dict[UUID, tuple[UUID, datetime | None]] = field(default_factory=dict)
    away: set[UUID] = field(default_factory=set)
    here: set[UUID] = field(default_factory=set)

    def ring(self, post: UUID, at: datetime) -> UUID | None:
        """Whom to ring now: occupant, cover, then up the line, then the emergency duty team."""
        place: UUID | None = post
        while place is not None:
            for account in (self.occupant.get(place), self._covering(place, at)):
                if self._present(account):
                    return account
            place = self.above[place]
        occupants = [self.occupant.get(each) for each in sorted(self.emergency)]
        covers = [self._covering(each, at) for each in sorted(self.emergency)]
        return next((account for account in occupants + covers if self._present(account)), None)

    def _covering(self, post: UUID, at: datetime) -> UUID | None:
        account, until = self.cover.get(post, (None, None))
        return account if until is None or at < until else None

    def _present(self, account: UUID | None) -> bool:
        return account in self.here and account not in self.away

    def stands_in(self, account: UUID) -> set[UUID]:
        """The posts somebody stands in for good; cover that runs out has run out by the real clock."""
        occupied = {post for post, one in self.occupant.items() if one == account}
        return occupied | {post for post, (one, until) in self.cover.items() if one == account and until is None}

    def line(self, post: UUID) -> list[UUID]:
        found = [post]
        while (above := self.above[found[-1]]) is not None:
            found.append(above)
        return found

    def leave(self, account: UUID) -> None:
        self.here.discard(account)
        self.away.discard(account)
        self.occupant = {post: one for post, one in self.occupant.items() if one != account}
        self.cover = {post: kept for post, kept in self.cover.items() if kept[0] != account}


@dataclass
class Casework:
    """What was received, what is owed, who is carried by which post, and what was written."""

    contacts: dict[UUID, Taken] = field(default_factory=dict)
    undecided: set[UUID] = field(default_factory=set)
    decided_by: dict[UUID, UUID] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    carried: dict[UUID, UUID] = field(default_factory=dict)
    children: list[UUID] = field(default_factory=list)
    written: dict[UUID, Written] = field(default_factory=dict)
    superseded: set[UUID] = field(default_factory=set)
    withdrawn: set[tuple[UUID, UUID]] = field(default_factory=set)
    apart: set[UUID] = field(default_factory=set)
    before: dict[UUID, UUID] = field(default_factory=dict)
    rounds: dict[UUID, Round] = field(default_factory=dict)
    plans: dict[UUID, OnPlan] = field(default_factory=dict)
    services: dict[UUID, UUID | None] = field(default_factory=dict)
    visits: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    seen: list[tuple[UUID, UUID, date]] = field(default_factory=list)
    held: list[tuple[UUID, UUID, date]] = field(default_factory=list)
    core_groups: list[tuple[UUID, UUID, date]] = field(default_factory=list)
    safe: Protected = field(default_factory=Protected)

    def posts(self) -> set[UUID]:
        return {one.post for one in self.owed} | set(self.carried.values())

    def owed_now(self) -> Counter[tuple[UUID | None, str, UUID]]:
        return Counter((one.subject, one.kind, one.post) for one in self.owed)

    def find(self, contact: UUID, kind: str) -> Owed | None:
        return next((one for one in self.owed if one.subject == contact and one.kind == kind), None)

    def close(self, contact: UUID, *kinds: str) -> None:
        self.owed = [one for one in self.owed if not (one.subject == contact and one.kind in kinds)]

    def move(self, contact: UUID, kinds: set[str] | None, post: UUID) -> None:
        self.owed = [
            one.moved(post) if one.subject == contact and (kinds is None or one.kind in kinds) else one
            for one in self.owed
        ]

    def still_on(self, root: UUID, person: UUID) -> bool:
        return (root, person) not in self.withdrawn

    def left_of(self, version: Written) -> frozenset[UUID]:
        """The people on whose records an entry still is."""
        return frozenset(person for person in version.people if self.still_on(version.root, person))

    def allocate(self, child: UUID, post: UUID) -> None:
        """What the post before it owed for the child goes along, save what is kept apart."""
        before = self.carried[child]
        self.owed = [one.moved(post) if self._goes_along(one, child, before) else one for one in self.owed]
        self.carried[child] = post

    def _goes_along(self, one: Owed, child: UUID, before: UUID) -> bool:
        return one.post == before and child in self.still_for(one) and not self._is_apart(one)

    def _is_apart(self, one: Owed) -> bool:
        return one.arose is not None and self.written[one.arose].root in self.apart

    def still_for(self, one: Owed) -> set[UUID]:
        """For whom a step is owed: not for whom the entry it arose from was withdrawn, unless it goes on by itself."""
        root = self.written[one.arose].root if one.arose and one.kind not in GOES_ON else None
        return {person for person in one.people if root is None or self.still_on(root, person)}

    # --- steps whose keys are known ---------------------------------------------------------------

    def row(self, step: UUID) -> Owed | None:
        return next((one for one in self.owed if one.step == step), None)

    def of_kind(self, *kinds: str) -> list[Owed]:
        return sorted((one for one in self.owed if one.step and one.kind in kinds), key=lambda one: str(one.step))

    def drop(self, one: Owed | None) -> None:
        if one is not None:
            self.owed.remove(one)

    def swap(self, one: Owed, **changes: Any) -> Owed:
        new = replace(one, **changes)
        self.owed[self.owed.index(one)] = new
        return new

    def let_go(self, one: Owed, children: set[UUID]) -> bool:
        """These children are no longer owed it; where nobody else is, it is over. Says whether it is."""
        left = self.still_for(one) - children
        if left:
            self.swap(one, people=tuple(person for person in one.people if person not in children))
        else:
            self.owed.remove(one)
        return not left

    def done_for(self, kind: str, children: set[UUID], but: set[UUID] = frozenset()) -> None:  # type: ignore[assignment]  # never written to
        """What was owed of a kind for these children is done by what somebody did."""
        for one in [one for one in self.owed if one.kind == kind and one.step not in but]:
            if self.still_for(one) & children and not self._is_apart(one):
                self.let_go(one, children)

    def open_rounds(self) -> dict[UUID, Round]:
        open_ = {one.step for one in self.owed if one.kind == "assessment"}
        return {step: one for step, one in self.rounds.items() if step in open_}

    def unsent(self, step: UUID) -> None:
        """No manager has it any more."""
        self.rounds[step].sent = False
        self.owed = [one for one in self.owed if not (one.subject == step and one.kind == "authorise_assessment")]

    def over(self, step: UUID) -> None:
        """An assessment is signed, or ended: nobody waits for a manager or for evidence."""
        self.unsent(step)
        self.drop(self.row(step))

    def open_plans(self) -> dict[UUID, OnPlan]:
        return {key: one for key, one in self.plans.items() if one.since}

    def off_plan(self, plan: UUID, child: UUID) -> None:
        """The last child off ends it."""
        del self.plans[plan].since[child]
        row = self.row(plan)
        if row is not None:
            self.let_go(row, {child})

    def end_with(self, children: set[UUID]) -> None:
        """An involvement ends: its children are on no plan, and in no open step but those that it leaves open."""
        for plan in self.open_plans().values():
            for child in children & set(plan.since):
                del plan.since[child]
        for one in [one for one in self.owed if one.kind not in LEFT_OPEN]:
            over = self.still_for(one) & children and not self._is_apart(one) and self.let_go(one, children)
            if over and one.step in self.rounds:
                self.unsent(one.step)
        for child in children & set(self.carried):
            self.no_longer_carried(child)
        for child in children & set(self.safe.owed):
            if not any(one.kind == "conference" and child in self.still_for(one) for one in self.owed):
                # A manager answered for it by name.
                del self.safe.owed[child]

    def no_longer_carried(self, child: UUID) -> None:
        """Who carried a child last may still have something to record."""
        self.before[child] = self.carried.pop(child)

    def clocks(self, today: date) -> set[tuple[str, UUID, UUID | None, date]]:
        """What is next due, and the day from which it is counted: nothing of what has ended."""
        plans = self.open_plans().items()
        reviews = {("review", key, None, self._latest(self.held, key, plan.began_on, today)) for key, plan in plans}
        visits = {
            ("visit", key, child, self._latest(self.seen, child, since, today))
            for key, plan in plans
            for child, since in plan.since.items()
        }
        groups = {
            ("core_group", key, None, self._latest(self.core_groups, key, plan.began_on, today))
            for key, plan in plans
            if plan.kind == "protection"
        }
        return reviews | visits | groups

    def _latest(self, days: list[tuple[UUID, UUID, date]], of: UUID, begin: date, today: date) -> date:
        stands = [day for root, about, day in days if about == of and self._stands(root, of) and begin <= day <= today]
        return max(stands, default=begin)

    def _stands(self, root: UUID, of: UUID) -> bool:
        """A day on which a child was seen, while it is on that child's record; a review, while it is on anybody's."""
        return self.still_on(root, of) if of not in self.plans else bool(self.left_of(self.written[root]))

    def readable(self) -> dict[UUID, dict[tuple[str, str], frozenset[UUID]]]:
        """What the watcher must read of every version: each paragraph with whom it is still about."""
        return {
            version.entry: self.paragraphs_of(version)
            for version in self.written.values()
            if version.root not in self.apart and self.left_of(version)
        }

    def paragraphs_of(self, version: Written) -> dict[tuple[str, str], frozenset[UUID]]:
        left = self.left_of(version)
        return {(one.heading, one.text): one.about & left for one in version.said if one.about & left}

    def as_it_must_read(self, entries: tuple[Any, ...], child: UUID) -> list[Any]:
        """An earlier reading, without what was withdrawn or kept apart since."""
        return [
            self._without_withdrawn(entry)
            for entry in entries
            if entry.root not in self.apart and self.still_on(entry.root, child)
        ]

    def _without_withdrawn(self, entry: Any) -> Any:
        on = [one for one in entry.subjects if self.still_on(entry.root, one.person)]
        people = {one.person for one in on}
        passages = [replace(one, about=tuple(p for p in one.about if p in people)) for one in entry.passages]
        return replace(entry, subjects=tuple(on), passages=tuple(one for one in passages if one.about))


def texts(view: Any) -> Mapping[tuple[str, str], frozenset[UUID]]:
    """An entry as it was read: each paragraph with whom it is about."""
    return {(one.heading, one.text): frozenset(one.about) for one in view.passages}
