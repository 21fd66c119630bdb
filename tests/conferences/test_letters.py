"""Each person is sent what they may have of a conference, once, when its chair lets it go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sightline.access.rules import Section
from sightline.conferences.holding_rules import DissentGiven, Recipient, Written, may_have, unchanged_for
from sightline.conferences.operations import (
    allow,
    confirm_invitee,
    exclude,
    letter_given,
    letter_not_sent,
    make_letter,
    release_letter,
)
from sightline.conferences.queries import get_letter, kept_from, list_letters, read_record
from sightline.doorway.acts import acting
from sightline.journeys.conference_letters import draft_again, draft_letters, release, withhold
from sightline.kernel.errors import NotPermitted, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.partnership.public import OpenedMessage, open_message
from sightline.record.operations import correct_entry
from sightline.record.queries import list_steps_about
from sightline.record.rules import Words
from tests.conferences.holding_case import AFTER, Case
from tests.conferences.searching import gives_away

LATER = AFTER + timedelta(minutes=20)


def text_to(case: Case, name: str) -> str:
    return case.letters()[name].text


def test_agencies_and_parents_are_written_to_and_nobody_else(case: Case) -> None:
    case.hold()
    assert set(case.letters()) == {"school", "health", "police", "ngozi", "dayo", "emeka"}


def test_a_half_brothers_paragraph_is_not_in_another_fathers_letter(case: Case) -> None:
    allow(by=case.cara, invitee=case.invitees["emeka"], at=AFTER)
    case.hold(
        at=AFTER + timedelta(minutes=1),
        paragraphs=(
            case.said("Ayo cuts himself.", "Ayo"), case.said("Chi is not fed.", "Chi"),
            case.said("All three share one bed.", "Ayo", "Bim", "Chi"),
        ),
        children=case.decided(Ayo="plan:EMO", Bim="plan:PHY", Chi="plan:NEG"),
    )  # fmt: skip
    dayo, emeka, ngozi = (text_to(case, name) for name in ("dayo", "emeka", "ngozi"))
    assert "Ayo cuts himself." in dayo and "Chi is not fed." not in dayo and "Chi" not in dayo  # noqa: PT018 - one letter, read at once
    assert "Chi is not fed." in emeka and "Ayo" not in emeka and "Bim" not in emeka  # noqa: PT018 - one letter, read at once
    assert "share one bed" not in dayo + emeka
    assert all(words in ngozi for words in ("Ayo cuts himself.", "Chi is not fed.", "share one bed"))
    assert "emotional abuse" in dayo and "neglect" not in dayo  # noqa: PT018 - one letter, read at once


@pytest.mark.parametrize(
    ("marks", "professional", "parent"),
    [
        ({}, True, True),
        ({"handling": "not_family"}, True, False),
        ({"handling": "professionals"}, True, False),
        ({"handling": "ask_first"}, False, False),
        ({"section": Section.HEALTH}, True, True),
        ({"section": Section.POLICE}, True, False),
        ({"section": Section.THIRD_PARTY}, True, False),
        ({"section": Section.CHILD_WORDS}, True, False),
    ],
)
def test_handling_and_section_say_who_has_a_paragraph(
    case: Case, marks: dict[str, object], *, professional: bool, parent: bool
) -> None:
    case.hold(paragraphs=(case.said("Heard by some.", "Ayo", "Bim", "Chi", **marks),))
    assert ("Heard by some." in text_to(case, "health")) is professional
    assert ("Heard by some." in text_to(case, "ngozi")) is parent
    assert "Heard by some." not in text_to(case, "emeka")


def test_no_section_or_handling_reaches_the_family_that_is_not_named_for_them() -> None:
    child = object()
    parent = Recipient(object(), "", children=frozenset({child}), told_when=True)  # type: ignore[arg-type]  # any key will do
    passed = {
        section for section in Section
        if may_have(parent, Written("", frozenset({child}), section, "ordinary"))  # type: ignore[arg-type]  # any key will do
    }  # fmt: skip
    assert passed == {Section.ORDINARY, Section.HEALTH}


def test_a_paragraph_kept_from_an_invitee_is_in_no_letter_of_theirs(case: Case) -> None:
    hidden = case.said(
        "Dayo was seen at the flat.", "Ayo", "Bim", kept_from=(case.invitees["dayo"], case.invitees["school"])
    )
    case.hold(paragraphs=(case.said("Before.", "Ayo"), hidden, case.said("After.", "Bim")))
    for name in ("dayo", "school", "emeka"):
        assert "seen at the flat" not in text_to(case, name)
    assert "seen at the flat" in text_to(case, "ngozi")
    assert "Before." in text_to(case, "dayo") and "After." in text_to(case, "dayo")  # noqa: PT018 - one letter, read at once
    with acting(case.chair):
        assert len(kept_from(case.invitees["dayo"])) == 1


def test_what_was_kept_stays_kept_when_the_record_is_corrected(case: Case) -> None:
    hidden = case.said("Dayo was seen at the flat.", "Ayo", kept_from=(case.invitees["dayo"],))
    held = case.hold(paragraphs=(case.said("Ayo likes school.", "Ayo"), hidden))
    both = [Words("Ayo likes school.", (case.home["Ayo"],)), Words("He was seen near the flat.", (case.home["Ayo"],))]
    correct_entry(by=case.cara, entry=held.entry, words=both, reason="Where it was.", at=LATER)
    for name in ("dayo", "ngozi"):
        draft_again(by=case.cara, letter=case.letters()[name].id, at=LATER)
    assert "near the flat" in text_to(case, "ngozi")
    assert "Ayo likes school." in text_to(case, "dayo")
    assert "flat" not in text_to(case, "dayo")
    with acting(case.chair):
        assert len(read_record(case.meeting).now) == 2


def test_words_that_were_kept_and_open_at_once_stay_kept() -> None:
    me = object()
    kept = Written("Twice.", frozenset(), "ordinary", "ordinary", kept_from=frozenset({me}))  # type: ignore[arg-type]  # any key will do
    opened = Written("Twice.", frozenset(), "ordinary", "ordinary")
    assert unchanged_for(me, [kept, opened], [opened]) == []  # type: ignore[arg-type]  # any key will do


def test_of_the_family_a_dissent_reaches_professionals_and_whoever_said_it(case: Case) -> None:
    ngozi = DissentGiven(case.invitees["ngozi"], case.home["Ayo"], "Dayo lies about me.")
    health = DissentGiven(case.invitees["health"], case.home["Ayo"], "This is not enough.")
    case.hold(dissents=(ngozi, health))
    assert "Dayo lies about me." in text_to(case, "school")
    assert "Dayo lies about me." in text_to(case, "ngozi")
    assert "Dayo lies about me." not in text_to(case, "dayo")
    assert "This is not enough." in text_to(case, "school")
    for name in ("dayo", "ngozi"):
        assert "This is not enough." not in text_to(case, name)
        assert "Not everybody who was asked agrees with what was decided for Ayo Okafor." in text_to(case, name)
    assert "Not everybody" not in text_to(case, "emeka")


@pytest.mark.parametrize(("name", "section"), [("health", Section.HEALTH), ("police", Section.POLICE)])
def test_who_did_not_agree_is_read_in_the_section_of_their_words(case: Case, name: str, section: Section) -> None:
    case.hold(dissents=(DissentGiven(case.invitees[name], case.home["Ayo"], "This is not enough."),))
    with acting(case.chair):
        assert {one.section for one in read_record(case.meeting).now if one.heading == "dissent"} == {section}


# --- whoever may not know when and where ----------------------------------------------------------


def test_an_excluded_parents_letter_says_what_was_decided_and_nothing_of_when_and_where(case: Case) -> None:
    case.hold(
        children=case.decided(Ayo="no_plan", Bim="no_plan", Chi="plan:NEG"),
        paragraphs=(case.said("We met on 5 March at the Harbour Rooms at half past two.", "Chi"),),
    )
    text = text_to(case, "emeka")
    assert "Chi Okafor: A child protection plan begins. Main category: neglect." in text
    assert "Ayo" not in text
    assert gives_away(text) == []


def test_the_others_letters_do_say_it_so_that_the_search_can_find_it(case: Case) -> None:
    case.hold()
    for name in ("school", "ngozi"):
        assert {"5 march", "5 june", "19 march"} <= set(gives_away(text_to(case, name)))


def test_reasons_in_the_chairs_words_are_not_in_an_excluded_parents_letter(case: Case) -> None:
    chi = replace(case.decided(Chi="plan:NEG")[0], reasons="Held on Thursday at Quayside because he rang at 14:30.")
    case.hold(children=(*case.decided(Ayo="no_plan", Bim="no_plan"), chi))
    assert "Quayside" in text_to(case, "school")
    assert gives_away(text_to(case, "emeka")) == []


def test_of_whom_nobody_has_decided_is_written_to_as_if_they_were_kept_out(case: Case) -> None:
    confirm_invitee(
        by=case.home.jane, meeting=case.meeting, person=case.home["Dayo"], name="Dayo Okafor", safe_to_tell="no",
        safe_because="He came to the school.", at=AFTER - timedelta(hours=5),
    )  # fmt: skip
    case.hold()
    assert gives_away(text_to(case, "dayo")) == []
    assert "Ayo Okafor: A child protection plan begins." in text_to(case, "dayo")


@pytest.mark.parametrize(
    "words",
    [
        "It was on Thursday.",
        "We met on 5 March.",
        "It was 5th March 2026",
        "at 14:30",
        "It began at 2.30pm",
        "At Quayside.",
    ],
)
def test_nobody_writes_when_or_where_into_an_excluded_parents_letter(case: Case, words: str) -> None:
    case.hold()
    letter = case.letters()["emeka"]
    with pytest.raises(Refusal, match="Take the day, the time and the place out"):
        make_letter(
            by=case.cara, invitee=letter.invitee, kind=letter.kind, text=f"{letter.text}\n\n{words}",
            children=letter.children, base=letter.number, at=LATER,
        )  # fmt: skip


def test_whoever_is_kept_out_after_the_letter_was_drafted_does_not_get_that_letter(case: Case) -> None:
    case.hold()
    dayo = case.letters()["dayo"]
    exclude(by=case.cara, invitee=dayo.invitee, because="He followed her home.", at=LATER)
    with pytest.raises(Refusal, match="Draft it again"):
        release(by=case.cara, letter=dayo.id, at=LATER)
    again = draft_again(by=case.cara, letter=dayo.id, at=LATER)
    assert gives_away(text_to(case, "dayo")) == []
    release(by=case.cara, letter=again, at=LATER)


def test_what_an_excluded_parent_opens_by_link_says_neither_when_nor_where(case: Case) -> None:
    case.hold()
    sent = release(by=case.cara, letter=case.letters()["emeka"].id, at=LATER)
    opened = open_message(link_token=sent.link_token, code=sent.code, at=LATER + timedelta(days=1))
    assert isinstance(opened, OpenedMessage)
    assert gives_away(f"{opened.text} {opened.ring}") == []
    assert "Chi Okafor: A child protection plan begins." in opened.text


# --- released, each once --------------------------------------------------------------------------


def test_a_letter_goes_when_the_chair_releases_it_and_once(case: Case) -> None:
    case.hold()
    letter = case.letters()["school"]
    for by in (case.rhys, case.home.jane):
        with pytest.raises(NotPermitted, match="chair of the conference"):
            release(by=by, letter=letter.id, at=LATER)
    sent = release(by=case.cara, letter=letter.id, at=LATER)
    assert case.letters()["school"].message == sent.message
    with pytest.raises(Refusal, match="once"):
        release(by=case.cara, letter=letter.id, at=LATER)
    with pytest.raises(Refusal, match="has been released"):
        draft_again(by=case.cara, letter=letter.id, at=LATER)


def test_the_last_saving_is_what_goes(case: Case) -> None:
    case.hold()
    letter = case.letters()["school"]
    given = {"by": case.cara, "invitee": letter.invitee, "kind": letter.kind, "children": letter.children, "at": LATER}
    newer = make_letter(text="Theirs.", base=letter.number, **given)  # type: ignore[arg-type]  # the names are its own
    with pytest.raises(Stale) as both:
        make_letter(text="Mine.", base=letter.number, **given)  # type: ignore[arg-type]  # the names are its own
    assert (both.value.theirs, both.value.yours) == ("Theirs.", "Mine.")
    with pytest.raises(Stale):
        release_letter(by=case.cara, letter=letter.id, at=LATER)
    release(by=case.cara, letter=newer, at=LATER)
    with acting(case.chair):
        assert get_letter(letter.id).released_at is None


def test_the_letters_are_the_chairs_to_do_until_each_has_gone_or_is_not_sent(case: Case) -> None:
    held = case.hold()
    letters = case.letters()

    def open_steps() -> set[object]:
        with acting(case.chair):
            return {one.id for one in list_steps_about(subject=case.meeting) if one.kind == "conference_letters"}

    withhold(by=case.cara, letter=letters.pop("dayo").id, because="Nobody knows where he lives.", at=LATER)
    for name, letter in letters.items():
        assert open_steps() == {held.letters_step}, name
        release(by=case.cara, letter=letter.id, at=LATER)
    assert open_steps() == set()


def test_a_letter_is_not_sent_with_the_reason_and_given_only_after_it_was_released(case: Case) -> None:
    case.hold()
    dayo, ngozi = case.letters()["dayo"], case.letters()["ngozi"]
    with pytest.raises(Refusal, match="why it is not sent"):
        letter_not_sent(by=case.cara, letter=dayo.id, because=" ", at=LATER)
    with pytest.raises(Refusal, match="not released"):
        letter_given(by=case.home.jane, letter=ngozi.id, on=local_day(LATER), how="At home.", at=LATER)
    release(by=case.cara, letter=ngozi.id, at=LATER)
    letter_given(by=case.home.jane, letter=ngozi.id, on=local_day(LATER), how="Read through with her.", at=LATER)
    assert case.letters()["ngozi"].given_how == "Read through with her."


def test_drafting_twice_makes_no_second_letter(case: Case) -> None:
    case.hold()
    assert draft_letters(by=case.cara, meeting=case.meeting, at=LATER) == []


def test_whoever_may_not_read_one_of_its_children_reads_no_letter_about_them(case: Case) -> None:
    case.hold()
    with acting(case.home.world.accounts["Kit Rowe"]):  # who reads Chi alone
        assert {one.to for one in list_letters(case.meeting)} == {"Emeka Okafor"}
