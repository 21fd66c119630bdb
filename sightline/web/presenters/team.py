"""The manager's page in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.front_door.models import Recommendation
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.people.queries import PersonHeader
from sightline.record.queries import CarriedEpisode, LastSeen, OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.child import seen_line
from sightline.web.presenters.my_day import child_cell, step_row
from sightline.workforce.queries import Absent, Ring

SEEN_COLUMNS = ["Child", "Last seen", "Allocated worker"]


def recommended_rows(
    steps: Iterable[OpenStep],
    recommended: Mapping[UUID, Recommendation],
    headers: Mapping[UUID, PersonHeader],
    at: datetime,
) -> list[dict[str, object]]:
    """Contacts that somebody sifted and recommended an outcome for: they wait for a social worker."""
    return [
        step_row(step, headers, at) | {"tag": "Recommended", "tag_colour": "blue"}
        for step in steps
        if step.kind == "decide_contact" and step.subject in recommended
    ]


def absent_rows(
    absent: Iterable[Absent],
    carried: Sequence[CarriedEpisode],
    steps: Sequence[OpenStep],
    rings: Mapping[UUID, Ring],
    *,
    at: datetime,
) -> list[dict[str, object]]:
    """Who is away, since and until when, what they carry, and who answers for it."""
    return [
        {
            "id": one.account,
            "name": one.name,
            "since": f"Away since {day_words(local_day(one.since))}, {back_words(one.back_on)}",
            "carries": carries_words(one, carried, steps),
            "answers": answers_words(one, rings),
        }
        for one in absent
    ]


def back_words(back_on: date | None) -> str:
    """`back on 1 December 2026`, or that nobody knows."""
    return f"back on {day_words(back_on)}" if back_on else "nobody knows until when"


def carries_words(one: Absent, carried: Iterable[CarriedEpisode], steps: Iterable[OpenStep]) -> str:
    """`Carries 3 children and 5 steps`."""
    children = sum(each.post in one.posts for each in carried)
    owed = sum(each.post in one.posts for each in steps)
    return f"Carries {words.count(children, 'child', 'children')} and {words.count(owed, 'open step')}"


def answers_words(one: Absent, rings: Mapping[UUID, Ring]) -> str:
    """Who is rung for their posts meanwhile."""
    names = dict.fromkeys(rings[post].name for post in one.posts if post in rings)
    return f"{words.listing(names)} answers for them" if names else "Nobody answers for them"


def seen_rows(
    carried: Iterable[CarriedEpisode],
    headers: Mapping[UUID, PersonHeader],
    seen: Mapping[UUID, LastSeen],
    posts: Mapping[UUID, str],
    at: datetime,
) -> list[list[object]]:
    """Children by last seen, longest ago first; those not yet born stand at the end."""
    today = local_day(at)
    shown = [one for one in carried if one.child in headers]
    shown.sort(key=lambda one: _order(headers[one.child], seen.get(one.child)))
    return [
        [
            child_cell(headers[one.child], today),
            seen_line(headers[one.child], seen.get(one.child), today),
            posts.get(one.post, "") if one.post and not one.unallocated else "Unallocated",
        ]
        for one in shown
    ]


def _order(header: PersonHeader, seen: LastSeen | None) -> tuple[bool, datetime]:
    never = datetime(1900, 1, 1, tzinfo=UTC)
    return header.birth == "expected", (seen.seen_at if seen and seen.seen_at else never)


def record_url(person: UUID) -> str:
    """The overview of somebody's record."""
    return reverse("person", args=[person])
