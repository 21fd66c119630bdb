"""Who may do what at the front door."""

from sightline.doorway.actor import Actor
from sightline.doorway.roles import FRONT_DOOR, MANAGERS, Role
from sightline.kernel.errors import NotPermitted
from sightline.record.models import Entry

DECIDERS = frozenset({Role.SOCIAL_WORKER, Role.EMERGENCY_DUTY, *MANAGERS})
FRONT_DOOR_KINDS = frozenset({Entry.Kind.CONTACT, Entry.Kind.DECISION, Entry.Kind.CHECK_ANSWER})
"""Entries on which others rest: steps, episodes, feedback."""


def may_take_contacts(by: Actor) -> bool:
    """Whether this role records what comes in."""
    return by.has_role(FRONT_DOOR)


def may_hand_over(by: Actor) -> bool:
    """The front door hands over what it has not decided; at its closing the clock does."""
    return may_take_contacts(by) or by.role == Role.CLOCK


def may_decide(by: Actor) -> bool:
    """A registered social worker decides (Working Together 2023, chapter 3)."""
    return by.registered and by.has_role(DECIDERS)


def may_take_off(by: Actor) -> bool:
    """A manager takes what came in, and what was decided, off a record it was put on wrongly."""
    return by.has_role(MANAGERS)


def refuse_unless_may_take_off(by: Actor) -> None:
    """Refuse everybody but managers."""
    if not may_take_off(by):
        raise NotPermitted(
            "A manager takes a contact, a decision or an agency's answer off a record. Ring your team manager."
        )


def refuse_unless_may_take_contacts(by: Actor) -> None:
    """Refuse whoever does not work at the front door."""
    if not may_take_contacts(by):
        raise NotPermitted("Contacts are recorded by the front door and the emergency duty team. Ring them now.")


def refuse_unless_may_hand_over(by: Actor) -> None:
    """Refuse whoever does not work at the front door."""
    if not may_hand_over(by):
        raise NotPermitted("The front door hands contacts over. Ring them now.")


def refuse_unless_may_decide(by: Actor) -> None:
    """Refuse whoever is not a registered social worker."""
    if not may_decide(by):
        raise NotPermitted(
            "A registered social worker decides this. "
            "You can recommend what to do, and a social worker will see it at once."
        )
