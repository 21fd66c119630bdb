"""Sending, returning, signing, and what stands as it was signed."""

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.assessments.queries import get_document, get_round, list_missing, list_signed
from sightline.assessments.rules import missing_places, places_of
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.open_matters import Matter, matters_beside_round
from sightline.practice.queries import current_pack
from sightline.record.operations import attach_account, close_step, open_step
from sightline.record.queries import list_steps_for
from sightline.web.endings.forms import accepted_of
from tests.web.assessments.conftest import Assessed, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def decide(client: Client, assessed: Assessed, **typed: str) -> HttpResponse:
    return client.post(assessed.url("assessment-sign"), {"key": key(), "round": str(assessed.round), **typed})


def test_what_is_empty_asks_why_and_stops_nothing(assessed: Assessed, jane: Client) -> None:
    assessed.say("analysis", "They are hungry because the money does not last.")
    page = jane.get(assessed.url("assessment-send"))
    said = words(page)
    assert "What is a day like for this child? (Jack Penhallow)" in said
    assert "What does it all mean for the children?" not in said
    manager = str(assessed.universe.post("manager-family-support-2"))
    assert f'value="{manager}" selected' in page.content.decode()
    body = {"key": key(), "to_post": manager, "t-decision": "After the meeting on Monday.", "all_of_them": ""}
    assert jane.post(assessed.url("assessment-send"), body).status_code == 302
    reasons = {one.place: one.reason for one in list_missing(assessed.round)}
    assert reasons["decision", None] == "After the meeting on Monday."
    assert reasons["childs_day", assessed.jack] == ""
    assert "Sent to Gareth Lowe, Family Support 2 manager today." in words(jane.get(assessed.url("assessment")))


def test_what_is_listed_as_empty_is_what_every_assessment_asks_and_the_rest_is_counted(
    assessed: Assessed, jane: Client, sign_in: SignIn
) -> None:
    heading = "Parts that every assessment asks for and that are empty"
    form = current_pack(assessed.universe.at).form("assessment")
    children = [assessed.rosie, assessed.jack]
    others = len(places_of(form.questions, children)) - len(missing_places(form, children, []))
    asked = words(jane.get(assessed.url("assessment-send")))
    assert heading in asked
    assert f"{others} other parts are not written." in asked
    assessed.send()
    shown = words(sign_in("gareth").get(assessed.url("assessment-sign")))
    assert heading in shown
    assert f"{others} other parts are not written." in shown


def test_why_a_part_is_empty_and_whose_evidence_there_was_stand_in_what_was_signed(
    assessed: Assessed, sign_in: SignIn
) -> None:
    assessed.send()
    entry = assessed.sign()
    jane = sign_in("jane")
    empty = "Not written: What is a day like for this child? (Jack Penhallow): no reason was given"
    for page in (f"/assessments/signed/{entry}", f"/people/{assessed.jack}/timeline"):
        read = words(jane.get(page))
        assert empty in read
        assert "Evidence that was asked for Nobody was asked for evidence." in read


def test_one_reason_serves_for_all_that_have_none_of_their_own(assessed: Assessed, jane: Client) -> None:
    body = {
        "key": key(), "to_post": str(assessed.universe.post("manager-family-support-2")),
        "all_of_them": "The family moved away.", "t-analysis": "Not enough is known.",
    }  # fmt: skip
    jane.post(assessed.url("assessment-send"), body)
    reasons = {one.place: one.reason for one in list_missing(assessed.round)}
    assert reasons["analysis", None] == "Not enough is known."
    assert reasons["what_happens_next", None] == "The family moved away."


def test_what_is_refused_keeps_its_words(assessed: Assessed, jane: Client) -> None:
    answer = jane.post(assessed.url("assessment-send"), {"key": key(), "to_post": "", "all_of_them": "Moved away."})
    assert "Choose the manager whom it goes to." in words(answer)
    assert ">\nMoved away.</textarea>" in answer.content.decode()


