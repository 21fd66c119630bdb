"""Two brothers whom Jane Smith carries, and a school that does not agree with what was decided."""

import pytest

from tests.journeys.conftest import world
from tests.journeys.ending_case import Case, make_case
from tests.journeys.world import World

__all__ = ["case", "world"]


@pytest.fixture
def case(world: World) -> Case:
    """Nothing is open about them but what a test opens."""
    return make_case(world)
