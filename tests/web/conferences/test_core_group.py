"""A core group on one page: who was there, each view, each outcome, what was done; and the record shows it at once."""

import re
from uuid import UUID

import pytest
from django.test import Client

from sightline.conferences.queries import list_meetings
from sightline.doorway.acts import set_actor
from sightline.plans.queries import PlanView, get_plan, progress_of, protection_of
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words
from tests.web.conferences.conftest import CHAIR, WORKER, Chaired, key
from tests.web.conferences.held_case import LOWENNA, PERRAN, SCHOOL_SAID, Sat, sat


@pytest.fixture
def held(chaired: Chaired, sign_in: SignIn) -> Sat:
    """Rosie is on a protection plan since the conference of this morning."""
    found = sat(chaired)
    assert sign_in(CHAIR).post(found.url("outcome"), found.typed()).status_code == 302
    return found


@pytest.fixture
def jane(held: Sat, sign_in: SignIn) -> Client:
    return sign_in(WORKER)


def plan_of(held: Sat) -> PlanView:
    set_actor(held.chaired.universe.who(WORKER).id)
    return get_plan(protection_of([held.chaired.rosie])[held.chaired.rosie].plan)


def page_of(held: Sat, plan: UUID) -> str:
    return f"/person/{held.chaired.rosie}/plan/{plan}/core-group"


def typed(held: Sat, plan: PlanView, **more: str) -> dict[str, str]:
    rosie, mother = held.chaired.rosie, held.chaired.universe.person(LOWENNA)
    ours = min(held.chaired.universe.who(WORKER).posts)
    [outcome], [action] = plan.outcomes, plan.actions
    return {
        "key": key(), "person": str(rosie), "plan": str(plan.id), "text": "Breakfast, four days of five.",
        "parents": "Lowenna brought a list.", f"m{mother}-attendance": "there", f"m{mother}-view": "spoken",
        f"m{mother}-words": "It is easier now.", f"m{ours}-attendance": "there", f"m{ours}-view": "none",
        "others": "1", "other0-who": "Ann Bell, aunt", "other0-attendance": "apologies", "other0-view": "none",
        f"c{rosie}-part": "drawn", f"c{rosie}-words": "A picture of two plates.",
        f"p{outcome.root}-scale": "6", f"p{outcome.root}-words": "Four days of five.",
        f"a{action.step}-outcome": "She does it each night.", "more-actions": "1", "more-a0-what": "Rings the club",
        "more-a0-who": "Hannah Reyes",
    } | more  # fmt: skip


def test_a_core_group_is_recorded_on_one_page(held: Sat, jane: Client) -> None:
    plan = plan_of(held)
    assert " checked" not in jane.get(page_of(held, plan.id)).content.decode()
    answer = jane.post(page_of(held, plan.id), typed(held, plan))
    assert answer.status_code == 302, words(answer)
    after = plan_of(held)
    [progress] = progress_of(plan.id)[plan.outcomes[0].root]
    assert (progress.scale, progress.words) == (6, "Four days of five.")
    assert {one.what: one.closed_at is None for one in after.actions} == {
        "Puts it out the night before": False, "Rings the club": True,
    }  # fmt: skip
    assert [one.kind for one in after.reviews] == ["core_group"]
    assert [one.kind for one in list_meetings([held.chaired.rosie])].count("core_group") == 1


def test_a_core_group_that_is_sent_twice_is_recorded_once(held: Sat, jane: Client) -> None:
    plan = plan_of(held)
    body = typed(held, plan)
    assert jane.post(page_of(held, plan.id), body).status_code == 302
    assert jane.post(page_of(held, plan.id), body).status_code == 302
    assert len(plan_of(held).reviews) == 1


def test_what_is_refused_keeps_everything_typed(held: Sat, jane: Client) -> None:
    plan = plan_of(held)
    rosie = held.chaired.rosie
    body = typed(held, plan, **{"text": "", f"c{rosie}-part": "", "other0-who": ""})
    answer = jane.post(page_of(held, plan.id), body)
    said, drawn = words(answer), answer.content.decode()
    for sentence in ("Write what was said and decided.", "Say what part Rosie", "Say who this is."):
        assert sentence in said, sentence
    for kept in ("It is easier now.", "A picture of two plates.", "Four days of five.", "She does it each night."):
        assert kept in drawn, kept
    assert "You have begun this before" in words(jane.get(page_of(held, plan.id)))
    assert plan_of(held).reviews == ()


def test_a_stranger_is_answered_as_if_there_were_no_plan(held: Sat, sign_in: SignIn) -> None:
    plan = plan_of(held)
    assert sign_in("sanjay").get(page_of(held, plan.id)).status_code == 404


def test_the_record_shows_at_once_the_plan_what_was_said_and_what_was_done(held: Sat, jane: Client) -> None:
    said = words(jane.get(f"/people/{held.chaired.rosie}"))
    assert "Child protection plan: neglect (since" in said
    assert "review by" in said
    assert "Osier Lane Primary School" in said
    assert SCHOOL_SAID in said
    assert "The children need a child protection plan" in said
    assert "0 done, 2 to do" in said
    plan = plan_of(held)
    assert jane.post(page_of(held, plan.id), typed(held, plan)).status_code == 302
    assert "1 done, 2 to do" in words(jane.get(f"/people/{held.chaired.rosie}"))
    assert "Child protection plan" not in words(jane.get(f"/people/{held.chaired.jack}")).split("Latest")[0]


def test_whoever_the_chair_keeps_out_is_told_of_beside_their_name_and_is_no_member(held: Sat, jane: Client) -> None:
    father = held.chaired.universe.person(PERRAN)
    line = "Kept out of conferences by the chair since"
    assert line in words(jane.get(f"/people/{held.chaired.rosie}/around"))
    answer = jane.get(page_of(held, plan_of(held).id))
    assert f"m{father}-attendance" not in answer.content.decode()
    assert line in words(answer)
    assert "do not tell them when or where" in words(answer)


def test_those_who_came_to_the_conference_are_listed_first(held: Sat, jane: Client) -> None:
    drawn = jane.get(page_of(held, plan_of(held).id)).content.decode()
    listed = re.findall(r'name="m([0-9a-f-]{36})-attendance"', drawn)
    came = {str(held.chaired.universe.person(LOWENNA)), str(min(held.chaired.universe.who(WORKER).posts))}
    assert set(dict.fromkeys(listed[:2])) <= came | {str(held.chaired.school)}
