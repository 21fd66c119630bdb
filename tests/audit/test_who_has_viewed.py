"""Who has viewed a record is read by who may see it, and by nobody else."""

from datetime import timedelta

import pytest

from sightline.audit.models import Event
from sightline.audit.queries import list_events_about, list_recently_viewed
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
        [seen] = list_events_about(person=viewed.mia)
        assert seen.event.actor == viewed.world.watcher


@pytest.mark.parametrize("name", ["Kit Rowe", "Dee Marlow"])
def test_others_do_not_though_they_have_sight_of_somebody_else(viewed: Family, name: str) -> None:
    with acting(viewed.world.accounts[name]):
        assert list_events_about(person=viewed.mia) == []


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
