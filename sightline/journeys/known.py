"""Telling whoever carries a child that something new has come in about them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.people.queries import list_network
from sightline.record.operations import tell
from sightline.record.queries import get_open_episodes


def tell_carriers(*, contact: UUID, people: Iterable[UUID], at: datetime) -> None:
    """A notice to the post that carries each child who is open to somebody.

    Whoever carries only a brother or a sister is told of that child that something came in around
    them. They may not be able to read the contact, so the notice does not lead to it.
    """
    concerned = set(people)
    told = set()
    for child, episode in get_open_episodes(concerned).items():
        if episode.post is not None:
            tell(post=episode.post, kind="new_contact", person=child, subject=contact, at=at)
            told.add(episode.post)
    around = set(list_network(people=concerned)) - concerned
    for child, episode in get_open_episodes(around).items():
        if episode.post is not None and episode.post not in told:
            tell(post=episode.post, kind="family_contact", person=child, subject=None, at=at)
            told.add(episode.post)


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
