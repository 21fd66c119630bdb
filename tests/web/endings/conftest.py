"""The pages of an ending, in the authority in which journeys are played, with two brothers whom Jane carries."""

import pytest

from tests.journeys.ending_case import Case, make_case
from tests.journeys.world import World
from tests.web.front_door.conftest import sign_in, world

__all__ = ["case", "sign_in", "world"]


@pytest.fixture
def case(world: World) -> Case:
    """Nothing is open about them but what a test opens."""
    return make_case(world)
