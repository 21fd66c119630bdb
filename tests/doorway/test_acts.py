"""An act is one transaction and one audit row; what is refused changes nothing."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from sightline.access.models import Grant
from sightline.access.operations import give_sight
from sightline.audit.models import Event, EventPerson
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, acting, all_or_nothing, look, set_actor, touch
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.references import new_id
from tests.journeys.world import BEGIN, World


@act("inner_act")
def inner(*, by: Actor, at: datetime, person: UUID) -> None:
    give_sight(people=[person], reader=by.id, because="test", because_of=None, at=at)
    touch(person, given=1)


@act("outer_act")
def outer(*, by: Actor, at: datetime, person: UUID, refuse: Exception | None = None) -> str:
    inner(by=by, at=at, person=person)
    inner(by=by, at=at, person=person)
    if refuse:
        raise refuse
    return "done"


def events(world: World, what: str) -> list[Event]:
    with acting(world.admin.id):
        return list(Event.objects.filter(what=what))


def test_an_act_that_calls_others_leaves_one_row_that_names_its_parts(world: World) -> None:
    person = new_id()
    assert outer(by=world.admin, at=BEGIN, person=person) == "done"
    [event] = events(world, "outer_act")
    assert (event.kind, event.actor, event.at) == ("act", world.admin.id, BEGIN)
    assert event.facts == {"given": 1, "parts": ["inner_act", "inner_act"]}
    assert events(world, "inner_act") == []
    with acting(world.admin.id):
        assert list(EventPerson.objects.filter(event=event).values_list("person", flat=True)) == [person]


def test_what_is_refused_changes_nothing_and_leaves_no_row(world: World) -> None:
    with pytest.raises(Refusal):
        outer(by=world.admin, at=BEGIN, person=new_id(), refuse=Refusal("No."))
    assert events(world, "outer_act") == []
    with acting(world.admin.id):
        assert not Grant.objects.exists()


def test_a_refusal_for_want_of_permission_is_recorded(world: World) -> None:
    with pytest.raises(NotPermitted):
        outer(by=world.admin, at=BEGIN, person=new_id(), refuse=NotPermitted("Not you."))
    [event] = events(world, "outer_act")
    assert event.kind == "refused"
    with acting(world.admin.id):
        assert not Grant.objects.exists()


def test_a_look_is_recorded_before_it_is_answered(world: World) -> None:
    person = new_id()
    with acting(world.watcher, request="r-1"):
        look(by=world.actor("Obi Watcher"), people=[person], what="record", at=BEGIN)
        [event] = Event.objects.filter(kind="look")
    assert (event.what, event.actor, event.request) == ("record", world.watcher, "r-1")


def test_who_acts_is_forgotten_with_the_transaction(world: World) -> None:
    set_actor(None)
    with acting(world.watcher), connection.cursor() as cursor:
        cursor.execute("SELECT access_actor()")
        assert cursor.fetchone() == (world.watcher,)


# --- many acts, kept whole ----------------------------------------------------------------------


def test_in_what_is_kept_whole_a_refused_act_takes_everything_with_it(world: World) -> None:
    with pytest.raises(Refusal):
        two_acts(world, then=Refusal("No."))
    assert events(world, "outer_act") == []


def test_nobody_goes_on_after_a_refusal_in_what_is_kept_whole(world: World) -> None:
    with pytest.raises(TransactionManagementError):
        go_on_after_a_refusal(world)
    assert events(world, "outer_act") == []


def test_what_is_kept_whole_takes_no_savepoints_and_says_once_who_acts(world: World) -> None:
    with all_or_nothing(), CaptureQueriesContext(connection) as asked:
        for _ in range(2):
            outer(by=world.admin, at=BEGIN, person=new_id())
    sent = [query["sql"] for query in asked]
    assert not [sql for sql in sent if "SAVEPOINT" in sql]
    assert len([sql for sql in sent if "sightline.actor" in sql]) == 1
    assert len(events(world, "outer_act")) == 2


def test_the_database_knows_who_acts_also_where_a_part_was_undone(world: World) -> None:
    one, other = world.admin.id, new_id()
    with all_or_nothing():
        set_actor(one)
        undone_for(other)
        assert acts_now() == one
        set_actor(other)
        assert acts_now() == other
        with transaction.atomic():
            set_actor(one)
        set_actor(other)
        assert acts_now() == other


def two_acts(world: World, *, then: Exception) -> None:
    with all_or_nothing():
        outer(by=world.admin, at=BEGIN, person=new_id())
        outer(by=world.admin, at=BEGIN, person=new_id(), refuse=then)


def go_on_after_a_refusal(world: World) -> None:
    with all_or_nothing():
        with suppress(Refusal):
            outer(by=world.admin, at=BEGIN, person=new_id(), refuse=Refusal("No."))
        outer(by=world.admin, at=BEGIN, person=new_id())


def undone_for(actor: UUID) -> None:
    with suppress(Refusal), transaction.atomic():
        set_actor(actor)
        assert acts_now() == actor
        raise Refusal("No.")


def acts_now() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_actor()")
        found: UUID = cursor.fetchone()[0]
        return found
