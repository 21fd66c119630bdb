"""Letters of a conference: one line each, read and changed, released once by the chair, and nothing that gives away."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from sightline.conferences.queries import LetterView, get_letter, get_meeting, list_letters
from sightline.conferences.rules import says_when_or_where
from sightline.doorway.acts import set_actor
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words
from tests.web.conferences.conftest import CHAIR, PLACE, REVIEWER, WORKER, Chaired, key
from tests.web.conferences.held_case import JACKS_OWN, NOT_FOR_PERRAN, Sat, sat


@pytest.fixture
def held(chaired: Chaired) -> Sat:
    return sat(chaired)


@pytest.fixture
def chair(held: Sat, sign_in: SignIn) -> Client:
    """The chair, who has recorded what was decided."""
    client = sign_in(CHAIR)
    assert client.post(held.url("outcome"), held.typed()).status_code == 302
    return client


def letter_of(held: Sat, invitee: object) -> LetterView:
    set_actor(held.chaired.universe.who(CHAIR).id)
    return next(one for one in list_letters(held.meeting) if one.invitee == invitee)


def page_of(held: Sat, letter: LetterView, more: str = "") -> str:
    return f"{held.url('letters')}/{letter.id}{more}"


def typed(held: Sat, letter: LetterView, text: str, **more: str) -> dict[str, str]:
    return {"key": key(), "step": str(held.meeting), "letter": str(letter.id), "text": text,
            "base": str(letter.number)} | more  # fmt: skip


def test_each_recipient_has_one_line_and_a_letter_that_is_ready(held: Sat, chair: Client) -> None:
    said = words(chair.get(held.url("letters")))
    assert "4 letters to release" in said or "5 letters to release" in said
    for name in ("Hannah Reyes", "Bea Lund", "Lowenna Penhallow", "Perran Penhallow"):
        assert name in said
    assert "Who was asked and has no letter" in said


def test_the_chair_releases_a_letter_from_the_list_with_one_click_and_it_goes_once(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.school)
    body = {"key": key_of(chair.get(held.url("letters"))), "release": str(letter.id)}
    answer = chair.post(held.url("letters"), body)
    assert answer.status_code == 200
    assert "Read this code to them over the phone" in words(answer)
    assert chair.post(held.url("letters"), body).status_code == 302
    assert letter_of(held, held.school).released_at is not None
    again = chair.post(held.url("letters"), {"key": key(), "release": str(letter.id)})
    assert "It goes once" in words(again)


def test_a_letter_to_the_family_is_printed_and_given_by_hand(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.mother)
    assert JACKS_OWN not in letter.text
    assert NOT_FOR_PERRAN not in letter.text
    answer = chair.post(held.url("letters"), {"key": key(), "release": str(letter.id)})
    assert "Print this letter and give it" in words(answer)
    page = page_of(held, letter)
    given = chair.post(page, {"key": key(), "given": "yes", "how": "Read through with her at home."})
    assert given.status_code == 302, words(given)
    assert "Read through with her at home" in words(chair.get(held.url("letters")))


def test_a_letter_is_changed_before_it_goes_and_the_change_is_what_goes(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.mother)
    answer = chair.post(page_of(held, letter), typed(held, letter, "We met on Thursday. Ring us."))
    assert answer.status_code == 302
    assert letter_of(held, held.mother).text == "We met on Thursday. Ring us."
    latest = letter_of(held, held.mother)
    body = typed(held, latest, "We met. Ring us about breakfast.", release="yes")
    assert chair.post(page_of(held, latest), body).status_code == 200
    gone = letter_of(held, held.mother)
    assert (gone.text, gone.released_at is not None) == ("We met. Ring us about breakfast.", True)


def waiting(chair: Client) -> int:
    """Letters to release, as the chair's desk counts them."""
    counted = re.search(r"(\d+) letters to release", words(chair.get("/chairs-desk")))
    assert counted is not None
    return int(counted[1])


def test_a_desk_counts_each_letter_that_waits_once_however_often_it_was_changed(held: Sat, chair: Client) -> None:
    before, letter = waiting(chair), letter_of(held, held.mother)
    assert chair.post(page_of(held, letter), typed(held, letter, "We met on Thursday. Ring us.")).status_code == 302
    assert waiting(chair) == before
    body = typed(held, letter_of(held, held.mother), "We met. Ring us.", release="yes")
    assert chair.post(page_of(held, letter_of(held, held.mother)), body).status_code == 200
    assert waiting(chair) == before - 1


