"""What signing in promises, beside that it asks for a password and a code: no short way in, and nothing left open."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from sightline.commands.demonstration.authority import PASSWORD
from sightline.workforce.models import Account
from tests.universe import Universe
from tests.web.casework.conftest import SignIn

STATIC = Path(__file__).resolve().parents[3] / "sightline" / "web" / "static"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture
def jane(universe: Universe) -> Account:
    return Account.objects.get(id=universe.who("jane").id)


def _enter(client: Client, account: Account, password: str) -> str:
    """Where address and password lead."""
    answer = client.post("/account/login/", {"login": account.email, "password": password})
    return str(answer.get("Location", ""))


def test_a_password_is_masked_and_may_be_pasted_and_filled_in(universe: Universe, client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    field = re.search(r'<input[^>]*name="password"[^>]*>', page)
    assert field
    assert 'type="password"' in field[0]
    assert 'autocomplete="current-password"' in field[0]
    assert "maxlength" not in field[0]
    assert "onpaste" not in page


@pytest.mark.parametrize("length", [64, 200])
def test_a_long_password_is_compared_to_its_last_letter(universe: Universe, jane: Account, length: int) -> None:
    phrase = ("Lantern orchard, 42! " * 20)[: length - 1] + "x"
    jane.set_password(phrase)
    jane.save(update_fields=["password"])
    for other in (phrase[:-1], phrase.swapcase(), phrase[:-1] + "y", f" {phrase}"):
        assert not _enter(Client(), jane, other)
    assert _enter(Client(), jane, phrase).startswith("/account/code/authenticate")


def test_a_wrong_address_and_a_wrong_password_are_answered_alike(universe: Universe, jane: Account) -> None:
    said = []
    for address in (jane.email, "nobody@hallowby.example"):
        answer = Client().post("/account/login/", {"login": address, "password": "not-the-password-1"})
        said.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())))
    assert said[0] == said[1]


def test_a_forgotten_password_is_answered_alike_for_an_address_that_nobody_has(
    universe: Universe, jane: Account
) -> None:
    answers = [Client().post("/account/password/reset/", {"email": one}) for one in (jane.email, "no@hallowby.example")]
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [
        (302, "/account/password/reset/done/")
    ] * 2


def test_five_wrong_passwords_close_the_door_to_the_right_one_too(universe: Universe, jane: Account) -> None:
    for _ in range(5):
        assert not _enter(Client(), jane, "not-the-password-1")
    assert not _enter(Client(), jane, PASSWORD)


def test_a_link_for_a_new_password_leads_past_no_code(universe: Universe, jane: Account, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = Client()
    client.post("/account/password/reset/", {"email": jane.email})
    link = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    page = client.get(link[0], follow=True)
    fresh = "another-orchard-lantern-7"
    client.post(page.redirect_chain[-1][0], {"password1": fresh, "password2": fresh})
    assert client.get("/my-day").status_code == 302
    assert _enter(client, jane, fresh).startswith("/account/code/authenticate")
    assert client.get("/my-day").status_code == 302
    assert client.get(link[0], follow=True).status_code == 200
    assert b"password1" not in client.get(link[0], follow=True).content


def test_a_code_opens_once(universe: Universe, jane: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = totp.generate_totp_secret()
    jane.authenticator_set.all().delete()  # type: ignore[attr-defined]  # the sign-in library's own name
    totp.TOTP.activate(jane, secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    outcomes = []
    for _ in range(2):
        client = Client()
        _enter(client, jane, PASSWORD)
        outcomes.append(client.post("/account/code/authenticate/", {"code": code}).status_code)
    assert outcomes == [302, 200]


def test_a_browser_that_signs_in_has_a_session_of_its_own(universe: Universe, jane: Account, sign_in: SignIn) -> None:
    client = Client()
    client.get("/account/login/")
    before = client.cookies["sightline_session"].value
    _enter(client, jane, PASSWORD)
    client.post("/account/code/authenticate/", {"code": "000000"})
    assert client.cookies["sightline_session"].value not in {"", before}
    old = Client()
    old.cookies["sightline_session"] = before
    assert old.get("/my-day").status_code == 302


def test_whoever_signs_out_is_out_wherever_the_cookie_was_kept(universe: Universe, sign_in: SignIn) -> None:
    client = sign_in("jane")
    kept = client.cookies["sightline_session"].value
    assert "/account/logout/" in client.get("/my-day").content.decode()
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["sightline_session"] = kept
    assert thief.get("/my-day").status_code == 302


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(
    universe: Universe, client: Client, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client.get("/account/login/")
    cookie = client.cookies["sightline_session"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert set(client.cookies) == {"sightline_session"}
    assert len(cookie.value) >= 32
    assert timedelta(hours=12) >= settings.SESSION_LONGEST


def test_no_script_of_ours_keeps_anything_in_a_browser() -> None:
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    assert scripts
    for path in scripts:
        found = re.findall(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open", path.read_text("utf-8")
        )
        assert found == [], path.name
