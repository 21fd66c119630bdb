"""A plan from its beginning to its end: what it says, who agreed, how far it got, and what ends it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.london import end_of_day
from sightline.plans.operations import (
    add_child,
    add_outcome,
    agree_action,
    correct_days,
    end_outcome,
    hold_review,
    make_version,
    open_plan,
    record_agreement,
    reword_outcome,
    set_lead,
    set_terms,
    sign,
    take_off_plan,
)
from sightline.plans.queries import clocks_of, get_plan, list_plans, progress_of
from sightline.plans.rules import MOVES, STATES, ProgressGiven, SignatureGiven
from sightline.record.queries import get_entry, get_step, list_steps_about, list_steps_for, list_timeline
from sightline.recording.operations import finish_step
from tests.journeys.world import BEGIN
from tests.plans.household import DAY, FIRST, Household

AT = BEGIN + timedelta(hours=2)


def outcome(household: Household, plan: UUID, words: str = "We eat together", **more: Any) -> UUID:
    return add_outcome(by=household.jane, plan=plan, words=words, at=AT, **more)


def test_a_plan_is_carried_by_a_post_from_its_first_moment(household: Household) -> None:
    plan = household.plan()
    with acting(household.jane.id):
        step = get_step(plan)
    assert (step.kind, step.post) == ("plan", household.world.posts["family-1"])
    assert set(step.people) == set(household.children())


def test_only_a_step_that_no_plan_details_carries_a_plan(household: Household) -> None:
    plan = household.plan("early_help", "Ayo")
    with pytest.raises(Refusal, match="step of its own"):
        open_plan(
            by=household.jane, kind="child_in_need", children=[household["Bim"]], began_on=FIRST, step=plan, at=AT
        )


def test_it_goes_through_its_states_as_the_diagram_says(household: Household) -> None:
    plan = household.plan("child_in_need", "Ayo")
    states = [household.read(plan).state]
    outcome(household, plan)
    make_version(by=household.jane, plan=plan, at=AT)
    states.append(household.read(plan).state)
    hold_review(by=household.jane, plan=plan, held_on=FIRST, text="It helps.", at=AT)
    states.append(household.read(plan).state)
    make_version(by=household.jane, plan=plan, at=AT)
    states.append(household.read(plan).state)
    take_off_plan(by=household.fay, plan=plan, child=household["Ayo"], to_on=FIRST, reason="Reached", at=AT)
    states.append(household.read(plan).state)
    acts = ["make_version", "hold_review", "make_version", "take_off_plan"]
    said = ["drawn_up"]
    for act in acts:
        said.append(MOVES[said[-1]][act][0])
    assert states == said
    assert set(states) == set(STATES)


def test_a_version_keeps_a_passage_for_each_thing_that_the_plan_says(household: Household) -> None:
    plan = household.plan()
    root = outcome(household, plan, child=household["Chi"], childs_words="No shouting", how_we_know="Chi sleeps")
    outcome(household, plan, "The rent is paid")
    agree_action(
        by=household.jane, plan=plan, outcome=root, what="Bedtime at seven", who="Grandma Ife", why="Chi is tired",
        by_when=FIRST + 7 * DAY, post=None, at=AT,
    )  # fmt: skip
    set_terms(by=household.jane, plan=plan, contingency="Ife stays over", further_action="If Chi is hurt", at=AT)
    entry = make_version(
        by=household.jane, plan=plan, at=AT,
        signatures=[
            SignatureGiven("Ngozi Okafor", household["Ngozi"], "mother", signed_on=FIRST),
            SignatureGiven("Dayo Okafor", household["Dayo"], "father", not_signed_because="He is at sea"),
        ],
    )  # fmt: skip
    with acting(household.jane.id):
        words = {(one.heading, one.text): set(one.about) for one in get_entry(entry).passages}
    assert words["outcome", "We eat together\n\nHow we shall know: Chi sleeps"] == {household["Chi"]}
    assert words["child_words", "No shouting"] == {household["Chi"]}
    assert words["outcome", "The rent is paid"] == set(household.children())
    assert words["action", "Bedtime at seven. Grandma Ife, by 9 March 2026. Why: Chi is tired"] == {household["Chi"]}
    assert {heading for heading, _ in words} >= {"contingency", "further_action"}
    sign(by=household.jane, version=entry, name="Emeka Okafor", person=household["Emeka"], signed_on=FIRST, at=AT)
    [version] = household.read(plan).versions
    assert [one.name for one in version.signatures] == ["Ngozi Okafor", "Dayo Okafor", "Emeka Okafor"]
    assert version.signatures[1].not_signed_because == "He is at sea"


def test_an_empty_plan_is_not_made_a_version(household: Household) -> None:
    with pytest.raises(Refusal, match="what is to be different"):
        make_version(by=household.jane, plan=household.plan(), at=AT)


def test_what_changed_after_a_version_is_said(household: Household) -> None:
    plan = household.plan()
    root = outcome(household, plan)
    assert not household.read(plan).changed_since_version
    make_version(by=household.jane, plan=plan, at=AT)
    assert not household.read(plan).changed_since_version
    reword_outcome(by=household.jane, outcome=root, words="We eat together each day", at=AT + DAY)
    assert household.read(plan).changed_since_version


def test_an_action_agreed_after_a_version_is_a_change_and_its_doing_is_none(household: Household) -> None:
    plan = household.plan()
    step = agree_action(by=household.jane, plan=plan, what="Ring", who="Jane", post=None, at=AT)
    make_version(by=household.jane, plan=plan, at=AT)
    finish_step(by=household.jane, step=step, outcome="Rang", at=AT + DAY)
    view = household.read(plan)
    assert not view.changed_since_version
    assert [one.done for one in view.actions] == ["Rang"]
    agree_action(by=household.jane, plan=plan, what="Write", who="Jane", post=None, at=AT + DAY)
    assert household.read(plan).changed_since_version


def test_progress_stays_with_an_outcome_that_is_reworded(household: Household) -> None:
    plan = household.plan()
    root = outcome(household, plan)
    for day, scale, words in ((0, 3, ""), (28, None, "Ayo would not say"), (14, 5, "Better")):
        hold_review(
            by=household.jane, plan=plan, held_on=FIRST + day * DAY, text="We met.",
            progress=[ProgressGiven(root, scale, words)], at=BEGIN + 40 * DAY,
        )  # fmt: skip
    reword_outcome(by=household.jane, outcome=root, words="We eat together each day", at=BEGIN + 41 * DAY)
    with acting(household.jane.id):
        assert [(one.scale, one.words) for one in progress_of(plan)[root]] == [
            (None, "Ayo would not say"),
            (5, "Better"),
            (3, ""),
        ]


def test_progress_off_the_scale_is_refused_and_nothing_said_is_nothing_kept(household: Household) -> None:
    plan = household.plan()
    root = outcome(household, plan)
    with pytest.raises(Refusal, match="0, as bad as it could be"):
        hold_review(
            by=household.jane, plan=plan, held_on=FIRST, text="We met.", progress=[ProgressGiven(root, 11)], at=AT
        )
    hold_review(by=household.jane, plan=plan, held_on=FIRST, text="We met.", progress=[ProgressGiven(root)], at=AT)
    with acting(household.jane.id):
        assert progress_of(plan) == {}


def test_two_who_change_one_outcome_lose_neither_text(household: Household) -> None:
    plan = household.plan()
    root = outcome(household, plan)
    [read] = household.read(plan).outcomes
    reword_outcome(by=household.fay, outcome=root, standing=read.id, words="Supper at six", at=AT)
    with pytest.raises(Stale) as stale:
        reword_outcome(by=household.jane, outcome=root, standing=read.id, words="Breakfast too", at=AT)
    assert (stale.value.theirs, stale.value.yours) == ("Supper at six", "Breakfast too")
    end_outcome(by=household.fay, outcome=root, because="Reached", at=AT)
    with pytest.raises(Stale, match="Both texts"):
        reword_outcome(by=household.jane, outcome=root, words="Breakfast too", at=AT)


def test_two_who_set_the_terms_lose_neither_text(household: Household) -> None:
    plan = household.plan()
    read = set_terms(by=household.jane, plan=plan, contingency="Ife stays", at=AT)
    set_terms(by=household.fay, plan=plan, contingency="Ngozi rings us", standing=read, at=AT)
    with pytest.raises(Stale) as stale:
        set_terms(by=household.jane, plan=plan, contingency="Dayo comes", standing=read, at=AT)
    assert (stale.value.theirs, stale.value.yours) == ("Ngozi rings us", "Dayo comes")


def test_two_who_set_the_first_terms_lose_neither_text(household: Household) -> None:
    plan = household.plan()
    set_terms(by=household.fay, plan=plan, contingency="Ngozi rings us", at=AT)
    with pytest.raises(Stale) as stale:
        set_terms(by=household.jane, plan=plan, contingency="Dayo comes", standing=None, at=AT)
    assert (stale.value.theirs, stale.value.yours) == ("Ngozi rings us", "Dayo comes")


def test_an_action_is_anybodys_to_do_and_a_posts_to_see_to(household: Household) -> None:
    plan = household.plan("early_help", "Chi")
    step = agree_action(by=household.jane, plan=plan, what="Cook on Sundays", who="Grandma Ife", post=None, at=AT)
    [action] = household.read(plan).actions
    assert (action.who, action.post) == ("Grandma Ife", household.world.posts["family-1"])
    with acting(household.jane.id):
        assert step in {one.id for one in list_steps_for([household["Chi"]])}


def test_whose_agreement_is_missing_is_shown(household: Household) -> None:
    plan = household.plan("early_help")
    missing = {one.person for one in household.read(plan).missing_agreements}
    assert missing == {household[name] for name in ("Ngozi", "Dayo", "Emeka", "Ayo")}
    record_agreement(by=household.jane, plan=plan, person=household["Ngozi"], said="agreed", said_on=FIRST, at=AT)
    record_agreement(
        by=household.jane, plan=plan, person=household["Ngozi"], said="withdrawn", words="It is too much",
        said_on=FIRST + DAY, at=AT + DAY,
    )  # fmt: skip
    # Recorded last, and said first.
    record_agreement(by=household.jane, plan=plan, person=household["Ngozi"], said="agreed", said_on=FIRST, at=AT + DAY)
    said = {one.person: one.said for one in household.read(plan).agreements}
    assert said[household["Ngozi"]] == "withdrawn"
    assert household["Ngozi"] not in {one.person for one in household.read(plan).missing_agreements}


def test_not_asked_needs_its_reason(household: Household) -> None:
    plan = household.plan("early_help")
    with pytest.raises(Refusal, match="why they were not asked"):
        record_agreement(by=household.jane, plan=plan, person=household["Dayo"], said="not_asked", said_on=FIRST, at=AT)


def test_somebody_of_another_agency_may_lead_and_a_post_of_ours_carries(household: Household) -> None:
    plan = household.plan("early_help", "Chi")
    set_lead(by=household.jane, plan=plan, lead_agency_post=household.world.school_lead, lead_name="Mr Hale", at=AT)
    view = household.read(plan)
    assert (view.lead.agency, view.lead.name) == ("Weir Primary School", "Mr Hale")
    assert view.post == household.world.posts["family-1"]


def test_a_child_is_taken_off_while_the_others_stay(household: Household) -> None:
    plan = household.plan()
    own = outcome(household, plan, child=household["Chi"])
    entry = take_off_plan(
        by=household.fay, plan=plan, child=household["Chi"], to_on=FIRST + 9 * DAY, reason="Lives with Emeka",
        at=BEGIN + 9 * DAY,
    )  # fmt: skip
    view = household.read(plan)
    assert view.to_on is None
    assert set(view.line.children) == set(household.children("Ayo", "Bim"))
    assert [one.ended_because for one in view.outcomes if one.root == own] == ["Lives with Emeka"]
    with acting(household.jane.id):
        assert plan not in {one.id for one in list_steps_about(person=household["Chi"])}
        assert plan in {one.id for one in list_steps_about(person=household["Bim"])}
        assert list_timeline(person=household["Chi"]).entries[0].id == entry
        assert {one.child for one in clocks_of(household.children(), at=BEGIN + 10 * DAY)} == {
            *household.children("Ayo", "Bim"),
            None,
        }


def test_the_last_child_off_ends_the_plan_and_its_clocks(household: Household) -> None:
    plan = household.plan("child_in_need", "Ayo", "Bim")
    for name in ("Ayo", "Bim"):
        take_off_plan(by=household.fay, plan=plan, child=household[name], to_on=FIRST, reason="Reached", at=AT)
    view = household.read(plan)
    assert (view.state, view.to_on, view.next_review_due) == ("ended", FIRST, None)
    with acting(household.jane.id):
        assert clocks_of(household.children(), at=AT) == []
        assert list_plans(household.children()) == []
        assert [one.plan for one in list_plans(household.children(), only_open=False)] == [plan]
        with pytest.raises(NotFound):
            get_step(plan)


def test_a_review_is_recorded_after_the_plan_ended_about_whoever_was_on_it_then(household: Household) -> None:
    plan = household.plan("child_in_need", "Ayo", "Bim")
    take_off_plan(by=household.fay, plan=plan, child=household["Bim"], to_on=FIRST + 5 * DAY, reason="Reached",
                  at=BEGIN + 5 * DAY)  # fmt: skip
    take_off_plan(by=household.fay, plan=plan, child=household["Ayo"], to_on=FIRST + 20 * DAY, reason="Reached",
                  at=BEGIN + 20 * DAY)  # fmt: skip
    for day, names in ((3, ("Ayo", "Bim")), (10, ("Ayo",))):
        entry = hold_review(
            by=household.jane, plan=plan, held_on=FIRST + day * DAY, text="We met.", late_because="Illness",
            at=BEGIN + 30 * DAY,
        )  # fmt: skip
        with acting(household.jane.id):
            assert {one.person for one in get_entry(entry).subjects} == set(household.children(*names))


def test_a_baby_joins_a_plan_that_goes_on(household: Household) -> None:
    plan = household.plan("child_in_need", "Ayo", "Bim")
    add_child(by=household.jane, plan=plan, child=household["Chi"], from_on=FIRST + 3 * DAY, at=BEGIN + 4 * DAY)
    assert set(household.read(plan).line.children) == set(household.children())
    with acting(household.jane.id):
        assert plan in {one.id for one in list_steps_about(person=household["Chi"])}


def test_taken_off_by_mistake_a_child_is_put_on_again_as_of_the_same_day(household: Household) -> None:
    plan = household.plan("early_help")
    take_off_plan(by=household.jane, plan=plan, child=household["Chi"], to_on=FIRST, reason="Mistake", at=AT)
    add_child(by=household.jane, plan=plan, child=household["Chi"], from_on=FIRST, at=AT)
    assert household["Chi"] in household.read(plan).line.children
    with acting(household.jane.id):
        assert plan in {one.id for one in list_steps_about(person=household["Chi"])}


def test_days_typed_wrongly_are_put_right_and_what_is_due_follows(household: Household) -> None:
    plan = household.plan("child_in_need", "Ayo", "Bim", began_on=FIRST)
    correct_days(
        by=household.jane, plan=plan, child=household["Ayo"], from_on=FIRST - 20 * DAY, reason="February, not March",
        at=AT,
    )  # fmt: skip
    view = household.read(plan)
    assert view.began_on == FIRST - 20 * DAY
    assert view.next_review_due == end_of_day(FIRST - 20 * DAY + timedelta(weeks=6))
    with acting(household.jane.id):
        [words] = list_timeline(person=household["Ayo"]).entries[0].passages
    assert words.text == (
        "Child in need plan from 10 February 2026. Recorded before as: Child in need plan from 2 March 2026. "
        "Because: February, not March"
    )


def test_days_are_not_put_right_on_to_days_of_another_plan(household: Household) -> None:
    before = household.plan("child_in_need", "Ayo")
    take_off_plan(by=household.fay, plan=before, child=household["Ayo"], to_on=FIRST + 9 * DAY, reason="Better",
                  at=BEGIN + 9 * DAY)  # fmt: skip
    plan = household.plan("child_in_need", "Ayo", began_on=FIRST + 20 * DAY)
    with pytest.raises(Refusal, match="Ayo Okafor is on a child in need plan from 2 March 2026 to 11 March 2026"):
        correct_days(
            by=household.jane, plan=plan, child=household["Ayo"], from_on=FIRST + 8 * DAY, reason="Earlier",
            at=BEGIN + 30 * DAY,
        )  # fmt: skip
    with pytest.raises(NotPermitted):
        correct_days(
            by=household.jane, plan=before, child=household["Ayo"], from_on=FIRST, to_on=FIRST + 8 * DAY,
            reason="Earlier", at=BEGIN + 30 * DAY,
        )  # fmt: skip
    correct_days(
        by=household.fay, plan=before, child=household["Ayo"], from_on=FIRST, to_on=FIRST + 8 * DAY,
        reason="Earlier", at=BEGIN + 30 * DAY,
    )  # fmt: skip
    assert household.read(before).to_on == FIRST + 8 * DAY


def test_whoever_corrects_one_childs_day_leaves_a_hidden_childs_alone(household: Household) -> None:
    """Kit reads Chi alone: the plan still began when Bim came on to it."""
    plan = household.plan("early_help", "Bim", "Chi")
    correct_days(
        by=household.kit, plan=plan, child=household["Chi"], from_on=FIRST + 2 * DAY, reason="Later", at=BEGIN + 5 * DAY
    )
    assert household.read(plan).began_on == FIRST


@pytest.mark.parametrize(("kind", "sentence"), [("child_in_need", "A manager"), ("protection", "review conference")])
def test_a_worker_does_not_end_what_a_manager_or_a_conference_ends(
    household: Household, kind: str, sentence: str
) -> None:
    plan = household.plan(kind, "Ayo")
    with pytest.raises(NotPermitted, match=sentence):
        take_off_plan(by=household.jane, plan=plan, child=household["Ayo"], to_on=FIRST, reason="Better", at=AT)
    assert household.read(plan).to_on is None


def test_a_plan_that_was_over_before_it_was_recorded_leaves_no_step_open(household: Household) -> None:
    plan = make_plan(
        by=household.jane, kind="early_help", children=household.children("Bim"), began_on=FIRST - 90 * DAY,
        ended_on=FIRST - 30 * DAY, end_reason="Moved school", post=household.world.posts["family-1"], at=AT,
    )  # fmt: skip
    with acting(household.jane.id):
        assert list_steps_for(household.children("Bim")) == []
        assert get_plan(plan).to_on == FIRST - 30 * DAY


@pytest.mark.parametrize("what", ["line", "whole", "clocks"])
def test_reading_costs_the_same_for_one_as_for_three(household: Household, what: str) -> None:
    def fill(plan: UUID, children: list[str]) -> None:
        for name in children:
            root = outcome(household, plan, child=household[name])
            agree_action(by=household.jane, plan=plan, outcome=root, what="Ring", who="Jane", post=None, at=AT)
        make_version(by=household.jane, plan=plan, at=AT, signatures=[SignatureGiven("A"), SignatureGiven("B")])
        for _ in children:
            hold_review(by=household.jane, plan=plan, held_on=FIRST, text="We met.", at=AT)

    def cost(children: list[UUID], plan: UUID) -> int:
        asked = {
            "line": lambda: list_plans(children),
            "whole": lambda: get_plan(plan),
            "clocks": lambda: clocks_of(children, at=AT),
        }
        with acting(household.jane.id), CaptureQueriesContext(connection) as found:
            assert asked[what]()
        return len(found)

    one = household.plan("early_help", "Bim")
    fill(one, ["Bim"])
    small = cost([household["Bim"]], one)
    three = household.plan()
    fill(three, ["Ayo", "Bim", "Chi"])
    assert cost(household.children(), three) == small
