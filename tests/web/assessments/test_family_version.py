"""Versions for the family: each holds only what that person may have, and is theirs to read."""

import re

import pytest
from django.test import Client

from sightline.doorway.acts import set_actor
from sightline.web.presenters.assessment_family import reading_words
from tests.web.assessments.conftest import Assessed, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words

MOTHER, FATHER = "Lowenna Penhallow", "Perran Penhallow"


@pytest.fixture
def signed(assessed: Assessed) -> str:
    """What was signed, with words in the parts that matter here."""
    for key_, text in {
        "mothers_view": "Lowenna wants a boiler.", "fathers_view": "Perran wants to see them.",
        "others_view": "Nan thinks it is all nonsense.", "what_we_think": "The house is cold.",
        "safety_there_is": "Lowenna rings her sister.", "parents_own_lives": "Perran drinks.",
        "worst_explanation": "Somebody sells the food.", "what_happens_next": "We visit on Friday.",
    }.items():  # fmt: skip
        assessed.say(key_, text)
    for child, day, wish in (
        (assessed.rosie, "Rosie makes the toast.", "I want Dad home."),
        (assessed.jack, "Jack sleeps on the sofa.", "I am scared of the dog."),
    ):
        assessed.say("childs_day", day, child=child)
        assessed.say("wishes", wish, child=child)
        assessed.say("health", "Asthma.", child=child)
    assessed.send()
    return f"/assessments/signed/{assessed.sign()}/family"


@pytest.fixture
def jane(signed: str, sign_in: SignIn) -> Client:
    return sign_in("jane")


def page_of(client: Client, signed: str, assessed: Assessed, name: str) -> str:
    answer = client.get(f"{signed}/{assessed.universe.person(name)}")
    assert answer.status_code == 200
    return words(answer)


def test_each_person_is_offered_a_version_of_their_own(signed: str, jane: Client) -> None:
    said = words(jane.get(signed))
    for name in ("Rosie Penhallow", "Jack Penhallow", MOTHER, FATHER):
        assert name in said
    assert "Mother of Rosie Penhallow and Jack Penhallow" in said


def test_a_mother_is_drafted_what_she_told_us_and_not_what_others_did(
    signed: str, jane: Client, assessed: Assessed
) -> None:
    said = page_of(jane, signed, assessed, MOTHER)
    for hers in ("What you told us Lowenna wants a boiler.", "Rosie Penhallow: Rosie makes the toast.",
                 "What we think The house is cold.", "What happens next We visit on Friday."):  # fmt: skip
        assert hers in said
    for never in ("Perran wants", "nonsense", "rings her sister", "drinks", "sells the food", "Asthma", "scared"):
        assert never not in said
    assert "Each father's view: it holds what somebody else told us." in said
    assert "What keeps the children safe now: decide whether it is safe for them to have it." in said
    assert "Ask the child first." in said
    assert "Safe contact: Text first." in said


def test_a_child_is_drafted_their_own_parts_and_never_another_child_s(
    signed: str, jane: Client, assessed: Assessed
) -> None:
    said = page_of(jane, signed, assessed, "Rosie Penhallow")
    assert "What you told us I want Dad home." in said
    assert "What we saw Rosie makes the toast." in said
    for never in ("Jack sleeps", "scared", "The house is cold", "boiler", "We visit"):
        assert never not in said
    assert "What happens next" in said


def test_it_is_edited_saved_and_printed(signed: str, jane: Client, assessed: Assessed) -> None:
    url = f"{signed}/{assessed.universe.person(MOTHER)}"
    assert jane.get(f"{url}/print").status_code == 404
    assert "Write what they will read." in words(jane.post(url, {"key": key(), "base": "0", "text": ""}))
    text = "What you told us\r\n\r\nYou want a boiler.\r\n\r\nWhat happens next\r\n\r\nWe visit on Friday."
    assert jane.post(url, {"key": key(), "base": "0", "text": text}).status_code == 302
    printed = jane.get(f"{url}/print").content.decode()
    assert (
        '<h2 class="govuk-heading-m">What you told us</h2>\n<p class="govuk-body sl-entry__words">You want' in printed
    )
    assert "ring Family Support 2, on" in printed
    assert "sl-footer" not in printed
    assert "Written" in words(jane.get(signed))


def test_two_workers_on_one_version_lose_no_word(signed: str, assessed: Assessed, sign_in: SignIn) -> None:
    url = f"{signed}/{assessed.universe.person(MOTHER)}"
    assert sign_in("gareth").post(url, {"key": key(), "base": "0", "text": "His words."}).status_code == 302
    jane = sign_in("jane")
    answer = jane.post(url, {"key": key(), "base": "0", "text": "Her words."})
    assert answer.status_code == 409
    said = words(answer)
    assert "Saved by Gareth Lowe" in said
    assert "His words." in said
    assert ">\nHer words.</textarea>" in answer.content.decode()
    again = jane.post(url, {"key": key_of(answer), "base": "1", "text": "Both words."})
    assert again.status_code == 302
    set_actor(assessed.universe.who("jane").id)
    assert "Both words." in words(jane.get(f"{url}/print"))


def base_of(answer: object) -> str:
    """The saving that the box says its words were begun from."""
    found = re.search(r'name="base" value="(\d+)"', answer.content.decode())  # type: ignore[attr-defined]  # a response
    assert found is not None
    return found[1]


def test_words_that_were_refused_or_left_unsent_do_not_go_over_what_was_saved_meanwhile(
    signed: str, assessed: Assessed, sign_in: SignIn
) -> None:
    url = f"{signed}/{assessed.universe.person(MOTHER)}"
    jane, begun = sign_in("jane"), key()
    refused = jane.post(url, {"key": begun, "base": "0", "text": "", "entry": "", "person": ""})
    assert base_of(refused) == "0"
    assert sign_in("gareth").post(url, {"key": key(), "base": "0", "text": "His words."}).status_code == 302
    jane = sign_in("jane")
    assert base_of(jane.post(url, {"key": begun, "base": "0", "text": ""})) == "0"
    assert base_of(jane.get(f"{url}?draft={begun}")) == "0"
    assert base_of(jane.get(url)) == "1"


def test_how_hard_it_is_to_read_is_said_in_facts() -> None:
    assert reading_words("We saw him. He was fine.") == []
    hard = "We endeavoured " + "and then " * 12 + "considered multidisciplinary safeguarding."
    assert reading_words(hard) == [
        "1 sentence longer than 20 words. Two short ones are easier.",
        "Long words that could be shorter: multidisciplinary and safeguarding.",
    ]
