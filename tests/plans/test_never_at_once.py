"""A child in need plan and a protection plan never overlap for one child: in words, and in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.access.operations import declare_conflict
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.plan_help import make_plan
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.plans import standing
from sightline.plans.models import PlanChild
from sightline.plans.operations import add_child, take_off_plan
from sightline.plans.permissions import NOT_WORKING_WITH
from sightline.record.permissions import refuse_unless_may_write
from tests.journeys.world import BEGIN
from tests.plans.household import DAY, FIRST, Household

AT = BEGIN + timedelta(days=100)
NEED, PROTECTION, EARLY = "child_in_need", "protection", "early_help"


@pytest.mark.parametrize(("first", "second"), [(NEED, PROTECTION), (PROTECTION, NEED), (NEED, NEED), (EARLY, EARLY)])
def test_the_refusal_names_the_child_the_plan_and_who_carries_it(household: Household, first: str, second: str) -> None:
    household.plan(first, "Bim")
    with pytest.raises(Refusal) as refused:
        household.plan(second, "Ayo", "Bim", began_on=FIRST + 5 * DAY)
    for words in ("Bim Okafor", "plan from 2 March 2026", "Jane Smith"):
        assert words in refused.value.message
    assert refused.value.field == "children"


@pytest.mark.parametrize("second", [NEED, PROTECTION])
def test_early_help_may_go_on_beside_a_plan_of_another_kind(household: Household, second: str) -> None:
    household.plan(EARLY, "Bim")
    household.plan(second, "Bim")


def test_one_begins_on_the_day_on_which_the_other_ended(household: Household) -> None:
    plan = household.plan(NEED, "Bim")
    take_off_plan(by=household.fay, plan=plan, child=household["Bim"], to_on=FIRST + 9 * DAY, reason="Worse", at=AT)
    household.plan(PROTECTION, "Bim", began_on=FIRST + 9 * DAY, at=AT)


def test_a_child_who_joins_a_plan_is_asked_for_the_same(household: Household) -> None:
    household.plan(PROTECTION, "Chi")
    plan = household.plan(NEED, "Ayo")
    with pytest.raises(Refusal, match="Chi Okafor is on a child protection plan"):
        add_child(by=household.jane, plan=plan, child=household["Chi"], from_on=FIRST, at=AT)


def test_a_plan_of_a_child_whom_one_may_not_read_is_not_given_away(household: Household) -> None:
    """The same words with a plan as without: for the child who has none, and for the child who has one."""
    household.plan(PROTECTION, "Bim")
    said = set()
    for name in ("Ayo", "Bim"):
        with pytest.raises(NotPermitted) as refused:
            make_plan(
                by=household.kit, kind=NEED, children=household.children(name, "Chi"), began_on=FIRST,
                post=household.world.posts["long-term-1"], at=AT,
            )  # fmt: skip
        said.add(refused.value.message)
    assert said == {NOT_WORKING_WITH}


def test_a_plan_that_became_hidden_meanwhile_is_refused_as_whoever_it_is_about_would_be(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer is kept away from the child between the question and the writing: the database still refuses."""
    household.plan(PROTECTION, "Bim")
    jane, asked, refuse = household.jane, 0, standing.refuse_overlap

    def kept_away(*given: Any, **named: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            _keep_away(household)
            set_actor(jane.id)
        else:
            refuse(*given, **named)

    monkeypatch.setattr(standing, "refuse_overlap", kept_away)
    with pytest.raises(NotPermitted) as refused:
        household.plan(NEED, "Bim")
    assert asked == 2
    _keep_away(household)
    with acting(jane.id), pytest.raises(NotPermitted) as hidden:
        refuse_unless_may_write(jane, household.children("Bim"))
    assert hidden.value.message == refused.value.message == NOT_WORKING_WITH


def _keep_away(household: Household) -> None:
    admin = household.world.admin.id
    with acting(admin):
        declare_conflict(person=household["Bim"], against=household.jane.id, reviewer=admin, reason="Cousin", at=BEGIN)


# --- any periods --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    kind: str
    begins: int
    ends: int | None

    def days(self) -> set[int]:
        return set(range(self.begins, self.ends if self.ends is not None else 60))


PERIODS = st.builds(
    lambda kind, begins, length: Period(kind, begins, None if length is None else begins + length),
    st.sampled_from([NEED, PROTECTION]),
    st.integers(0, 30),
    st.none() | st.integers(0, 20),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(periods=st.lists(PERIODS, min_size=2, max_size=6))
def test_whatever_is_recorded_in_any_order_no_day_is_on_two_plans(household: Household, periods: list[Period]) -> None:
    """Said again as sets of days: what shares a day with what stands is refused, and all else is kept."""
    save = transaction.savepoint()
    taken: set[int] = set()
    for period in periods:
        if period.days() & taken:
            with pytest.raises(Refusal):
                _record(household, period)
            with pytest.raises(IntegrityError), transaction.atomic():
                _straight_into_the_table(household, period)
        else:
            _record(household, period)
            taken |= period.days()
    transaction.savepoint_rollback(save)


def _day(number: int | None) -> date | None:
    return None if number is None else FIRST + number * DAY


def _record(household: Household, period: Period) -> UUID:
    by = household.world.actor("Obi Watcher") if period.kind == PROTECTION else household.fay
    return make_plan(
        by=by, kind=period.kind, children=household.children("Bim"), began_on=FIRST + period.begins * DAY,
        ended_on=_day(period.ends), end_reason="Over", post=household.world.posts["family-1"], at=AT,
    )  # fmt: skip


def _straight_into_the_table(household: Household, period: Period) -> None:
    """Past every question that is asked in words."""
    with acting(household.jane.id):
        plan = PlanChild.objects.filter(child_id=household["Bim"]).values_list("plan", flat=True)[0]
        PlanChild.objects.create(
            plan_id=plan, child_id=household["Bim"], kind=period.kind, from_on=_day(period.begins),
            to_on=_day(period.ends), recorded_at=AT,
        )  # fmt: skip
