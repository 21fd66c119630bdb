"""Writing a section: only what changed is saved, two workers lose no word, and an edit says what it voids."""

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.assessments.queries import get_document, list_part_versions
from sightline.doorway.acts import set_actor
from sightline.doorway.queries import list_drafts
from tests.web.assessments.conftest import Assessed, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, title, words

WHY, FAMILY, SEEN = "why_now", "who_is_in_the_family", "who_was_seen"


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def send(client: Client, assessed: Assessed, typed: dict[str, str], **more: str) -> HttpResponse:
    """The first section, with these texts by question; a text and its base are a pair after a colon."""
    body = {"key": key(), "assessment": str(assessed.assessment), "section": "why", **more}
    for question, text in typed.items():
        said, _, base = text.partition("|")
        body |= {f"t-{question}": said, f"b-{question}": base or "0"}
    return client.post(assessed.url("assessment-section", "why"), body)


def test_only_what_changed_is_saved(assessed: Assessed, jane: Client) -> None:
    assessed.say(WHY, "The school rang.")
    assessed.say(FAMILY, "Two children and their mother.")
    answer = send(jane, assessed, {WHY: "The school rang.|1", FAMILY: "Two children.\r\n\r\nTheir mother.|1", SEEN: ""})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#why")
    said = get_document(assessed.assessment).parts
    assert said[WHY, None].number == 1
    assert (said[FAMILY, None].number, said[FAMILY, None].text) == (2, "Two children.\n\nTheir mother.")
    assert (SEEN, None) not in said
    assert "Saved: 1 part." in words(jane.get(assessed.url("assessment")))


def test_a_form_sent_twice_writes_once(assessed: Assessed, jane: Client) -> None:
    body = {"key": key(), f"t-{WHY}": "The school rang.", f"b-{WHY}": "0"}
    for _ in range(2):
        assert jane.post(assessed.url("assessment-section", "why"), body).status_code == 302
    assert len(list_part_versions(assessment=assessed.assessment, key=WHY, child=None)) == 1


def test_the_next_section_follows(assessed: Assessed, jane: Client) -> None:
    answer = send(jane, assessed, {WHY: "The school rang."}, then="next")
    assert answer["Location"] == assessed.url("assessment-section-child", "child", assessed.rosie)


