"""What goes wrong: a form sent twice, a colleague who was quicker, a browser without script."""

import re

import pytest
from playwright.sync_api import Request

from tests.web.stories.steps import Desk, Stage

pytestmark = pytest.mark.browser

SCHOOL = "Safeguarding lead and deputy, Osier Lane Primary School"


def test_a_form_sent_twice_is_recorded_once(stage: Stage) -> None:
    # Given a contact that is ready to be recorded
    dipa = stage.given("dipa")
    register_and_tell(dipa, "Elowen Trask")
    stage.names.add("Elowen Trask")
    # When its button is pressed, and the same form arrives once more
    with dipa.page.expect_request(is_the_recording) as first:
        dipa.presses("Record contact")
    dipa.sees_heading("Contact about Elowen Trask")
    recorded = dipa.page.url
    again = dipa.sends_again(first.value)
    # Then both are answered with one contact
    assert recorded in again
    dipa.goes_to("Front door")
    assert dipa.page.get_by_role("main").get_by_role("link", name="Elowen Trask").count() == 1


def test_who_writes_second_sees_both_texts(stage: Stage) -> None:
    # Given two who have the same contact open
    dipa = stage.given("dipa")
    register_and_tell(dipa, "Jowan Retallick")
    stage.names.add("Jowan Retallick")
    dipa.presses("Record contact")
    dipa.sees_heading("Contact about Jowan Retallick")
    tomas, margaret = stage.given("tomas"), stage.given("margaret")
    for each, reason in ((tomas, "His school has seen him and is content."), (margaret, "He has told a teacher more.")):
        each.comes_to(dipa.page.url)
        each.chooses("What does this contact become?", "Advice and information")
        each.types("Why?", reason)
        each.unfolds("Tell them another way, or later")
    # When the first decides, and then the second
    tomas.presses("Decide; feedback later")
    tomas.sees("The contact is decided.")
    margaret.presses("Decide; feedback later")
    # Then nothing is overwritten, and the second sees both reasons
    margaret.sees("His school has seen him and is content.", "He has told a teacher more.")
    margaret.sees("Saved by Tomas Ferreira", "What you wrote, not saved yet")
    margaret.looks()


def test_a_contact_is_taken_and_decided_without_script(stage: Stage) -> None:
    # Given a browser in which no script runs
    dipa = stage.given("dipa", script=False)
    dipa.goes_to("New contact")
    # When the search is sent by its button, and the child is added by another
    dipa.types("Find each child and adult", "Rosy Penhalow")
    dipa.presses("Search")
    with dipa.within("Rosie Penhallow"):
        dipa.presses("Add to this contact")
    dipa.sees("Open to Jane Smith")
    dipa.picks("Who is telling us?", SCHOOL)
    tell(dipa, "Rosie came without a coat.")
    for parent in ("Lowenna Penhallow", "Perran Penhallow"):
        dipa.chooses(f"Does {parent} know that we have been told, and agree?", "Knows and agrees")
    dipa.looks()
    dipa.presses("Record contact")
    # Then it is recorded
    dipa.sees_heading("Contact about Rosie Penhallow")
    dipa.sees("The contact is recorded.", "Rosie came without a coat.")
    # And it is decided the same way, the message drafted by a button
    tomas = stage.given("tomas", script=False)
    tomas.comes_to(dipa.page.url)
    tomas.chooses("What does this contact become?", "Passed to the allocated worker")
    tomas.presses("Draft the message")
    tomas.sees("A worker already knows this family.")
    tomas.types("Why?", "Jane Smith sees Rosie tomorrow.")
    tomas.presses(f"Decide and send by secure link to {SCHOOL}")
    tomas.sees_heading("Read this code to them over the phone")


def is_the_recording(request: Request) -> bool:
    return request.method == "POST" and re.search(r"/contacts/new/[0-9a-f-]{36}$", request.url) is not None


def register_and_tell(dipa: Desk, name: str) -> None:
    """A contact about a child whom nobody knows, up to the button."""
    dipa.goes_to("New contact")
    dipa.types("Find each child and adult", f"{name}, about 9")
    dipa.sees("Register a child")
    dipa.presses("Register a child")
    with dipa.within(name):
        dipa.sees("will be registered")
    dipa.picks("Who is telling us?", SCHOOL)
    tell(dipa, "He said that there is nothing to eat at home.")
    dipa.chooses("Does a parent not yet named know that we have been told, and agree?", "Knows, and was not asked")


def tell(dipa: Desk, words: str) -> None:
    dipa.types("What did they see or hear?", words)
    dipa.types("What do they fear may happen?", "They do not know.")
    dipa.chooses("Is anyone in danger now?", "No")
