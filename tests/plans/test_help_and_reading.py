"""Help asked for is not help received; and who may read what of a plan that several children share."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day
from sightline.plans.models import Action, Agreement, Signature
from sightline.plans.operations import (
    ProgressGiven,
    SignatureGiven,
    add_outcome,
    agree_action,
    ask_service,
    hold_review,
    make_version,
    record_agreement,
    service_began,
    service_ended,
    service_not_coming,
    set_terms,
)
from sightline.plans.queries import ServiceLine, get_plan, list_plans, list_services, progress_of
from sightline.record.queries import get_entry, list_entries, list_steps_for, list_timeline
from sightline.recording.operations import finish_step
from tests.journeys.world import BEGIN
from tests.plans.household import DAY, FIRST, Household

AT = BEGIN + timedelta(hours=2)
LATE = BEGIN + timedelta(days=60)


def ask(household: Household, *names: str, what: str = "Parenting course", **more: Any) -> UUID:
    return ask_service(
        by=household.jane, children=household.children(*names), what=what, of_whom="Riverside family centre",
        asked_on=FIRST, post=household.world.posts["family-1"], at=AT, **more,
    )  # fmt: skip


def line(household: Household, step: UUID, name: str = "Chi") -> ServiceLine:
    with acting(household.jane.id):
        return next(one for one in list_services([household[name]]) if one.step == step)


def is_waiting(household: Household, step: UUID) -> bool:
    with acting(household.jane.id):
        return step in {one.id for one in list_steps_for(household.children())}


def test_help_is_asked_for_without_a_plan_and_waits_in_days(household: Household) -> None:
    step = ask(household, "Chi")
    found = line(household, step)
    assert (found.plan, found.standing) == (None, "asked")
    assert found.days_waiting(FIRST + 12 * DAY) == 12
    assert found.due_at == end_of_day(FIRST + timedelta(weeks=4))
    assert is_waiting(household, step)


def test_it_waits_until_somebody_says_that_it_began_and_who_said_so_stays(household: Household) -> None:
    step = ask(household, "Chi")
    with pytest.raises(Refusal, match="who told us"):
        service_began(by=household.jane, step=step, on=FIRST, said_by=" ", at=LATE)
    with pytest.raises(Refusal, match="not happened yet"):
        service_began(by=household.jane, step=step, on=FIRST + 90 * DAY, said_by="Ngozi", at=LATE)
    assert is_waiting(household, step)
    entry = service_began(by=household.jane, step=step, on=FIRST + 30 * DAY, said_by="Ngozi", at=LATE)
    found = line(household, step)
    assert (found.standing, found.began_said_by, found.days_waiting(FIRST + 40 * DAY)) == ("began", "Ngozi", None)
    assert not is_waiting(household, step)
    with acting(household.jane.id):
        [words] = get_entry(entry).passages
    assert "began on 1 April 2026, as Ngozi told us" in words.text


def test_it_is_not_coming_for_a_reason_and_may_begin_after_all(household: Household) -> None:
    step = ask(household, "Chi")
    with pytest.raises(Refusal, match="why this help is not coming"):
        service_not_coming(by=household.jane, step=step, because="", at=AT)
    service_not_coming(by=household.jane, step=step, because="The centre closed", at=LATE)
    assert line(household, step).standing == "not_coming"
    assert not is_waiting(household, step)
    service_began(by=household.jane, step=step, on=FIRST + 50 * DAY, said_by="The centre", at=LATE)
    assert line(household, step).standing == "began"
    with pytest.raises(Refusal, match="This help began"):
        service_not_coming(by=household.jane, step=step, because="No", at=LATE)
    service_ended(by=household.jane, step=step, on=FIRST + 55 * DAY, because="Finished", at=LATE)
    assert line(household, step).standing == "ended"


def test_help_nobody_said_began_may_be_said_to_have_ended(household: Household) -> None:
    step = ask(household, "Chi")
    service_ended(by=household.jane, step=step, on=FIRST + 5 * DAY, at=LATE)
    assert line(household, step).standing == "ended"
    assert not is_waiting(household, step)


def test_neither_a_plan_nor_waiting_help_is_finished_with_a_word(household: Household) -> None:
    for step in (ask(household, "Chi"), household.plan()):
        with pytest.raises(Refusal, match="plan"):
            finish_step(by=household.jane, step=step, outcome="Done", at=LATE)


def test_whoever_writes_on_a_record_asks_for_help_and_makes_no_plan(household: Household) -> None:
    duty, chi = household.world.actor("Dee Marlow"), household["Chi"]
    asking = {"children": [chi], "what": "A course", "asked_on": FIRST, "post": household.world.posts["duty"]}
    with pytest.raises(NotPermitted, match="You are not working with everybody"):
        ask_service(by=duty, at=AT, **asking)
    with acting(household.world.admin.id):
        give_sight(people=[chi], reader=duty.id, because="test", because_of=None, at=BEGIN)
    step = ask_service(by=duty, at=AT, **asking)
    service_began(by=duty, step=step, on=FIRST, said_by="Ngozi", at=AT)
    with pytest.raises(NotPermitted, match="workers who help a family"):
        make_plan(by=duty, kind="early_help", children=[chi], began_on=FIRST, at=AT)


# --- half-brothers and half-sisters -------------------------------------------------------------


@pytest.fixture
def shared(household: Household) -> UUID:
    """A plan for all three, with something for each; Kit reads Chi alone."""
    plan = household.plan()
    for name in ("Bim", "Chi"):
        root = add_outcome(
            by=household.jane, plan=plan, child=household[name], words=f"{name} sleeps", childs_words=f"{name} said",
            at=AT,
        )  # fmt: skip
        agree_action(
            by=household.jane, plan=plan, outcome=root, what=f"For {name}", who=f"Who for {name}", post=None,
            why=f"Why for {name}", at=AT,
        )  # fmt: skip
        hold_review(
            by=household.jane, plan=plan, held_on=FIRST, text="We met about all.",
            progress=[ProgressGiven(root, 4, f"{name} is better")], at=AT,
        )  # fmt: skip
    set_terms(by=household.jane, plan=plan, contingency="Ife stays over", at=AT)
    for name in ("Dayo", "Ngozi"):
        record_agreement(
            by=household.jane, plan=plan, person=household[name], said="agreed", words=f"{name} says yes",
            said_on=FIRST, at=AT,
        )  # fmt: skip
    make_version(
        by=household.jane, plan=plan, at=AT,
        signatures=[SignatureGiven(f"{name} Okafor", household[name]) for name in ("Dayo", "Ngozi")],
    )  # fmt: skip
    ask(household, "Bim", what="Help for Bim", plan=plan)
    ask(household, "Chi", what="Help for Chi", plan=plan)
    return plan


def everything_read(plan: UUID) -> str:
    view = get_plan(plan)
    entries = list_entries([*(one.entry for one in view.versions), *(one.entry for one in view.reviews)])
    words = [one.text for entry in entries.values() for one in entry.passages]
    return "\n".join([repr(view), repr(progress_of(plan)), *words])


def test_whoever_reads_one_child_reads_nothing_that_is_about_another(household: Household, shared: UUID) -> None:
    with acting(household.kit.id):
        read = everything_read(shared)
    for theirs in ("Chi sleeps", "Chi said", "For Chi", "Who for Chi", "Chi is better", "Help for Chi", "Ngozi says"):
        assert theirs in read
    for hidden in ("Bim", "Dayo", str(household["Bim"]), str(household["Ayo"]), str(household["Dayo"])):
        assert hidden not in read
    with acting(household.jane.id):
        assert "Bim is better" in everything_read(shared)


def test_whoever_reads_no_child_of_it_reads_no_plan(household: Household, shared: UUID) -> None:
    with acting(household.world.accounts["Una Spare"]):
        assert list_plans(household.children(), only_open=False) == []
        assert list_services(household.children()) == []
        with pytest.raises(NotFound, match="There is no such plan among the children that you work with"):
            get_plan(shared)


def test_a_child_whom_one_reads_brings_no_sight_of_the_others_on_their_plan(household: Household, shared: UUID) -> None:
    with acting(household.kit.id):
        assert list_timeline(person=household["Bim"]).entries == ()
        assert get_plan(shared).line.children == (household["Chi"],)


def test_the_database_itself_hides_what_is_agreed_for_another_child(household: Household, shared: UUID) -> None:
    with acting(household.kit.id):
        assert set(Action.objects.filter(plan=shared).values_list("who", flat=True)) == {"Who for Chi"}
        assert set(Signature.objects.values_list("name", flat=True)) == {"Ngozi Okafor"}
        assert set(Agreement.objects.values_list("person", flat=True)) == {household["Ngozi"]}


def test_help_is_read_at_the_same_cost_for_one_as_for_three(household: Household) -> None:
    def cost() -> int:
        with acting(household.jane.id), CaptureQueriesContext(connection) as found:
            list_services(household.children())
        return len(found)

    ask(household, "Chi")
    one = cost()
    ask(household, "Bim", "Ayo")
    ask(household)
    assert cost() == one
