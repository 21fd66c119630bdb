"""Who may change how the authority works."""

from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotPermitted

CHANGERS = frozenset({Role.ADMINISTRATOR, Role.SERVICE_MANAGER})


def may_change_practice(by: Actor) -> bool:
    """Proposes a change of forms, words and local timescales, publishes a colleague's, or withdraws one."""
    return by.has_role(CHANGERS)


def refuse_unless_may_change_practice(by: Actor) -> None:
    """Refuses everybody but administrators and service managers."""
    if not may_change_practice(by):
        raise NotPermitted(
            "Forms, words and timescales are changed by a service manager or an administrator. Ask one of them."
        )
