"""What came in about the wrong child is taken off that record by a manager, with what hangs on it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from sightline.doorway.acts import acting
from sightline.front_door.queries import list_contacts
from sightline.front_door.taking_off import take_off_record
from sightline.journeys.ask_agencies import ask_for_check
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.record.queries import list_steps_about, list_timeline
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

LATER = BEGIN + timedelta(hours=2)


def take_off(world: World, entry: UUID, person: UUID, name: str = "Mag Price") -> UUID:
    return take_off_record(
        by=world.actor(name), entry=entry, person=person, reason="Another child", reader=world.keeper, at=LATER
    )


def kinds(world: World, person: UUID) -> list[str]:
    with acting(world.watcher):
        return [one.kind for one in list_timeline(person=person).entries]


def unheld() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM front_door_unheld(%s)", [LATER])
        return int(cursor.fetchone()[0])


def test_an_undecided_contact_about_the_wrong_child_is_nobody_s_worry_any_more(world: World) -> None:
    contact, child = take(world)
    take_off(world, contact, child)
    assert kinds(world, child) == []
    for reader in (world.watcher, world.keeper, world.accounts["Dee Marlow"]):
        with acting(reader):
            assert list_contacts([contact]) == []
            assert [one for one in list_steps_about(subject=contact) if one.closed_at is None] == []
    assert unheld() == 0


def test_a_contact_takes_its_decision_and_the_answers_with_it(world: World) -> None:
    contact, child = take(world)
    ask_for_check(
        by=world.actor("Dee Marlow"), contact=contact, kind="health", agency_post=world.school_lead, question="",
        reason="A bruise", lawful_basis="ca1989_s17", at=LATER,
    )  # fmt: skip
    decision = decided(world, contact, "advice_and_information")
    with pytest.raises(Refusal, match="go with it"):
        take_off(world, decision, child)
    take_off(world, contact, child)
    assert kinds(world, child) == []
    with acting(world.watcher):
        assert [one for one in list_steps_about(subject=contact) if one.closed_at is None] == []
    assert unheld() == 0


def test_a_manager_takes_off_what_came_in_and_nobody_else(world: World) -> None:
    contact, child = take(world)
    for name in ("Dee Marlow", "Sol Abara"):
        with pytest.raises(NotPermitted, match="manager"):
            take_off(world, contact, child, name)
    assert kinds(world, child) == ["contact"]
