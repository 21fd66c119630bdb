"""The first administrator is opened at the terminal, whole or not at all, and typed out of sight."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from sightline.audit.models import Event
from sightline.commands import account, signing
from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import Refusal
from sightline.workforce.models import Account

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EMAIL, PASSWORD = "Rhian.Pugh@hallowby.example", "ferry-lantern-27"
Terminal = Callable[..., None]


@pytest.fixture
def terminal(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Somebody types these, one after another; `None` is the code that an app with the key shown would show."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    monkeypatch.setattr(account, "_at_terminal", lambda: True)

    def types(*words: str | None) -> None:
        given: Iterator[str | None] = iter(words)

        def typed(_prompt: str) -> str:
            word = next(given)
            return code_of(capsys.readouterr().out) if word is None else word

        monkeypatch.setattr(signing, "getpass", typed)

    return types


def code_of(shown: str) -> str:
    secret = re.sub(r"\s", "", shown.split("once:")[1])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def open_it() -> Any:
    return account.open_first(name="Rhian Pugh", email=EMAIL, at=AT)


def test_the_first_administrator_signs_in_with_the_password_and_the_code_of_the_key_that_was_shown(
    terminal: Terminal,
) -> None:
    terminal(PASSWORD, PASSWORD, None)
    key = open_it()
    opened = Account.objects.get(id=key)
    assert (opened.role, opened.email) == (Role.ADMINISTRATOR, EMAIL.lower())
    set_actor(key)
    assert Event.objects.filter(what="open_first_administrator", actor=key).exists()
    browser = Client()
    answer = browser.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer["Location"].startswith("/account/code/authenticate/"), "the code is set up, and is asked for"


@pytest.mark.parametrize(
    "typed",
    [
        [PASSWORD, "another", "short", "short", "password1234", "password1234"],
        [PASSWORD, PASSWORD, "000000", "1", "no code"],
    ],
)
def test_whoever_cannot_give_a_password_and_a_code_opens_nothing(terminal: Terminal, typed: list[str]) -> None:
    terminal(*typed)
    with pytest.raises(Refusal, match="no account was opened"):
        open_it()
    assert not Account.objects.exclude(role=Role.CLOCK).exists()


def test_once_anybody_has_an_account_it_asks_for_nothing(terminal: Terminal) -> None:
    terminal(PASSWORD, PASSWORD, None)
    open_it()
    terminal()
    with pytest.raises(Refusal, match="page “Accounts”"):
        open_it()


def test_the_key_of_the_code_is_not_written_to_a_file(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_at_terminal", lambda: False)
    with pytest.raises(Refusal, match="terminal of your own"):
        open_it()
