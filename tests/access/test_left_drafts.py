"""What somebody who left had typed goes to the manager of their post; its words where that manager may see them."""

from uuid import UUID

import pytest
from django.test import Client

from sightline.access.operations import declare_conflict
from sightline.doorway.acts import acting, set_actor
from sightline.doorway.operations import save_draft
from sightline.journeys.allocate_child import allocate_child
from sightline.kernel.references import new_id
from sightline.workforce import operations as workforce
from sightline.workforce.left_drafts import LeftDraft, list_left_drafts
from sightline.workforce.models import Account
from tests.access.test_sequences import set_out, world
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

__all__ = ["set_out", "world"]

JANE, KIT, FAY, WORDS = "Jane Smith", "Kit Rowe", "Fay Lund", "He sleeps in the car."


@pytest.fixture
def child(set_out: None, world: World) -> UUID:
    """Carried by Jane, who typed about them and left."""
    contact, child = take(world)
    decided(world, contact, "referral_assessment")
    by = world.actor("Mag Price")
    allocate_child(by=by, child=child, post=world.posts["family-1"], reason="Assessment", at=BEGIN)
    body = {"text": [WORDS], "people": [str(child)]}
    with acting(world.accounts[JANE]):
        save_draft(by=world.actor(JANE), key=new_id(), form="recording", about=child, body=body, at=BEGIN)
    return child


def leaves(world: World) -> None:
    workforce.leave(by=world.admin, account=world.accounts[JANE], at=BEGIN)


def read_by(world: World, name: str) -> list[LeftDraft]:
    with acting(world.accounts[name]):
        return list_left_drafts()


def keep_away(world: World, child: UUID, name: str, *, by: str = JANE) -> None:
    with acting(world.accounts[by]):
        declare_conflict(
            person=child, against=world.accounts[name], reviewer=world.posts["service-manager"], reason="Her nephew",
            at=BEGIN,
        )  # fmt: skip


def test_nobody_reads_a_draft_of_somebody_who_works_here(world: World, child: UUID) -> None:
    assert read_by(world, FAY) == []


def test_it_goes_to_the_managers_above_and_to_nobody_else(world: World, child: UUID) -> None:
    leaves(world)
    for manager in (FAY, "Hal Dean"):
        [found] = read_by(world, manager)
        assert (found.account, found.about) == (world.accounts[JANE], child)
        assert found.body is not None
        assert found.body["text"] == [WORDS]
    for other in (KIT, "Mag Price", "Una Spare"):
        assert read_by(world, other) == []
    set_actor(None)
    assert list_left_drafts() == []


def test_without_sight_of_whom_it_is_about_there_are_no_words(world: World, child: UUID) -> None:
    keep_away(world, child, FAY)
    leaves(world)
    [found] = read_by(world, FAY)
    assert (found.form, found.about, found.body) == ("recording", None, None)


def test_nor_where_it_is_also_about_somebody_who_is_closed_to_the_manager(world: World, child: UUID) -> None:
    _, brother = take(world)
    body = {"text": [WORDS], "people": [str(child), str(brother)]}
    with acting(world.accounts[JANE]):
        save_draft(by=world.actor(JANE), key=new_id(), form="recording", about=child, body=body, at=BEGIN)
    leaves(world)
    assert [one.body is None for one in read_by(world, FAY)].count(True) == 1


def test_the_page_shows_it_to_the_manager_and_is_refused_to_a_worker(world: World, child: UUID) -> None:
    leaves(world)
    assert WORDS in page(world, FAY)
    assert WORDS not in page(world, KIT)
    keep_away(world, child, FAY, by="Mag Price")
    assert WORDS not in page(world, FAY)


def page(world: World, name: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(id=world.accounts[name]))
    return client.get("/team/left-drafts", secure=True).content.decode()
