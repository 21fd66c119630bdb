"""Who has viewed a record is read by who may see it, and by nobody else."""

from datetime import timedelta

import pytest

from sightline.audit.models import Event
from sightline.audit.queries import list_recently_viewed, list_views
from sightline.doorway.acts import acting, look
from tests.journeys.world import BEGIN, World
from tests.record.family import Family, make_family


@pytest.fixture
def viewed(world: World) -> Family:
    family = make_family(world)
    with acting(world.watcher):
        look(by=world.actor("Obi Watcher"), people=[family.mia], what="record", at=BEGIN)
    return family


def test_a_child_s_workers_see_who_has_viewed_the_record(viewed: Family) -> None:
    with acting(viewed.world.accounts["Jane Smith"]):
        [seen], total = list_views(people=[viewed.mia])
        assert (seen.actor, seen.times, total) == (viewed.world.watcher, 1, 1)


def test_opening_it_again_and_again_hides_nobody_else(viewed: Family) -> None:
    with acting(viewed.world.accounts["Jane Smith"]):
        for minute in range(120):
            look(
                by=viewed.world.actor("Jane Smith"), people=[viewed.mia], what="record",
                at=BEGIN + timedelta(seconds=minute),
            )  # fmt: skip
        found, total = list_views(people=[viewed.mia])
        assert [(one.actor, one.times) for one in found] == [
            (viewed.world.accounts["Jane Smith"], 120),
            (viewed.world.watcher, 1),
        ]
        assert found[0].because, "why she could is written down"
        assert list_views(people=[viewed.mia], start=1, limit=1)[0] == found[1:]
        assert total == 2


@pytest.mark.parametrize("name", ["Kit Rowe", "Dee Marlow"])
def test_others_do_not_though_they_have_sight_of_somebody_else(viewed: Family, name: str) -> None:
    with acting(viewed.world.accounts[name]):
        assert list_views(people=[viewed.mia]) == ([], 0)


def test_one_sees_one_s_own_looks(viewed: Family) -> None:
    with acting(viewed.world.watcher):
        since = BEGIN - timedelta(hours=1)
        assert list_recently_viewed(actor=viewed.world.watcher, since=since) == [viewed.mia]


def test_an_event_holds_neither_a_name_nor_what_was_written(viewed: Family) -> None:
    with acting(viewed.world.watcher):
        kept = [str(vars(event)) for event in Event.objects.all()]
    assert len(kept) > 2
    for word in ("Mia", "Leo", "Reed", "at home", "solicitor"):
        assert not any(word in event for event in kept)