def test_nothing_is_chosen_for_a_manager_and_what_is_missing_is_before_them(
    assessed: Assessed, sign_in: SignIn
) -> None:
    assessed.send()
    gareth = sign_in("gareth")
    page = gareth.get(assessed.url("assessment-sign"))
    said = words(page)
    for choice in (
        "authorise this? Yes",
        "Yes, and send it for a second check",
        "No, return it for edits",
    ):
        assert choice in said
    assert " checked" not in page.content.decode()
    assert "What do I recommend, and why? No reason was given" in said
    assert "Nobody was asked for evidence." in said
    assert "Why later than due?" not in said
    assert "Say whether you authorise this." in words(decide(gareth, assessed))
    assert "Choose what this assessment leads to." in words(decide(gareth, assessed, decision="yes"))
    assert "Choose who checks it next." in words(decide(gareth, assessed, decision="second", outcome="early_help"))
    assert "Say what must be changed" in words(decide(gareth, assessed, decision="no"))
    assert list_signed([assessed.rosie]) == []


def open_beside(assessed: Assessed) -> list[Matter]:
    with acting(assessed.universe.who("gareth").id):
        return matters_beside_round(get_round(assessed.round), at=assessed.universe.at)


def test_what_else_is_open_is_before_a_manager_and_stays_open_under_their_name_where_it_ends(
    assessed: Assessed, sign_in: SignIn
) -> None:
    universe = assessed.universe
    set_actor(universe.who("jane").id)
    open_step(
        by=universe.who("jane"), kind="action", post=universe.post("worker-1-family-support-2"),
        people=[assessed.rosie], words="Ring the nursery", at=universe.at,
    )  # fmt: skip
    assessed.send()
    matters = open_beside(assessed)
    assert "To do: Ring the nursery" in {one.words for one in matters}
    gareth = sign_in("gareth")
    shown = words(gareth.get(assessed.url("assessment-sign")))
    assert "To do: Ring the nursery (Rosie Penhallow" in shown.split("What else is open about these children")[1]
    assert "why you accept each thing that stays open, under your name" in shown
    refused = decide(gareth, assessed, decision="yes", outcome="no_further_action")
    assert "To do: Ring the nursery: say why you accept that it stays open." in words(refused)
    assert list_signed([assessed.rosie]) == []
    given = {accepted_of(one): "Her nan rings them." for one in matters}
    assert decide(gareth, assessed, decision="yes", outcome="no_further_action", **given).status_code == 302
    set_actor(universe.who("jane").id)
    [signed] = list_signed([assessed.rosie])
    read = words(sign_in("jane").get(f"/assessments/signed/{signed.entry}"))
    assert "To do: Ring the nursery Gareth Lowe accepted that it was open: Her nan rings them." in read


