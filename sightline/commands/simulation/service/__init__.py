"""What the service does with what comes to notice, by the rules of a practice pack and with its own delays.

Each file is a part of the way: the front door, assessing, protecting, planning, ending. `Service` is what
they share. A part writes through the demonstration's verbs (`desk`, `casework`, `helping`, `protecting`),
each a few words around an operation of the product.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Engine

if TYPE_CHECKING:
    from sightline.commands.simulation.place import Place
    from sightline.commands.simulation.service.staff import Staff
    from sightline.commands.simulation.truth import Truth
    from sightline.commands.simulation.words import Words


@dataclass(eq=False)
class Case:
    """Children of a family who are open to the service, from the referral to the ending."""

    family: Family
    children: list[str]
    referral: str
    """The title of the contact that it arose from."""
    opened: datetime
    need: str
    post: str = ""
    """The key word of the post that carries it; nobody's yet when empty."""
    plan: UUID | None = None
    aims: list[UUID] = field(default_factory=list)
    """What is to be different by that plan."""
    protected: bool = False
    """Whether a conference has made a protection plan that goes on."""
    closed: datetime | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def manager(self) -> str:
        """The key word of the post above the one that carries it."""
        return str(self.facts["manager"])


@dataclass(eq=False)
class Service:
    """The authority at work: who is in it, what is open, what it plays in and what is written."""

    engine: Engine
    place: "Place"
    story: Telling
    staff: "Staff"
    truth: "Truth"
    words: "Words"
    cases: list[Case] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    parts: dict[str, dict[Any, Any]] = field(default_factory=dict)
    """What a part of the work keeps for the whole authority, as the chairs' diary, by its name."""

    @property
    def now(self) -> datetime:
        """The moment that is played."""
        return self.engine.now

    def title(self, kind: str) -> str:
        """A word for a new thing of this kind, which no other has."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind} {self.numbers[kind]}"

    def case_of(self, family: Family) -> Case | None:
        """What is open with this family."""
        return next((one for one in self.cases if one.family is family and one.closed is None), None)

    def carry(self, case: Case, post: str) -> None:
        """A post carries this case from now; the one that carried it before no longer does."""
        if case.post:
            self.staff.took(case.post, -len(case.children))
        case.post = post
        case.facts["manager"] = self.staff.posts[post].manager
        self.staff.took(post, len(case.children))

    def close(self, case: Case) -> None:
        """The case is over: the involvement with every child of it has ended."""
        self.staff.took(case.post, -len(case.children))
        case.closed = self.now

    def known(self, people: Iterable[Dweller]) -> list[str]:
        """Which of these the record knows."""
        return [one.ref for one in people if one.registered]
