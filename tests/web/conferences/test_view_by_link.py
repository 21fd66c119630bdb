"""A view for a conference, written without an account: three inputs for a professional, two for a parent."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.journeys.chase_silence import chase_silence
from sightline.kernel.references import new_id
from sightline.partnership.operations import Composed
from tests.conferences.conftest import convened
from tests.conferences.convened import PERRAN, UNSAFE, Convened

__all__ = ["convened"]

THINKS = "Rosie is in every day now."


@pytest.fixture(autouse=True)
def _plain_addresses(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def open_it(sent: Composed, **given: Any) -> str:
    url = reverse("message-link", args=[sent.link_token])
    return Client().post(url, {"code": sent.code} | given, follow=True).content.decode()


def send(sent: Composed, view: str, **given: Any) -> str:
    typed = {"reply": "yes", "view": view, "text": THINKS, "signed": "A Lund", "key": str(new_id())}
    return open_it(sent, **(typed | given))


def asked(page: str) -> list[str]:
    """The inputs that somebody fills in, in order, each name once."""
    main = page.partition("<main")[2].partition("</main>")[0]
    inputs = re.findall(r"<(?:input|textarea|select)[^>]*>", main)
    names = [re.search(r'name="([^"]+)"', one)[1] for one in inputs if 'type="hidden"' not in one]
    return list(dict.fromkeys(names))


def test_a_professional_writes_their_view_in_three_inputs_and_nothing_is_chosen(convened: Convened) -> None:
    school = convened.school()
    sent = convened.invite(school)
    page = open_it(sent)
    assert asked(page) == ["text", "for_plan", "signed"]
    assert "checked" not in page.partition("<main")[2]
    said = send(sent, "professional", for_plan="yes")
    assert "Your answer has been sent." in said
    assert THINKS not in said
    chase_silence(at=convened.at)
    # What came through the page is timed by the page's own clock, a little after the test began.
    [view] = convened.one(school).views
    assert (view.words, view.for_plan, view.told_by) == (THINKS, "yes", "A Lund")


def test_a_parent_is_asked_for_their_words_and_their_name_alone(convened: Convened) -> None:
    lowenna = convened.parent()
    sent = convened.invite(lowenna)
    page = open_it(sent)
    assert asked(page) == ["text", "signed"]
    assert "What you want everybody to know" in page
    assert "To ," not in page
    assert "Your answer has been sent." in send(sent, "family")
    chase_silence(at=convened.at)
    [view] = convened.one(lowenna).views
    assert (view.words, view.for_plan) == (THINKS, "")


def test_what_is_missing_is_said_at_once_and_no_word_is_lost(convened: Convened) -> None:
    sent = convened.invite(convened.school())
    page = send(sent, "professional", signed="")
    assert "Say what you would decide. You can say that you are not sure." in page
    assert "Give your name and your post" in page
    assert THINKS in page
    page = send(sent, "professional", for_plan="perhaps")
    assert THINKS in page
    assert "has been sent" not in page


def test_a_view_with_a_wrong_code_comes_back_with_every_word_and_choice(convened: Convened) -> None:
    sent = convened.invite(convened.school())
    page = send(sent, "professional", for_plan="unsure", code="000001")
    assert THINKS in page
    assert 'name="for_plan" value="unsure"' in page
    assert 'name="view" value="professional"' in page
    assert "Rosie Penhallow" not in page


def test_a_guessed_link_and_one_that_never_was_answer_alike(convened: Convened) -> None:
    convened.parent(PERRAN, **UNSAFE)
    page = Client().post(reverse("message-link", args=["x" * 22]), {"code": "123456"}).content.decode()
    assert "Penhallow" not in page
    assert "This link opens nothing" in page
