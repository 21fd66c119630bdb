"""A session that ends while somebody types, and signing in with a passkey: in the page, with all that was typed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.commands.demonstration.authority import PASSWORD
from tests.web.stories.steps import EMAILS, PATIENCE, Desk, Stage

pytestmark = pytest.mark.browser

BEFORE, AFTER = "Rosie met me at the gate.", " She had her own key."
NOTHING_SENT = "Not saved yet: you have been signed out"


def test_what_was_typed_outlives_the_session_it_was_typed_in(stage: Stage) -> None:
    jane = a_note_is_half_typed(stage)
    an_administrator_signs_her_out(stage)
    typing_goes_on_and_is_saved_after_signing_in(jane)
    an_administrator_signs_her_out(stage)
    the_form_goes_on_after_signing_in(jane)


def a_note_is_half_typed(stage: Stage) -> Desk:
    # Given a note that is half typed
    jane = stage.given("jane")
    jane.finds("Rosie Penhallow", "Rosie Penhallow")
    jane.presses("Record something new")
    jane.chooses("What are you recording?", "Case note")
    jane.chooses("Was Rosie Penhallow seen?", "Seen")
    jane.types("What happened?", BEFORE)
    jane.sees_saved()
    return jane


def an_administrator_signs_her_out(stage: Stage) -> None:
    # When an administrator ends every session of hers
    anna = stage.again("anna")
    anna.goes_to("Accounts")
    anna.looks("accounts")
    anna.follows("Jane Smith")
    anna.sees("Signed in now", "Chrome on Linux")
    anna.looks("account")
    anna.presses("Sign out everywhere")
    anna.sees("Jane Smith is signed out everywhere")


def typing_goes_on_and_is_saved_after_signing_in(jane: Desk) -> None:
    # Then her next words are not saved, and nothing stands between her and her typing
    jane.types("What happened?", AFTER)
    jane.sees(NOTHING_SENT)
    assert jane.field("What happened?").input_value() == BEFORE + AFTER
    # When she signs in where she is, with a wrong password first
    jane.presses("Sign in and save")
    with in_the_dialog(jane, "Sign in"):
        jane.looks("signing-in-again")
        gives_password(jane, "not-my-password-9")
        jane.sees("There is a problem")
        gives_password(jane, PASSWORD)
    with in_the_dialog(jane, "Enter your code"):
        jane.types("Code", "000000")
        jane.presses("Sign in")
    # Then it is saved, and she is where she was
    expect(jane.page.locator("dialog")).to_have_count(0, timeout=PATIENCE)
    jane.sees_saved()
    jane.does_not_see(NOTHING_SENT)
    assert jane.field("What happened?").input_value() == BEFORE + AFTER


def the_form_goes_on_after_signing_in(jane: Desk) -> None:
    # When she sends the note, and somebody else signs in on her page
    jane.presses("Record it")
    signs_in_again(jane, "marcus")
    # Then nothing is sent as somebody else's
    with in_the_dialog(jane, "Sign in"):
        jane.sees("You signed in as somebody else")
    # And when she does, it goes on by itself and is recorded as hers
    signs_in_again(jane, "jane")
    jane.sees("Recorded")
    jane.sees_heading("Rosie Penhallow")
    jane.sees(BEFORE + AFTER)


def signs_in_again(desk: Desk, worker: str) -> None:
    with in_the_dialog(desk, "Sign in"):
        gives_password(desk, PASSWORD, worker)
    with in_the_dialog(desk, "Enter your code"):
        desk.types("Code", "000000")
        desk.presses("Sign in")


def gives_password(desk: Desk, password: str, worker: str = "jane") -> None:
    desk.types_over("E-mail address", EMAILS[worker])
    desk.types("Password", password)
    desk.presses("Continue")


class in_the_dialog:  # noqa: N801 (reads as a word of the story)
    """What is done in the dialog that stands over the page, once it shows this heading."""

    def __init__(self, desk: Desk, heading: str) -> None:
        self.desk, self.heading = desk, heading

    def __enter__(self) -> None:
        dialog = self.desk.page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name=self.heading)).to_be_visible(timeout=PATIENCE)
        self.desk.area = dialog

    def __exit__(self, *raised: object) -> None:
        self.desk.area = self.desk.page


def test_without_script_what_was_saved_comes_back_after_signing_in(stage: Stage) -> None:
    # Given a note that was half typed in a browser with script, and is taken up in one without
    jane = stage.given("jane")
    jane.finds("Jack Penhallow", "Jack Penhallow")
    jane.presses("Record something new")
    jane.chooses("What are you recording?", "Case note")
    jane.types("What happened?", BEFORE)
    jane.sees_saved()
    url = jane.page.url
    plain = stage.given("jane", script=False)
    plain.comes_to("/my-day")
    plain.follows("Unfinished recording for Jack Penhallow")
    # When the session has ended as she sends it
    an_administrator_signs_her_out(stage)
    plain.presses("Record it")
    plain.sees_heading("Sign in")
    plain.sees("You were signed out because your session ended")
    plain.types("E-mail address", EMAILS["jane"])
    plain.types("Password", PASSWORD)
    plain.presses("Continue")
    plain.types("Code", "000000")
    plain.presses("Sign in")
    # Then she is back at the form, with every word that was saved
    assert plain.page.url.startswith(url.split("?")[0])
    assert plain.field("What happened?").input_value() == BEFORE


def test_a_passkey_is_made_and_opens_the_account_by_itself(stage: Stage) -> None:
    # Given a worker at a machine that knows her finger; a browser keeps passkeys for a name and not for a number
    page = stage.open_browser()
    device = a_device_of(page)
    jane = Desk(stage, page)
    stage_by_name = stage.address.replace("127.0.0.1", "localhost")
    page.goto(f"{stage_by_name}/account/login/")
    jane.types("E-mail address", EMAILS["jane"])
    jane.types("Password", PASSWORD)
    jane.presses("Continue")
    jane.types("Code", "000000")
    jane.presses("Sign in")
    # When she makes a passkey
    jane.follows("How you sign in")
    jane.follows(re.compile("See or make passkeys"))
    jane.sees("You have none yet.")
    jane.presses("Make a passkey")
    jane.sees_heading("Enter your password again")
    jane.types("Password", PASSWORD)
    jane.presses("Continue")
    jane.sees_heading("Make a passkey")
    jane.looks()
    jane.types_over("What do you call it?", "Work laptop")
    jane.presses("Make the passkey")
    jane.sees("Passkey made.")
    page.goto(f"{stage_by_name}/account/code/webauthn/")
    jane.sees("Work laptop")
    jane.looks("passkeys")
    # Then it opens her account by itself
    jane.presses("Sign out")
    page.goto(f"{stage_by_name}/account/login/")
    jane.looks()
    jane.presses("Use a passkey")
    jane.sees_heading("My day")
    # And in place of the code, after her password
    jane.presses("Sign out")
    page.goto(f"{stage_by_name}/account/login/")
    jane.types("E-mail address", EMAILS["jane"])
    jane.types("Password", PASSWORD)
    jane.presses("Continue")
    jane.sees_heading("Enter your code")
    jane.presses("Use a passkey")
    jane.sees_heading("My day")
    # But not where the device did not check whose finger it is
    jane.presses("Sign out")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": device.authenticator, "isUserVerified": False})
    page.goto(f"{stage_by_name}/account/login/")
    jane.presses("Use a passkey")
    jane.sees("The passkey was not used.")


class a_device_of:  # noqa: N801 (reads as a word of the story)
    """A finger reader that the browser believes in."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.send("WebAuthn.enable", {})
        told = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.authenticator = self.send("WebAuthn.addVirtualAuthenticator", {"options": told})["authenticatorId"]

    def send(self, method: str, told: dict[str, Any]) -> Any:
        return self.session.send(method, told)
