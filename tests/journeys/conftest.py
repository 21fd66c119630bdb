"""The authority in which journeys are played."""

from typing import Any

import pytest

from tests.journeys.world import World


@pytest.fixture
def world(journeys_world: World, db: None, settings: Any) -> World:
    """Made by operations, with a quick hasher: the tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return journeys_world
