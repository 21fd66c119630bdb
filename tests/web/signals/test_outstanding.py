"""CA11: what was agreed has an owner and a day; what is outstanding is counted, and what is missing is said."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from sightline.conferences.holding_rules import ChildDecided, Held, Paragraph
from sightline.doorway.acts import acting
from sightline.enquiries.operations import DecisionGiven, DiscussionHeld, TookPartGiven, record_medical
from sightline.enquiries.queries import list_medicals
from sightline.journeys.convene import convene_conference
from sightline.journeys.hold_conference import ActionGiven, OutcomeGiven, Outline, hold_conference
from sightline.journeys.protect import ask_strategy, hold_strategy
from sightline.kernel.london import local_day
from sightline.record.queries import list_steps_for
from sightline.recording.operations import finish_step
from sightline.recording.rules import Action
from tests.journeys.ending_case import Case
from tests.journeys.protectors import add_protectors
from tests.web.signals.playing import DAY, ago, said

SignIn = Callable[[str], Client]
NURSE, FATHER, HEATING = "Ring the school nurse", "Meet his father", "Ask the landlord for heating"
OURS = TookPartGiven("social_care", name="Fay Lund")
POLICE, HEALTH = TookPartGiven("police", name="Priya Shah"), TookPartGiven("health", name="Dr Odu")
NOT_FOUND = "nobody has said what was found"
COURT = "The plan does not say when the authority goes to court"


@pytest.fixture(autouse=True)
def chaired(case: Case) -> None:
    add_protectors(case.world)


def discussed(case: Case, *, with_all: bool = False) -> UUID:
    """Four days ago: one action of Jane's that is overdue, and one of Fay's that is not."""
    moment = ago(4)
    step = ask_strategy(by=case.jane, children=[case.leo], why="A burn.", at=moment)
    posts, today = case.world.posts, local_day(ago())
    agreed = [Action(NURSE, posts["family-1"], today - DAY), Action(FATHER, posts["family-manager"], today + 3 * DAY)]
    took_part = (OURS, POLICE, HEALTH) if with_all else (OURS,)
    hold_strategy(
        by=case.fay, discussion=step, held=DiscussionHeld(moment, how="phone", medical="needed", took_part=took_part),
        decisions=[DecisionGiven(case.leo, "enquiry", "A burn.")], actions=agreed, at=moment,
    )  # fmt: skip
    return step


def convened(case: Case, *, kind: str = "initial", days: int = 3) -> UUID:
    return convene_conference(
        by=case.jane, kind=kind, children=[case.leo], starts_at=ago(days - 4), place="Harbour Rooms", how="in_person",
        chair_post=case.world.posts["chair"], at=ago(days),
    )  # fmt: skip


def held(case: Case, meeting: UUID, *, further_action: str = "") -> None:
    todo = (ActionGiven(HEATING, "The housing officer", by_when=local_day(ago()) + 9 * DAY),)
    moment = ago(2)
    hold_conference(
        by=case.world.actor("Ash Corran"), meeting=meeting, at=moment,
        held=Held(moment, (ChildDecided(case.leo, decision="plan", category="NEG"),),
                  paragraphs=(Paragraph("The flat is cold.", (case.leo,)),)),
        outline=Outline((OutcomeGiven("Leo is warm.", actions=todo),), further_action=further_action),
    )  # fmt: skip


def finish_all(case: Case) -> None:
    with acting(case.jane.id):
        open_ = [one for one in list_steps_for([case.leo]) if one.kind == "action"]
    for one in open_:
        finish_step(by=case.fay, step=one.id, outcome="Done", at=ago())


def test_an_action_of_a_strategy_discussion_has_its_owner_and_day_and_what_is_outstanding_is_counted(
    case: Case, sign_in: SignIn
) -> None:
    step = discussed(case)
    jane = sign_in("Jane Smith")
    page = said(jane, "strategy", step)
    for words_ in (NURSE, "Jane Smith", "Overdue by 1 day", FATHER, "Fay Lund", "Due in"):
        assert words_ in page, words_
    assert "0 done, 2 to do, 1 of them overdue" in said(jane, "person", case.leo)


def test_what_a_conference_agreed_is_counted_on_the_record_with_its_owner_and_day(case: Case, sign_in: SignIn) -> None:
    held(case, convened(case))
    jane = sign_in("Jane Smith")
    assert "0 done, 1 to do" in said(jane, "person", case.leo)
    plan = said(jane, "person-plan", case.leo)
    for words_ in (HEATING, "The housing officer", f"{local_day(ago()) + 9 * DAY:%-d %b}"):
        assert words_ in plan, words_


def test_the_chair_sees_what_is_outstanding_and_that_a_medical_word_is_missing(case: Case, sign_in: SignIn) -> None:
    discussed(case)
    page = said(sign_in("Ash Corran"), "conference", convened(case))
    assert "Agreed and still to do 2 actions, 1 of them overdue" in page
    assert NOT_FOUND in page


def test_who_was_not_there_and_an_examination_that_nobody_has_held_are_shown(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    page = said(jane, "strategy", discussed(case))
    assert "Not there Police and health" in page
    assert "Medical examination A medical examination is needed" in page
    assert "Record what was found" in said(jane, "person-protection", case.leo)


def test_a_review_shows_that_nobody_has_said_when_we_go_to_court(case: Case, sign_in: SignIn) -> None:
    held(case, convened(case))
    assert COURT in said(sign_in("Ash Corran"), "conference", convened(case, kind="review", days=1))


def test_where_all_is_done_and_said_nothing_is_outstanding(case: Case, sign_in: SignIn) -> None:
    step = discussed(case, with_all=True)
    with acting(case.jane.id):
        [medical] = list_medicals([case.leo])
    moment = ago(3)
    record_medical(by=case.jane, medical=medical.step, held_at=moment, examiner="Dr Odu", words="No mark.", at=moment)
    held(case, convened(case), further_action="If he is cold again by Christmas.")
    finish_all(case)
    jane, page = sign_in("Jane Smith"), said(sign_in("Ash Corran"), "conference", convened(case, kind="review", days=1))
    for words_ in ("still to do", NOT_FOUND, COURT):
        assert words_ not in page, words_
    assert "Not there" not in said(jane, "strategy", step)
    assert "3 done, 0 to do" in said(jane, "person", case.leo)
