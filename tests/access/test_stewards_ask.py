"""Functions that reach past the rule answer nobody who does not act, and not about whom one may not see."""

from uuid import UUID

from django.db import connection

from sightline.doorway.acts import acting, set_actor
from sightline.front_door.queries import get_public_referrer
from sightline.journeys.feed_back import feed_back
from sightline.partnership.models import Message
from tests.journeys.conftest import world
from tests.journeys.told import NEIGHBOUR, take
from tests.journeys.world import BEGIN, World

__all__ = ["world"]


def asked(statement: str, *given: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


def test_a_caller_s_key_is_told_only_about_children_whom_one_may_see(world: World) -> None:
    contact, child = take(world, referrer=NEIGHBOUR)
    with acting(world.watcher):
        known = get_public_referrer(contact)
        assert known is not None
        given = ([child], known.match_key)
        assert asked("SELECT front_door_same_informant(%s::uuid[], %s)", *given) == known.informant
    with acting(world.accounts["Jane Smith"]):
        assert asked("SELECT front_door_same_informant(%s::uuid[], %s)", *given) is None


def test_nobody_marks_a_message_as_not_delivered(world: World) -> None:
    contact, _ = take(world)
    sent: UUID = feed_back(
        by=world.actor("Dee Marlow"), contact=contact, kind="acknowledgement", text="We have it.", means="link",
        at=BEGIN,
    ).message  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sightline.actor', '', true)")
        cursor.execute("SELECT partnership_not_delivered(%s, 'no such box')", [sent])
        cursor.execute("SELECT partnership_key_fits(%s, 'any')", [sent])
        assert cursor.fetchone()[0] is False
    set_actor(world.watcher)
    assert Message.objects.get(id=sent).failure == ""
