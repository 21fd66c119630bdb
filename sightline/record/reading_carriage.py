"""Reading who carries what: episodes, steps, and what posts were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet

from sightline.kernel.errors import NotFound
from sightline.record.models import Allocation, Episode, Notice, Step, StepSubject
from sightline.record.rules import NAMES_NOBODY


@dataclass(frozen=True)
class CarriedEpisode:
    """An episode and the post that carries it. `unallocated_since` when it is a manager's."""

    id: UUID
    child: UUID
    opened_on: date
    closed_on: date | None
    closure_reason: str
    need: str
    source: str
    no_further_action: bool
    arose_from: UUID | None
    post: UUID | None
    since: datetime | None
    unallocated: bool


@dataclass(frozen=True)
class OpenStep:
    """Something owed: what, for whom, which post carries it, and by when."""

    id: UUID
    kind: str
    words: str
    post: UUID
    opened_at: datetime
    due_at: datetime | None
    due_rule: str
    closed_at: datetime | None
    outcome: str
    arose_from: UUID | None
    subject: UUID | None
    people: tuple[UUID, ...]


@dataclass(frozen=True)
class ToldNotice:
    """Something a post was told and nobody has ticked."""

    id: UUID
    post: UUID
    kind: str
    person: UUID | None
    subject: UUID | None
    at: datetime


def list_episodes(children: Iterable[UUID], *, as_at: datetime | None = None) -> list[CarriedEpisode]:
    """Every episode of these children, newest first, as it stood at `as_at`."""
    episodes = Episode.objects.filter(child__in=list(children)).order_by("-opened_on", "-opened_at")
    if as_at is not None:
        episodes = episodes.filter(opened_at__lte=as_at)
    found = list(episodes)
    carried = _carried_by(found, as_at)
    return [_episode(one, carried.get(one.id), as_at) for one in found]


def _carried_by(episodes: list[Episode], as_at: datetime | None) -> dict[UUID, Allocation]:
    rows = Allocation.objects.filter(episode__in=[one.id for one in episodes])
    standing = Q(to_at=None)
    if as_at is not None:
        standing = Q(from_at__lte=as_at) & (Q(to_at=None) | Q(to_at__gt=as_at))
    return {row.episode_id: row for row in rows.filter(standing)}


def _episode(one: Episode, carried: Allocation | None, as_at: datetime | None) -> CarriedEpisode:
    still_open = as_at is not None and one.closed_at is not None and one.closed_at > as_at
    return CarriedEpisode(
        id=one.id,
        child=one.child_id,
        opened_on=one.opened_on,
        closed_on=None if still_open else one.closed_on,
        closure_reason="" if still_open else one.closure_reason,
        need=one.need,
        source=one.source,
        no_further_action=one.no_further_action,
        arose_from=one.arose_from_id,
        post=carried.post_id if carried else None,
        since=carried.from_at if carried else None,
        unallocated=bool(carried and carried.unallocated),
    )


def get_open_episodes(children: Iterable[UUID], *, as_at: datetime | None = None) -> Mapping[UUID, CarriedEpisode]:
    """The open episode of each of these children that has one."""
    return {one.child: one for one in reversed(list_episodes(children, as_at=as_at)) if one.closed_on is None}


def list_carried(posts: Iterable[UUID], *, unallocated: bool | None = None, limit: int = 500) -> list[CarriedEpisode]:
    """The open episodes that these posts carry, longest carried first."""
    rows = Allocation.objects.filter(post__in=list(posts), to_at=None, episode__closed_at=None)
    if unallocated is not None:
        rows = rows.filter(unallocated=unallocated)
    found = list(rows.select_related("episode").order_by("from_at")[:limit])
    return [_episode(row.episode, row, None) for row in found]


def count_carried(posts: Iterable[UUID]) -> dict[UUID, int]:
    """How many children each of these posts carries that the reader sees, without those who wait to be allocated."""
    rows = Allocation.objects.filter(post__in=list(posts), to_at=None, episode__closed_at=None, unallocated=False)
    return dict(rows.values("post").annotate(children=Count("episode")).values_list("post", "children"))


