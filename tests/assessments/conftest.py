"""The authority in which families are assessed, and one of them."""

import pytest

from tests.assessments.family import Family, make_family
from tests.journeys.conftest import world
from tests.journeys.world import World

__all__ = ["family", "world"]


@pytest.fixture
def family(world: World) -> Family:
    """Ava, Ben and Cal Holt, open to Jane; of Ben alone Kit's team reads too."""
    return make_family(world)
