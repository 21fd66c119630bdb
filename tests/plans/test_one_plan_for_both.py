"""Family Help: one plan for early help and for children in need, of which only the child's place says which it is."""

from datetime import timedelta

import pytest

from sightline.doorway.acts import acting
from sightline.journeys.plan_help import ask_to_step, make_plan, step_down, step_up
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.plans.operations import add_outcome
from sightline.record.queries import get_open_episodes
from tests.packs.in_force import put_in_force
from tests.plans.household import BEGIN, FIRST, Household, later

WEEK = timedelta(days=7)
AT = later(FIRST + WEEK)


def test_one_of_them_is_in_need_from_a_day_and_the_plan_goes_on(household: Household) -> None:
    put_in_force("england-2026", at=BEGIN)
    plan = household.plan("early_help")
    aim = add_outcome(by=household.jane, plan=plan, words="Breakfast", child=household["Bim"], at=later(FIRST))
    bim = [household["Bim"]]
    moved = step_up(by=household.jane, plan=plan, children=bim, reason="No warm meal", on=FIRST + WEEK, at=AT)
    found = household.read(plan)
    assert (moved, found.line.title, found.kind) == (plan, "Family Help plan", "child_in_need")
    assert found.line.in_need == {household["Bim"]: FIRST + WEEK}
    assert [one.root for one in found.outcomes if one.to_at is None] == [aim]
    assert set(found.line.children) == set(household.children())
    with acting(household.world.accounts["Jane Smith"]):
        assert get_open_episodes(bim)[household["Bim"]].opened_on == FIRST + WEEK
    # And a manager decides that it is early help again
    with pytest.raises(NotPermitted):
        step_down(by=household.jane, plan=plan, children=bim, reason="Well again", at=AT)
    assert step_down(by=household.fay, plan=plan, children=bim, reason="Well again", at=AT + WEEK) == plan
    again = household.read(plan)
    assert (again.kind, again.line.in_need, again.to_on) == ("early_help", {}, None)
    places = [(one.kind, one.from_on, one.to_on) for one in again.children if one.child == household["Bim"]]
    assert [kind for kind, _, _ in places] == ["early_help", "child_in_need", "early_help"]
    assert places[0][2] == places[1][1]
    assert places[1][2] == places[2][1]


def test_on_its_first_day_too_and_never_a_second_plan(household: Household) -> None:
    put_in_force("england-2026", at=BEGIN)
    plan = household.plan("early_help", "Bim")
    step_up(by=household.jane, plan=plan, children=[household["Bim"]], reason="So said the nurse", at=later(FIRST))
    assert household.read(plan).line.in_need == {household["Bim"]: FIRST}
    with pytest.raises(Refusal, match="on a Family Help plan already"):
        make_plan(
            by=household.jane, kind="early_help", children=[household["Bim"]], began_on=FIRST, at=later(FIRST),
            post=household.world.posts["family-1"],
        )  # fmt: skip


def test_those_who_need_the_same_are_asked_for_together(household: Household) -> None:
    put_in_force("england-2026", at=BEGIN)
    plan = household.plan("early_help")
    step_up(by=household.jane, plan=plan, children=[household["Bim"]], reason="No warm meal", at=later(FIRST))
    with pytest.raises(Refusal, match="helped differently"):
        ask_to_step(
            by=household.jane, plan=plan, children=household.children("Bim", "Chi"), reason="Both", at=later(FIRST)
        )