def test_other_outcomes_leave_what_is_open_to_go_on(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.send()
    assert decide(sign_in("gareth"), assessed, decision="yes", outcome="early_help").status_code == 302


def test_where_nothing_else_is_open_nothing_is_asked(assessed: Assessed, sign_in: SignIn) -> None:
    jane = assessed.universe.who("jane")
    with acting(jane.id):
        for step in list_steps_for([assessed.rosie, assessed.jack]):
            if step.id != assessed.round:
                close_step(by=jane, step=step.id, outcome="Done", at=assessed.universe.at)
    assessed.send()
    assert open_beside(assessed) == []
    gareth = sign_in("gareth")
    said = words(gareth.get(assessed.url("assessment-sign")))
    assert "Nothing else is open." in said
    assert "why you accept" not in said
    assert decide(gareth, assessed, decision="yes", outcome="no_further_action").status_code == 302


def test_a_worker_does_not_sign_and_a_manager_not_their_own(assessed: Assessed, jane: Client) -> None:
    assessed.send()
    assert jane.get(assessed.url("assessment-sign")).status_code == 403
    assert "Sign off" not in words(jane.get(assessed.url("assessment")))


def test_returned_for_edits_with_words_that_the_worker_reads(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.send()
    assert decide(sign_in("gareth"), assessed, decision="no", words="Ask the father too.").status_code == 302
    said = words(sign_in("jane").get(assessed.url("assessment")))
    assert "Returned for edits by Gareth Lowe today. Ask the father too." in said
    assert "Send to a manager" in said


def test_a_second_check_goes_to_another_manager_who_signs(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.send()
    helen = str(assessed.universe.post("service-manager"))
    sent = decide(sign_in("gareth"), assessed, decision="second", outcome="early_help", send_on_to=helen)
    assert sent.status_code == 302
    assert list_signed([assessed.rosie]) == []
    said = words(sign_in("jane").get(assessed.url("assessment")))
    assert "Authorised by Gareth Lowe today, and sent to Helen Marsh, Service manager for a second check." in said
    answer = decide(sign_in("helen"), assessed, decision="yes", outcome="early_help")
    assert answer.status_code == 302
    assert [one.outcome for one in list_signed([assessed.rosie])] == ["early_help"]


def test_a_signed_assessment_stands_while_the_document_goes_on(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.say("analysis", "They are hungry.")
    assessed.send()
    entry = assessed.sign()
    jane = sign_in("jane")
    tab = words(jane.get(f"/people/{assessed.jack}/assessment"))
    assert "Signed off" in tab
    assert "by Gareth Lowe. Nothing has changed since." in tab
    assert "A child in need plan. Begun 29 September" in tab or "A child in need plan. Begun" in tab
    assert "Due in" not in tab.split("Assessment One document")[1]
    body = {"key": key(), "t-analysis": "They are fed.", "b-analysis": "1"}
    assert jane.post(assessed.url("assessment-section", "analysis"), body).status_code == 302
    assert "and changed since." in words(jane.get(assessed.url("assessment")))
    signed = words(jane.get(f"/assessments/signed/{entry}"))
    assert "They are hungry." in signed
    assert "They are fed." not in signed


def test_the_family_s_account_stands_under_what_was_signed(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.send()
    entry = assessed.sign()
    mother = assessed.universe.person("Lowenna Penhallow")
    set_actor(assessed.universe.who("jane").id)
    attach_account(
        by=assessed.universe.who("jane"), entry=entry, given_by=mother, words="I never said that.", disagrees=True,
        at=assessed.universe.at,
    )  # fmt: skip
    said = words(sign_in("jane").get(f"/assessments/signed/{entry}"))
    assert "Lowenna Penhallow, who does not agree" in said
    assert "I never said that." in said


def test_what_has_changed_since_is_asked_once_there_is_an_earlier_assessment(
    assessed: Assessed, sign_in: SignIn
) -> None:
    jane = sign_in("jane")
    asked = "What has changed since the assessment signed"
    assert asked not in words(jane.get(assessed.url("assessment")))
    assessed.send()
    assessed.sign()
    jane = sign_in("jane")
    assert asked not in words(jane.get(assessed.url("assessment")))
    body = {"key": key(), "children": [str(assessed.rosie)], "why": "He has moved back in."}
    assert jane.post(f"/people/{assessed.rosie}/assessment/begin", body)["Location"] == assessed.url("assessment")
    page = jane.get(assessed.url("assessment"))
    assert f"{asked} on" in words(page)
    assert "Assessment signed" in words(page).split("Earlier assessments")[-1]
    section = assessed.url("assessment-section", "history")
    assert f'href="{section}#id_t-what_has_changed"' in page.content.decode()
    jane.post(section, {"key": key(), "t-what_has_changed": "He has moved back in.", "b-what_has_changed": "0"})
    assert asked not in words(jane.get(assessed.url("assessment")))


def test_a_stranger_reads_nothing_that_was_signed(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.say("analysis", "They are hungry.")
    assessed.send()
    entry = assessed.sign()
    stranger = sign_in("winston")
    mother = assessed.universe.person("Lowenna Penhallow")
    for page in ("", "/family", f"/family/{mother}", f"/family/{mother}/print"):
        answer = stranger.get(f"/assessments/signed/{entry}{page}")
        assert answer.status_code == 404
        assert "hungry" not in words(answer)
    set_actor(assessed.universe.who("jane").id)
    assert get_document(assessed.assessment).signed_at is not None
