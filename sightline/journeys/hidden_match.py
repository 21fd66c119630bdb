"""A new person who is probably somebody hidden from whoever registered them.

The worker gets the ordinary page and learns nothing. The question goes to the post that carries
the hidden person, which may read the new contact.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight
from sightline.journeys.register_people import NewPerson
from sightline.people.queries import hidden_matches
from sightline.record.operations import tell
from sightline.workforce.queries import front_door_manager, team_of


def route_hidden_matches(*, contact: UUID, people: Iterable[NewPerson], at: datetime) -> None:
    """Ask the carrier of each hidden probable match whether the new person is theirs."""
    for person in people:
        found = hidden_matches(
            given=person.given,
            family=person.family,
            birth_date=person.birth_date if person.birth == "exact" else None,
            expected_date=person.expected_date,
            lines=person.lines,
            postcode=person.postcode,
            numbers=tuple(value for _, value in person.numbers),
            at=at,
        )
        for hidden in found:
            post = _carrier_of(hidden) or front_door_manager()
            give_sight(
                people=[person.id],
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
