"""Who may write on a record. Whose record is the access rule's matter."""

from collections.abc import Iterable
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.roles import CASEWORKERS, MANAGERS
from sightline.kernel.errors import NotPermitted


def may_write(by: Actor) -> bool:
    """Whether this role records on children's records."""
    return by.has_role(CASEWORKERS)


def may_allocate(by: Actor) -> bool:
    """Whether this role decides who carries a child's episode."""
    return by.has_role(MANAGERS)


def may_authorise(by: Actor) -> bool:
    """Whether this role answers for an ending."""
    return by.has_role(MANAGERS)


def refuse_unless_may_write(by: Actor, people: Iterable[UUID]) -> None:
    """Refuse somebody whose role does not record, or who may not see whom they write about."""
    if not may_write(by):
        raise NotPermitted("Your role does not record on children's records. Ask the team manager.")
    wanted = set(people)
    if may_see_of(people=wanted) != wanted:
        raise NotPermitted(
            "You are not working with everybody named here. Ask their team manager, or record it as a new contact."
        )


def refuse_unless_may_allocate(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_allocate(by):
        raise NotPermitted("A manager decides who carries this. Ask your team manager.")


def refuse_unless_may_authorise(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_authorise(by):
        raise NotPermitted("A manager authorises an ending, or accepts what is left open. Ask your team manager.")
