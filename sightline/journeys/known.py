"""Telling whoever carries a child that something new has come in about them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.record.operations import tell
from sightline.record.queries import get_open_episodes


def tell_carriers(*, contact: UUID, people: Iterable[UUID], at: datetime) -> None:
    """A notice to the post that carries each child who is open to somebody."""
    for child, episode in get_open_episodes(people).items():
        if episode.post is not None:
            tell(post=episode.post, kind="new_contact", person=child, subject=contact, at=at)
