"""The front door's pages, in the authority in which journeys are played, with everybody signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sightline.doorway.acts import acting, set_actor
from sightline.web.signin import DEMONSTRATION_CODE, give_demonstration_code
from sightline.workforce.models import Account
from tests.journeys.world import PASSWORD, World
from tests.web.front_door.desk import Desk


@pytest.fixture
def world(journeys_world: World, db: None, settings: Any) -> World:
    """Made by operations, with a quick hasher: the tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    return journeys_world


@pytest.fixture
def sign_in(world: World) -> Callable[[str], Client]:
    """A browser of the named worker, past the password and the code."""

    def signed_in(name: str) -> Client:
        client, key = Client(), world.accounts[name]
        with acting(key):
            account = Account.objects.get(id=key)
            give_demonstration_code(account)
        client.post("/account/login/", {"login": account.email, "password": PASSWORD})
        answer = client.post("/account/code/authenticate/", {"code": DEMONSTRATION_CODE})
        assert answer.status_code == 302, answer.content.decode()
        set_actor(key)
        return client

    return signed_in


@pytest.fixture
def desk(world: World) -> Desk:
    """What the tests ask the front door for."""
    return Desk(world)
