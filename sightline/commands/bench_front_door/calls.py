"""What each page asks, called as a page would call it: inside one transaction, as whoever is signed in."""

from datetime import UTC, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, look
from sightline.doorway.queries import list_drafts
from sightline.front_door.queries import get_series, list_contacts_about, list_injuries
from sightline.kernel.london import local_day
from sightline.people.queries import (
    get_header,
    get_headers,
    list_addresses,
    list_households_of,
    list_network,
    list_relationships_of,
    list_unidentified,
    search_people,
)
from sightline.record.queries import (
    get_open_episodes,
    last_seen_of,
    list_carried,
    list_entries,
    list_episodes,
    list_mentions,
    list_notices,
    list_open_steps,
    list_steps_about,
    list_timeline,
)
from sightline.workforce.queries import describe_posts, list_absent, posts_below


def search(by: Actor, text: str) -> None:
    with acting(by.id):
        search_people(by=by, text=text, at=_now())


def known(by: Actor, child: UUID) -> None:
    """What is known about a child and everybody around them, with the words of each contact."""
    with acting(by.id):
        look(by=by, people=[child], what="what_is_known", at=_now())
        people = list_network(people=[child])
        get_headers(people=people)
        list_relationships_of(people=people)
        list_households_of(people=people)
        contacts = list_contacts_about(people)
        list_entries([one.id for one in contacts])
        episodes = get_open_episodes(people)
        describe_posts([one.post for one in episodes.values() if one.post])
        list_unidentified(people=people)
        list_mentions(people)
        list_injuries(people)
        get_series([child], on=local_day(_now()), window_days=90, sources=3)


def record(by: Actor, child: UUID) -> None:
    """A child's record: the header that stays, and the newest of the timeline."""
    with acting(by.id):
        look(by=by, people=[child], what="record", at=_now())
        get_header(person=child)
        timeline = list_timeline(person=child)
        get_headers(people={one.person for entry in timeline.entries for one in entry.subjects})
        list_relationships_of(people=[child])
        list_addresses(person=child)
        episodes = list_episodes([child])
        describe_posts([one.post for one in episodes if one.post])
        last_seen_of([child])
        list_steps_about(person=child)


def my_day(by: Actor) -> None:
    with acting(by.id):
        steps = list_open_steps(by.posts)
        carried = list_carried(by.posts)
        children = [one.child for one in carried]
        get_headers(people={*children, *(person for step in steps for person in step.people)})
        last_seen_of(children)
        list_notices(by.posts)
        list_drafts(by=by)


def team(by: Actor) -> None:
    with acting(by.id):
        posts = {*by.posts, *posts_below(by.posts)}
        list_open_steps(posts, kinds=["decide_contact", "feedback"])
        list_carried(posts, unallocated=True)
        children = [one.child for one in list_carried(posts)]
        get_headers(people=children)
        last_seen_of(children)
        list_absent(posts=posts, at=_now())
        describe_posts(posts)


def _now() -> datetime:
    return datetime.now(UTC)
