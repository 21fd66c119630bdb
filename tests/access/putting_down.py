"""A random world as rows: written by the steward, in any order, and with ends that were set at once or later."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sightline.access.models import Bar, BarReader, Grant, Identity
from sightline.kernel.references import new_id
from sightline.partnership.models import Agency, Share
from sightline.people.models import Home, Identifier, Person, Residence
from sightline.record.models import Entry, EntrySubject, Passage, PassageSubject, Step, StepSubject, WishOverruled
from sightline.workforce.models import Account, Cover, Occupancy, Post, Team
from tests.access.ground import tell
from tests.access.oracle import Period, World
from tests.access.world import is_onward

NUMBER = "W4821"
"""The number by which everybody of a world is searched for."""


def put_down(world: World, dice: random.Random) -> None:
    """Grants, bars and links are written in any order, and ends are written with them or later."""
    _put_workforce(world)
    _put_people(world)
    _put_record(world)
    links = _links(world, later=dice.random() < 0.2)
    writes = [_grants(world, later=dice.random() < 0.35), _bars(world, later=dice.random() < 0.35)]
    dice.shuffle(writes)
    # Linked before anything is known of them, or between, or after.
    writes.insert(dice.choice([0, 0, 1, 2]), links)
    # Each is written to its first pause, and ended only when all are there.
    for write in writes:
        next(write)
    dice.shuffle(writes)
    for write in writes:
        next(write, None)


# --- who works here -----------------------------------------------------------------------------


def _put_workforce(world: World) -> None:
    long_ago = _long_ago(world)
    Account.objects.bulk_create(
        Account(
            id=one, email=f"{one}@x.example", name="A", role="social_worker", is_active=worker.open,
            agency=worker.agency, joined_at=long_ago,
        )
        for one, worker in world.workers.items()
    )  # fmt: skip
    teams = {place.team for place in world.posts.values()}
    Team.objects.bulk_create(Team(id=team, key=str(team), name="T", kind="casework") for team in teams)
    Post.objects.bulk_create(
        Post(
            id=post, key=str(post), team_id=place.team, title="P", kind="worker", manager_id=place.above,
            opened_at=long_ago,
        )
        for post, place in world.posts.items()
    )  # fmt: skip
    _put_stands(world)
    agencies = {worker.agency for worker in world.workers.values() if worker.agency}
    Agency.objects.bulk_create(Agency(id=one, key=str(one), kind="school", name="S") for one in agencies)
    Share.objects.bulk_create(
        Share(id=share, agency_id=agency, purpose="Test", from_at=begins, until_at=ends, by=new_id())
        for share, (agency, (begins, ends)) in world.shares.items()
    )


def _put_stands(world: World) -> None:
    """The first of a post occupies it, and the second covers."""
    occupies = {post: (account, period) for account, post, period in reversed(world.stands)}
    covers = [one for one in world.stands if occupies[one[1]] != (one[0], one[2])]
    Occupancy.objects.bulk_create(
        Occupancy(post_id=post, account_id=account, from_at=begins, to_at=ends)
        for post, (account, (begins, ends)) in occupies.items()
    )
    Cover.objects.bulk_create(
        Cover(post_id=post, account_id=account, from_at=begins, to_at=ends) for account, post, (begins, ends) in covers
    )


# --- who is recorded, and what ------------------------------------------------------------------


def _put_people(world: World) -> None:
    long_ago = _long_ago(world)
    Person.objects.bulk_create(
        Person(id=person, kind="child", registered_at=long_ago, registered_by=person) for person in world.people
    )
    Identifier.objects.bulk_create(
        Identifier(person_id=person, scheme="upn", value=NUMBER, believed_from=long_ago) for person in world.people
    )
    home = Home.objects.bulk_create([Home(lines="1 High Street", postcode="LS7 1AA", match_key="1 high street")])[0]
    Residence.objects.bulk_create(
        Residence(
            id=one.id, person_id=one.person, home_id=home.id, section=one.section, believed_from=long_ago,
            true_to=long_ago.date() if one.over else None,
        )
        for one in world.residences
    )  # fmt: skip


def _put_record(world: World) -> None:
    when = _long_ago(world)
    times: dict[str, Any] = {"kind": "note", "occurred_from": when, "recorded_at": when}
    Entry.objects.bulk_create(
        Entry(id=entry, root=entry, occurred_to=when, author=entry, **times) for entry in world.entries
    )
    EntrySubject.objects.bulk_create(
        EntrySubject(entry_id=entry, person_id=person, part="child", **times)
        for entry, subjects in world.entries.items()
        for person in subjects
    )
    Passage.objects.bulk_create(
        Passage(
            id=told.id, entry_id=told.entry, position=position, section=told.section, text="Words",
            kept_to=None if told.kept_to is None else list(told.kept_to),
        )
        for position, told in enumerate(world.passages)
    )  # fmt: skip
    PassageSubject.objects.bulk_create(
        PassageSubject(passage_id=told.id, entry_id=told.entry, person_id=person, section=told.section)
        for told in world.passages
        for person in told.about
    )
    WishOverruled.objects.bulk_create(
        WishOverruled(
            passage_id=told.id, entry_id=told.entry, child_id=told.about[0], reason="Danger", child_told=True,
            by=told.id, at=when,
        )
        for told in world.passages
        if told.wish_set_aside
    )  # fmt: skip
    Step.objects.bulk_create(Step(id=step.id, kind="task", post_id=step.post, opened_at=when) for step in world.steps)
    StepSubject.objects.bulk_create(
        StepSubject(step_id=step.id, person_id=person) for step in world.steps for person in step.about
    )


# --- what the rule is about ---------------------------------------------------------------------


def _grants(world: World, *, later: bool) -> Iterator[None]:
    Grant.objects.bulk_create(
        Grant(
            id=grant.id, person=grant.person, reader=grant.reader, sections=sorted(grant.sections),
            because=grant.because, from_at=grant.period[0], until_at=None if later else grant.period[1],
        )
        for grant in world.grants
    )  # fmt: skip
    yield
    if later:
        _end("access_grant", ((grant.id, grant.period) for grant in world.grants))


def _bars(world: World, *, later: bool) -> Iterator[None]:
    def bar(one: Any, kind: str, **more: Any) -> Bar:
        begins, ends = one.period
        until = None if later else ends
        return Bar(id=one.id, kind=kind, person=one.person, reason="Test", from_at=begins, until_at=until, **more)

    bars = [
        *(bar(one, "restricted", hidden=one.hidden) for one in world.restrictions),
        *(bar(one, "conflict", against=one.against) for one in world.conflicts),
        *(bar(one, "twin") for one in world.twins),
    ]
    Bar.objects.bulk_create(bars)
    BarReader.objects.bulk_create(
        BarReader(bar_id=one.id, account=account, from_at=begins, until_at=ends)
        for one in world.restrictions
        for account, (begins, ends) in one.readers
    )
    yield
    if later:
        ended = [*world.restrictions, *world.conflicts, *world.twins]
        _end("access_bar", ((one.id, one.period) for one in ended))


def _links(world: World, *, later: bool) -> Iterator[None]:
    """Each is ended before the next is made where nothing else lets it stand, and the last one at the last."""
    for number, link in enumerate(world.links, 1):
        begins, ends = link.period
        unended = replace(link, period=(begins, None))
        later_too = later and not any(is_onward(unended, before) for before in world.links[: number - 1])
        Identity(
            id=link.id, person=link.person, same_as=link.same_as, kind=link.kind, reason="Test", by=link.id,
            from_at=begins, until_at=None if later_too else ends,
        ).save(force_insert=True)  # fmt: skip
        if number == len(world.links):
            yield
        if later_too:
            _end("access_identity", [(link.id, link.period)])
    yield


def _end(table: str, ends: Iterable[tuple[UUID, Period]]) -> None:
    """As their own operations do it: the row is there, and its end is written."""
    ended = [(key, period[1]) for key, period in ends if period[1] is not None]
    tell(
        f"UPDATE {table} SET until_at = u.until_at FROM unnest(%s::uuid[], %s::timestamptz[]) AS u(id, until_at)"  # noqa: S608 (the table is named above)
        f" WHERE {table}.id = u.id",
        [[key for key, _ in ended], [until for _, until in ended]],
    )


def _long_ago(world: World) -> Any:
    return min(grant.period[0] for grant in world.grants) - timedelta(days=30)
