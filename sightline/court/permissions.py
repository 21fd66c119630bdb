"""Who decides for the authority before a court is asked, and who only records. Whose record it is, the rule says."""

from sightline.doorway.actor import Actor
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotPermitted


def may_decide_before_court(by: Actor) -> bool:
    """A manager decides that pre-proceedings begin, and how they end."""
    return by.has_role(MANAGERS)


def refuse_unless_may_decide_before_court(by: Actor) -> None:
    """Refuse everybody but managers (Public Law Outline; Working Together 2023, chapter 3)."""
    if not may_decide_before_court(by):
        raise NotPermitted(
            "A manager decides whether pre-proceedings begin, and how they end. Ask your team manager; "
            "if a child is in danger now, ring 999."
        )
