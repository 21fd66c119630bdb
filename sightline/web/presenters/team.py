"""The manager's page in words."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.front_door.models import Recommendation
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.people.queries import PersonName
from sightline.record.queries import CarriedEpisode, LastSeen, OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.cases import child_cell
from sightline.web.presenters.child import not_seen_words, seen_line
from sightline.web.presenters.my_day import step_row
from sightline.web.presenters.steps import names_of, shown_name
from sightline.workforce.queries import Absent, PostLine, Ring

SEEN_COLUMNS = ["Child", "Last seen", "Allocated worker"]


def recommended_rows(
    steps: Iterable[OpenStep],
    recommended: Mapping[UUID, Recommendation],
    own: Collection[UUID],
    headers: Mapping[UUID, PersonName],
    at: datetime,
    *,
    danger: Container[UUID | None] = (),
) -> list[dict[str, object]]:
    """Contacts to decide that somebody sifted and recommended an outcome for, or that lie with the manager's post."""
    return [
        ({"tag": "Recommended", "tag_colour": "blue"} if step.subject in recommended else {})
        | step_row(step, headers, at, danger)
        for step in steps
        if step.subject in recommended or step.post in own
    ]


def undecided_row(
    step: OpenStep,
    headers: Mapping[UUID, PersonName],
    posts: Mapping[UUID, str],
    at: datetime,
    danger: Container[UUID | None] = (),
) -> dict[str, object]:
    """A contact to decide, with whoever it lies with now."""
    names, holder = names_of(step.people, headers), posts.get(step.post, "")
    return step_row(step, headers, at, danger) | {"detail": ". With ".join(part for part in (names, holder) if part)}


@dataclass(frozen=True)
class Load:
    """What a team carries, from which each post's share is told."""

    carried: Sequence[CarriedEpisode]
    steps: Sequence[OpenStep]
    headers: Mapping[UUID, PersonName]
    rings: Mapping[UUID, Ring]
    at: datetime

    def of(self, posts: Collection[UUID]) -> dict[str, object]:
        """What these posts carry: in a sentence, and child by child and step by step."""
        children = [one.child for one in self.carried if one.post in posts]
        owed = [step for step in self.steps if step.post in posts]
        today = local_day(self.at)
        return {
            "carries": f"Carries {words.count(len(children), 'child', 'children')} and "
            f"{words.count(len(owed), 'open step')}",
            "children": [child_cell(self.headers[one], today) for one in children if one in self.headers],
            "steps": [step_row(step, self.headers, self.at) for step in owed],
        }


def absent_row(one: Absent, load: Load) -> dict[str, object]:
    """Who is away, since and until when, what they carry, and who answers for it."""
    return load.of(one.posts) | {
        "id": one.account,
        "name": one.name,
        "since": f"Away since {day_words(local_day(one.since))}, {back_words(one.back_on)}",
        "answers": answers_words(one.posts, load.rings, "them"),
    }


def vacant_row(one: PostLine, load: Load) -> dict[str, object]:
    """A post that nobody is in, what it carries, and who answers for it."""
    return load.of([one.id]) | {"name": one.title, "answers": answers_words([one.id], load.rings, "it")}


def back_words(back_on: date | None) -> str:
    """`back on 1 December 2026`, or that nobody knows."""
    return f"back on {day_words(back_on)}" if back_on else "nobody knows until when"


def answers_words(posts: Iterable[UUID], rings: Mapping[UUID, Ring], whom: str) -> str:
    """Who is rung for these posts meanwhile."""
    names = list(dict.fromkeys(rings[post].name for post in posts if post in rings))
    if not names:
        return f"Nobody answers for {whom}"
    return f"{words.listing(names)} {'answers' if len(names) == 1 else 'answer'} for {whom}"


def later_than_due(steps: Iterable[OpenStep], but: Container[str], at: datetime) -> list[OpenStep]:
    """What posts of a team owe and is overdue, the longest first; not what the page lists elsewhere."""
    elsewhere = {"visit", "plan"}
    late = [
        step
        for step in steps
        if step.due_at is not None and step.due_at < at and step.kind not in elsewhere and step.kind not in but
    ]
    return sorted(late, key=lambda step: (step.due_at, step.id))


def late_row(
    step: OpenStep, headers: Mapping[UUID, PersonName], posts: Mapping[UUID, str], at: datetime
) -> dict[str, object]:
    """A row of components/tasks.html that says who carries it."""
    row = step_row(step, headers, at)
    return row | {"detail": ". ".join(part for part in (str(row["detail"]), posts.get(step.post, "")) if part)}


def carriers_in_words(
    carried: Iterable[CarriedEpisode], helped: Iterable[OpenStep], posts: Mapping[UUID, str]
) -> dict[UUID, str]:
    """Who works with each child: the allocated worker, or whoever carries the plan of one who is helped without."""
    plans = {person: posts.get(step.post, "") for step in helped for person in step.people}
    episodes = {
        one.child: posts.get(one.post, "") if one.post and not one.unallocated else "Unallocated" for one in carried
    }
    return plans | episodes


@dataclass(frozen=True)
class Watched:
    """Children by who works with them, in words, and when each was last seen."""

    carriers: Mapping[UUID, str]
    headers: Mapping[UUID, PersonName]
    seen: Mapping[UUID, LastSeen]
    at: datetime

    @property
    def children(self) -> list[UUID]:
        """By last seen, longest ago first; those not yet born stand at the end."""
        shown = [child for child in self.carriers if child in self.headers and self.headers[child].kind == "child"]
        return sorted(shown, key=lambda child: _order(self.headers[child], self.seen.get(child)))


def seen_rows(watched: Watched) -> list[list[object]]:
    """A line for each child."""
    today = local_day(watched.at)
    return [
        [
            child_cell(watched.headers[child], today),
            seen_line(watched.headers[child], watched.seen.get(child), today),
            watched.carriers[child],
        ]
        for child in watched.children
    ]


def no_access_rows(watched: Watched, number: int) -> list[dict[str, object]]:
    """Children whom nobody could see so many times in a row, whatever the agency, for components/tasks.html."""
    return [
        _no_access(watched, child, watched.seen[child])
        for child in watched.children
        if child in watched.seen
        and watched.seen[child].not_seen_in_a_row >= number
        and watched.headers[child].birth != "expected"
        and watched.headers[child].death_date is None
    ]


def _no_access(watched: Watched, child: UUID, seen: LastSeen) -> dict[str, object]:
    header, today = watched.headers[child], local_day(watched.at)
    last = f"last seen {words.days_ago(local_day(seen.seen_at), today)}" if seen.seen_at else "never recorded as seen"
    return {
        "title": f"{shown_name(header)}, {header.age_words(today)}",
        "url": reverse("person-visits", args=[child]),
        "detail": f"{words.capital(not_seen_words(seen))}; {last}. {watched.carriers[child]}",
    }


def _order(header: PersonName, seen: LastSeen | None) -> tuple[bool, datetime]:
    never = datetime(1900, 1, 1, tzinfo=UTC)
    return header.birth == "expected", (seen.seen_at if seen and seen.seen_at else never)


def record_url(person: UUID) -> str:
    """The overview of somebody's record."""
    return reverse("person", args=[person])
