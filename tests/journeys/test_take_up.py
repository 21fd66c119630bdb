"""What an earlier system left open goes on here: a plan from its first day, an enquiry from the day it began."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.assessments import importing as assessments
from sightline.assessments.queries import list_earlier as earlier_assessments
from sightline.assessments.queries import list_open_rounds
from sightline.doorway.acts import acting
from sightline.enquiries import importing as enquiries
from sightline.enquiries.operations import say_how_earlier_ended
from sightline.enquiries.queries import get_enquiry
from sightline.enquiries.queries import list_earlier as earlier_enquiries
from sightline.journeys.assess import begin_assessment
from sightline.journeys.take_up import go_on_with_enquiry, take_up_plan
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.plans import importing as plans
from sightline.plans.queries import categories_of, clocks_of, list_earlier, list_plans, protection_of
from sightline.record.importing import EntryGiven, bring_in_entries
from sightline.record.operations import open_step
from sightline.record.queries import list_steps_for
from tests.journeys.conftest import world
from tests.journeys.world import BEGIN, World
from tests.plans.household import FIRST, Household

__all__ = ["world"]

DAY = timedelta(days=1)
AT = BEGIN + 20 * DAY
BEGAN, REVIEWED = FIRST - 200 * DAY, FIRST - 30 * DAY


@pytest.fixture
def household(okafors: Household, world: World) -> Household:
    return okafors


def told(household: Household, name: str, kind: str, words: str = "A plan stands there") -> tuple[UUID, UUID]:
    """The import's entry on a child's record, and the step that asks somebody to go on."""
    entry, post = new_id(), household.world.posts["family-manager"]
    with acting(household.fay.id):
        bring_in_entries(
            by=household.fay, post=post, at=AT,
            entries=[EntryGiven(entry, household[name], When.on(local_day(AT)), "cin-census:2026", "Brought in.")],
        )  # fmt: skip
    step = open_step(by=household.fay, kind=kind, post=post, people=[household[name]], words=words, at=AT)
    return entry, step


def plan_there(household: Household, name: str, **given: Any) -> UUID:
    entry, step = told(household, name, "make_plan")
    row = new_id()
    facts = {"kind": "protection", "from_on": BEGAN, "first_category": "NEG", "last_category": "EMO"} | given
    with acting(household.fay.id):
        plans.bring_in_earlier(given=[plans.EarlierGiven(row, household[name], entry, step, **facts)], at=AT)
    return row


def enquiry_there(household: Household, name: str) -> UUID:
    entry, step = told(household, name, "earlier_enquiry")
    row = new_id()
    with acting(household.fay.id):
        enquiries.bring_in_earlier(
            given=[enquiries.EarlierGiven(row, household[name], entry, step, FIRST - 5 * DAY)], at=AT
        )
    return row


def waiting(household: Household, kind: str, *names: str) -> list[UUID]:
    with acting(household.jane.id):
        return [one.id for one in list_steps_for(household.children(*names), kinds=[kind])]


def test_brothers_and_sisters_go_on_in_one_plan_each_from_their_own_first_day(household: Household) -> None:
    rows = [plan_there(household, "Bim", plans_before=2), plan_there(household, "Chi", from_on=BEGAN + DAY)]
    plan = take_up_plan(by=household.jane, earlier=rows, at=AT)
    with acting(household.jane.id):
        (line,) = list_plans(household.children("Bim", "Chi"))
        assert (line.plan, line.began_on) == (plan, BEGAN)
        assert {one.child: one.from_on for one in line.members} == {
            household["Bim"]: BEGAN, household["Chi"]: BEGAN + DAY,
        }  # fmt: skip
        assert all(one.taken_up for found in list_earlier(household.children()).values() for one in found)
        assert protection_of([household["Bim"]])[household["Bim"]].main == "EMO"
    assert not waiting(household, "make_plan", "Bim", "Chi")


def test_its_category_comes_along_and_changed_at_the_last_review_that_is_known(household: Household) -> None:
    take_up_plan(by=household.jane, earlier=[plan_there(household, "Bim", reviewed_on=(REVIEWED,))], at=AT)
    with acting(household.jane.id):
        latest, first = categories_of([household["Bim"]])[household["Bim"]]
    assert (first.main, first.from_on, first.to_on) == ("NEG", BEGAN, REVIEWED)
    assert (latest.main, latest.from_on, latest.to_on) == ("EMO", REVIEWED, None)


def test_its_clocks_run_from_the_latest_review_there_else_from_its_start(household: Household) -> None:
    take_up_plan(by=household.jane, earlier=[plan_there(household, "Bim", reviewed_on=(REVIEWED,))], at=AT)
    take_up_plan(by=household.jane, earlier=[plan_there(household, "Chi")], at=AT)

    def since(name: str) -> set[date]:
        with acting(household.jane.id):
            return {one.since_on for one in clocks_of([household[name]], at=AT)}

    assert since("Bim") == {REVIEWED}
    assert since("Chi") == {BEGAN}
    with acting(household.jane.id):
        assert {one.kind for one in clocks_of([household["Bim"]], at=AT)} == {"visit", "review", "core_group"}
        assert not any("core group on" in one.since for one in clocks_of([household["Bim"]], at=AT))


def test_nothing_goes_on_twice_ended_or_with_a_plan_of_ours_at_once(household: Household) -> None:
    first = plan_there(household, "Bim")
    take_up_plan(by=household.jane, earlier=[first], at=AT)
    with pytest.raises(Refusal, match="already"):
        take_up_plan(by=household.jane, earlier=[first], at=AT)
    with pytest.raises(Refusal, match="ended on"):
        take_up_plan(by=household.jane, earlier=[plan_there(household, "Chi", to_on=FIRST)], at=AT)
    rows = [plan_there(household, "Ayo"), plan_there(household, "Chi", kind="child_in_need")]
    with pytest.raises(Refusal, match="one kind"):
        take_up_plan(by=household.jane, earlier=rows, at=AT)
    household.plan("child_in_need", "Ayo")
    with pytest.raises(Refusal, match="never on both"):
        take_up_plan(by=household.jane, earlier=[plan_there(household, "Ayo")], at=AT)


def test_nobody_goes_on_with_a_plan_of_a_child_whom_they_may_not_see(household: Household) -> None:
    row = plan_there(household, "Bim")
    with pytest.raises(NotFound):
        take_up_plan(by=household.world.actor("Una Spare"), earlier=[row], at=AT)


def test_an_enquiry_left_open_there_goes_on_here_from_the_day_on_which_it_began(household: Household) -> None:
    row = enquiry_there(household, "Bim")
    step = go_on_with_enquiry(by=household.jane, earlier=row, why="The bruise is not explained.", at=AT)
    with acting(household.jane.id):
        assert local_day(get_enquiry(step).line.began_at) == FIRST - 5 * DAY
        assert earlier_enquiries([household["Bim"]])[household["Bim"]][0].step == step
    assert not waiting(household, "earlier_enquiry", "Bim")


def test_how_it_ended_is_said_once_and_with_one_answer(household: Household) -> None:
    row = enquiry_there(household, "Bim")
    with pytest.raises(NotPermitted):
        say_how_earlier_ended(by=household.kit, earlier=row, not_needed_because="Safe.", at=AT)
    with pytest.raises(Refusal, match="Say how it ended"):
        say_how_earlier_ended(by=household.jane, earlier=row, at=AT)
    with pytest.raises(Refusal, match="Check the two dates"):
        say_how_earlier_ended(by=household.jane, earlier=row, conference_on=FIRST - 9 * DAY, at=AT)
    say_how_earlier_ended(by=household.jane, earlier=row, conference_on=FIRST, at=AT)
    with pytest.raises(Refusal, match="known already"):
        say_how_earlier_ended(by=household.jane, earlier=row, not_needed_because="Safe.", at=AT)
    assert not waiting(household, "earlier_enquiry", "Bim")


def test_brothers_and_sisters_who_were_assessed_there_are_assessed_here_once_from_the_first_day(
    household: Household,
) -> None:
    for name in ("Bim", "Chi"):
        entry, step = told(household, name, "assessment", "Go on with the assessment")
        with acting(household.fay.id):
            given = [assessments.EarlierGiven(new_id(), household[name], entry, step, FIRST - 9 * DAY)]
            assessments.bring_in_earlier(given=given, at=AT)
    begin_assessment(by=household.jane, children=household.children("Bim", "Chi"), why="", at=AT)
    (step,) = waiting(household, "assessment", "Bim", "Chi")
    with acting(household.jane.id):
        (one,) = list_open_rounds(children=household.children())
        assert (one.id, one.started_on) == (step, FIRST - 9 * DAY)
        assert {found.step for rows in earlier_assessments(household.children()).values() for found in rows} == {step}
