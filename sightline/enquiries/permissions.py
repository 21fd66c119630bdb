"""Who decides for the authority that a child is protected, and who only records. Whose record it is, the rule says."""

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS, Role
from sightline.kernel.errors import NotPermitted

DECIDERS = frozenset({Role.EMERGENCY_DUTY, *MANAGERS})


def may_decide(by: Actor) -> bool:
    """A registered social worker, the emergency duty team or a manager decides whether section 47 is met."""
    return by.has_role(DECIDERS) or (by.registered and by.has_role(frozenset({Role.SOCIAL_WORKER})))


def may_decide_no_conference(by: Actor) -> bool:
    """A manager decides that there is no conference although a child is at continuing risk."""
    return by.has_role(MANAGERS)


def refuse_unless_may_decide(by: Actor) -> None:
    """Refuse whoever does not decide for the authority (Children Act 1989, section 47)."""
    if not may_decide(by):
        raise NotPermitted(
            "A registered social worker, the emergency duty team or a manager decides this for the authority. "
            "Ask for a strategy discussion and say why: they see it at once. If a child is in danger now, ring 999."
        )


def refuse_unless_may_decide_no_conference(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_decide_no_conference(by):
        raise NotPermitted(
            "A manager decides that there is no conference. Leave that reason empty: the conference is then asked for, "
            "and your manager is told what you found."
        )
