"""Conferences: one convened and not asked to yet, and one on three children of two fathers, asked to and not held."""

import pytest

from tests.conferences.convened import Convened, make_convened
from tests.conferences.holding_case import Case, make_case
from tests.journeys.conftest import world
from tests.plans.conftest import household
from tests.plans.household import Household
from tests.universe import Universe
from tests.universe import two_families as universe

__all__ = ["household", "universe", "world"]


@pytest.fixture
def convened(universe: Universe) -> Convened:
    """The Penhallows' conference, in twelve days."""
    return make_convened(universe)


@pytest.fixture
def case(household: Household) -> Case:
    """An initial conference on all three of the Okafors, which nobody has recorded yet."""
    return make_case(household)
