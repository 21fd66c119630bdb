"""Who raises, answers and settles a disagreement. Whose record it stands on is the access rule's matter."""

from collections.abc import Iterable
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.roles import CASEWORKERS
from sightline.kernel.errors import NotPermitted


def may_disagree(by: Actor) -> bool:
    """Whoever records on children's records raises a disagreement, adds to it, and records what came of it."""
    return by.has_role(CASEWORKERS)


def refuse_unless_may_disagree(by: Actor, children: Iterable[UUID]) -> None:
    """Refuse a role that does not record, and somebody who may see none of the children."""
    if not may_disagree(by):
        raise NotPermitted("Your role does not record on children's records. Ask the child's worker to write it down.")
    if not may_see_of(people=set(children)):
        raise NotPermitted("You are not working with any of these children. Ask their team manager.")
