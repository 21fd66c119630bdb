"""Inviting later, what the chair decides about one person, and what nobody is told before that."""

import pytest
from django.test import Client

from sightline.conferences.operations import exclude
from sightline.partnership.queries import get_message
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, words
from tests.web.conferences.conftest import PLACE, Chaired, key, url

WHY = "You broke the order that keeps you away from her."
ON_RECORD = "Her brother says that she rang him about it."


@pytest.fixture
def jane(chaired: Chaired, sign_in: SignIn) -> Client:
    return sign_in("jane")


def test_those_who_were_left_can_be_invited_later(chaired: Chaired, jane: Client) -> None:
    meeting = chaired.convened()
    page, prefix = url("conference-invitees", meeting), f"agency-{chaired.school}"
    assert "Osier Lane Primary School" in words(jane.get(page))
    body = {"key": key(), "others": "1", f"{prefix}-come": "yes", f"{prefix}-name": "Hannah Reyes"}
    assert "Read each code to them over the phone" in words(jane.post(page, body))
    assert jane.post(page, body).status_code == 302, "sent twice, invited once"
    [one] = chaired.listed(meeting)
    assert one.name == "Hannah Reyes"
    assert one.state == "told"
    assert "Osier Lane Primary School" not in words(jane.get(page)).split("Invite somebody who is not listed")[0]


def test_why_somebody_is_not_invited_is_kept(chaired: Chaired, jane: Client) -> None:
    meeting = chaired.convened()
    page, prefix = url("conference-invitees", meeting), f"agency-{chaired.school}"
    both = {"key": key(), "others": "1", f"{prefix}-come": "yes", f"{prefix}-left": "They left the school."}
    assert "Keep one of the two" in words(jane.post(page, both))
    jane.post(page, {"key": key(), "others": "1", f"{prefix}-left": "They left the school."})
    assert [one.left_out_because for one in chaired.listed(meeting)] == ["They left the school."]
    assert "Not invited:" in words(jane.get(url("conference", meeting)))


def test_the_chair_keeps_somebody_out_with_a_reason_and_their_letter_has_no_time_or_place(
    chaired: Chaired, sign_in: SignIn
) -> None:
    meeting = chaired.convened()
    mother = chaired.unsafe(meeting)
    page, winston = url("conference-invitee", meeting, mother), sign_in("winston")
    shown = winston.get(page)
    assert "What do you decide?" in words(shown)
    assert " checked" not in shown.content.decode().split("<main", 1)[1]
    blank = winston.post(page, {"key": key(), "act": "chair", "decided": "exclude"})
    assert "Say why in words that can go to them." in words(blank)
    keeping_out = {"act": "chair", "decided": "exclude", "on_record": ON_RECORD}
    tells = winston.post(page, {"key": key(), **keeping_out, "because": f"It is at {PLACE}."})
    assert "may not know when or where it is" in words(tells)
    assert f"It is at {PLACE}." in tells.content.decode(), "what was typed is kept"
    done = winston.post(page, {"key": key(), **keeping_out, "because": WHY})
    assert done.status_code == 302
    decided = words(winston.get(page))
    assert ON_RECORD in decided.split("The words for them")[0]
    assert WHY in decided.split("The words for them")[1]
    jane = sign_in("jane")
    before = words(jane.get(page))
    assert WHY in before.split("Exactly these words")[1], "whoever writes the letter reads first what is in it"
    written = jane.post(page, {"key": key(), "act": "tell"})
    letter = words(written)
    assert WHY in letter
    assert ON_RECORD not in letter
    for hidden in ("Bracken", "Quayside", "10:30", chaired.when.strftime("%A"), f"{chaired.when:%B}"):
        assert hidden not in letter.split("Letters to print and give by hand")[1], hidden
    [one] = chaired.listed(meeting)
    assert one.invitation is not None
    assert "Bracken" not in get_message(one.invitation).text
    assert ON_RECORD not in get_message(one.invitation).text


def test_at_the_field_it_says_to_whom_exactly_these_words_go(chaired: Chaired, sign_in: SignIn) -> None:
    mother = chaired.unsafe(meeting := chaired.convened())
    page, winston = url("conference-invitee", meeting, mother), sign_in("winston")
    [one] = chaired.listed(meeting)
    shown = words(winston.get(page))
    assert f"Exactly these words go to {one.name}" in shown
    assert "It must not say anything that could put somebody in danger" in shown
    assert "This is not sent to them" in shown
    keeping_out = {"key": key(), "act": "chair", "decided": "exclude", "because": ON_RECORD, "on_record": ON_RECORD}
    assert "This is the reason for the record, word for word." in words(winston.post(page, keeping_out))
    assert [one.excluded_at for one in chaired.listed(meeting)] == [None]
    without = winston.post(page, {**keeping_out, "key": key(), "because": WHY, "on_record": ""})
    assert "Say why they are kept out, for the record." in words(without)


