"""Two brothers whom Jane Smith carries, in the authority in which journeys are played, with everybody signed in."""

from typing import Any

import pytest

from tests.partnership.conftest import run_jobs
from tests.universe import Universe
from tests.web.casework.conftest import SignIn, _signed_in
from tests.web.endings.conftest import case
from tests.web.front_door.conftest import sign_in, world

__all__ = ["case", "run_jobs", "sign_in", "world"]


@pytest.fixture
def at_hallowby(universe: Universe, settings: Any) -> SignIn:
    """A browser of a worker of the small universe, by their key word."""
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    return lambda key: _signed_in(universe, key)
