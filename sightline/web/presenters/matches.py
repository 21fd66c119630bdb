"""People who were found, in words: who they are, why they were found, and to whom they are open."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.kernel.london import local_day
from sightline.people.queries import Match
from sightline.web.presenters.child import BEING_DECIDED
from sightline.web.presenters.found_apart import because_words
from sightline.workforce.queries import Ring


def match_rows(
    matches: Iterable[Match],
    *,
    mine: Collection[UUID],
    carriers: Mapping[UUID, UUID],
    posts: Mapping[UUID, str],
    rings: Mapping[UUID, Ring],
    at: datetime,
    deciding: Collection[UUID] = (),
    may_open: bool = False,
) -> list[dict[str, object]]:
    """Rows of casework/search.html. Only a record that the reader may open is a link.

    `may_open` says that the reader may open others in an emergency.
    """
    return [
        {
            "name": one.known_as or one.name,
            "formal": one.name if one.known_as else "",
            "identity": identity_words(one, at),
            "because": because_words(one),
            "url": reverse("person", args=[one.person]) if one.person in mine else "",
            "open_to": open_words(one, carriers, posts, deciding=one.person in deciding),
            "ring": "" if one.person in mine else ring_words(one, carriers, rings),
            "same_name": one.same_name,
            "closed": one.closed,
            "emergency_url": reverse("emergency-open", args=[one.person])
            if may_open and one.person not in mine
            else "",
        }
        for one in matches
    ]


def identity_words(one: Match, at: datetime) -> str:
    """`Child, 7 years, born 3 March 2019, LS7`."""
    kind = "Child" if one.kind == "child" else "Adult"
    age = one.age_words(local_day(at))
    born = one.birth_words() if one.birth_date else ""
    born = born if not born or born.startswith("born") else f"born {born}"
    return ", ".join(part for part in (kind, age, born, one.area) if part)


def open_words(one: Match, carriers: Mapping[UUID, UUID], posts: Mapping[UUID, str], *, deciding: bool) -> str:
    """`Open to Jane Smith, Family Support 2`, or that a contact is being decided, or that nobody works with them."""
    if one.kind != "child":
        return ""
    post = carriers.get(one.person)
    if post:
        return f"Open to {posts.get(post, 'a team')}"
    return BEING_DECIDED if deciding else "Not open to us now"


def ring_words(one: Match, carriers: Mapping[UUID, UUID], rings: Mapping[UUID, Ring]) -> str:
    """Whom to ring about somebody whose record is a colleague's."""
    whom = "this child" if one.kind == "child" else "this person"
    why = "This record is restricted to named readers." if one.closed else f"You are not working with {whom}."
    post = carriers.get(one.person)
    ring = rings.get(post) if post else None
    if ring is None:
        return f"{why} If you are worried about them, make a new contact or ring the front door."
    phone = f" on {ring.phone}" if ring.phone else ""
    return f"{why} Ring {ring.name}, {ring.post_title}{phone}."
