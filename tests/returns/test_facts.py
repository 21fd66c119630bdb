"""What the database gives of a child for a census, and to whom it gives it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.assessments import importing as assessments
from sightline.doorway.acts import acting
from sightline.journeys.assess import begin_assessment
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.plans.operations import add_child, set_category, take_off_plan
from sightline.record.importing import EntryGiven, bring_in_entries
from sightline.record.operations import close_episode, open_episodes, open_step
from sightline.returns.facts import Exported, census_facts, facts_of
from sightline.returns.facts.rows import read_for_census
from sightline.workforce.operations import ensure_census_account
from tests.conferences.holding_case import HELD, Case, make_case
from tests.journeys.conftest import world
from tests.journeys.world import BEGIN
from tests.plans.conftest import household
from tests.plans.household import FIRST, Household
from tests.returns import census

__all__ = ["household", "world"]


def everybody(year: int = 2026) -> dict[UUID, Exported]:
    with acting(ensure_census_account().id):
        return {one.person: one for one in census_facts(year)}


def opened(home: Household, *names: str) -> dict[UUID, UUID]:
    return open_episodes(
        by=home.jane, children=home.children(*names), opened_on=FIRST, post=home.world.posts["family-1"], source="1A",
        need="N1", at=BEGIN,
    )  # fmt: skip


@pytest.fixture
def case(household: Household) -> Case:
    """Three children in need, and a conference on them that decided for a plan, without an enquiry before it."""
    opened(household)
    made = make_case(household)
    made.hold()
    return made


def test_a_conference_without_an_enquiry_stands_on_the_episode_and_its_plan_names_the_category(case):
    found = everybody()
    assert set(found) == set(case.home.children())
    for child in found.values():
        [episode] = child.child.episodes
        [plan] = episode.protection_plans
        assert episode.conference.value == plan.start.value == HELD.date()
        assert (plan.initial_category.raw, plan.latest_category.raw, plan.previous_plans.value) == ("NEG", "NEG", 0)
        assert child.left_out == ()


def test_whoever_asks_for_one_child_is_told_what_they_may_read_and_no_more(case):
    with acting(case.home.jane.id):
        told = facts_of(case.home["Ayo"], 2026)
    assert told is not None
    assert told.child == everybody()[case.home["Ayo"]].child
    with acting(case.home.kit.id):
        assert facts_of(case.home["Ayo"], 2026) is None
        assert facts_of(case.home["Chi"], 2026) is not None
    with acting(case.home.world.accounts["Una Spare"]):
        assert facts_of(case.home["Chi"], 2026) is None


def test_only_the_account_of_returns_is_told_of_everybody(case):
    for actor in (case.home.jane, case.home.fay, case.home.world.admin):
        with acting(actor.id):
            assert list(census_facts(2026)) == []
            assert not any(facts.children for facts in read_for_census(case.home.children()).values())
    with acting(None):
        assert list(census_facts(2026)) == []


def test_an_episode_that_closed_before_the_year_takes_its_child_out_of_it(household):
    episodes = opened(household, "Ayo", "Bim")
    at = BEGIN + timedelta(days=7)
    close_episode(
        by=household.fay, episode=episodes[household["Ayo"]], closed_on=at.date(), reason="RC1", at=at,
        accepted_because="Nothing is open.",
    )  # fmt: skip
    assert set(everybody(2026)) == set(household.children("Ayo", "Bim"))
    assert set(everybody(2027)) == set(household.children("Bim"))


def assessed_elsewhere(home: Household, name: str, since: date) -> None:
    """An assessment that an earlier system left open, with the step that asks somebody to go on with it."""
    entry, post, row = new_id(), home.world.posts["family-1"], home[name]
    with acting(home.fay.id):
        bring_in_entries(
            by=home.fay, post=post, at=BEGIN, entries=[EntryGiven(entry, row, When.on(since), "cin-census:2026", "In.")]
        )
    step = open_step(by=home.fay, kind="assessment", post=post, people=[row], words="Go on", at=BEGIN)
    with acting(home.fay.id):
        assessments.bring_in_earlier(given=[assessments.EarlierGiven(new_id(), row, entry, step, since)], at=BEGIN)


def test_brothers_and_sisters_assessed_together_each_have_the_first_day_that_an_earlier_system_gave(household):
    opened(household, "Ayo", "Bim", "Chi")
    since = {"Ayo": FIRST, "Bim": FIRST + timedelta(days=2)}
    for name, day in since.items():
        assessed_elsewhere(household, name, day)
    at = BEGIN + timedelta(days=4)
    begin_assessment(by=household.jane, children=household.children("Ayo", "Bim"), why="", at=at)
    found = everybody()
    for name, day in since.items():
        [one] = found[household[name]].child.episodes[0].assessments
        assert one.start.value == day


def test_a_child_who_comes_off_a_protection_plan_and_on_again_has_the_categories_of_each_time(household):
    opened(household)
    plan, obi, ayo = household.plan("protection"), household.world.actor("Obi Watcher"), household["Ayo"]
    days = [FIRST + timedelta(days=number) for number in (0, 7, 14)]
    at = BEGIN + timedelta(days=20)
    set_category(by=obi, plan=plan, child=ayo, main="NEG", from_on=days[0], at=at)
    take_off_plan(by=obi, plan=plan, child=ayo, to_on=days[1], reason="It was safer.", at=at)
    add_child(by=obi, plan=plan, child=ayo, from_on=days[2], at=at)
    set_category(by=obi, plan=plan, child=ayo, main="EMO", from_on=days[2], at=at)
    first, second = everybody()[ayo].child.episodes[0].protection_plans
    assert (first.initial_category.raw, first.latest_category.raw) == ("NEG", "NEG")
    assert (second.initial_category.raw, second.latest_category.raw) == ("EMO", "EMO")


def test_a_child_of_an_import_that_was_undone_is_in_no_return(bring_in, staff):
    from sightline.journeys import import_census

    batch, _ = bring_in(census.make_file(census.child(census.episode())))
    assert [one.child.id for one in everybody(2027).values()] == ["C1"]
    import_census.undo(batch=batch, at=datetime.now(UTC))
    assert everybody(2027) == {}


def test_more_children_take_no_more_queries(bring_in, staff):
    counts = []
    for number in (1, 5):
        bring_in(
            census.make_file(*(census.child(census.episode(), number=f"C{number}{each}") for each in range(number)))
        )
        everybody(2027)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert everybody(2027)
        counts.append(len(queries))
    assert counts[0] == counts[1]
