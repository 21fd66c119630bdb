"""An act, its audit event and its job are committed together or not at all; seen from outside, on real commits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.access.operations import give_sight
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, acting, look, touch
from sightline.doorway.jobs import after_commit
from sightline.doorway.models import Effect
from sightline.doorway.operations import first_time, save_draft, submit_once
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from tests.journeys.world import BEGIN, World

pytestmark = pytest.mark.django_db(transaction=True)
DONE: list[str] = []


@app.task(name="tests.ring_the_bell", queue="tests")
def ring_the_bell(*, person: str, fails: str = "") -> None:
    """A job with an effect that must happen once, however often the queue runs it."""
    with acting(None):
        if first_time(key=f"tests.bell:{person}", at=BEGIN):
            if fails:
                raise ConnectionError(fails)
            DONE.append(person)


@act("open_the_door")
def open_the_door(*, by: Actor, at: datetime, person: UUID, ending: BaseException | None = None) -> None:
    give_sight(people=[person], reader=by.id, because="test", because_of=None, at=at)
    after_commit(ring_the_bell, person=person)
    touch(person)
    if ending:
        raise ending


def seen_from_outside(outside: psycopg.Connection[Any], person: UUID) -> tuple[int, ...]:
    """How many grants, events and jobs about somebody have been committed."""
    outside.execute("SET ROLE sightline_steward")
    grants = outside.execute("SELECT count(*) FROM access_grant WHERE person = %s", [person]).fetchone()
    events = outside.execute("SELECT count(*) FROM audit_eventperson WHERE person = %s", [person]).fetchone()
    outside.execute("RESET ROLE")
    jobs = outside.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'person' = %s", [str(person)]
    ).fetchone()
    assert grants
    assert events
    assert jobs
    return grants[0], events[0], jobs[0]


def then_fails(by: Actor, perform: Callable[[], object]) -> None:
    """A page or a job that does its work, and fails before it is over."""
    with acting(by.id):
        perform()
        raise RuntimeError("the machine stopped")


def test_an_act_its_event_and_its_job_appear_in_one_moment(world: World, as_owner: psycopg.Connection[Any]) -> None:
    person = new_id()
    with acting(world.admin.id):
        open_the_door(by=world.admin, at=BEGIN, person=person)
        assert seen_from_outside(as_owner, person) == (0, 0, 0)
    assert seen_from_outside(as_owner, person) == (1, 1, 1)


@pytest.mark.parametrize("ending", [Refusal("No."), RuntimeError("a fault"), KeyboardInterrupt()], ids=type)
def test_however_an_act_ends_early_none_of_the_three_is_left(
    world: World, as_owner: psycopg.Connection[Any], ending: BaseException
) -> None:
    person = new_id()
    with pytest.raises(type(ending)):
        open_the_door(by=world.admin, at=BEGIN, person=person, ending=ending)
    assert seen_from_outside(as_owner, person) == (0, 0, 0)


def test_a_page_that_fails_after_its_act_takes_all_three_with_it(
    world: World, as_owner: psycopg.Connection[Any]
) -> None:
    person = new_id()
    with pytest.raises(RuntimeError):
        then_fails(world.admin, lambda: open_the_door(by=world.admin, at=BEGIN, person=person))
    assert seen_from_outside(as_owner, person) == (0, 0, 0)


def test_a_look_is_there_before_its_answer_and_goes_with_it(world: World, as_owner: psycopg.Connection[Any]) -> None:
    person, watcher = new_id(), world.actor("Obi Watcher")
    with pytest.raises(RuntimeError):
        then_fails(watcher, lambda: look(by=watcher, people=[person], what="record", at=BEGIN))
    assert seen_from_outside(as_owner, person)[1] == 0
    with acting(watcher.id):
        look(by=watcher, people=[person], what="record", at=BEGIN)
    assert seen_from_outside(as_owner, person)[1] == 1


def test_typing_outlives_the_connection_it_came_by(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()
    with acting(by.id):
        save_draft(by=by, key=key, form="contact", body={"text": "Half a sen"}, at=BEGIN)
    connections.close_all()
    with acting(by.id):
        kept = get_draft(by=by, key=key)
    assert kept is not None
    assert kept.body == {"text": "Half a sen"}


def test_what_was_sent_and_then_undone_can_be_sent_again_and_its_draft_is_still_there(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()

    def send() -> UUID:
        return submit_once(by=by, key=key, form="contact", body={"text": "A bruise"}, at=BEGIN, perform=new_id)

    with acting(by.id):
        save_draft(by=by, key=key, form="contact", body={"text": "A bruise"}, at=BEGIN)
    with pytest.raises(RuntimeError):
        then_fails(by, send)
    with acting(by.id):
        assert get_draft(by=by, key=key) is not None
        assert send()
        assert get_draft(by=by, key=key) is None


def run_the_queue() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["tests"])


def test_a_job_that_is_queued_twice_has_its_effect_once(world: World) -> None:
    person = new_id()
    with acting(world.admin.id):
        after_commit(ring_the_bell, person=person)
        after_commit(ring_the_bell, person=person)
    run_the_queue()
    assert {job.status for job in ProcrastinateJob.objects.filter(queue_name="tests")} == {"succeeded"}
    assert DONE.count(str(person)) == 1


def test_a_job_that_fails_gives_its_claim_back(world: World) -> None:
    person = new_id()
    with acting(world.admin.id):
        after_commit(ring_the_bell, person=person, fails="no line")
    run_the_queue()
    assert [job.status for job in ProcrastinateJob.objects.filter(queue_name="tests")] == ["failed"]
    assert not Effect.objects.exists()
    with acting(world.admin.id):
        after_commit(ring_the_bell, person=person)
    run_the_queue()
    assert DONE.count(str(person)) == 1
