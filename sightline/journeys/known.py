"""Telling whoever carries a child that something new has come in about them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.record.operations import tell
from sightline.record.queries import get_open_episodes


def tell_carriers(*, contact: UUID, people: Iterable[UUID], at: datetime) -> None:
    """A notice to the post that carries each child who is open to somebody."""
    for child, episode in get_open_episodes(people).items():
        if episode.post is not None:
            tell(post=episode.post, kind="new_contact", person=child, subject=contact, at=at)


def carriers_of(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which post carries each of these people who is open to somebody, before they are looked at.

    A worker who has just found a child is told to whom to send what came in, and nothing more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, carrier FROM unnest(%s::uuid[]) AS person,"
            " LATERAL record_carrier_of(person) AS carrier WHERE carrier IS NOT NULL",
            [list(people)],
        )
        return dict(cursor.fetchall())
