"""Signing in, and what stands around every page."""

from collections.abc import Callable

from django.test import Client

from sightline.audit.models import Event
from sightline.doorway.acts import set_actor
from tests.staff import Staff

SignIn = Callable[[str], Client]


def test_pages_ask_for_signing_in_and_come_back(staff: Staff, client: Client) -> None:
    answer = client.get("/my-day")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=%2Fmy-day"
    assert "Sign in" in client.get(answer["Location"]).content.decode()


def test_my_day_after_password_and_code(staff: Staff, sign_in: SignIn) -> None:
    page = sign_in("Jane Smith").get("/my-day")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "Signed in as Jane Smith, Family Support 2" in page.content.decode()
    set_actor(staff.accounts["Jane Smith"])
    assert Event.objects.filter(kind="sign_in", actor=staff.accounts["Jane Smith"]).count() == 1


def test_an_autosave_after_the_session_ended_is_told_so(staff: Staff, client: Client) -> None:
    answer = client.post("/my-day", {"words": "x"}, headers={"X-Partial": "1"})
    assert answer.status_code == 401


def test_health_asks_for_nobody(staff: Staff, client: Client) -> None:
    assert client.get("/healthy").content == b"answering\n"
