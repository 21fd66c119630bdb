"""Who convenes meetings, who invites and records for them, and who chairs. Which may be read is the access rule's."""

from collections.abc import Iterable
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS, Role
from sightline.kernel.errors import NotPermitted
from sightline.record.permissions import refuse_unless_may_write

CONVENERS = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.FAMILY_SUPPORT_WORKER,
        Role.DUTY_WORKER,
        Role.EMERGENCY_DUTY,
        Role.CONFERENCE_CHAIR,
        *MANAGERS,
    }
)
CHAIRS = frozenset({Role.CONFERENCE_CHAIR})
"""The chair of conferences; an independent reviewing officer of children looked after is another role, and no chair."""


def may_convene(by: Actor) -> bool:
    """Whether this role convenes conferences, confirms who is asked to them, and records what they say."""
    return by.has_role(CONVENERS)


def may_chair(by: Actor) -> bool:
    """Whether this role decides who is kept out, names the main category and releases letters."""
    return by.has_role(CHAIRS)


def refuse_unless_may_convene(by: Actor, children: Iterable[UUID] = ()) -> None:
    """Refuse whoever convenes no conferences, or may not see whom this one is about."""
    if not may_convene(by):
        raise NotPermitted(
            "Conferences are convened by the workers of a family, their managers and the chair. Ask the child's worker."
        )
    people = list(children)
    if people:
        refuse_unless_may_write(by, people)


def refuse_unless_may_chair(by: Actor) -> None:
    """Refuse everybody but conference chairs (Working Together 2023, chapter 3)."""
    if not may_chair(by):
        raise NotPermitted("The chair of the conference decides this. Ask them, and say what you know.")
