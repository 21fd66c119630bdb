"""Who may do what with the register. Whom they may do it to is the row policies' question.

Each question comes as a pair: `may_…` answers, `check_…` raises a sentence.
"""

from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.roles import CASEWORKERS, RECORD_READERS, Role
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.people.models import Person

KEEPERS = frozenset({*CASEWORKERS, Role.BUSINESS_SUPPORT})
"""Who registers people and keeps their particulars right."""


def may_keep(by: Actor) -> bool:
    """Whether the actor's role lets them register people and correct what is known about them."""
    return by.has_role(KEEPERS)


def check_keep(by: Actor) -> None:
    """Refuses whoever `may_keep` would not let."""
    if not may_keep(by):
        raise NotPermitted(
            "Your role does not include registering people or changing what is recorded about them. "
            "Ask a worker in the team that works with this family."
        )


def may_search(by: Actor) -> bool:
    """Whether the actor's role lets them look for people."""
    return by.has_role(RECORD_READERS)


def check_search(by: Actor) -> None:
    """Refuses whoever `may_search` would not let."""
    if not may_search(by):
        raise NotPermitted("Your role does not include looking for people. Ring the front door if you need to know.")


def require_sight(*people: UUID) -> None:
    """Refuses a person whose identity the actor may not see, in the words for one who is not there. One query."""
    if Person.objects.filter(id__in=people).count() < len(set(people)):
        raise NotFound("We cannot find this person's record. Search again, or ask your manager.")
