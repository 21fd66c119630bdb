"""Strategy discussions: asked for with two fields, held with whoever came, decided for each child."""

from dataclasses import replace

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import Section
from sightline.doorway.acts import acting
from sightline.enquiries.operations import TookPartGiven, add_shared, ask_for_discussion, decide_for, record_discussion
from sightline.enquiries.queries import list_discussions
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.record.queries import get_entry, list_entries
from tests.enquiries.protecting import (
    AT,
    DAY,
    HEALTH,
    OURS,
    POLICE,
    WHY,
    ask,
    decide,
    decision,
    held,
    hold,
    owed,
    read,
    unborn,
)
from tests.journeys.world import BEGIN
from tests.plans.household import Household


def test_a_discussion_is_asked_for_with_the_children_and_why_and_waits_by_its_clock(household: Household) -> None:
    step = ask(household, "Chi", "Bim")
    waiting = owed(household, "Chi")["strategy"]
    assert (waiting.id, set(waiting.people)) == (step, set(household.children("Chi", "Bim")))
    assert waiting.due_at == AT + DAY
    assert "strategy" in waiting.due_rule
    assert (read(household, step).why, read(household, step).state) == (WHY, "asked")


def test_no_child_and_no_reason_are_refused(household: Household) -> None:
    with pytest.raises(Refusal, match="Choose at least one child"):
        ask_for_discussion(by=household.jane, children=[], why=WHY, post=None, at=AT)
    with pytest.raises(Refusal, match="what you are worried about"):
        ask_for_discussion(by=household.jane, children=household.children("Chi"), why="  ", post=None, at=AT)


def test_what_each_shared_is_in_their_section_with_who_said_it_and_how_it_may_be_handled(household: Household) -> None:
    entry = hold(household, ask(household, "Chi"))
    with acting(household.world.watcher):
        passages = {one.told_by: one for one in get_entry(entry).passages}
    assert passages["Dr Odu, paediatrician"].section == "health"
    assert passages["Dr Odu, paediatrician"].handling == "ask_first"
    assert passages["Priya Shah, detective sergeant"].section == "police"


def test_a_reader_without_the_section_is_told_that_something_was_shared_and_not_what(household: Household) -> None:
    step = ask(household, "Chi")
    entry = hold(household, step)
    with acting(household.world.admin.id):
        give_sight(
            people=household.children("Chi"), reader=household.world.accounts["Una Spare"], because="test",
            because_of=None, at=BEGIN, sections=[Section.ORDINARY],
        )  # fmt: skip
    with acting(household.world.accounts["Una Spare"]):
        assert "several ages" not in " ".join(one.text for one in get_entry(entry).passages)
    seen = {one.name: one for one in read(household, step, by="Una Spare").took_part}
    assert seen["Dr Odu"].kept_back
    assert seen["Dr Odu"].shared == ()
    assert not seen["Fay Lund"].kept_back


def test_police_and_health_absent_are_never_refused_and_are_shown_with_why(household: Household) -> None:
    step = ask(household, "Chi")
    gone = TookPartGiven("health", name="On-call paediatrician", there="not_there", because="Rang twice, no answer")
    sent = replace(POLICE, there="sent")
    hold(household, step, OURS, gone, sent, alone_because="Chi goes home at four.")
    seen = read(household, step)
    assert seen.absent == ("police", "health")
    assert seen.alone_because == "Chi goes home at four."
    assert "Chi goes home at four." in seen.entries[0].text_of("held")
    assert {one.name: one.because for one in seen.took_part}["On-call paediatrician"] == "Rang twice, no answer"
    with acting(household.jane.id):
        assert list_discussions(household.children("Chi"))[0].absent == ("police", "health")


def test_only_when_it_was_held_is_needed(household: Household) -> None:
    step = ask(household, "Chi")
    hold(household, step, OURS, how="")
    assert read(household, step).state == "held"
    assert read(household, step).held_at == AT


def test_what_comes_in_after_it_is_added_and_replaces_nothing(household: Household) -> None:
    step = ask(household, "Chi")
    hold(household, step, OURS, POLICE)
    add_shared(by=household.fay, discussion=step, given=HEALTH, at=AT + DAY)
    assert {one.name for one in read(household, step).took_part} == {"Fay Lund", "Priya Shah", "Dr Odu"}
    assert read(household, step).absent == ()
    assert len(read(household, step).entries) == 2


def test_of_two_who_record_one_discussion_neither_loses_a_word(household: Household) -> None:
    step = ask(household, "Chi")
    hold(household, step, safety="With her aunt.")
    with pytest.raises(Stale) as refused:
        hold(household, step, safety="At her grandmother's.")
    assert "With her aunt." in refused.value.theirs
    assert "At her grandmother's." in refused.value.yours
    assert read(household, step).safety == "With her aunt."