def test_what_was_begun_of_a_decision_that_is_made_is_not_offered_again(chaired: Chaired, sign_in: SignIn) -> None:
    mother = chaired.unsafe(meeting := chaired.convened())
    page, winston = url("conference-invitee", meeting, mother), sign_in("winston")
    half = {"key": key(), "act": "chair", "decided": "exclude", "because": "She", "step": meeting, "invitee": mother}
    assert winston.post(page, half).status_code == 200
    assert "You have begun this before" in words(winston.get(page))
    whole = {"key": key(), "act": "chair", "decided": "exclude", "because": WHY, "on_record": ON_RECORD}
    assert winston.post(page, whole).status_code == 302
    assert "You have begun this before" not in words(winston.get(page))


def test_the_chair_lets_somebody_come_and_then_they_can_be_told(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    mother = chaired.unsafe(meeting)
    page = url("conference-invitee", meeting, mother)
    early = sign_in("jane").post(page, {"key": key(), "act": "tell"})
    assert "They wait for the chair" in words(early)
    body = {"key": key(), "act": "chair", "decided": "allow", "because": ""}
    assert sign_in("winston").post(page, body).status_code == 302
    told = sign_in("jane").post(page, {"key": key(), "act": "tell"})
    assert "Bracken Room" in words(told)


@pytest.mark.parametrize("who", ["jane", "gareth"])
def test_nobody_but_a_chair_decides_who_is_kept_out(chaired: Chaired, sign_in: SignIn, who: str) -> None:
    meeting = chaired.convened()
    mother = chaired.unsafe(meeting)
    page, browser = url("conference-invitee", meeting, mother), sign_in(who)
    assert "What do you decide?" not in words(browser.get(page))
    keeping_out = {"act": "chair", "decided": "exclude", "because": WHY, "on_record": ON_RECORD}
    assert browser.post(page, {"key": key(), **keeping_out}).status_code == 403
    assert [one.excluded_at for one in chaired.listed(meeting)] == [None]


def test_a_reviewing_officer_gets_no_chairs_tools(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    mother = chaired.unsafe(meeting)
    priya = sign_in("priya")
    page = url("conference-invitee", meeting, mother)
    assert priya.get(page).status_code == 404
    body = {"key": key(), "act": "chair", "decided": "allow"}
    assert priya.post(page, body).status_code in {403, 404}
    assert priya.get(url("chairs-desk")).status_code == 403
    assert "chairs-desk" not in priya.get("/my-day").content.decode()


def test_that_it_is_safe_after_all_is_said_and_lets_them_be_told(chaired: Chaired, jane: Client) -> None:
    meeting = chaired.convened()
    mother = chaired.unsafe(meeting)
    page = url("conference-invitee", meeting, mother)
    assert "Say how you know." in words(jane.post(page, {"key": key(), "act": "safe", "safe": "yes"}))
    body = {"key": key(), "act": "safe", "safe": "yes", "safe_because": "He has moved away, and she has a new phone."}
    assert jane.post(page, body).status_code == 302
    assert "Bracken Room" in words(jane.post(page, {"key": key(), "act": "tell"}))


def test_keeping_out_somebody_who_was_told_takes_nothing_back_and_says_so(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    mother = chaired.invited(
        meeting, person=chaired.mother, role="Mother", safe_to_tell="yes", safe_because="She is alone."
    )
    page = url("conference-invitee", meeting, mother)
    assert "Keeping them out does not take that back" in words(sign_in("winston").get(page))
    exclude(by=chaired.universe.who("winston"), invitee=mother, because=WHY, at=chaired.at)
    assert "Kept out by the chair" in words(sign_in("jane").get(page))


def test_an_invitee_of_another_conference_or_of_none_is_not_found(chaired: Chaired, jane: Client) -> None:
    first, second = chaired.convened(), chaired.convened(kind="review")
    mother = chaired.unsafe(first)
    assert jane.get(url("conference-invitee", second, mother)).status_code == 404
    assert jane.get(url("conference-invitee", first, ABSENT)).status_code == 404
    assert jane.get(url("conference-invitees", ABSENT)).status_code == 404
