"""What was refused stays on record, though all else that was asked with it is undone."""

from typing import Any

import psycopg
import pytest
from django.db import transaction

from sightline.audit.models import Event, EventPerson
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, deny
from sightline.kernel.references import new_id
from tests.journeys.world import BEGIN, World

SEEN = "SELECT what, actor, role, facts FROM audit_event WHERE kind = 'refused' ORDER BY what"


@pytest.mark.django_db(transaction=True, databases=["default", "denials"])
def test_a_rollback_takes_everything_along_but_the_denial(
    world: World, as_owner: psycopg.Connection[Any], settings: Any
) -> None:
    settings.DENIALS_DATABASE = "denials"
    by, person = world.actor("Kit Rowe"), new_id()
    with pytest.raises(RuntimeError):
        ask_in_vain(by, person)
    as_owner.execute("SET ROLE sightline_steward")
    rows = as_owner.execute(SEEN).fetchall()
    whom = as_owner.execute("SELECT person FROM audit_eventperson WHERE person = %s", [person]).fetchall()
    as_owner.execute("RESET ROLE")
    assert rows == [("open_it", by.id, str(by.role), {"by_hand": True})]
    assert whom == [(person,)]


def ask_in_vain(by: Actor, person: Any) -> None:
    """Refused within a transaction that stands around the page's own, and is undone when all is over."""
    with transaction.atomic():
        with acting(by.id) as denied:
            deny(what="open_it", by=by, at=BEGIN, people=[person], by_hand=True)
            assert [one.what for one in denied] == ["open_it"]
        raise RuntimeError("the machine stopped")


def test_what_was_refused_is_seen_by_whoever_may_see_whom_it_was_about(world: World) -> None:
    by, person = world.actor("Kit Rowe"), new_id()
    with acting(by.id):
        deny(what="open_it", by=by, at=BEGIN, people=[person])
    with acting(by.id):
        [event] = Event.objects.filter(kind="refused")
        assert (event.actor, event.role) == (by.id, str(by.role))
    with acting(world.watcher):
        assert not EventPerson.objects.filter(person=person).exists()
