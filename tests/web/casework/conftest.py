"""A small authority, a family, and browsers that are signed in with a password and a code."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sightline.doorway.acts import set_actor
from sightline.practice.operations import publish_shipped_packs
from tests.staff import AT, PASSWORD, Staff, make_staff


@pytest.fixture
def staff(db: None, settings: Any) -> Staff:
    """Made by operations, with a quick hasher: the tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMONSTRATION, settings.SECURE_SSL_REDIRECT = True, False
    publish_shipped_packs(at=AT)
    return make_staff()


@pytest.fixture
def sign_in(staff: Staff) -> Callable[[str], Client]:
    """A browser of the named worker, through the sign-in pages."""
    from sightline.web.signin import DEMONSTRATION_CODE, give_demonstration_code
    from sightline.workforce.models import Account

    def signed_in(name: str) -> Client:
        key = staff.admin if name == "admin" else staff.accounts[name]
        account = Account.objects.get(id=key)
        give_demonstration_code(account)
        client = Client(raise_request_exception=True)
        client.post("/account/login/", {"login": account.email, "password": PASSWORD})
        answer = client.post("/account/code/authenticate/", {"code": DEMONSTRATION_CODE})
        assert answer.status_code == 302, answer.content.decode()
        set_actor(key)
        return client

    return signed_in
