"""What a parent or a young person says of an entry stands under it, wherever the entry is read."""

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.commands.demonstration.families import maddox
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from sightline.record.queries import list_accounts_of
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, key_of, words
from tests.web.visits.conftest import LOWENNA

WORDS = "I was at work. Nobody told me that you were coming."


@pytest.fixture
def note(universe: Universe) -> UUID:
    """A note about Rosie, Jack and their mother."""
    return universe.entry("Penhallow first visit")


def send(client: Client, person: UUID, entry: UUID, body: dict[str, Any], key: str = "") -> HttpResponse:
    url = f"/people/{person}/entries/{entry}/account"
    return client.post(url, {"key": key or key_of(client.get(url)), "entry": str(entry), **body})


def whole(universe: Universe, **changed: Any) -> dict[str, Any]:
    return {"given_by": str(universe.person(LOWENNA)), "words": WORDS, "disagrees": "yes", **changed}


def test_an_account_stands_under_the_entry_on_every_record_that_has_it(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID, note: UUID
) -> None:
    assert send(jane, rosie, note, whole(universe)).status_code == 302
    for child in (rosie, jack):
        said = words(jane.get(f"/people/{child}/timeline"))
        assert "What Lowenna Penhallow says of this: does not agree" in said
        assert WORDS in said


def test_whoever_agrees_is_not_said_to_disagree(universe: Universe, jane: Client, rosie: UUID, note: UUID) -> None:
    send(jane, rosie, note, whole(universe, disagrees="no"))
    said = words(jane.get(f"/people/{rosie}/timeline"))
    assert "What Lowenna Penhallow says of this" in said
    assert "does not agree" not in said


def test_whether_they_disagree_is_never_chosen_for_them(jane: Client, rosie: UUID, note: UUID) -> None:
    page = jane.get(f"/people/{rosie}/entries/{note}/account")
    assert " checked" not in page.content.decode()
    assert "The flat is cold" in words(page)


def test_what_is_missing_is_said_and_what_was_typed_stays(
    universe: Universe, jane: Client, rosie: UUID, note: UUID
) -> None:
    answer = send(jane, rosie, note, whole(universe, disagrees="", given_by=""))
    assert "Choose whose account it is." in words(answer)
    assert "Say whether they disagree." in words(answer)
    assert WORDS in answer.content.decode()
    assert "You have an unfinished account of this" in words(jane.get(f"/people/{rosie}/entries/{note}/account"))


def test_an_account_that_arrives_twice_is_attached_once(
    universe: Universe, jane: Client, rosie: UUID, note: UUID
) -> None:
    key = key_of(jane.get(f"/people/{rosie}/entries/{note}/account"))
    assert [send(jane, rosie, note, whole(universe), key).status_code for _ in range(2)] == [302, 302]
    with acting(universe.who("jane").id):
        assert sum(len(found) for found in list_accounts_of([note]).values()) == 1


def test_somebody_of_another_family_gives_no_account_and_a_stranger_attaches_none(
    universe: Universe, jane: Client, sign_in: SignIn, rosie: UUID, note: UUID
) -> None:
    other = str(universe.person(maddox.CARYS))
    assert send(jane, rosie, note, whole(universe, given_by=other)).status_code == 200
    stranger = sign_in("winston")
    assert stranger.get(f"/people/{rosie}/entries/{note}/account").status_code == 404
    assert send(stranger, rosie, note, whole(universe), str(new_id())).status_code == 404
    assert jane.get(f"/people/{rosie}/entries/{ABSENT}/account").status_code == 404
    assert jane.get(f"/people/{universe.person(maddox.BABY)}/entries/{note}/account").status_code == 404
    with acting(universe.who("jane").id):
        assert list_accounts_of([note]) == {}
