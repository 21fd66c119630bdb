"""Who may keep a file, and about whom."""

from collections.abc import Iterable
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.roles import RECORD_READERS
from sightline.kernel.errors import NotFound, NotPermitted


def may_add(by: Actor) -> bool:
    """Whoever may open records: business support puts in most of what comes by post."""
    return by.has_role(RECORD_READERS)


def refuse_unless_may_add(by: Actor, about: Iterable[UUID]) -> None:
    """Refuses another role, and a document about somebody whom they may not see."""
    if not may_add(by):
        raise NotPermitted("Documents are added by those who work on records. Ask one of them to add it.")
    people = set(about)
    if may_see_of(people=people) != people:
        raise NotFound("One of the people this document is about cannot be found. Check whom it is about.")
