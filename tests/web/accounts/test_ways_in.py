"""Every way in, with every factor: who is let in by it, and who is not.

A way in that the library or we add is not in the table below, and fails here.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import resolve

from sightline.commands import signing
from sightline.commands.demonstration.authority import PASSWORD
from sightline.kernel.errors import Refusal
from sightline.web.middleware import OPEN_PATHS
from sightline.workforce.models import Account
from sightline.workforce.operations import leave
from sightline.workforce.queries import get_actor
from tests.universe import Universe
from tests.web.accounts.device import Device
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words
from tests.web.matrix.asking import addresses

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, CODE, WITH_PASSKEY = "/account/login/", "/account/code/authenticate/", "/account/code/webauthn/login/"
IN, NOT_YET, OUT = "in", "only to set up a code", "out"


@pytest.fixture
def universe(two_families: Universe) -> Universe:
    return two_families


@pytest.fixture(autouse=True)
def _over_https(settings: Any) -> None:
    """As everywhere but in a demonstration: the page's own address is part of what a passkey signs."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


@pytest.fixture
def jane(universe: Universe) -> Account:
    return Account.objects.get(id=universe.who("jane").id)


@pytest.fixture
def device(jane: Account, sign_in: SignIn) -> Device:
    """Jane's, with a passkey of hers on it; and a code of her own instead of the published one."""
    made = Device()
    assert makes_a_passkey(sign_in("jane"), made).status_code == 302
    Authenticator.objects.filter(user=jane, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(jane, SECRET)
    return made


def code(off: int = 0) -> str:
    """What her phone shows now, or a code that is so much beside it."""
    shown = hotp_value(SECRET, int(time.time()) // 30)
    return format_hotp_value((shown + off) % 1_000_000)


def makes_a_passkey(browser: Client, device: Device) -> Any:
    page = browser.get("/account/code/webauthn/add/", follow=True)
    if "password again" in words(page):
        page = browser.post(
            page.request["PATH_INFO"] + "?next=/account/code/webauthn/add/", {"password": PASSWORD}, follow=True
        )
    credential = device.makes(options_on(page)["creation_options"])
    return browser.post("/account/code/webauthn/add/", {"name": "Laptop", "credential": json.dumps(credential)})


def options_on(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        page.content.decode().split('id="passkey-options"')[1].split(">", 1)[1].split("<")[0]
    )
    return found


def gives_password(account: Account, password: str = PASSWORD) -> Client:
    browser = Client()
    browser.post(LOGIN, {"login": account.email, "password": password})
    return browser


def gives_code(account: Account, given: str) -> Client:
    browser = gives_password(account)
    browser.post(CODE, {"code": given})
    return browser


def uses_passkey(account: Account, device: Device) -> Client:
    browser = Client()
    asked = browser.get(WITH_PASSKEY, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    browser.post(WITH_PASSKEY, {"credential": json.dumps(device.opens(asked["request_options"]))})
    return browser


def uses_passkey_for_code(account: Account, device: Device) -> Client:
    browser = gives_password(account)
    page = browser.get(CODE)
    if page.status_code != 200:
        return browser
    browser.post(CODE, {"credential": json.dumps(device.opens(options_on(page)["request_options"]))})
    return browser


def is_let(browser: Client) -> str:
    answer = browser.get("/my-day")
    if answer.status_code == 200:
        return IN
    return NOT_YET if answer["Location"].startswith("/account/code/totp/activate") else OUT


def recovery_code(account: Account) -> str:
    kept = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    return str(kept.wrap().get_unused_codes()[0])


WAYS: dict[str, tuple[Callable[[Account, Device], Client], str]] = {
    "nothing": (lambda _, __: Client(), OUT),
    "a password alone": (lambda one, _: gives_password(one), OUT),
    "a wrong password and a code": (lambda one, _: wrong_password(one), OUT),
    "a code alone": (lambda one, _: code_alone(one), OUT),
    "a password and a code": (lambda one, _: gives_code(one, code()), IN),
    "a password and a wrong code": (lambda one, _: gives_code(one, code(off=500_000)), OUT),
    "a password and a recovery code": (lambda one, _: gives_code(one, recovery_code(one)), IN),
    "a recovery code a second time": (lambda one, _: twice(one), OUT),
    "a password and a passkey": (uses_passkey_for_code, IN),
    "a password and a passkey that checks nobody": (lambda one, key: uses_passkey_for_code(one, careless(key)), OUT),
    "a password and a passkey of another page": (lambda one, key: uses_passkey_for_code(one, fooled(key)), OUT),
    "a passkey": (uses_passkey, IN),
    "a passkey that checks nobody": (lambda one, key: uses_passkey(one, careless(key)), OUT),
    "a passkey on another page": (lambda one, key: uses_passkey(one, fooled(key)), OUT),
    "a passkey that nobody knows": (lambda one, key: uses_passkey(one, Device(owner=key.owner)), OUT),
}


def wrong_password(account: Account) -> Client:
    browser = gives_password(account, "lantern-orchard-43")
    browser.post(CODE, {"code": code()})
    return browser


def code_alone(account: Account) -> Client:
    browser = Client()
    browser.post(CODE, {"code": code()})
    return browser


def twice(account: Account) -> Client:
    spent = recovery_code(account)
    gives_code(account, spent)
    return gives_code(account, spent)


def careless(device: Device) -> Device:
    return Device(checks=False, key=device.key, id=device.id, owner=device.owner)


def fooled(device: Device) -> Device:
    return Device(origin="https://testserver.example", key=device.key, id=device.id, owner=device.owner)


@pytest.mark.parametrize("way", WAYS)
def test_a_way_in_opens_an_account_that_is_open_and_none_that_is_closed(
    universe: Universe, jane: Account, device: Device, way: str
) -> None:
    goes, let = WAYS[way]
    assert is_let(goes(jane, device)) == let
    leave(by=universe.who("anna"), account=jane.id, at=universe.at + timedelta(minutes=1))
    if let == IN:
        assert is_let(goes(jane, device)) == OUT


def test_whoever_has_no_code_yet_may_only_set_one_up(universe: Universe, jane: Account) -> None:
    Authenticator.objects.filter(user=jane).delete()
    browser = gives_password(jane)
    assert is_let(browser) == NOT_YET
    allowed = {"/account/code/totp/activate/", "/account/reauthenticate/", "/account/logout/"}
    for path in (
        "/",
        "/search",
        "/signed-in",
        "/account/code/",
        "/account/code/webauthn/add/",
        "/account/password/change/",
    ):
        assert browser.get(path)["Location"] == "/account/code/totp/activate/", path
    for path in allowed - {"/account/code/totp/activate/"}:
        assert browser.get(path).status_code == 200, path


def test_a_passkey_that_checks_nobody_is_not_taken(jane: Account, sign_in: SignIn) -> None:
    answer = makes_a_passkey(sign_in("jane"), Device(checks=False))
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(user=jane, type=Authenticator.Type.WEBAUTHN).exists()


def test_a_new_password_from_a_link_opens_nothing_by_itself(jane: Account, mailbox: Any) -> None:
    browser = Client()
    browser.post("/account/password/reset/", {"email": jane.email})
    letter = mailbox.letters_to(jane.email)[-1].get_content()
    path = next(word for word in letter.split() if "/password/reset/key/" in word).split("testserver", 1)[-1]
    page = browser.get(path, follow=True)
    new = {"password1": "harbour-kettle-91-oak", "password2": "harbour-kettle-91-oak"}
    browser.post(page.request["PATH_INFO"], new)
    assert is_let(browser) == OUT
    assert is_let(gives_password(jane, new["password1"])) == OUT, "a code is still asked for"


def test_the_published_code_opens_nothing_outside_a_demonstration(jane: Account, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert is_let(gives_code(jane, "000000")) == OUT


def test_the_code_stays_and_a_passkey_may_go(jane: Account, device: Device) -> None:
    browser = gives_code(jane, code())
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    key = Authenticator.objects.get(user=jane, type=Authenticator.Type.WEBAUTHN)
    browser.post("/account/code/totp/deactivate/")
    assert browser.post(f"/account/code/webauthn/keys/{key.pk}/remove/").status_code == 302
    assert set(Authenticator.objects.filter(user=jane).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert is_let(uses_passkey(jane, device)) == OUT


@pytest.mark.parametrize("given", [(PASSWORD, ""), (PASSWORD, "000001"), ("wrong-wrong-91", "000000")])
def test_at_the_terminal_both_are_asked_for(
    universe: Universe, jane: Account, monkeypatch: Any, given: tuple[str, str]
) -> None:
    for typed in (given, (PASSWORD, "000000")):
        told = iter(typed * signing.TRIES)
        monkeypatch.setattr(signing, "ask_unseen", lambda _, told=told: next(told))
        if typed == given:
            with pytest.raises(Refusal, match="Three times not right"):
                signing.sign_in(jane.email, at=universe.at)
    assert signing.sign_in(jane.email, at=universe.at) == get_actor(jane.id)


def test_no_other_address_is_reached_without_signing_in() -> None:
    """Whatever begins like these is reached by somebody unknown; each is a way in above, or opens nothing."""
    reached = {one.name for one in addresses() if ("/" + one.pattern).startswith(OPEN_PATHS)}
    ways = {"account_login", "mfa_authenticate", "mfa_login_webauthn", "account_reset_password_from_key"}
    nothing = {
        "account_logout", "account_inactive", "account_signup", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key_done", "healthy", "message-link",
    }  # fmt: skip
    of_somebody_known = {
        "account_reauthenticate", "account_change_password", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
        "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }  # fmt: skip
    assert reached == ways | nothing | of_somebody_known
    assert resolve(LOGIN).url_name == "account_login"


def test_a_wrong_password_is_never_sent_back(jane: Account) -> None:
    answer = Client().post(LOGIN, {"login": jane.email, "password": "kettle-and-harbour"})
    assert answer.status_code == 200
    assert "kettle-and-harbour" not in answer.content.decode()
