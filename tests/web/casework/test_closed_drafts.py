"""What a worker typed about a child whose record was then closed to them is offered as words, or kept unseen."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.audit.models import Event
from sightline.doorway.acts import acting
from sightline.doorway.models import Draft
from sightline.doorway.operations import save_draft
from sightline.kernel.references import new_id
from tests.universe import Universe
from tests.web.access.test_restriction_pages import restrict
from tests.web.casework.conftest import _signed_in
from tests.web.casework.reading import words

ROSIE, TYPED = "Rosie Penhallow", "She showed me where she hides the biscuits."


@pytest.fixture
def universe(two_families: Universe) -> Universe:
    return two_families


def typed_by(universe: Universe, key: str) -> UUID:
    """A recording about Rosie that was begun when her record was open to them."""
    draft, rosie, by = new_id(), universe.person(ROSIE), universe.who(key)
    body = {"text": [TYPED], "people": [str(rosie)], "key": [str(draft)]}
    with acting(by.id):
        save_draft(by=by, key=draft, form="recording", about=rosie, body=body, at=universe.at)
    return draft


def leads_to_words(client: Client, draft: UUID) -> bool:
    page = client.get("/my-day")
    assert "Unfinished recording" in words(page)
    leads = f'href="{reverse("draft-words", args=[draft])}"' in page.content.decode()
    assert leads == ("the record is no longer open to you" in words(page))
    return leads


def test_while_the_record_is_open_it_leads_to_the_form(universe: Universe) -> None:
    draft, jane = typed_by(universe, "jane"), _signed_in(universe, "jane")
    assert not leads_to_words(jane, draft)
    assert TYPED in jane.get(reverse("draft-words", args=[draft]), follow=True).content.decode()


def test_when_they_no_longer_work_with_her_they_take_their_words_to_whoever_does(universe: Universe) -> None:
    draft, sanjay = typed_by(universe, "sanjay"), _signed_in(universe, "sanjay")
    assert leads_to_words(sanjay, draft)
    assert f"Unfinished recording for {ROSIE}" in words(sanjay.get("/my-day"))
    page = sanjay.get(reverse("draft-words", args=[draft]))
    assert "Ring Jane Smith" in words(page)
    assert TYPED in words(page)
    with acting(universe.who("jane").id):
        assert Event.objects.filter(what="own_draft", actor=universe.who("sanjay").id).count() == 1
    assert _signed_in(universe, "gwen").get(reverse("draft-words", args=[draft])).status_code == 404


@pytest.mark.parametrize("known", ["known", "hidden"])
def test_of_a_restricted_record_nothing_is_shown_and_nothing_is_lost(universe: Universe, known: str) -> None:
    draft, sanjay = typed_by(universe, "sanjay"), _signed_in(universe, "sanjay")
    restrict(universe, _signed_in(universe, "gareth"), known=known)
    assert leads_to_words(sanjay, draft)
    assert (ROSIE in words(sanjay.get("/my-day"))) == (known == "known")
    page = words(sanjay.get(reverse("draft-words", args=[draft])))
    assert "Every word of it is kept" in page
    assert TYPED not in page
    assert (ROSIE in page) == (known == "known")
    with acting(universe.who("sanjay").id):
        assert Draft.objects.get(id=draft).body["text"] == [TYPED]