def test_who_saves_second_sees_both_texts(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.mother)
    assert chair.post(page_of(held, letter), typed(held, letter, "The first words.")).status_code == 302
    answer = chair.post(page_of(held, letter), typed(held, letter, "The second words."))
    assert answer.status_code == 409
    assert "The first words." in words(answer)
    assert "The second words." in words(answer)
    base = re.search(r'name="base"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="base"', answer.content.decode())
    assert base is not None
    again = typed(held, letter, "The second words.", base=base[1] or base[2])
    assert chair.post(page_of(held, letter), again).status_code == 302
    assert letter_of(held, held.mother).text == "The second words."


def test_an_empty_letter_is_refused_with_a_sentence(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.mother)
    assert "Write what they will read." in words(chair.post(page_of(held, letter), typed(held, letter, " ")))


def test_a_letter_that_is_not_sent_says_why(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.father)
    page = page_of(held, letter)
    kept = chair.post(page, typed(held, letter, letter.text, not_sent="yes", because=""))
    assert "Say why it is not sent." in words(kept)
    body = typed(held, letter, letter.text, not_sent="yes", because="Nobody knows where he is.")
    assert chair.post(page, body).status_code == 302
    assert "Not sent: Nobody knows where he is." in words(chair.get(held.url("letters")))


@pytest.mark.parametrize("who", [REVIEWER, WORKER])
def test_nobody_but_a_chair_releases_a_letter(held: Sat, chair: Client, sign_in: SignIn, who: str) -> None:
    letter = letter_of(held, held.school)
    other = sign_in(who)
    for page, body in (
        (held.url("letters"), {"key": key(), "release": str(letter.id)}),
        (page_of(held, letter), typed(held, letter, letter.text, release="yes")),
        (page_of(held, letter), typed(held, letter, "Other words.")),
    ):
        assert other.post(page, body).status_code in {403, 404}
    assert letter_of(held, held.school).released_at is None
    assert 'name="release"' not in other.get(held.url("letters")).content.decode()


def test_the_letter_the_page_and_the_pdf_of_somebody_kept_out_hold_no_time_and_no_place(
    held: Sat, chair: Client
) -> None:
    letter = letter_of(held, held.father)
    meeting = get_meeting(held.meeting)
    assert meeting.sitting is not None
    starts_at = meeting.sitting.starts_at
    pdf = chair.get(page_of(held, letter, "/pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert "Perran" not in pdf["Content-Disposition"]
    reader = PdfReader(io.BytesIO(pdf.content))
    printed = " ".join(page.extract_text() for page in reader.pages) + str(dict(reader.metadata or {}))
    assert "Rosie" in printed
    for text in (letter.text, printed):
        assert not says_when_or_where(text, starts_at=starts_at, place=PLACE), text
    body = typed(held, letter, f"{letter.text}\n\nIt was in {PLACE}.", release="yes")
    answer = chair.post(page_of(held, letter), body)
    assert "There is a problem" in words(answer)
    assert PLACE in answer.content.decode(), "what was typed is kept on the page"
    assert letter_of(held, held.father).released_at is None


def test_the_released_letter_of_somebody_kept_out_has_no_day_on_paper_and_theirs_who_may_know_has(
    held: Sat, chair: Client
) -> None:
    meeting = get_meeting(held.meeting)
    assert meeting.sitting is not None
    for invitee, dated in ((held.father, False), (held.mother, True)):
        letter = letter_of(held, invitee)
        answer = chair.post(held.url("letters"), {"key": key(), "release": str(letter.id)})
        assert answer.status_code == 200, words(answer)
        reader = PdfReader(io.BytesIO(chair.get(page_of(held, letter, "/pdf")).content))
        printed = " ".join(page.extract_text() for page in reader.pages) + str(dict(reader.metadata or {}))
        assert says_when_or_where(printed, starts_at=meeting.sitting.starts_at, place=PLACE) is dated


def test_the_pdf_of_somebody_who_may_know_says_the_same_words_as_the_page(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.school)
    printed = PdfReader(io.BytesIO(chair.get(page_of(held, letter, "/pdf")).content))
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "Rosie is hungry most mornings." in text


def test_a_letter_of_another_conference_is_not_found_under_this_one(held: Sat, chair: Client) -> None:
    letter = letter_of(held, held.school)
    other = held.chaired.convened(kind="review")
    assert chair.get(f"/conference/{other}/letters/{letter.id}").status_code == 404
    assert get_letter(letter.id).id == letter.id
