"""Who signs at the terminal types where nobody reads it."""

import warnings
from datetime import UTC, datetime
from getpass import GetPassWarning

import pytest

from sightline.commands import signing
from sightline.kernel.errors import Refusal


def test_a_password_is_not_asked_for_where_it_would_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(_prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
        raise AssertionError("it was read where it shows")

    monkeypatch.setattr(signing, "getpass", shown)
    with pytest.raises(Refusal, match="would be shown"):
        signing.sign_in("helen.marsh@hallowby.example", at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
