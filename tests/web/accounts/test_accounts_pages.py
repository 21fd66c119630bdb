"""The administrators' pages: who can sign in, where they are signed in, and what ends that."""

from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from sightline.workforce.models import Account, Session
from tests.universe import Universe
from tests.web.casework.conftest import PASSWORD, SignIn
from tests.web.casework.reading import words

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"


@pytest.fixture
def universe(two_families: Universe) -> Universe:
    return two_families


def test_an_administrator_sees_who_is_signed_in_and_ends_it_at_the_next_request(
    universe: Universe, sign_in: SignIn
) -> None:
    anna, jane, other = sign_in("anna"), sign_in("jane"), sign_in("jane")
    page, url = words(anna.get("/accounts")), f"/accounts/{universe.who('jane').id}"
    assert "Jane Smith Social worker: Family Support 2" in page
    assert "2 places" in page
    assert "Signed in now" in words(anna.get(url))
    done = anna.post(f"{url}/sign-out", follow=True)
    assert "Jane Smith is signed out everywhere" in words(done)
    for browser in (jane, other):
        assert browser.get("/my-day")["Location"].startswith("/account/login/")
        assert (
            browser.post("/drafts/01900000-0000-7000-8000-000000000001", headers={"X-Partial": "1"}).status_code == 401
        )
    assert anna.get("/my-day").status_code == 200, "nobody else is signed out"
    assert "signed in nowhere. There is nothing to end" in words(anna.post(f"{url}/sign-out"))


def test_a_session_says_which_browser_and_never_its_key(universe: Universe, sign_in: SignIn) -> None:
    anna, jane = sign_in("anna"), universe.who("jane").id
    browser = Client(headers={"user-agent": CHROME})
    browser.post("/account/login/", {"login": Account.objects.get(id=jane).email, "password": PASSWORD})
    browser.post("/account/code/authenticate/", {"code": "000000"})
    page = anna.get(f"/accounts/{jane}")
    assert "Chrome on Windows" in words(page)
    assert Session.objects.get(account=jane).session_key not in page.content.decode()


def test_a_request_that_was_under_way_does_not_bring_an_ended_session_back(universe: Universe, sign_in: SignIn) -> None:
    jane = sign_in("jane")
    held = jane.session
    assert held["_auth_user_id"], "read before it is ended"
    assert sign_in("anna").post(f"/accounts/{universe.who('jane').id}/sign-out").status_code == 302
    held["seen_at"] = "2026-01-01T00:00:00+00:00"
    with pytest.raises(UpdateError):
        held.save()
    assert not Session.objects.filter(account=universe.who("jane").id).exists()


def test_whoever_leaves_is_closed_and_may_be_opened_again(universe: Universe, sign_in: SignIn) -> None:
    anna, jane, url = sign_in("anna"), sign_in("jane"), f"/accounts/{universe.who('jane').id}"
    assert "Closed. Jane Smith is signed out" in words(anna.post(f"{url}/close", follow=True))
    assert jane.get("/my-day").status_code == 302
    listed = words(anna.get("/accounts?which=closed"))
    assert "Jane Smith" in listed
    assert "they left" in listed
    assert "Jane Smith can sign in again" in words(anna.post(f"{url}/open-again", follow=True))
    assert jane.get("/my-day").status_code == 302, "her old session does not come back with the account"
    assert sign_in("jane").get("/my-day").status_code == 200


def test_a_lost_phone_is_taken_away_and_a_new_code_is_set_up(universe: Universe, sign_in: SignIn) -> None:
    anna, jane, browser = sign_in("anna"), universe.who("jane").id, Client()
    assert "Taken away" in words(anna.post(f"/accounts/{jane}/new-phone", follow=True))
    browser.post("/account/login/", {"login": Account.objects.get(id=jane).email, "password": PASSWORD})
    assert browser.get("/my-day")["Location"] == "/account/code/totp/activate/"


def test_nobody_closes_their_own_and_only_administrators_come_here(universe: Universe, sign_in: SignIn) -> None:
    anna, own = sign_in("anna"), universe.who("anna").id
    assert "closed, or your own code taken away, by another administrator" in words(anna.get(f"/accounts/{own}"))
    assert "Ask another administrator" in words(anna.post(f"/accounts/{own}/close"))
    assert 'href="/accounts"' in anna.get("/my-day").content.decode()
    for url in ("/accounts", f"/accounts/{own}"):
        assert sign_in("helen").get(url).status_code == 403


def test_the_list_says_which_accounts_are_about_to_be_closed(
    universe: Universe, sign_in: SignIn, settings: Any
) -> None:
    settings.DORMANT_DAYS = 100_000
    assert "Closes" not in words(sign_in("anna").get("/accounts"))
    # Whoever has not signed in since their account was opened, some weeks ago, is late by any such rule.
    settings.DORMANT_DAYS = 1
    page = words(sign_in("anna").get("/accounts"))
    assert "An account that nobody has used for 1 day is closed by itself" in page
    assert "if not used" in page


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "99999999999", "7"])
def test_any_page_of_the_list_is_a_page(universe: Universe, sign_in: SignIn, asked: str) -> None:
    assert "Jane Smith" in words(sign_in("anna").get("/accounts", {"page": asked}))
