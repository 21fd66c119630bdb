"""By which relationship somebody sees a person: of several, the one that is written down with the look."""

from collections.abc import Iterable
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role

WEIGHT = {
    "emergency": -1, "allocation": 0, "step": 1, "contact": 2, "handover": 3, "contact_decided": 4,
    "involvement_ended": 5, "conference_held": 6,
}  # fmt: skip
"""Emergency access stands before all else: without it the record would have stayed closed."""

OWN, POST, TEAM, BELOW, SHARE = "own", "post", "team", "below", "share"
VIAS = (OWN, POST, TEAM, BELOW, SHARE)
"""Whose grant it was, the nearest first: their account's, a post's of theirs, a team's of theirs, one below theirs
(a manager's), or a share's of their agency."""

KNOWN_OF = frozenset({"identity", "search"})
"""What is looked at of somebody where no more is seen than who they are."""


def nearest(by: Actor, grants: Iterable[tuple[str, UUID]]) -> tuple[str, str]:
    """The weightiest reason, and of those with that reason the nearest holder; two blanks where there is none."""
    held = [(because, via_of(by, reader)) for because, reader in grants]
    return min(held, key=lambda one: (WEIGHT.get(one[0], len(WEIGHT)), VIAS.index(one[1])), default=("", ""))


def via_of(by: Actor, reader: UUID) -> str:
    """What the reader of a grant is to whoever has it."""
    if reader == by.id:
        return OWN
    if reader in by.posts:
        return POST
    if reader in by.teams:
        return TEAM
    return SHARE if by.role == Role.PARTNER else BELOW


def section_of(what: str, people: Iterable[UUID]) -> str:
    """The section that a page shows, where the page does not say: who somebody is, or what is ordinary of them."""
    if what in KNOWN_OF:
        return "identity"
    return "ordinary" if any(True for _ in people) else ""
