"""An administrator opens an account; whoever it is for chooses a password from a link, and sets up a code."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.workforce.inviting import invite, send_letter
from sightline.workforce.models import Account
from sightline.workforce.queries import list_occupied, list_posts, list_vacant
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

EMAIL, CHOSEN = "rhian.pugh@hallowby.example", "ferry-lantern-27"


@pytest.fixture
def universe(two_families: Universe) -> Universe:
    return two_families


@pytest.fixture(autouse=True)
def _by_letter(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SIGHTLINE_ADDRESS = "https://sightline.hallowby.example"
    return


def typed(page: Any, **changes: str) -> dict[str, str]:
    key = re.search(r'name="key" value="([0-9a-f-]+)"', page.content.decode())
    assert key
    given = {"name": "Rhian Pugh", "email": EMAIL, "role": "social_worker", "registration": "SW900199",
             "phone": "01632 960177", "post": "", "agency": ""}  # fmt: skip
    return {"key": key[1], **given, **changes}


def letter_of(account: Account) -> str:
    send_letter(account=account.id, at=timezone.now())
    return str(mail.outbox[-1].body)


def link_in(letter: str) -> str:
    found = re.search(r"https://sightline\.hallowby\.example(/\S+)", letter)
    assert found
    return found[1]


def choose(browser: Client, link: str) -> Any:
    page = browser.get(link, follow=True)
    return browser.post(page.request["PATH_INFO"], {"password1": CHOSEN, "password2": CHOSEN}, follow=True)


def test_somebody_new_chooses_a_password_and_a_code_and_is_at_their_post(universe: Universe, sign_in: SignIn) -> None:
    anna = sign_in("anna")
    vacant = list_vacant([one.id for one in list_posts()])[0]
    page = anna.get("/accounts/open")
    sent = typed(page, post=str(vacant.id))
    assert "on its way to them" in words(anna.post("/accounts/open", sent, follow=True))
    anna.post("/accounts/open", sent)
    opened = Account.objects.get(email=EMAIL)
    assert list_occupied(opened.id) == [vacant.id]
    jobs = ProcrastinateJob.objects.filter(task_name="workforce.send_invitation")
    assert [job.args for job in jobs] == [{"account": str(opened.id)}], "once, and by its key alone"
    letter = letter_of(opened)
    assert not any(told in letter for told in ("Rhian", "ocial", EMAIL, vacant.title))
    browser = Client()
    assert "Your password is changed" in words(choose(browser, link_in(letter)))
    browser.post("/account/login/", {"login": EMAIL, "password": CHOSEN})
    page = browser.get("/my-day", follow=True)
    page = browser.post(
        f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}", {"password": CHOSEN}, follow=True
    )
    assert "Set up your code" in words(page), "without a code there is nothing but setting one up"
    secret = re.search(r'sl-key">([A-Z2-7]+)<', page.content.decode())
    assert secret
    code = format_hotp_value(hotp_value(secret[1], int(time.time()) // 30))
    browser.post("/account/code/totp/activate/", {"code": code})
    assert browser.get("/my-day").status_code == 200


def test_the_link_works_once_and_ends_by_itself(universe: Universe, sign_in: SignIn, settings: Any) -> None:
    anna = universe.who("anna")
    account = invite(by=anna, name="Rhian Pugh", email=EMAIL, role=Role.ANALYST, at=timezone.now())
    opened = Account.objects.get(id=account)
    link = link_in(letter_of(opened))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "used before or is too old" in words(Client().get(link, follow=True))
    settings.PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
    choose(Client(), link)
    assert "used before or is too old" in words(Client().get(link, follow=True))
    send_letter(account=account, at=timezone.now())
    assert len(mail.outbox) == 2, "the letter, and the library's word that a password was changed"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "jane.smith@hallowby.example"}, "there already"),
        ({"email": "rhian"}, "in full"),
        ({"role": ""}, "Choose what they are employed to do"),
        ({"role": "clock"}, "Select a valid choice"),
        ({"role": "partner"}, "Choose the agency that they work for"),
        ({"name": " "}, "Enter the name"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_loses_nothing(
    universe: Universe, sign_in: SignIn, changes: dict[str, str], said: str
) -> None:
    anna = sign_in("anna")
    page = anna.post("/accounts/open", typed(anna.get("/accounts/open"), **changes))
    assert said in words(page)
    assert 'value="01632 960177"' in page.content.decode()
    assert not Account.objects.filter(email=EMAIL).exists()


def test_nobody_is_put_where_somebody_stands_or_where_their_role_may_not(universe: Universe) -> None:
    anna, held = universe.who("anna"), list_occupied(universe.who("jane").id)[0]
    vacant = list_vacant([one.id for one in list_posts()])[0].id
    agency = universe.authority.agencies["osier-lane"]
    for role, where, said in (
        (Role.SOCIAL_WORKER, {"post": held}, "Somebody stands in this post"),
        (Role.ANALYST, {"post": vacant}, "stands in no post"),
        (Role.ANALYST, {"agency": agency}, "Only a partner"),
        (Role.CLOCK, {}, "Nobody is employed as that"),
    ):
        with pytest.raises(Refusal, match=said):
            invite(by=anna, name="Rhian Pugh", email=EMAIL, role=role, at=timezone.now(), **where)
    assert not Account.objects.filter(email=EMAIL).exists()
    assert not ProcrastinateJob.objects.filter(task_name="workforce.send_invitation").exists()


def test_only_an_administrator_opens_an_account(universe: Universe, sign_in: SignIn) -> None:
    assert sign_in("helen").get("/accounts/open").status_code == 403
    helen = universe.who("helen")
    set_actor(helen.id)
    with pytest.raises(NotPermitted):
        invite(by=helen, name="Rhian Pugh", email=EMAIL, role=Role.ANALYST, at=timezone.now())
