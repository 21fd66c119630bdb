"""The world of the matrix and of the canaries: told once for them all, in a transaction that is never kept."""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from sightline.commands.postbox import Postbox
from tests.web.matrix.fingerprint import fingerprints
from tests.web.matrix.walk import Walk, walk
from tests.web.matrix.world import World, build_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, _postbox: Postbox) -> Iterator[World]:
    """Seventeen signed-in browsers, the children, and all that is said of them."""
    from tests.universe import make_universe

    for letter in _postbox.folder.glob("*.eml"):
        letter.unlink()
    settings = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DEMONSTRATION=True,
        SECURE_SSL_REDIRECT=False,
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=_postbox.port,
        EMAIL_USE_TLS=False,
    )
    with settings, django_db_blocker.unblock(), fingerprints(), transaction.atomic():
        made = build_world(make_universe(empty=True))
        made.letters = _letters(_postbox)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def walked(world: World) -> Walk:
    """Every address asked by every persona."""
    return walk(world)


def _letters(postbox: Postbox) -> list[EmailMessage]:
    return list(Postbox.read(postbox.folder))
