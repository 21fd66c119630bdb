"""Drafting what we write to whoever raised a concern: from the decision, and nothing besides.

What other agencies said is never in it. A member of the public gets nothing about the family.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.front_door.queries import ContactView
from sightline.kernel.clocks import short_day
from sightline.kernel.london import local, local_day
from sightline.people.queries import get_names
from sightline.practice.letters import placeholders
from sightline.practice.rules import fill
from sightline.practice.spec import Audience, Pack
from sightline.workforce.queries import get_post, list_teams, who_to_ring


def write_letter(pack: Pack, key: str, *, people: Iterable[UUID], desk: UUID, at: datetime, **words: str) -> str:
    """The body of a letter of the pack, with whom to ring and, where it asks, the children.

    Nothing where it asks for the children and whoever writes may read none of them: they have nobody to write about.
    """
    given = {"ring": ring_words(desk, at), "children": children_words(people), **words}
    letter = pack.letter(key)
    if not given["children"] and "children" in placeholders(str(letter.body)):
        return ""
    return fill(letter, given).body


def ring_words(desk: UUID, at: datetime) -> str:
    """Whom to ring about this, by name, and the number."""
    ring = who_to_ring(post=desk, at=at)
    if ring is None:
        return get_post(desk).team_name
    return f"{ring.name}, {ring.team_name}, on {ring.phone}"


def desk_line(desk: UUID) -> str:
    """Whom to ring, where it may be read by anybody: the team and its number, and no worker's name."""
    post = get_post(desk)
    phone = next((team.phone for team in list_teams() if team.id == post.team), "")
    return f"{post.team_name}, on {phone}" if phone else post.team_name


def children_words(people: Iterable[UUID]) -> str:
    """The children's names, as one says them."""
    names = [one.name for one in get_names(people=people).values() if one.kind == "child"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def draft_acknowledgement(pack: Pack, contact: ContactView, *, desk: UUID, decide_by: datetime, at: datetime) -> str:
    """What we write when we have received it."""
    day = local_day(at)
    key = "acknowledgement.professional" if contact.professional else "acknowledgement.public"
    return write_letter(
        pack,
        key,
        people=contact.people,
        desk=desk,
        at=at,
        received=short_day(local_day(contact.received_at), day),
        decide_by=f"{local(decide_by):%H:%M} on {short_day(local_day(decide_by), day)}",
    )


def draft_outcome(pack: Pack, contact: ContactView, *, outcome: str, desk: UUID, at: datetime) -> str:
    """What we write when it is decided: the outcome, the next step, whom to ring."""
    decided = pack.outcome(outcome)
    audience: Audience = "professional" if contact.professional else "public"
    return write_letter(
        pack,
        decided.letter_for(audience),
        people=contact.people,
        desk=desk,
        at=at,
        received=short_day(local_day(contact.received_at), local_day(at)),
        outcome=str(decided.label),
        next_step=str(decided.next_step),
    )
