"""A child who was known before birth is born: it is one child, and everything goes on."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.acts import acting
from sightline.journeys.birth import BirthGiven, child_born
from sightline.journeys.plan_help import begin_protection
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import end_of_day, local
from sightline.kernel.references import new_id
from sightline.kernel.working_days import add_working_days
from sightline.people.operations import register_person, relate
from sightline.people.queries import get_headers, list_names
from sightline.plans.operations import set_category
from sightline.plans.queries import clocks_of, list_plans, protection_of
from sightline.record.operations import open_episodes
from sightline.record.queries import get_open_episodes, list_notices, list_steps_for, list_timeline
from tests.journeys.world import BEGIN, World
from tests.plans.household import DAY, FIRST, Household, make_household

AT = BEGIN + 40 * DAY
BORN = FIRST + 35 * DAY


@pytest.fixture
def household(world: World) -> Household:
    """With a baby on the way, who is on a protection plan, and whom Jane carries."""
    made, baby = make_household(world), new_id()
    made.people["Baby"] = baby
    world.let_watch([baby], BEGIN)
    with acting(world.admin.id):
        give_sight(
            people=[baby], reader=world.teams["family"], because="test", because_of=None, at=BEGIN, sections=EVERYDAY
        )
    register_person(
        by=made.jane, person=baby, kind="child", given="Baby", family="Okafor", birth="expected",
        expected_date=FIRST + 30 * DAY, at=BEGIN,
    )  # fmt: skip
    relate(by=made.jane, person=made["Ngozi"], to=baby, kind="mother", at=BEGIN)
    open_episodes(by=made.jane, children=[baby], opened_on=FIRST, post=world.posts["family-1"], at=BEGIN)
    return made


def protect(household: Household) -> UUID:
    chair = household.world.actor("Obi Watcher")
    plan = begin_protection(
        by=chair, children=[household["Baby"]], began_on=FIRST, post=household.world.posts["family-1"], at=BEGIN
    )
    set_category(by=chair, plan=plan, child=household["Baby"], main="NEG", from_on=FIRST, at=BEGIN)
    return plan


def bear(household: Household, who: str = "Jane Smith", **changes: Any) -> UUID:
    given: dict[str, Any] = {"born_on": BORN, "sex": "F", "standing": "living"}
    return child_born(
        by=household.world.actor(who), child=household["Baby"], born=BirthGiven(**(given | changes)), at=AT
    )


def test_the_plan_the_category_and_the_clocks_go_on_with_the_born_child(household: Household) -> None:
    plan, baby = protect(household), household["Baby"]
    with acting(household.jane.id):
        before = {one.kind: one.due_at for one in clocks_of([baby], at=AT)}
        steps = {one.id for one in list_steps_for([baby])}
    bear(household)
    with acting(household.jane.id):
        after = {one.kind: one for one in clocks_of([baby], at=AT)}
        now = protection_of([baby])[baby]
        assert {one.id for one in list_steps_for([baby])} == steps
        assert [one.plan for one in list_plans([baby])] == [plan]
        assert baby in get_open_episodes([baby])
    assert (now.plan, now.main, now.since_on) == (plan, "NEG", FIRST)
    assert {kind: after[kind].due_at for kind in ("review", "core_group")} == {
        kind: before[kind] for kind in ("review", "core_group")
    }
    # The visits before were to the mother; the child is to be seen from the birth on.
    assert after["visit"].since == "since the birth on 6 April 2026"
    assert after["visit"].due_at == end_of_day(add_working_days(BORN, 10))


def test_a_birth_is_told_on_the_record_at_its_own_time(household: Household) -> None:
    bear(household, clock=time(4, 10), given="Seren", words="At Hallowby General. Both well.")
    with acting(household.jane.id):
        [said] = list_timeline(person=household["Baby"], kinds=["note"]).entries
    assert local(said.when.earliest).time() == time(4, 10)
    assert said.passages[0].text == (
        "Born on 6 April 2026 at 04:10. Name: Seren Okafor. Sex: female. Living.\n\nAt Hallowby General. Both well."
    )


def test_a_child_who_is_named_keeps_the_name_before_birth_as_a_former_one(household: Household) -> None:
    bear(household, given="Seren")
    with acting(household.jane.id):
        header = get_headers(people=[household["Baby"]])[household["Baby"]]
        kinds = {(one.given, one.kind) for one in list_names(person=household["Baby"])}
    assert (header.name, header.birth_date, header.expected_date) == ("Seren Okafor", BORN, FIRST + 30 * DAY)
    assert kinds == {("Seren", "legal"), ("Baby", "former")}


def test_a_child_without_a_name_yet_is_born_all_the_same(household: Household) -> None:
    bear(household)
    with acting(household.jane.id):
        assert get_headers(people=[household["Baby"]])[household["Baby"]].birth_date == BORN


@pytest.mark.parametrize(
    ("standing", "died_on", "expected"), [("stillborn", None, BORN), ("died", BORN + DAY, BORN + DAY)]
)
def test_a_child_who_has_died_is_visited_by_nobody_and_the_plan_waits_to_be_ended(
    household: Household, standing: str, died_on: date | None, expected: date
) -> None:
    protect(household)
    bear(household, standing=standing, died_on=died_on)
    with acting(household.jane.id):
        assert get_headers(people=[household["Baby"]])[household["Baby"]].death_date == expected
        assert "visit" not in {one.kind for one in clocks_of([household["Baby"]], at=AT)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"born_on": BORN + 30 * DAY}, "birth"),
        ({"standing": ""}, "standing"),
        ({"standing": "died"}, "died_on"),
        ({"standing": "died", "died_on": BORN - DAY}, "died_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(household: Household, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        bear(household, **changes)
    assert refused.value.field == field


def test_a_child_is_born_once_and_by_those_who_work_with_the_child(household: Household) -> None:
    with pytest.raises(NotPermitted):
        bear(household, "Kit Rowe")
    bear(household)
    with pytest.raises(Refusal, match="recorded as born already"):
        bear(household)


def test_whoever_carries_the_child_is_told_of_a_birth_that_another_recorded(household: Household) -> None:
    bear(household, "Fay Lund")
    with acting(household.jane.id):
        told = list_notices([household.world.posts["family-1"]])
    assert [one.person for one in told if one.kind == "child_born"] == [household["Baby"]]
