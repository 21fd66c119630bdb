"""From a worry to an enquiry and what follows: nothing waits for paperwork, and nobody is left with nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.enquiries.operations import (
    ConclusionGiven,
    DecisionGiven,
    DiscussionHeld,
    TookPartGiven,
    end_order,
    record_medical,
)
from sightline.enquiries.queries import get_discussion, get_enquiry, list_discussions, list_enquiries, list_medicals
from sightline.journeys.end_involvement import stops
from sightline.journeys.open_matters import list_open_matters
from sightline.journeys.protect import (
    ask_strategy,
    begin_enquiry,
    conclude_enquiry,
    decide_strategy,
    hold_strategy,
    keep_safe,
    no_conference,
    not_told,
    tell_agency,
)
from sightline.journeys.register_people import NewPerson
from sightline.journeys.tell_of_enquiry import draft_told, to_be_told
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.kernel.working_days import add_working_days
from sightline.people.operations import register_person
from sightline.record.queries import OpenStep, get_open_episodes, list_notices, list_steps_for
from sightline.record.rules import Concerned
from sightline.recording.operations import finish_step
from sightline.recording.rules import Action
from tests.journeys.ending_case import LATER, Case, close_all, make_case
from tests.journeys.told import decided, take
from tests.journeys.world import World

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
WHY = "Bruises on Leo's back that nobody can explain."
POLICE = TookPartGiven("police", name="Priya Shah", role="detective sergeant", shared="Two calls to the address.")
OURS = TookPartGiven("social_care", name="Fay Lund", role="team manager")


@pytest.fixture
def case(world: World) -> Case:
    """Leo and Max, whom Jane Smith carries; a teacher referred them a month ago."""
    return make_case(world)


def steps(case: Case, *children: UUID, kind: str = "") -> list[OpenStep]:
    with acting(case.jane.id):
        return [one for one in list_steps_for(children or case.children) if kind in ("", one.kind)]


def told(case: Case, post: str, account: str) -> list[str]:
    with acting(case.world.accounts[account]):
        return [one.kind for one in list_notices([case.world.posts[post]])]


def ask(case: Case, *children: UUID, by: str = "Jane Smith", **more: Any) -> UUID:
    return ask_strategy(by=case.world.actor(by), children=children or [case.leo], why=WHY, at=LATER, **more)


def decide(*given: tuple[UUID, str]) -> list[DecisionGiven]:
    return [DecisionGiven(child, outcome, "What is known, and what it means.") for child, outcome in given]


def hold(case: Case, discussion: UUID, decisions: Sequence[DecisionGiven] = (), **more: Any) -> UUID:
    given = {"held_at": LATER, "how": "phone", "took_part": (OURS, POLICE)} | more.pop("held", {})
    return hold_strategy(
        by=case.fay, discussion=discussion, held=DiscussionHeld(**given), decisions=decisions, at=LATER + HOUR, **more
    )


def concluded(child: UUID, outcome: str = "continuing_risk", **given: Any) -> ConclusionGiven:
    return ConclusionGiven(child, outcome, **({"reasons": "The marks are of a belt.", "media": "seen"} | given))


def conclude(case: Case, enquiry: UUID, *given: ConclusionGiven, by: str = "Jane Smith") -> UUID:
    return conclude_enquiry(by=case.world.actor(by), enquiry=enquiry, conclusions=given, at=LATER + 5 * DAY)


def test_a_discussion_waits_with_the_manager_above_whoever_carries_the_child_who_is_told(case: Case) -> None:
    step = ask(case)
    (waiting,) = steps(case, case.leo, kind="strategy")
    assert (waiting.id, waiting.post) == (step, case.world.posts["family-manager"])
    assert told(case, "family-manager", "Fay Lund").count("strategy_asked") == 1


def test_a_discussion_that_a_decision_asked_for_is_this_one_and_its_clock_goes_on(world: World) -> None:
    child = new_id()
    contact, _ = take(
        world, concerned=[Concerned(child)], ties=[],
        new_people=[NewPerson(id=child, kind="child", given="Ida", family="Stone")],
    )  # fmt: skip
    decided(world, contact, "referral_strategy")
    mag = world.actor("Mag Price")
    with acting(mag.id):
        (owed,) = list_steps_for([child], kinds=["strategy_discussion"])
    step = ask_strategy(by=mag, children=[child], why=WHY, at=LATER)
    with acting(mag.id):
        kinds = {one.kind: one for one in list_steps_for([child])}
    assert "strategy_discussion" not in kinds
    assert (kinds["strategy"].id, kinds["strategy"].due_at) == (step, owed.due_at)
    assert (kinds["strategy"].post, kinds["strategy"].subject) == (owed.post, contact)


def test_holding_opens_what_was_decided_for_each_child(case: Case) -> None:
    step = ask(case, case.leo, case.max)
    hold(case, step, decide((case.leo, "enquiry"), (case.max, "assessment")))
    (enquiry,) = steps(case, kind="enquiry")
    (assessment,) = steps(case, kind="assessment")
    assert (enquiry.people, assessment.people) == ((case.leo,), (case.max,))
    assert enquiry.post == case.world.posts["family-1"]
    assert steps(case, kind="strategy") == []
    assert "enquiry_begun" in told(case, "family-1", "Jane Smith")


def test_the_days_to_the_conference_count_from_the_strategy_discussion(case: Case) -> None:
    step = ask(case)
    held_at = LATER - 3 * DAY
    hold(case, step, decide((case.leo, "enquiry")), held={"held_at": held_at})
    (enquiry,) = steps(case, kind="enquiry")
    conclude(case, enquiry.id, concluded(case.leo))
    (conference,) = steps(case, kind="convene_conference")
    assert conference.due_at == end_of_day(add_working_days(local_day(held_at), 15))
    assert "conference.initial" in conference.due_rule
    assert conference.subject == enquiry.id


def test_the_days_count_from_a_discussion_that_was_decided_first_and_written_up_afterwards(case: Case) -> None:
    step = ask(case)
    decide_strategy(by=case.fay, discussion=step, decisions=decide((case.leo, "enquiry")), at=LATER)
    held_at = LATER - 3 * DAY
    hold(case, step, held={"held_at": held_at})
    (enquiry,) = steps(case, kind="enquiry")
    assert enquiry.due_at == end_of_day(add_working_days(local_day(held_at), 15))


def test_actions_have_owners_and_days_and_stay_with_the_discussion(case: Case) -> None:
    step = ask(case)
    due_on = (LATER + 2 * DAY).date()
    hold(case, step, actions=[Action("Ask the school nurse", case.world.posts["family-1"], due_on)])
    (action,) = steps(case, kind="action")
    assert (action.post, action.due_at, action.words) == (
        case.world.posts["family-1"], end_of_day(due_on), "Ask the school nurse",
    )  # fmt: skip
    with acting(case.jane.id):
        assert [one.id for one in get_discussion(step).steps] == [action.id]


def test_a_medical_examination_that_is_needed_waits_for_each_child_on_whom_an_enquiry_begins(case: Case) -> None:
    step = ask(case, case.leo, case.max)
    hold(case, step, decide((case.leo, "enquiry"), (case.max, "goes_on")), held={"medical": "needed"})
    with acting(case.jane.id):
        (medical,) = list_medicals(case.children)
    assert medical.child == case.leo
    record_medical(
        by=case.jane, medical=medical.step, held_at=LATER + HOUR, examiner="Dr Odu", words="Bruises of two ages.",
        at=LATER + 2 * HOUR,
    )  # fmt: skip
    assert steps(case, kind="medical") == []


def test_an_enquiry_begins_at_once_and_a_discussion_is_asked_for_by_it(case: Case) -> None:
    enquiry = begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER)
    (waiting,) = steps(case, kind="strategy")
    assert waiting.people == (case.leo,)
    hold(case, waiting.id, decide((case.leo, "enquiry")))
    (one,) = steps(case, kind="enquiry")
    with acting(case.jane.id):
        (line,) = list_enquiries(case.children)
    assert (one.id, line.step, line.discussion) == (enquiry, enquiry, waiting.id)


def test_a_discussion_that_is_held_later_moves_the_clock_of_an_enquiry_that_began_before_it(case: Case) -> None:
    begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER - 4 * DAY)
    (waiting,) = steps(case, kind="strategy")
    hold(case, waiting.id, decide((case.leo, "enquiry")), held={"held_at": LATER - DAY})
    (enquiry,) = steps(case, kind="enquiry")
    assert enquiry.due_at == end_of_day(add_working_days(local_day(LATER - DAY), 15))


def test_a_child_whose_episode_ended_is_no_obstacle_and_is_carried_again(case: Case) -> None:
    child = new_id()
    case.world.let_watch([child], LATER)
    with acting(case.world.admin.id):
        give_sight(people=[child], reader=case.world.teams["family"], because="test", because_of=None, at=LATER)
    register_person(by=case.jane, person=child, kind="child", given="Tam", family="Reed", birth="unknown", at=LATER)
    begin_enquiry(by=case.jane, children=[child], why=WHY, at=LATER)
    with acting(case.jane.id):
        assert get_open_episodes([child])[child].post == case.world.posts["family-1"]


def test_beginning_twice_is_one_enquiry(case: Case) -> None:
    first = begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER)
    assert begin_enquiry(by=case.fay, children=[case.leo], why="Again.", at=LATER + HOUR) == first
    second = begin_enquiry(by=case.fay, children=case.children, why="Max too.", at=LATER + HOUR)
    (for_max,) = steps(case, case.max, kind="enquiry")
    assert (for_max.id, for_max.people) == (second, (case.max,))


def test_a_child_whose_enquiry_is_concluded_is_enquired_into_anew_while_a_brothers_goes_on(case: Case) -> None:
    first = begin_enquiry(by=case.jane, children=case.children, why=WHY, at=LATER)
    conclude(case, first, concluded(case.leo, "not_substantiated"))
    again = begin_enquiry(by=case.jane, children=case.children, why="A new burn.", at=LATER + 6 * DAY)
    assert {one.id: set(one.people) for one in steps(case, kind="enquiry")}[again] == {case.leo}


def test_what_was_asked_for_twice_is_held_once(case: Case) -> None:
    first, second = ask(case), ask(case, by="Fay Lund")
    hold(case, first, decide((case.leo, "goes_on")))
    assert steps(case, kind="strategy") == []
    with acting(case.jane.id):
        assert {one.step for one in list_discussions([case.leo])} == {first, second}


@pytest.mark.parametrize("outcome", ["goes_on", "nothing_more"])
def test_a_child_for_whom_nothing_is_open_any_more_is_not_left_with_nobody(case: Case, outcome: str) -> None:
    close_all(case, "ask_to_end")
    step = ask(case)
    hold(case, step, decide((case.leo, outcome)))
    (waiting,) = steps(case, case.leo, kind="ask_to_end")
    assert waiting.post == case.world.posts["family-1"]


def test_a_manager_is_told_of_the_conclusion_and_whoever_referred_is_owed_it(case: Case) -> None:
    step = ask(case)
    hold(case, step, decide((case.leo, "enquiry")))
    (enquiry,) = steps(case, kind="enquiry")
    conclude(case, enquiry.id, concluded(case.leo))
    assert "enquiry_concluded" in told(case, "family-manager", "Fay Lund")
    (owed,) = steps(case, kind="feedback_enquiry")
    assert owed.due_at == end_of_day(add_working_days(local_day(LATER + 5 * DAY), 1))
    with acting(case.jane.id):
        (teacher,) = to_be_told(enquiry.id)
        letter = draft_told(by=case.jane, enquiry=enquiry.id, at=LATER + 5 * DAY)
    assert (teacher.agency_post, teacher.referred, teacher.told_at) == (case.world.school_lead, True, None)
    assert "Leo Reed: Substantiated, with continuing risk" in letter
    assert "a belt" not in letter
    tell_agency(by=case.jane, enquiry=enquiry.id, agency_post=teacher.agency_post, text=letter, at=LATER + 5 * DAY)
    assert steps(case, kind="feedback_enquiry") == []
    with acting(case.jane.id):
        assert [one.name for one in get_enquiry(enquiry.id).told] == ["Weir Primary School"]


def test_nobody_is_told_before_there_is_a_conclusion_and_a_call_says_what_was_said(case: Case) -> None:
    enquiry = begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER)
    lead = case.world.school_lead
    with pytest.raises(Refusal, match="no conclusion yet"):
        tell_agency(by=case.jane, enquiry=enquiry, agency_post=lead, text="It ended.", at=LATER)
    conclude(case, enquiry, concluded(case.leo, "not_substantiated"))
    with pytest.raises(Refusal, match="whom you spoke to"):
        tell_agency(by=case.jane, enquiry=enquiry, agency_post=lead, text="It ended.", means="call", at=LATER + 6 * DAY)
    not_told(by=case.jane, enquiry=enquiry, because="The school has closed for the summer.", at=LATER + 6 * DAY)
    assert steps(case, kind="feedback_enquiry") == []


def test_feedback_is_owed_once_when_the_last_child_is_concluded(case: Case) -> None:
    enquiry = begin_enquiry(by=case.jane, children=case.children, why=WHY, at=LATER)
    conclude(case, enquiry, concluded(case.leo))
    assert steps(case, kind="feedback_enquiry") == []
    conclude(case, enquiry, concluded(case.max, "not_substantiated"))
    assert len(steps(case, kind="feedback_enquiry")) == 1


@pytest.mark.parametrize("outcome", ["not_substantiated", "no_continuing_risk"])
def test_without_a_continuing_risk_no_conference_is_owed(case: Case, outcome: str) -> None:
    enquiry = begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER)
    conclude(case, enquiry, concluded(case.leo, outcome))
    assert steps(case, kind="convene_conference") == []


def test_a_manager_may_say_why_there_is_no_conference_then_or_later(case: Case) -> None:
    enquiry = begin_enquiry(by=case.jane, children=case.children, why=WHY, at=LATER)
    conclude(case, enquiry, concluded(case.leo), concluded(case.max))
    assert set(steps(case, kind="convene_conference")[0].people) == set(case.children)
    with pytest.raises(NotPermitted):
        no_conference(by=case.jane, enquiry=enquiry, children=[case.max], because="Safe.", at=LATER + 6 * DAY)
    no_conference(by=case.fay, enquiry=enquiry, children=[case.max], because="With his aunt.", at=LATER + 6 * DAY)
    (owed,) = steps(case, kind="convene_conference")
    assert owed.people == (case.leo,)


def test_police_protection_asks_for_a_discussion_by_itself_and_tells_who_carries_the_child(case: Case) -> None:
    keep_safe(by=case.fay, child=case.leo, kind="police_protection", began_at=LATER, at=LATER + HOUR)
    (order,) = steps(case, kind="order")
    assert order.due_at == LATER + timedelta(hours=72)
    assert len(steps(case, kind="strategy")) == 1
    assert "order_made" in told(case, "family-1", "Jane Smith")
    keep_safe(by=case.fay, child=case.leo, kind="emergency", began_at=LATER + DAY, at=LATER + DAY)
    assert len(steps(case, kind="strategy")) == 1


def test_an_open_enquiry_and_an_order_in_force_stop_the_end_of_our_involvement(case: Case) -> None:
    enquiry = begin_enquiry(by=case.jane, children=[case.leo], why=WHY, at=LATER)
    order = keep_safe(by=case.jane, child=case.max, kind="police_protection", began_at=LATER, at=LATER)
    with acting(case.fay.id):
        found = {one.child: one.sentence for one in stops(children=case.children, at=LATER + HOUR)}
    assert "no conclusion" in found[case.leo]
    assert "police protection until" in found[case.max]
    conclude(case, enquiry, concluded(case.leo, "not_substantiated"))
    end_order(by=case.jane, order=order, ended_at=LATER + HOUR, because="To his aunt.", at=LATER + DAY)
    with acting(case.fay.id):
        assert stops(children=case.children, at=LATER + 6 * DAY) == []


def test_an_order_that_ran_out_stops_nothing_and_is_answered_for(case: Case) -> None:
    keep_safe(by=case.jane, child=case.leo, kind="police_protection", began_at=LATER, at=LATER)
    with acting(case.fay.id):
        assert stops(children=[case.leo], at=LATER + 4 * DAY) == []
        kinds = {one.kind: one for one in list_open_matters(children=[case.leo], at=LATER + 4 * DAY)}
    assert "Nobody has said how this ended" in kinds["order"].words
    assert {"order", "strategy"} <= set(kinds)


def test_each_thing_that_is_open_is_told_and_none_is_closed_by_saying_that_it_is_done(case: Case) -> None:
    step = ask(case)
    hold(case, step, decide((case.leo, "enquiry")), held={"medical": "needed"})
    with acting(case.fay.id):
        kinds = {one.kind for one in list_open_matters(children=[case.leo], at=LATER + DAY)}
    assert {"enquiry", "medical"} <= kinds
    for kind in ("enquiry", "medical"):
        with pytest.raises(Refusal, match="closed by"):
            finish_step(by=case.jane, step=steps(case, case.leo, kind=kind)[0].id, outcome="Done", at=LATER + DAY)


def test_a_discussion_that_is_owed_is_not_closed_by_saying_that_something_was_done(world: World) -> None:
    child = new_id()
    contact, _ = take(
        world, concerned=[Concerned(child)], ties=[],
        new_people=[NewPerson(id=child, kind="child", given="Ida", family="Stone")],
    )  # fmt: skip
    decided(world, contact, "referral_strategy")
    mag = world.actor("Mag Price")
    with acting(mag.id):
        (owed,) = list_steps_for([child], kinds=["strategy_discussion"])
        (matter,) = [one for one in list_open_matters(children=[child], at=LATER) if one.kind == "strategy"]
    assert (matter.url_kind, matter.url_key) == ("strategy-ask", child)
    with pytest.raises(Refusal, match="asking for the strategy discussion"):
        finish_step(by=mag, step=owed.id, outcome="Rang the police.", at=LATER)


def test_a_discussion_may_be_decided_later_by_somebody_else(case: Case) -> None:
    step = ask(case)
    hold(case, step)
    assert len(steps(case, kind="strategy")) == 1
    decide_strategy(by=case.jane, discussion=step, decisions=decide((case.leo, "enquiry")), at=LATER + DAY)
    with acting(case.jane.id):
        (line,) = list_enquiries([case.leo])
    assert (line.discussion, line.section_47_at) == (step, LATER)
