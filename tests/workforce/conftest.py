"""The fictional authority's workforce, for this room's tests."""

from typing import Any

import pytest

from tests.staff import Staff


@pytest.fixture
def staff(told_staff: Staff, db: None, settings: Any) -> Staff:
    """Made by operations, with a quick hasher: the tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return told_staff
