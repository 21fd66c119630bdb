"""What a team sees of a child whom it gave to another team: nothing, but because of what it carries still."""

from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.models import EmergencyAccess, Grant
from sightline.access.operations import end_sight, give_sight, open_in_emergency, restrict
from sightline.access.queries import may_see
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.register_people import NewPerson, Tie, tie_people
from sightline.kernel.references import new_id
from sightline.record.operations import close_step, keep_apart, move_step, open_step, withdraw_entry
from sightline.record.queries import get_open_episodes, list_steps_about, list_steps_for
from sightline.record.rules import Concerned
from tests.journeys.conftest import world
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

__all__ = ["world"]

JANE, KIT, FAY = "Jane Smith", "Kit Rowe", "Fay Lund"
LATER = BEGIN + timedelta(hours=2)
TONIGHT = BEGIN + timedelta(days=36_525)
"""The database's own clock is asked, which has not passed this."""


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


# --- an adult of the referral who is no relation ------------------------------------------------------


def named_beside(world: World) -> tuple[UUID, UUID]:
    """A child whom Jane's team carries, for whom nothing is owed any more, and the new partner of the mother."""
    child, partner = new_id(), new_id()
    new = [NewPerson(id=child, kind="child", given="Leo", family="Reed"),
           NewPerson(id=partner, kind="adult", given="Ben", family="Ott")]  # fmt: skip
    contact, _ = take(world, new_people=new, concerned=[Concerned(child), Concerned(partner, "adult")])
    world.let_watch([child, partner], BEGIN)
    decided(world, contact, "referral_assessment")
    with acting(world.accounts["Sol Abara"]):
        end_sight(because_of=contact, at=BEGIN)
    give(world, child, "family-1", by="Mag Price", at=BEGIN)
    with acting(world.watcher):
        for step in list_steps_for([child, partner]):
            close_step(by=world.actor("Obi Watcher"), step=step.id, at=BEGIN)
    return child, partner


def take_off(world: World, child: UUID, person: UUID) -> None:
    with acting(world.accounts[FAY]):
        withdraw_entry(
            by=world.actor(FAY), entry=arose_from(world, child), person=person, reason="Another man",
            reader=world.accounts[FAY], at=LATER,
        )  # fmt: skip


def let_see(world: World, name: str, person: UUID) -> None:
    with acting(world.accounts[name]):
        give_sight(people=[person], reader=world.accounts[name], because="test", because_of=None, at=BEGIN)


def arose_from(world: World, child: UUID) -> UUID:
    with acting(world.watcher):
        entry = get_open_episodes([child])[child].arose_from
    assert entry is not None
    return entry


def test_an_adult_of_the_referral_who_is_no_relation_goes_along(world: World) -> None:
    child, partner = named_beside(world)
    assert sees(world, JANE, partner)
    assert not sees(world, KIT, partner)
    give(world, child, "long-term-1")
    assert sees(world, KIT, partner)
    assert not sees(world, JANE, partner)
    assert not sees(world, "Una Spare", partner)


def test_whoever_was_taken_off_the_entry_is_read_because_of_it_no_longer_and_does_not_go_along(world: World) -> None:
    child, partner = named_beside(world)
    take_off(world, child, partner)
    assert not sees(world, JANE, partner)
    assert sees(world, JANE, child)
    # Its named reader still reads what was taken off.
    let_see(world, FAY, partner)
    give(world, child, "long-term-1")
    assert sees(world, KIT, child)
    assert not sees(world, KIT, partner)


def test_a_relation_who_is_taken_off_the_entry_stays_with_the_team(world: World) -> None:
    child, partner = named_beside(world)
    with acting(world.accounts[FAY]):
        tie_people(
            by=world.actor(FAY), ties=[Tie(person=partner, kind="parent", to=child)], needs=[], at=BEGIN,
        )  # fmt: skip
    take_off(world, child, partner)
    assert sees(world, JANE, partner)


def test_whoever_is_named_in_what_is_kept_apart_does_not_go_along(world: World) -> None:
    child, partner = named_beside(world)
    let_see(world, FAY, partner)
    with acting(world.accounts[FAY]):
        keep_apart(by=world.actor(FAY), entry=arose_from(world, child), team=world.teams["family"], at=LATER)
    give(world, child, "long-term-1")
    assert not sees(world, KIT, partner)


def test_whoever_is_closed_to_the_one_who_allocates_does_not_go_along(world: World) -> None:
    child, partner = named_beside(world)
    with acting(world.accounts[FAY]):
        restrict(
            person=partner, readers=[world.accounts[JANE]], reviewer=world.posts["service-manager"], reason="Known",
            at=BEGIN,
        )  # fmt: skip
    assert sees(world, JANE, partner)
    give(world, child, "long-term-1")
    assert not sees(world, KIT, partner)
    with acting(world.accounts[KIT]):
        assert not Grant.objects.filter(person=partner, until_at=None).exists()


def test_whoever_is_seen_in_an_emergency_alone_is_not_given_on(world: World) -> None:
    child, partner = named_beside(world)
    let_see(world, FAY, child)
    with acting(world.accounts[FAY]):
        end_sight(because_of=get_open_episodes([child])[child].id, at=LATER)
        open_in_emergency(
            person=partner, account=world.accounts[FAY], reason=EmergencyAccess.Reason.DANGER, words="Missing tonight",
            safe_address=False, reviewer=world.posts["service-manager"], review_by=TONIGHT, at=LATER, until=TONIGHT,
        )  # fmt: skip
    assert sees(world, FAY, partner)
    give(world, child, "long-term-1")
    assert sees(world, KIT, child)
    assert not sees(world, KIT, partner)
