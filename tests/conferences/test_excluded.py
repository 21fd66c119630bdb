"""A parent who is kept out of a conference: nothing that they may read says when or where it was, or the next one is.

Searched for in the letter, the message, the page that their link opens with its source, and the printed letter; all
of it made on the very day of the conference, so that a date of sending would be found too.
"""

import pytest
from django.test import Client
from django.urls import reverse

from sightline.conferences.queries import LetterView
from sightline.journeys.conference_letters import release
from sightline.partnership.models import Message
from sightline.partnership.operations import Composed
from sightline.web.paper import print_letter
from sightline.web.presenters.conference_letters import paper_of
from tests.conferences.holding_case import AFTER, Case
from tests.conferences.searching import gives_away, words_of_pdf


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The page is opened on the day of the conference."""
    monkeypatch.setattr("sightline.web.front_door.message_link.now", lambda: AFTER)
    settings.SECURE_SSL_REDIRECT = False  # type: ignore[attr-defined]  # Django's settings


def sent_to(case: Case, name: str) -> tuple[LetterView, Composed]:
    case.hold(children=case.decided(Ayo="no_plan", Bim="no_plan", Chi="plan:NEG"), next_on=None)
    composed = release(by=case.cara, letter=case.letters()[name].id, at=AFTER)
    return case.letters()[name], composed


def page_of(client: Client, composed: Composed) -> str:
    url = reverse("message-link", args=[composed.link_token])
    asked = client.get(url)
    opened = client.post(url, {"code": composed.code})
    assert opened.status_code == 200
    return asked.content.decode() + opened.content.decode()


def test_letter_message_link_page_and_pdf_hold_nothing_of_when_and_where(case: Case, client: Client) -> None:
    letter, composed = sent_to(case, "emeka")
    message = Message.objects.filter(id=composed.message).values_list("text", "ring").first()
    page = page_of(client, composed)
    assert "A child protection plan begins" in page
    assert gives_away(letter.text) == []
    assert gives_away(str(message)) == []
    assert gives_away(page) == []
    pdf = print_letter(paper_of(letter, authority="Hallowby Council", told_when=False))
    assert "A child protection plan begins" in words_of_pdf(pdf)
    assert gives_away(words_of_pdf(pdf)) == []


def test_the_same_search_finds_it_where_it_may_be(case: Case, client: Client) -> None:
    letter, composed = sent_to(case, "ngozi")
    assert "5 march" in gives_away(page_of(client, composed))
    pdf = print_letter(paper_of(letter, authority="Hallowby Council", told_when=True))
    assert {"5 march", "5 june"} <= set(gives_away(words_of_pdf(pdf)))