def list_open_steps(posts: Iterable[UUID], *, kinds: Iterable[str] | None = None, limit: int = 200) -> list[OpenStep]:
    """What these posts owe, soonest due first."""
    steps = Step.objects.filter(post__in=list(posts), closed_at=None)
    if kinds is not None:
        steps = steps.filter(kind__in=list(kinds))
    return _views(steps.order_by("due_at", "opened_at"), limit)


def list_steps_about(
    *,
    person: UUID | None = None,
    arose_from: UUID | None = None,
    subject: UUID | None = None,
    kinds: Iterable[str] | None = None,
    only_open: bool = True,
    limit: int = 100,
) -> list[OpenStep]:
    """Steps for one person, or that arose from one entry, or about one subject; of these kinds where any are given."""
    steps = Step.objects.all()
    if kinds is not None:
        steps = steps.filter(kind__in=list(kinds))
    if person is not None:
        steps = steps.filter(subjects__person=person)
    if arose_from is not None:
        steps = steps.filter(arose_from=arose_from)
    if subject is not None:
        steps = steps.filter(subject=subject)
    if only_open:
        steps = steps.filter(closed_at=None)
    return _views(steps.order_by("due_at", "opened_at"), limit)


def list_steps_for(people: Iterable[UUID], *, kinds: Iterable[str] | None = None, limit: int = 500) -> list[OpenStep]:
    """Open steps for any of these people, soonest due first, whichever post carries them."""
    # Whether a step is open is asked once: asked of its subjects too, each step's fence is climbed twice.
    keys = StepSubject.objects.filter(person__in=list(people)).values("step")
    steps = Step.objects.filter(id__in=keys, closed_at=None)
    if kinds is not None:
        steps = steps.filter(kind__in=list(kinds))
    return _views(steps.order_by("due_at", "opened_at"), limit)


def awaiting_decision(people: Iterable[UUID]) -> set[UUID]:
    """Those of these people about whom a contact is being decided, as far as the reader may see it."""
    rows = StepSubject.objects.filter(person__in=list(people), step__kind="decide_contact", step__closed_at=None)
    return set(rows.values_list("person", flat=True))


def count_open_steps(posts: Iterable[UUID], *, kinds: Iterable[str] | None = None) -> int:
    """How many open steps these posts carry."""
    steps = Step.objects.filter(post__in=list(posts), closed_at=None)
    return steps.filter(kind__in=list(kinds)).count() if kinds is not None else steps.count()


def _views(steps: QuerySet[Step], limit: int) -> list[OpenStep]:
    subjects = StepSubject.objects.filter(step=OuterRef("pk")).order_by("id").values("person")
    found = steps.annotate(people=ArraySubquery(subjects))[:limit]
    return [
        OpenStep(
            id=one.id,
            kind=one.kind,
            words=one.words,
            post=one.post_id,
            opened_at=one.opened_at,
            due_at=one.due_at,
            due_rule=one.due_rule,
            closed_at=one.closed_at,
            outcome=one.outcome,
            arose_from=one.arose_from_id,
            subject=one.subject,
            people=tuple(one.people),
        )
        for one in found
        # A post's step is for somebody whom all who stand there may see, but whoever is kept away from them.
        if one.people or one.kind in NAMES_NOBODY
    ]


def get_step(step: UUID) -> OpenStep:
    """One step that is still open. Absent and hidden read alike."""
    found = _views(Step.objects.filter(id=step, closed_at=None), 1)
    if not found:
        raise NotFound("There is no such step among the work that you can see.")
    return found[0]


def get_carriers(people: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Which post carries each of these people's open episode, whoever asks: only to say whom to ring."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p, record_carrier_of(p) FROM unnest(%s::uuid[]) AS p",
            [list(dict.fromkeys(people))],
        )
        return {person: post for person, post in cursor.fetchall() if post is not None}


def get_step_post(step: UUID) -> UUID:
    """The post that carries a step."""
    found = Step.objects.filter(id=step).values_list("post", flat=True).first()
    if found is None:
        raise NotFound("There is no such step among the work that you can see.")
    return found


def list_notices(posts: Iterable[UUID], *, limit: int = 50) -> list[ToldNotice]:
    """What these posts were told and nobody has ticked, newest first."""
    rows = Notice.objects.filter(post__in=list(posts), cleared_at=None).order_by("-at")[:limit]
    return [ToldNotice(row.id, row.post_id, row.kind, row.person_id, row.subject, row.at) for row in rows]
