"""Who may write to other agencies, and who keeps the list of them."""

from collections.abc import Iterable
from uuid import UUID

from sightline.access.permissions import refuse_on_emergency_alone
from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.roles import CASEWORKERS, FRONT_DOOR, MANAGERS, Role
from sightline.kernel.errors import NotFound, NotPermitted


def may_keep_agencies(by: Actor) -> bool:
    """Administrators, and the front door, which meets a new school first."""
    return by.has_role(FRONT_DOOR | {Role.ADMINISTRATOR})


def refuse_unless_may_keep_agencies(by: Actor) -> None:
    """Refuses everybody else."""
    if not may_keep_agencies(by):
        raise NotPermitted("The list of agencies is kept by the front door and by administrators. Ask one of them.")


def may_send(by: Actor) -> bool:
    """Whoever works with children and families."""
    return by.has_role(CASEWORKERS)


def refuse_unless_may_send(by: Actor, about: Iterable[UUID]) -> None:
    """Refuses another role, and a message about somebody whom the sender may not see."""
    if not may_send(by):
        raise NotPermitted("Messages to other agencies are sent by those who work with the family. Ask one of them.")
    people = set(about)
    if may_see_of(people=people) != people:
        raise NotFound("One of the people this message is about cannot be found. Check whom it is about.")


def may_involve(by: Actor) -> bool:
    """Whoever works with children says who else does."""
    return may_send(by)


def refuse_unless_may_involve(by: Actor, child: UUID) -> None:
    """Refuses another role, and a child whom they may not see."""
    if not may_involve(by):
        raise NotPermitted("Who works with a child is kept by those who work with the family. Ask one of them.")
    if not may_see_of(people=[child]):
        raise NotFound("There is no such child among those that you work with. Search again, or ask your manager.")


def may_share(by: Actor) -> bool:
    """Managers decide what an agency goes on being told about children."""
    return by.has_role(MANAGERS)


def refuse_unless_may_share(by: Actor, children: Iterable[UUID]) -> None:
    """Refuses another role, and a child whom they may not see."""
    if not may_share(by):
        raise NotPermitted("A manager decides what is shared with an agency. Ask your team manager.")
    people = set(children)
    if may_see_of(people=people) != people:
        raise NotFound("One of these children cannot be found. Choose from those that your teams work with.")
    refuse_on_emergency_alone(people)


def refuse_unless_of_an_agency(by: Actor) -> UUID:
    """Refuses everybody who works for the authority; the agency of whoever does not."""
    if by.role != Role.PARTNER or by.agency is None:
        raise NotPermitted("An agency's own notes are kept by its own people. Write a case note instead.")
    return by.agency
