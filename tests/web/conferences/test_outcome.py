"""The outcome of a conference on one page: recorded once, for each child, with nothing typed lost."""

import re

import pytest
from django.test import Client

from sightline.audit.models import Event
from sightline.conferences.queries import get_meeting, list_letters
from sightline.doorway.acts import set_actor
from sightline.journeys.restrict import keep_colleague_away
from sightline.plans.queries import get_plan, protection_of
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, key_of, title, words
from tests.web.conferences.conftest import CHAIR, REVIEWER, WORKER, Chaired
from tests.web.conferences.held_case import NURSE_SAID, ROSIE_WHY, SCHOOL_SAID, Sat, sat


@pytest.fixture
def held(chaired: Chaired) -> Sat:
    return sat(chaired)


@pytest.fixture
def chair(held: Sat, sign_in: SignIn) -> Client:
    return sign_in(CHAIR)


def test_every_invitee_and_child_stands_on_the_page_and_nothing_is_chosen(held: Sat, chair: Client) -> None:
    answer = chair.get(held.url("outcome"))
    said, drawn = words(answer), answer.content.decode()
    for part in ("Hannah Reyes", "Bea Lund", "Lowenna Penhallow", "Rosie", "Jack", "Kept out by the chair"):
        assert part in said, part
    assert " checked" not in drawn
    assert not re.findall(r'<option value="[^"]+" selected', drawn)
    assert f'name="i{held.father}-attendance"' not in drawn
    assert "Rosie" not in title(answer)


def test_the_outcome_is_recorded_for_each_child_with_the_plan_and_the_letters(held: Sat, chair: Client) -> None:
    answer = chair.post(held.url("outcome"), held.typed())
    assert answer.status_code == 302, words(answer)
    assert answer["Location"] == held.url("letters")
    set_actor(held.chaired.universe.who(CHAIR).id)
    meeting = get_meeting(held.meeting)
    decided = {one.child: one for one in meeting.children}
    rosie, jack = decided[held.chaired.rosie], decided[held.chaired.jack]
    assert (rosie.decision, rosie.category, rosie.others) == ("plan", "NEG", ("EMO",))
    assert (jack.decision, jack.category, jack.part) == ("no_plan", "", "none")
    assert rosie.part_words == "A picture of toast."
    came = {one.id: (one.attendance, one.deputy, one.view) for one in meeting.invitees}
    assert came[held.nurse] == ("deputy", "Dot Hale", "written")
    assert came[held.police] == ("there", "", "none")
    on = protection_of([held.chaired.rosie, held.chaired.jack])
    assert set(on) == {held.chaired.rosie}
    plan = get_plan(on[held.chaired.rosie].plan)
    assert [one.what for one in plan.actions] == ["Puts it out the night before"]
    assert plan.terms is not None
    assert plan.terms.further_action == "Two mornings in a week without breakfast."
    assert {one.invitee for one in list_letters(held.meeting)} >= {held.school, held.nurse, held.mother, held.father}


def test_an_outcome_that_is_sent_twice_is_recorded_once(held: Sat, chair: Client) -> None:
    body = held.typed(key=key_of(chair.get(held.url("outcome"))))
    assert chair.post(held.url("outcome"), body).status_code == 302
    assert chair.post(held.url("outcome"), body).status_code == 302
    set_actor(held.chaired.universe.who(CHAIR).id)
    views = {one.id: one.views for one in get_meeting(held.meeting).invitees}
    assert len(views[held.school]) == 1


def test_what_is_refused_keeps_everything_typed_here_and_as_a_draft(held: Sat, chair: Client) -> None:
    rosie, jack = held.chaired.rosie, held.chaired.jack
    body = held.typed(**{f"c{rosie}-category": "", f"c{jack}-decision": "", f"i{held.police}-attendance": ""})
    answer = chair.post(held.url("outcome"), body)
    said, drawn = words(answer), answer.content.decode()
    assert answer.status_code == 200
    for sentence in ("Name the main category for Rosie", "Choose what was decided for Jack", "Say whether"):
        assert sentence in said, sentence
    for kept in (SCHOOL_SAID, ROSIE_WHY, "Dot Hale", "Breakfast every morning.", "A picture of toast."):
        assert kept in drawn, kept
    offered = re.search(r'href="([^"]+draft=[^"]+)"', chair.get(held.url("outcome")).content.decode())
    assert offered is not None
    again = chair.get(offered[1]).content.decode()
    assert SCHOOL_SAID in again
    assert "Jack needs the plan as much as she does." in again


