"""The frame of a signed-in person's pages: their post, the way around, and whom they looked at lately.

Built only when a page is drawn, in a fixed number of queries.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from sightline.audit.queries import list_recently_viewed
from sightline.conferences.permissions import may_chair
from sightline.doorway.actor import Actor
from sightline.doorway.roles import CASEWORKERS, FRONT_DOOR, MANAGERS, ROLE_LABELS
from sightline.front_door.permissions import may_take_contacts
from sightline.kernel.london import local_day
from sightline.people.permissions import may_search
from sightline.people.queries import get_names
from sightline.web.shell import RecentPerson, Shell, build_shell
from sightline.workforce.permissions import may_administer
from sightline.workforce.queries import describe_posts

LATELY = timedelta(days=14)


def places_for(by: Actor) -> set[str]:
    """Which places of the frame this person's role opens."""
    places = {"my-day"}
    if may_take_contacts(by):
        places |= {"front-door", "new-contact"}
    if by.has_role(FRONT_DOOR):
        places.add("feedback")
    if by.has_role(MANAGERS):
        places.add("team")
    if may_chair(by):
        places.add("chairs-desk")
    if may_administer(by):
        places.add("accounts")
    if may_search(by):
        places.add("search")
    if by.has_role(CASEWORKERS):
        places.add("record")
    return places


def frame_for(request: HttpRequest) -> Shell:
    """The frame, read as the page is drawn."""
    by: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    request.post_title = post_title(by)  # type: ignore[attr-defined]  # read by the shell
    request.places = places_for(by)  # type: ignore[attr-defined]  # read by the shell
    if may_search(by):
        request.recently_viewed = recently_viewed(by, datetime.now(UTC))  # type: ignore[attr-defined]  # read by the shell
    return build_shell(request)


def post_title(by: Actor) -> str:
    """Where they stand, or what they are where they stand nowhere."""
    lines = sorted(describe_posts(by.posts).values())
    own = [line.removeprefix(f"{by.name}, ") for line in lines if line.startswith(f"{by.name}, ")]
    covered = [f"standing in for {line}" for line in lines if not line.startswith(f"{by.name}, ")]
    return "; ".join([*own, *covered]) or ROLE_LABELS[by.role]


def list_lately(by: Actor, at: datetime) -> list[UUID]:
    """Whose records somebody looked at in the last fortnight, latest first."""
    return list_recently_viewed(actor=by.id, since=at - LATELY)


def recently_viewed(by: Actor, at: datetime) -> list[RecentPerson]:
    """Whom they looked at lately, leaving out whoever they may not see any longer."""
    people = list_lately(by, at)
    headers = get_names(people=people)
    return [
        RecentPerson(
            headers[person].name,
            reverse("person", args=[person]),
            headers[person].age_words(local_day(at)),
        )
        for person in people
        if person in headers
    ]