def test_two_workers_on_one_part_lose_no_word(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.say(WHY, "The school rang.")
    assessed.say(FAMILY, "Their mother.")
    gareth = sign_in("gareth")
    assert send(gareth, assessed, {WHY: "The school rang twice.|1"}).status_code == 302
    jane = sign_in("jane")
    answer = send(jane, assessed, {WHY: "The school rang on Monday.|1", FAMILY: "Their mother and Nan.|1"})
    page = words(answer)
    assert answer.status_code == 409
    for shown in ("Saved by Gareth Lowe", "The school rang twice.", "The school rang on Monday.", "Saved: 1 part."):
        assert shown in page
    assert "Gareth" not in title(answer)
    assert assessed.text_of(WHY) == "The school rang twice."
    assert assessed.text_of(FAMILY) == "Their mother and Nan."
    # The box holds one's own words over the version that came first, so sending it again is a decision.
    assert ">\nThe school rang on Monday.</textarea>" in answer.content.decode()
    again = send(jane, assessed, {WHY: "The school rang twice, on Monday.|2"}, key=key_of(answer))
    assert again.status_code == 302
    assert assessed.text_of(WHY) == "The school rang twice, on Monday."
    versions = list_part_versions(assessment=assessed.assessment, key=WHY, child=None)
    assert [one.text for one in versions][1:] == ["The school rang twice.", "The school rang."]


def test_a_box_that_nobody_touched_overwrites_nothing(assessed: Assessed, jane: Client) -> None:
    assessed.say(WHY, "The school rang.")
    assessed.say(WHY, "The school rang twice.", by="gareth", base=1)
    answer = send(jane, assessed, {WHY: "The school rang.|1", SEEN: "Both children, at home."})
    assert answer.status_code == 302
    assert assessed.text_of(WHY) == "The school rang twice."
    assert assessed.text_of(SEEN) == "Both children, at home."


def test_what_both_wrote_stays_typed_when_the_page_is_left(assessed: Assessed, jane: Client) -> None:
    assessed.say(WHY, "The school rang.", by="gareth")
    send(jane, assessed, {WHY: "The neighbours rang.|0"})
    set_actor(assessed.universe.who("jane").id)
    draft = next(one for one in list_drafts(by=assessed.universe.who("jane")) if one.form == "assessment-section")
    assert draft.body[f"t-{WHY}"] == ["The neighbours rang."]
    found = jane.get(f"/drafts/{draft.id}/resume")
    assert found["Location"].startswith(assessed.url("assessment-section", "why"))
    assert "The neighbours rang." in words(jane.get(found["Location"]))


def test_a_draft_of_one_child_s_section_goes_back_to_that_child(assessed: Assessed, jane: Client) -> None:
    own = key()
    page = assessed.url("assessment-section-child", "child", assessed.jack)
    body = {
        "draft_form": "assessment-section-child", "draft_about": str(assessed.jack), "draft_order": "1",
        "assessment": str(assessed.assessment), "section": "child", "child": str(assessed.jack),
        f"t-childs_day-{assessed.jack}": "He wakes first.",
    }  # fmt: skip
    assert jane.post(f"/drafts/{own}", body).status_code == 200
    assert jane.get(f"/drafts/{own}/resume")["Location"] == f"{page}?draft={own}"
    assert "unfinished words for this section" in words(jane.get(page))
    other = assessed.url("assessment-section-child", "child", assessed.rosie)
    assert "unfinished words for this section" not in words(jane.get(other))


def test_words_that_are_too_long_are_kept_and_refused_beside_their_box(assessed: Assessed, jane: Client) -> None:
    answer = send(jane, assessed, {WHY: "a" * 60_001, FAMILY: "Their mother."})
    assert answer.status_code == 200
    assert "longer than one part can be" in words(answer)
    assert "Their mother." in words(answer)
    assert assessed.text_of(FAMILY) == ""


def test_an_edit_says_what_it_voids_before_it_is_made_and_after(assessed: Assessed, jane: Client) -> None:
    page = assessed.url("assessment-section", "why")
    assert "no longer stands" not in words(jane.get(page))
    assessed.send()
    assert "This was sent to Gareth Lowe, Family Support 2 manager" in words(jane.get(page))
    assert "If you save a change, what was sent no longer stands" in words(jane.get(assessed.url("assessment-factors")))
    send(jane, assessed, {WHY: "The school rang."})
    said = words(jane.get(assessed.url("assessment")))
    assert "The sign-off no longer stands. Send it again" in said
    assert "Changed by Jane Smith today, after it was sent." in said
    assert "Sign-off made void by an edit" in said


def test_whoever_is_not_working_with_the_family_finds_nothing(assessed: Assessed, sign_in: SignIn) -> None:
    assessed.say(WHY, "The school rang.")
    stranger = sign_in("winston")
    absent = words(stranger.get("/assessments/00000000-0000-7000-8000-00000000dead"))
    for page in (
        assessed.url("assessment"), assessed.url("assessment-section", "why"), assessed.url("assessment-factors"),
        assessed.url("assessment-evidence"), assessed.url("assessment-send"),
        f"/people/{assessed.rosie}/assessment", f"/people/{assessed.rosie}/assessment/begin",
        f"/people/{assessed.rosie}/conclusions/new",
    ):  # fmt: skip
        answer = stranger.get(page)
        assert answer.status_code in {403, 404}, page
        assert "school" not in words(answer)
        if answer.status_code == 404:
            assert words(answer) == absent
    refused = send(stranger, assessed, {WHY: "Nothing to see."})
    assert refused.status_code == 404
    set_actor(assessed.universe.who("jane").id)
    assert assessed.text_of(WHY) == "The school rang."


def test_factors_are_marked_by_nobody_but_the_worker_and_two_workers_keep_theirs(
    assessed: Assessed, sign_in: SignIn
) -> None:
    page = assessed.url("assessment-factors")
    jane = sign_in("jane")
    assert " checked" not in jane.get(page).content.decode()
    shown = {f"s-{child}": "" for child in (assessed.rosie, assessed.jack)}
    assert jane.post(page, {"key": key(), **shown, f"f-{assessed.rosie}": ["16A", "1B"]}).status_code == 302
    gareth = sign_in("gareth")
    # His page was open before: what she marked meanwhile stays.
    assert gareth.post(page, {"key": key(), **shown, f"f-{assessed.rosie}": ["4B"]}).status_code == 302
    assert get_document(assessed.assessment).factors == {assessed.rosie: ("16A", "1B", "4B")}
    took = {**shown, f"s-{assessed.rosie}": "16A 1B 4B", f"f-{assessed.rosie}": ["16A"]}
    assert gareth.post(page, {"key": key(), **took}).status_code == 302
    assert get_document(assessed.assessment).factors == {assessed.rosie: ("16A",)}