def test_too_few_there_is_said_in_words_and_asks_why_it_went_ahead(held: Sat, chair: Client) -> None:
    absent = {f"i{one}-attendance": "apologies" for one in (held.school, held.police, held.nurse)}
    body = held.typed(**absent, **{f"i{held.nurse}-deputy": ""})
    answer = chair.post(held.url("outcome"), body)
    assert answer.status_code == 200
    assert "There was no quorum" in words(answer)
    assert "Say why it went ahead." in words(answer)
    assert chair.post(held.url("outcome"), body | {"alone_because": "The children were in danger."}).status_code == 302
    set_actor(held.chaired.universe.who(CHAIR).id)
    assert get_meeting(held.meeting).alone_because == "The children were in danger."


def test_rows_are_added_without_script_and_keep_what_is_typed(held: Sat, chair: Client) -> None:
    for name, field in (
        ("paragraphs", "t2-text"), ("outcomes", "o1-words"), ("o0-actions", "o0-a1-what"),
        (f"d{held.chaired.jack}-rows", f"d{held.chaired.jack}-1-words"),
    ):  # fmt: skip
        drawn = chair.post(held.url("outcome"), held.typed(add=name)).content.decode()
        assert f'name="{field}"' in drawn, name
        assert NURSE_SAID.replace("'", "&#x27;") in drawn
    set_actor(held.chaired.universe.who(CHAIR).id)
    assert not get_meeting(held.meeting).recorded


def test_who_records_it_second_sees_both_texts(held: Sat, chair: Client) -> None:
    assert chair.post(held.url("outcome"), held.typed()).status_code == 302
    other = held.typed(**{f"c{held.chaired.rosie}-reasons": "Other words of the chair."})
    answer = chair.post(held.url("outcome"), other)
    assert answer.status_code == 409, words(answer)
    assert ROSIE_WHY in words(answer)
    assert "Other words of the chair." in words(answer)


def test_a_written_view_that_came_before_stands_on_the_page_and_is_not_asked_again(held: Sat, chair: Client) -> None:
    from sightline.conferences.operations import give_view

    give_view(
        by=held.chaired.universe.who(WORKER), invitee=held.school, words="He was asleep at ten.", how="written",
        for_plan="unsure", at=held.chaired.at,
    )  # fmt: skip
    assert "He was asleep at ten." in words(chair.get(held.url("outcome")))
    left = {f"i{held.school}-view": "", f"i{held.school}-words": "", f"i{held.school}-for_plan": ""}
    assert chair.post(held.url("outcome"), held.typed(**left)).status_code == 302
    set_actor(held.chaired.universe.who(CHAIR).id)
    [school] = [one for one in get_meeting(held.meeting).invitees if one.id == held.school]
    assert [one.words for one in school.views] == ["He was asleep at ten."]
    assert school.view == "written"


@pytest.mark.parametrize("who", [WORKER, REVIEWER])
def test_nobody_but_a_chair_records_what_was_decided(held: Sat, sign_in: SignIn, who: str) -> None:
    page = sign_in(who)
    assert page.get(held.url("outcome")).status_code in {403, 404}
    assert page.post(held.url("outcome"), held.typed()).status_code in {403, 404}
    set_actor(held.chaired.universe.who(CHAIR).id)
    assert not get_meeting(held.meeting).recorded


def test_a_conference_of_hidden_children_is_answered_as_if_there_were_none(held: Sat, sign_in: SignIn) -> None:
    stranger = sign_in("tomas")
    universe = held.chaired.universe
    for child in (held.chaired.rosie, held.chaired.jack):
        keep_colleague_away(
            by=universe.who("gareth"), person=child, colleague=universe.who("tomas").id,
            reviewer=universe.post("service-manager"), reason="A cousin.", at=universe.at,
        )  # fmt: skip
    absent = stranger.get(f"/conference/{ABSENT}/outcome")
    for page in ("outcome", "letters"):
        hidden = stranger.get(held.url(page))
        assert hidden.status_code == absent.status_code == 404
        assert words(hidden) == words(absent)


def test_the_look_at_each_child_is_recorded(held: Sat, chair: Client) -> None:
    set_actor(held.chaired.universe.who(CHAIR).id)
    chair.get(held.url("outcome"))
    looks = Event.objects.filter(actor=held.chaired.universe.who(CHAIR).id, kind="look", what="conference")
    assert looks.exists()
