"""Bringing a census file in, whole, and undoing it. The only writer of this room's tables.

Both are one transaction. Nothing is deleted by undoing: what nobody has worked on since is withdrawn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight_of_each
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.people.importing import ChildGiven, bring_in_children, bring_in_numbers
from sightline.record.importing import EntryGiven, EpisodeGiven, bring_in_entries, bring_in_episodes
from sightline.returns.bringing_in import bring_in_facts, coming_of, give_sight_of_steps, kept_with_entry
from sightline.returns.models import Import, ImportedChild, ImportedEpisode, Staged
from sightline.returns.permissions import refuse_unless_may_import
from sightline.returns.planning import Planned, Tally, plan_child, words_of
from sightline.returns.queries import WorkedOn, get_import, known_children, list_worked_on, numbers_held, people_of
from sightline.returns.rules import ChildFacts, Kept, once_a_day

AT_ONCE = 1_000
"""Children that are written together: enough to be quick, few enough to hold."""
READING_TIME = timedelta(days=90)
"""How long the team that an import was given to reads the closed records in it, to settle queries."""

Progress = Callable[[int], None]


class AlreadyUndone(Refusal):
    """This import was undone before."""


@dataclass(frozen=True)
class Undone:
    """What undoing took out, counted, and whose records it left and why."""

    children: int
    episodes: int
    entries: int
    facts: int
    kept: tuple[WorkedOn, ...]


@dataclass(frozen=True)
class Origin:
    """The file: its fingerprint, the year and the reference date that it gives."""

    sha256: str
    year: int
    reference_date: date


def plan_all(children: Iterator[ChildFacts], *, reference_date: date, progress: Progress) -> Iterator[list[Planned]]:
    """What bringing the children in would do, some at a time. Reads as whoever acts, writes nothing."""
    done = 0
    while some := [once_a_day(child) for child in islice(children, AT_ONCE)]:
        known = known_children([child.child_id for child in some])
        unknown = [child for child in some if child.child_id not in known]
        held = numbers_held(value for child in unknown for scheme, value in child.numbers if scheme == "upn")
        yield [
            plan_child(child, known.get(child.child_id), held_by_others=held, reference_date=reference_date)
            for child in some
        ]
        done += len(some)
        progress(done)


@act("import_census")
def import_census(
    *,
    by: Actor,
    origin: Origin,
    children: Iterator[ChildFacts],
    queries: Callable[[str], Sequence[str]],
    post: UUID,
    team: UUID,
    at: datetime,
    progress: Progress = lambda _: None,
) -> tuple[UUID, Tally]:
    """Bring in every child with their episodes, carried by the post. Returns the import's key and its counts.

    A child whom the register has under the same child id is that child; an episode of theirs that began
    on the same day is that episode; neither is changed. What happened in an episode becomes rows of the rooms it
    belongs to; what was open becomes a step of the post. `queries` gives what the file was queried for
    about a child. Refuses a file that has been imported and stands (a lock makes two imports take turns).
    """
    refuse_unless_may_import(by)
    _take_turns()
    batch = Import(
        sha256=origin.sha256,
        collection="CIN",
        year=origin.year,
        reference_date=origin.reference_date,
        post_id=post,
        by=by.id,
        at=at,
    )
    _refuse_if_imported(origin)
    batch.save(force_insert=True)
    tally = Tally()
    for some in plan_all(children, reference_date=origin.reference_date, progress=progress):
        for planned in some:
            tally.add(planned)
        _write(some, batch, queries=queries, team=team, by=by, at=at)
        touch(*(planned.person for planned in some))
    Import.objects.filter(id=batch.id).update(counts=tally.as_json())
    touch(batch=str(batch.id), **{name.replace(" ", "_"): number for name, number in tally.counts.items()})
    return batch.id, tally


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('returns_import', 0))")


def _refuse_if_imported(origin: Origin) -> None:
    if Import.objects.filter(sha256=origin.sha256, undone_at=None).exists():
        raise Refusal("This file has just been imported by somebody else. Nobody was added.")


@dataclass(frozen=True)
class _Writing:
    """One child on the way into the record, with the keys made for them."""

    planned: Planned
    child: UUID
    entry: UUID | None


def _write(
    some: Sequence[Planned],
    batch: Import,
    *,
    queries: Callable[[str], Sequence[str]],
    team: UUID,
    by: Actor,
    at: datetime,
) -> None:
    rows = [_Writing(planned, new_id(), new_id() if planned.brings_anything else None) for planned in some]
    fresh = [row for row in rows if row.entry]
    coming = [one for row in rows if row.entry for one in coming_of(row.planned, row.entry)]
    _give_sight(fresh, team, at)
    give_sight_of_steps(coming=coming, team=team, at=at)
    new = [row.planned for row in rows if row.planned.is_new]
    bring_in_children(by=by, children=[_child_given(planned) for planned in new], at=at)
    numbers = [
        (row.planned.person, *number) for row in rows if not row.planned.is_new for number in row.planned.numbers
    ]
    bring_in_numbers(numbers=numbers, at=at)
    entries = [_entry_given(row, batch, queries) for row in fresh]
    bring_in_entries(by=by, entries=entries, post=batch.post_id, at=at)
    episodes = [given for row in fresh for given in _episodes_given(row)]
    bring_in_episodes(by=by, episodes=episodes, post=batch.post_id, at=at)
    bring_in_facts(by=by, coming=coming, post=batch.post_id, at=at)
    _note_what_came(rows, batch)


def _give_sight(rows: Sequence[_Writing], team: UUID, at: datetime) -> None:
    """The team reads an open child because of the episode, and everybody in the file for a while because of it."""
    opened = [
        (row.planned.person, one.episode)
        for row in rows
        for one in row.planned.episodes
        if one.is_new and one.facts.closed_on is None
    ]
    give_sight_of_each(given=opened, reader=team, because="allocation", at=at)
    everybody = [(row.planned.person, row.child) for row in rows]
    give_sight_of_each(given=everybody, reader=team, because="import", at=at, until=at + READING_TIME)


def _child_given(planned: Planned) -> ChildGiven:
    facts = planned.facts
    return ChildGiven(
        person=planned.person,
        birth=facts.birth,
        birth_date=facts.birth_date,
        expected_date=facts.expected_date,
        death_date=facts.death_date,
        sex=facts.sex,
        ethnicity=facts.ethnicity,
        disabilities=facts.disabilities,
        numbers=planned.numbers,
        upn_unknown=facts.upn_unknown,
    )


def _entry_given(row: _Writing, batch: Import, queries: Callable[[str], Sequence[str]]) -> EntryGiven:
    planned = row.planned
    days = [one.facts.opened_on for one in planned.episodes if one.is_new] or [batch.reference_date]
    text = words_of(
        planned,
        year=batch.year,
        reference_date=batch.reference_date,
        queries=queries(planned.facts.child_id),
    )
    return EntryGiven(
        entry=row.entry or new_id(),
        child=planned.person,
        occurred=When.on(min(days), max(days)),
        form=f"cin-census:{batch.year}",
        text=text,
        answers=kept_with_entry(planned),
    )


def _episodes_given(row: _Writing) -> Iterator[EpisodeGiven]:
    for one in row.planned.episodes:
        if one.is_new:
            facts = one.facts
            yield EpisodeGiven(
                episode=one.episode,
                child=row.planned.person,
                arose_from=row.entry or new_id(),
                opened_on=facts.opened_on,
                source=facts.source,
                need=facts.need,
                no_further_action=facts.no_further_action,
                closed_on=facts.closed_on,
                closure_reason=facts.closure_reason,
            )


def _note_what_came(rows: Sequence[_Writing], batch: Import) -> None:
    """Who and what came with this import, so that it can be undone; and what is kept as written."""
    ImportedChild.objects.bulk_create(
        ImportedChild(
            id=row.child,
            batch_id=batch.id,
            person_id=row.planned.person,
            created=row.planned.is_new,
            entry_id=row.entry,
        )
        for row in rows
    )
    ImportedEpisode.objects.bulk_create(
        ImportedEpisode(batch_id=batch.id, episode_id=one.episode, created=one.is_new)
        for row in rows
        for one in row.planned.episodes
    )
    waiting: list[tuple[UUID, UUID | None, Kept]] = [
        (row.planned.person, one.episode, kept) for row in rows for one in row.planned.episodes for kept in one.kept
    ]
    waiting += [(row.planned.person, None, kept) for row in rows for kept in row.planned.kept]
    Staged.objects.bulk_create(
        Staged(
            batch_id=batch.id,
            person_id=person,
            episode_id=episode,
            module=kept.module,
            line=kept.line,
            values=dict(kept.values),
            digest=kept.digest,
        )
        for person, episode, kept in waiting
    )


@act("undo_import")
def undo_import(*, by: Actor, batch: UUID, at: datetime) -> Undone:
    """Withdraw what an import brought in and nobody has worked on since; leave the rest and list it with why.

    A child is left whole or withdrawn whole. Refuses an import that was undone before.
    """
    refuse_unless_may_import(by)
    _take_turns()
    past = get_import(batch)
    if past.undone_at is not None:
        raise AlreadyUndone("This import has been undone already. What it left had been worked on since.")
    kept = list_worked_on(batch)
    left = {one.person for one in kept}
    leaving = [person for person in people_of(batch) if person not in left]
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, number FROM returns_withdraw(%s, %s, %s)", [batch, leaving, at])
        gone = dict(cursor.fetchall())
    Import.objects.filter(id=batch, undone_at=None).update(undone_at=at, undone_by=by.id)
    touch(*leaving, batch=str(batch), left=len(left), **gone)
    return Undone(gone["children"], gone["episodes"], gone["entries"], gone["facts"], tuple(kept))
