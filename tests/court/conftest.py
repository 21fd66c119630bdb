"""The authority and the family in which pre-proceedings begin."""

import pytest

from tests.journeys.conftest import world
from tests.journeys.world import World
from tests.plans.household import Household

__all__ = ["household", "world"]


@pytest.fixture
def household(okafors: Household, world: World) -> Household:
    """Ayo, Bim and Chi, of two fathers."""
    return okafors
