"""What a team sees of a child whom it gave to another team: nothing, but because of what it carries still."""

from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.models import Grant
from sightline.access.queries import may_see
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.allocate_child import allocate_child
from sightline.record.operations import close_step, move_step, open_step
from sightline.record.queries import list_steps_about
from tests.journeys.conftest import world
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

__all__ = ["world"]

JANE, KIT, FAY = "Jane Smith", "Kit Rowe", "Fay Lund"
LATER = BEGIN + timedelta(hours=2)


def carried_by_jane(world: World) -> UUID:
    """A child whom Jane's team carries, with the steps that were opened for it."""
    contact, child = take(world)
    decided(world, contact, "referral_assessment")
    give(world, child, "family-1", by="Mag Price")
    open_step(
        by=world.actor("Mag Price"), kind="visit", post=world.posts["family-1"], people=[child], at=BEGIN,
    )  # fmt: skip
    return child


def give(world: World, child: UUID, post: str, *, by: str = FAY, at: datetime = LATER) -> None:
    set_actor(world.accounts[by])
    allocate_child(by=world.actor(by), child=child, post=world.posts[post], reason="Moved house", at=at)


def sees(world: World, name: str, child: UUID) -> bool:
    with acting(world.accounts[name]):
        return may_see(person=child)


def test_the_team_before_sees_a_child_no_more_who_goes_to_another_with_what_is_owed(world: World) -> None:
    child = carried_by_jane(world)
    assert sees(world, JANE, child)
    assert not sees(world, KIT, child)
    give(world, child, "long-term-1")
    assert sees(world, KIT, child)
    assert not sees(world, JANE, child)
    with acting(world.accounts[FAY]):
        left = Grant.objects.filter(person=child, reader=world.teams["family"], until_at=None)
        assert not left.exists()
        steps = {step.post for step in list_steps_about(person=child)}
    assert world.posts["family-1"] not in steps


def test_what_the_team_before_carries_still_lets_it_see_until_that_is_done(world: World) -> None:
    child = carried_by_jane(world)
    kept = open_step(
        by=world.actor(FAY), kind="visit", post=world.posts["family-manager"], people=[child], at=LATER,
    )  # fmt: skip
    give(world, child, "long-term-1")
    assert sees(world, JANE, child), "Her team owes something for the child that did not go along."
    set_actor(world.accounts[FAY])
    close_step(by=world.actor(FAY), step=kept, at=LATER)
    assert not sees(world, JANE, child)


def test_a_step_that_comes_back_brings_sight_back(world: World) -> None:
    child = carried_by_jane(world)
    owed = next(step.id for step in list_steps_about(person=child) if step.kind == "visit")
    give(world, child, "long-term-1")
    set_actor(world.accounts[FAY])
    move_step(by=world.actor(FAY), step=owed, post=world.posts["family-1"], at=LATER + timedelta(hours=1))
    assert sees(world, JANE, child)
    assert sees(world, KIT, child)


def test_within_a_team_a_step_goes_on_being_seen(world: World) -> None:
    child = carried_by_jane(world)
    give(world, child, "family-manager")
    assert sees(world, JANE, child)
    give(world, child, "family-1", at=LATER + timedelta(hours=1))
    assert sees(world, JANE, child)
