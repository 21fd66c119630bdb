"""Browsers that are signed in with a password and a code, in the small universe of tests/universe.py."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sightline.commands.demonstration.authority import PASSWORD
from sightline.doorway.acts import set_actor
from tests.universe import Universe

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _on_this_machine(settings: Any) -> None:
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False


@pytest.fixture
def sign_in(universe: Universe) -> SignIn:
    """A browser of the worker with this key word, signed in through the pages."""
    return lambda key: _signed_in(universe, key)


def _signed_in(universe: Universe, key: str) -> Client:
    from sightline.web.signin import DEMONSTRATION_CODE
    from sightline.workforce.models import Account

    account = Account.objects.get(id=universe.who(key).id)
    client = Client()
    client.post("/account/login/", {"login": account.email, "password": PASSWORD})
    answer = client.post("/account/code/authenticate/", {"code": DEMONSTRATION_CODE})
    assert answer.status_code == 302, answer.content.decode()
    set_actor(account.id)
    return client
