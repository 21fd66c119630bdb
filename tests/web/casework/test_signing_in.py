"""Signing in, and what stands around every page."""

from typing import Any

from django.db import connection
from django.test import Client

from sightline.audit.models import Event
from sightline.commands.demonstration.families import demetriou
from sightline.doorway.acts import set_actor
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, body, words


def test_pages_ask_for_signing_in_and_come_back(universe: Universe, client: Client) -> None:
    answer = client.get("/my-day")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=%2Fmy-day"
    page = client.get(answer["Location"])
    assert "Accounts are given by your administrator" in words(page)
    assert "placeholder" not in page.content.decode()


def test_nobody_signs_up(universe: Universe, client: Client) -> None:
    assert "Accounts are given, not taken" in words(client.get("/account/signup/"))


def test_my_day_after_password_and_code(universe: Universe, sign_in: SignIn) -> None:
    page = sign_in("jane").get("/my-day")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "Signed in as Jane Smith, Family Support 2" in page.content.decode()
    set_actor(universe.who("jane").id)
    assert Event.objects.filter(kind="sign_in", actor=universe.who("jane").id).count() == 1


def test_an_autosave_after_the_session_ended_is_told_so(universe: Universe, client: Client) -> None:
    answer = client.post(f"/drafts/{ABSENT}", {"text": "x"}, headers={"X-Partial": "1"})
    assert answer.status_code == 401


def test_a_form_sent_after_the_session_ended_comes_back_with_its_draft(universe: Universe, sign_in: SignIn) -> None:
    jane, rosie = sign_in("jane"), universe.person("Rosie Penhallow")
    url = f"/people/{rosie}/record"
    key = "01900000-0000-7000-8000-000000000001"
    kept = {
        "draft_form": "recording",
        "draft_about": str(rosie),
        "key": key,
        "text": "Typed and kept",
        "draft_order": "5",
    }
    assert jane.post(f"/drafts/{key}", kept).json()["saved"]
    stranger = Client()
    sent = stranger.post(url, {"key": key, "text": "Typed and kept"})
    assert sent.status_code == 302
    assert "is kept as of its last" in words(stranger.get(sent["Location"]))
    back = jane.get(f"/drafts/{key}/resume", {"back": url}, follow=True)
    assert "Typed and kept" in back.content.decode()


def test_a_draft_that_arrives_late_changes_nothing(universe: Universe, sign_in: SignIn) -> None:
    jane, key = sign_in("jane"), "01900000-0000-7000-8000-000000000002"
    form = {"draft_form": "recording", "draft_about": str(universe.person("Rosie Penhallow")), "key": key}
    jane.post(f"/drafts/{key}", form | {"text": "later", "draft_order": "9"})
    jane.post(f"/drafts/{key}", form | {"text": "earlier", "draft_order": "3"})
    page = jane.get(f"/drafts/{key}/resume", follow=True).content.decode()
    assert "later" in page
    assert "earlier</textarea>" not in page


def test_coming_back_never_leads_elsewhere(universe: Universe, sign_in: SignIn) -> None:
    jane = sign_in("jane")
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        assert jane.get(f"/drafts/{ABSENT}/resume", {"back": elsewhere})["Location"] == "/my-day"


def test_a_denied_act_is_recorded_and_undone(universe: Universe, sign_in: SignIn) -> None:
    jane, rosie = sign_in("jane"), universe.person("Rosie Penhallow")
    answer = jane.post(f"/people/{rosie}/allocate", {"key": ABSENT})
    assert answer.status_code == 403
    assert "managers" in words(answer)
    set_actor(universe.who("jane").id)
    assert Event.objects.filter(kind="refused", what="allocate").count() == 1


def test_a_fault_undoes_what_the_page_recorded(universe: Universe, sign_in: SignIn, monkeypatch: Any) -> None:
    jane, rosie = sign_in("jane"), universe.person("Rosie Penhallow")
    jane.raise_request_exception = False
    monkeypatch.setattr("sightline.web.casework.record.frame_of", _fault)
    assert jane.get(f"/people/{rosie}").status_code == 500
    connection.set_rollback(False)
    set_actor(universe.who("jane").id)
    assert not Event.objects.filter(kind="look", actor=universe.who("jane").id, what="record").exists()


def _fault(*given: object) -> None:
    raise RuntimeError("a fault of ours")


PAGES = ("", "/timeline", "/around", "/documents", "/viewed", "/record", "/add/name")


def test_absent_and_hidden_are_one_page(universe: Universe, sign_in: SignIn) -> None:
    """Marcus is in the team that carries the Demetriou children, and is not one of their named readers."""
    jane, marcus = sign_in("jane"), sign_in("marcus")
    for name in (demetriou.SOFIA, demetriou.NIKOS, demetriou.ELENI):
        hidden = universe.person(name)
        assert jane.get(f"/people/{hidden}").status_code == 200
        absent = marcus.get(f"/people/{ABSENT}")
        assert absent.status_code == 404
        for page in PAGES:
            assert body(marcus.get(f"/people/{ABSENT}{page}")) == body(absent)
            assert body(marcus.get(f"/people/{hidden}{page}")) == body(absent)


def test_whoever_is_hidden_is_on_no_other_page(universe: Universe, sign_in: SignIn) -> None:
    marcus = sign_in("marcus")
    assert marcus.get(f"/people/{universe.person('Rosie Penhallow')}").status_code == 200, "his own team's child opens"
    for page in (marcus.get("/my-day"), marcus.post("/search", {"words": demetriou.SOFIA})):
        assert page.status_code == 200
        assert "Sofia" not in page.content.decode().replace(f'value="{demetriou.SOFIA}"', "")
    around = marcus.get(f"/people/{universe.person(demetriou.ANDREAS)}/around")
    assert "Sofia" not in around.content.decode()


def test_a_role_without_casework_opens_nothing(universe: Universe, sign_in: SignIn) -> None:
    rosie = universe.person("Rosie Penhallow")
    for key in ("winston", "priya"):
        worker = sign_in(key)
        assert worker.get(f"/people/{rosie}").status_code == 404
        assert worker.get("/my-day").status_code == 200


def test_health_asks_for_nobody(universe: Universe, client: Client) -> None:
    assert client.get("/healthy").content == b"answering\n"