def test_a_time_to_come_is_refused(household: Household) -> None:
    step = ask(household, "Chi")
    given = held(at=AT + DAY)
    with pytest.raises(Refusal, match="has not happened yet"):
        record_discussion(by=household.jane, discussion=step, held=given, at=AT)


def test_it_is_decided_for_each_child_and_ends_with_the_last(household: Household) -> None:
    step = ask(household, "Chi", "Bim")
    hold(household, step)
    decide(household, step, decision(household, "Chi"))
    assert "strategy" in owed(household, "Bim")
    decide(household, step, decision(household, "Bim", "assessment", "Not there that night."))
    assert "strategy" not in owed(household, "Bim", "Chi")
    children = read(household, step).children
    assert (children[household["Chi"]].outcome, children[household["Bim"]].outcome) == ("enquiry", "assessment")
    assert "Not there that night." in children[household["Bim"]].reasons
    assert "Not there" not in children[household["Chi"]].reasons


def test_the_reasons_for_one_child_are_not_on_anothers_record(household: Household) -> None:
    step = ask(household, "Chi", "Bim")
    entry = decide(
        household, step, decision(household, "Chi"), decision(household, "Bim", "goes_on", "Bim's father hits him.")
    )
    with acting(household.kit.id):
        words = " ".join(one.text for one in list_entries([entry])[entry].passages)
    assert "Unexplained." in words
    assert "Bim's father" not in words


def test_a_decision_may_be_recorded_before_who_was_there(household: Household) -> None:
    step = ask(household, "Chi")
    decide(household, step, decision(household, "Chi"))
    assert "strategy" in owed(household, "Chi")
    hold(household, step)
    assert "strategy" not in owed(household, "Chi")
    assert read(household, step).state == "decided"


def test_of_two_who_decide_for_one_child_both_texts_are_shown(household: Household) -> None:
    step = ask(household, "Chi")
    decide(household, step, decision(household, "Chi"))
    with pytest.raises(Stale) as refused:
        decide(household, step, decision(household, "Chi", "goes_on", "She fell."), by="Fay Lund")
    assert "Unexplained." in refused.value.theirs
    assert refused.value.yours == "She fell."


@pytest.mark.parametrize("name", ["Jane Smith", "Fay Lund"])
def test_the_authority_decides(household: Household, name: str) -> None:
    step = ask(household, "Chi")
    decide(household, step, decision(household, "Chi"), by=name)


def test_a_family_support_worker_asks_and_records_and_does_not_decide(household: Household) -> None:
    step = ask(household, "Chi", by="Kit Rowe")
    with pytest.raises(NotPermitted, match="decides this for the authority"):
        decide(household, step, decision(household, "Chi"), by="Kit Rowe")


def test_no_reasons_and_a_child_of_no_part_in_it_are_refused(household: Household) -> None:
    step = ask(household, "Chi")
    with pytest.raises(Refusal, match="Write why, for Chi"):
        decide(household, step, decision(household, "Chi", reasons=" "))
    with pytest.raises(NotFound, match="not part of this discussion"):
        decide(household, step, decision(household, "Bim"))


def test_before_birth_no_enquiry_is_decided_and_the_refusal_says_what_to_do(household: Household) -> None:
    baby = unborn(household)
    step = ask_for_discussion(by=household.jane, children=[baby], why=WHY, post=None, at=AT)
    given = replace(decision(household, "Chi"), child=baby)
    with pytest.raises(Refusal, match="convene a conference"):
        decide_for(by=household.jane, discussion=step, decisions=[given], at=AT)
    decide_for(by=household.jane, discussion=step, decisions=[replace(given, outcome="assessment")], at=AT)


def test_a_worker_who_sees_one_child_is_told_nothing_of_the_other(household: Household) -> None:
    step = ask(household, "Chi", "Bim")
    decide(household, step, decision(household, "Bim"))
    assert set(read(household, step, by="Kit Rowe").children) == {household["Chi"]}
    with pytest.raises(NotFound):
        read(household, step, by="Una Spare")


def test_it_waits_for_a_child_whom_whoever_decides_may_not_see(household: Household) -> None:
    step = ask(household, "Chi", "Bim")
    hold(household, step)
    with acting(household.world.admin.id):
        give_sight(
            people=household.children("Chi"), reader=household.world.accounts["Una Spare"], because="test",
            because_of=None, at=BEGIN,
        )  # fmt: skip
    decide(household, step, decision(household, "Chi"), by="Una Spare")
    assert "strategy" in owed(household, "Bim")
    assert read(household, step).children[household["Bim"]].outcome == ""
