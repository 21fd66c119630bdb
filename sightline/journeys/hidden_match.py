"""A new person who is probably somebody hidden from whoever registered them.

The worker gets the ordinary page and learns nothing. The question goes to the post that carries
the hidden person, which may read the new contact.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight
from sightline.doorway.actor import Actor
from sightline.people.queries import hidden_matches
from sightline.record.operations import tell
from sightline.workforce.queries import front_door_manager, team_of


def route_hidden_matches(
    *, by: Actor, contact: UUID, people: Iterable[UUID], at: datetime
) -> None:
    """Ask the carrier of each hidden probable match whether the new person is theirs."""
    for person in people:
        for hidden in hidden_matches(person):
            post = _carrier_of(hidden) or front_door_manager()
            give_sight(
                people=[person],
                reader=team_of(post),
                because="possible_match",
                because_of=contact,
                at=at,
            )
            tell(post=post, kind="possible_match", person=hidden, subject=contact, at=at)


def _carrier_of(hidden: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_carrier_of(%s)", [hidden])
        found: UUID | None = cursor.fetchone()[0]
    return found
