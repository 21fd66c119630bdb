"""Writing many children's episodes, entries and steps at once, as a file says they were. Only imports call this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.record.models import (
    Allocation,
    Entry,
    EntrySubject,
    Episode,
    Passage,
    PassageSubject,
    Step,
    StepCarrier,
    StepSubject,
)
from sightline.workforce.models import Post


@dataclass(frozen=True)
class EpisodeGiven:
    """An episode as given; without `closed_on` it is open, and is carried. `arose_from` is the child's entry."""

    episode: UUID
    child: UUID
    arose_from: UUID
    opened_on: date
    source: str = ""
    need: str = ""
    no_further_action: bool = False
    closed_on: date | None = None
    closure_reason: str = ""


@dataclass(frozen=True)
class EntryGiven:
    """One entry about one child, with its words. `answers` are facts that it keeps as they came."""

    entry: UUID
    child: UUID
    occurred: When
    form: str
    text: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StepGiven:
    """Something that was left open elsewhere and is owed here, for one child.

    `due_rule` names the dated rule, with its pack, from which `due_at` was worked out; `subject` is the key of
    what was left open, and `arose_from` the child's entry.
    """

    step: UUID
    child: UUID
    kind: str
    words: str
    arose_from: UUID
    subject: UUID
    due_at: datetime | None = None
    due_rule: str = ""


def bring_in_entries(*, by: Actor, entries: Sequence[EntryGiven], post: UUID, at: datetime) -> None:
    """Write an entry of kind import for each. The caller's act permits, audits, and gives sight first."""
    Entry.objects.bulk_create(
        Entry(
            id=given.entry,
            root=given.entry,
            kind=Entry.Kind.IMPORT,
            occurred_from=given.occurred.earliest,
            occurred_to=given.occurred.latest,
            precision=given.occurred.precision,
            recorded_at=at,
            author=by.id,
            author_post_id=post,
            form=given.form,
            answers=dict(given.answers),
        )
        for given in entries
    )
    EntrySubject.objects.bulk_create(
        EntrySubject(
            entry_id=given.entry,
            person_id=given.child,
            part=EntrySubject.Part.CHILD,
            kind=Entry.Kind.IMPORT,
            occurred_from=given.occurred.earliest,
            recorded_at=at,
        )
        for given in entries
    )
    passages = [(new_id(), given) for given in entries]
    Passage.objects.bulk_create(
        Passage(id=passage, entry_id=given.entry, position=0, text=given.text) for passage, given in passages
    )
    PassageSubject.objects.bulk_create(
        PassageSubject(passage_id=passage, entry_id=given.entry, person_id=given.child, section="ordinary")
        for passage, given in passages
    )


def bring_in_episodes(*, by: Actor, episodes: Sequence[EpisodeGiven], post: UUID, at: datetime) -> None:
    """Write the episodes; the open ones are carried by the post, a manager's as unallocated."""
    Episode.objects.bulk_create(
        Episode(
            id=given.episode,
            child_id=given.child,
            arose_from_id=given.arose_from,
            opened_on=given.opened_on,
            opened_at=at,
            source=given.source,
            need=given.need,
            no_further_action=given.no_further_action,
            closed_on=given.closed_on,
            closed_at=at if given.closed_on else None,
            closure_reason=given.closure_reason,
        )
        for given in episodes
    )
    kind = Post.objects.values_list("kind", flat=True).get(id=post)
    Allocation.objects.bulk_create(
        Allocation(
            episode_id=given.episode,
            child_id=given.child,
            post_id=post,
            unallocated=kind == Post.Kind.MANAGER,
            from_at=at,
            by=by.id,
            reason="Brought in from a census file",
        )
        for given in episodes
        if given.closed_on is None
    )


def bring_in_steps(*, by: Actor, steps: Sequence[StepGiven], post: UUID, at: datetime) -> None:
    """Open the steps, all carried by the post. The caller's act permits, audits, and gives sight first."""
    Step.objects.bulk_create(
        Step(
            id=given.step,
            kind=given.kind,
            post_id=post,
            words=given.words,
            opened_at=at,
            due_at=given.due_at,
            due_rule=given.due_rule,
            arose_from_id=given.arose_from,
            subject=given.subject,
        )
        for given in steps
    )
    StepSubject.objects.bulk_create(StepSubject(step_id=given.step, person_id=given.child) for given in steps)
    StepCarrier.objects.bulk_create(
        StepCarrier(step_id=given.step, post_id=post, from_at=at, by=by.id) for given in steps
    )
