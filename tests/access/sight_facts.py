"""Who carries and who reads, as plain facts beside what is done: the second statement of sight while people work."""

from dataclasses import dataclass, field
from uuid import UUID

JANE, KIT = "Jane Smith", "Kit Rowe"
MANAGER, STRANGER = "Fay Lund", "Una Spare"
PLACES = {JANE: "family-1", KIT: "long-term-1"}
EVERYBODY = [JANE, KIT, MANAGER, STRANGER]
TEAMS = {"family-1": "family", "family-manager": "family", "long-term-1": "long-term", "weir-1": "weir"}
"""The team of each post that carries anything; of the front door's, whom nobody here reads with, there is none."""


@dataclass
class Owed:
    """An open step for one child, and the post that carries it; or for the adult of the referral as well."""

    child: UUID
    post: str
    for_both: bool = False


@dataclass
class Facts:
    """Two children's records: the posts that carry them, what is owed, who is kept out, and whether they are one.

    `referred` is an adult of each child's referral, who is no relation.
    """

    carried: dict[UUID, str] = field(default_factory=dict)
    referred: dict[UUID, UUID] = field(default_factory=dict)
    owed: dict[UUID, Owed] = field(default_factory=dict)
    named: dict[UUID, tuple[UUID, set[str]]] = field(default_factory=dict)
    conflicts: set[tuple[str, UUID]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    link: UUID | None = None

    def allocate(self, child: UUID, post: str) -> None:
        """What the post before it owed for that child goes along; what others owe stays theirs."""
        before = self.carried.get(child)
        for one in self.owed.values():
            if one.child == child and one.post == before:
                one.post = post
        self.carried[child] = post

    def sees(self, who: str, person: UUID) -> bool:
        """Whose team carries or owes for either, where they are one; unless anything about either keeps them out."""
        keys = set(self.carried) if self.link else {person}
        return who not in self.gone and self._reads_with(who, keys) and not self._kept_out(who, keys)

    def sees_adult(self, who: str, child: UUID) -> bool:
        """Whose team carries the child or owes for both; whatever is said of the child keeps nobody from the adult."""
        posts = {self.carried[child]} | {one.post for one in self.owed.values() if one.child == child and one.for_both}
        teams = {TEAMS[post] for post in posts if post in TEAMS}
        return who not in self.gone and (who == MANAGER or TEAMS.get(PLACES.get(who, "")) in teams)

    def _reads_with(self, who: str, keys: set[UUID]) -> bool:
        if who == MANAGER:
            return True
        posts = {self.carried[key] for key in keys} | {one.post for one in self.owed.values() if one.child in keys}
        return TEAMS.get(PLACES.get(who, "")) in {TEAMS[post] for post in posts if post in TEAMS} and who in PLACES

    def _kept_out(self, who: str, keys: set[UUID]) -> bool:
        return any((who, key) in self.conflicts for key in keys) or any(
            key in keys and who not in names for key, (_, names) in self.named.items()
        )

    def all_seen(self) -> set[tuple[str, UUID]]:
        """Everybody with everyone whom they ought to see now."""
        return {(who, child) for who in EVERYBODY for child in self.carried if self.sees(who, child)}
