"""Who records what. Whose record it goes on is the access rule's matter."""

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotPermitted


def may_oversee(by: Actor) -> bool:
    """Management oversight is a manager's own record of what they asked for and why."""
    return by.has_role(MANAGERS)


def refuse_unless_may_oversee(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_oversee(by):
        raise NotPermitted("Management oversight is recorded by a manager. Record this as a case note.")
