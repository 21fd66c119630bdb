"""The page of a child protection plan: since when, from what, what is due, and who was heard."""

from uuid import UUID

import pytest

from sightline.doorway.acts import acting
from sightline.kernel.london import local_day
from sightline.plans.operations import hold_review, set_category
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words
from tests.web.plans.conftest import JACK, ROSIE, Made, Maker, let_chair_see


@pytest.fixture
def protection(make: Maker) -> Made:
    return make("protection")


def name(made: Made, child: str, main: str, *others: str) -> None:
    universe = made.universe
    with acting(universe.who("winston").id):
        set_category(
            by=universe.who("winston"), plan=made.plan, child=universe.person(child), main=main, others=others,
            from_on=local_day(universe.at), at=universe.at,
        )  # fmt: skip


def meet(made: Made, kind: str) -> UUID:
    by, at = made.universe.who("jane"), made.universe.at
    with acting(by.id):
        return hold_review(by=by, plan=made.plan, kind=kind, held_on=local_day(at), text="We met.", at=at)


def test_it_says_since_when_from_what_and_by_when_each_meeting_and_visit_is_due(
    protection: Made, sign_in: SignIn
) -> None:
    name(protection, ROSIE, "NEG", "EMO")
    said = words(sign_in("jane").get(protection.tab(ROSIE)))
    for part in (
        "On the plan since", "Main category Neglect; also emotional abuse (since", "Review conference by Due in",
        "Core group by Due in", "Visit by Due in",
    ):  # fmt: skip
        assert part in said, part
    assert said.index("Review conference by") < said.index("By which rules")
    assert "chapter 3: within 10 working days of the conference" in said.split("By which rules", 1)[1]


def test_a_category_that_nobody_has_named_is_said_to_be_missing(protection: Made, sign_in: SignIn) -> None:
    assert "Not named yet: the chair of the conference names it" in words(sign_in("jane").get(protection.tab(JACK)))


def test_the_history_of_the_category_stands_beside_what_stands_now(protection: Made, sign_in: SignIn) -> None:
    page = sign_in("jane")
    name(protection, ROSIE, "NEG")
    assert "Main category, now and before" not in words(page.get(protection.tab(ROSIE)))
    name(protection, ROSIE, "PHY")
    said = words(page.get(protection.tab(ROSIE))).split("Main category, now and before", 1)[1]
    assert said.index("Physical abuse") < said.index("Neglect")
    assert "Put right the same day" in said
    assert "Main category, now and before" not in words(page.get(protection.tab(JACK)))


def test_the_point_at_which_the_authority_goes_to_court_has_a_label_of_its_own(
    protection: Made, sign_in: SignIn
) -> None:
    page = sign_in("jane")
    said = words(page.get(protection.tab(ROSIE)))
    assert "The point at which the authority goes to court Two mornings in one week without breakfast." in said
    assert "At what point does the authority go to court?" in words(page.get(protection.url(ROSIE, "/change")))


def test_another_kind_of_plan_goes_on_as_it_was(make: Maker, sign_in: SignIn) -> None:
    page, made = sign_in("jane"), make()
    said = words(page.get(made.tab(ROSIE)))
    for absent in ("Main category", "Core group by", "to court", "Convene the review conference"):
        assert absent not in said
    assert "Review the plan" in said
    assert "to court" not in words(page.get(made.url(ROSIE, "/change")))


def test_core_groups_and_review_conferences_stand_in_one_table_by_what_they_were(
    protection: Made, sign_in: SignIn
) -> None:
    for kind in ("core_group", "conference"):
        meet(protection, kind)
    said = words(sign_in("jane").get(protection.tab(ROSIE))).split("Core groups and review conferences", 1)[1]
    assert "Core group" in said
    assert "Review conference" in said
    assert "The child's part" in said
    assert "The parents' part" in said


def test_it_leads_to_the_core_group_and_to_the_review_conference(protection: Made, sign_in: SignIn) -> None:
    answer = sign_in("jane").get(protection.tab(ROSIE)).content.decode()
    child, plan = protection.universe.person(ROSIE), protection.plan
    assert f"/person/{child}/plan/{plan}/core-group" in answer
    assert f"/person/{child}/conference/new?kind=review&amp;plan={plan}" in answer
    assert f"/people/{child}/plans/{plan}/review" not in answer


def test_the_page_of_a_review_leads_on_to_the_core_group(protection: Made, sign_in: SignIn) -> None:
    answer = sign_in("jane").get(protection.url(ROSIE, "/review"))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/core-group")


@pytest.mark.parametrize(("who", "offered"), [("jane", False), ("winston", True)])
def test_only_whoever_records_a_conference_is_offered_to_put_another_child_on_it(
    make: Maker,
    sign_in: SignIn,
    who: str,
    offered: bool,  # noqa: FBT001 (a column of the table above)
) -> None:
    made = make("protection", (ROSIE,))
    let_chair_see(made.universe, [made.universe.person(JACK)])
    said = words(sign_in(who).get(made.url(ROSIE, "/change")))
    assert ("Put another child on this plan" in said) is offered


def test_my_day_says_since_when_and_from_what_and_what_is_due(protection: Made, sign_in: SignIn) -> None:
    name(protection, ROSIE, "NEG")
    said = words(sign_in("jane").get("/my-day"))
    assert "On a child protection plan since" in said
    assert ": neglect" in said
    coming = said.split("Children you carry", 1)[0]
    assert "Core group" in coming
    assert "Review conference" in coming
    assert "Visit that the plan asks for" in coming
