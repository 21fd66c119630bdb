"""Of several reasons for which somebody sees a record, one is written down: the weightiest, by the nearest holder."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.operations import give_sight
from sightline.audit.models import Event, EventPerson
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, look
from sightline.doorway.relationship import nearest
from sightline.doorway.roles import Role
from sightline.kernel.references import new_id
from tests.journeys.world import BEGIN, World

ME, POST, TEAM, BELOW = uuid4(), uuid4(), uuid4(), uuid4()
BY = Actor(id=ME, name="Somebody", role=Role.TEAM_MANAGER, posts=frozenset({POST}), teams=frozenset({TEAM}))


@pytest.mark.parametrize(
    ("grants", "found"),
    [
        ([], ("", "")),
        ([("step", TEAM), ("allocation", BELOW)], ("allocation", "below")),
        ([("allocation", BELOW), ("allocation", TEAM), ("allocation", POST)], ("allocation", "post")),
        ([("allocation", TEAM), ("emergency", ME)], ("emergency", "own")),
        ([("something_else", POST), ("conference_held", TEAM)], ("conference_held", "team")),
    ],
)
def test_the_weightiest_reason_by_the_nearest_holder(grants: list[tuple[str, UUID]], found: tuple[str, str]) -> None:
    assert nearest(BY, grants) == found


def test_a_partner_sees_by_a_share_of_their_agency() -> None:
    partner = replace(BY, role=Role.PARTNER, posts=frozenset(), teams=frozenset(), agency=uuid4())
    assert nearest(partner, [("share", uuid4())]) == ("share", "share")


def test_a_look_at_two_says_for_each_by_which_relationship_in_two_statements(world: World) -> None:
    by, mine, other = replace(world.actor("Kit Rowe"), agency=uuid4()), new_id(), new_id()
    give_sight(people=[mine], reader=by.id, because="emergency", because_of=None, at=BEGIN)
    with acting(by.id):
        with CaptureQueriesContext(connection) as asked:
            look(by=by, people=[mine, other], what="record", at=BEGIN)
        assert len(asked) == 2
        look(by=by, people=[other], what="identity", at=BEGIN)
        events = {str(one.id): one for one in Event.objects.filter(kind="look")}
    with acting(by.id):
        assert EventPerson.objects.filter(person=mine, event__because="emergency", event__via="own").count() == 1
    assert sorted((one.what, one.because, one.via, one.section) for one in events.values()) == [
        ("identity", "", "", "identity"),
        ("record", "", "", "ordinary"),
        ("record", "emergency", "own", "ordinary"),
    ]
    assert {(one.role, one.agency) for one in events.values()} == {(str(by.role), by.agency)}
