"""Pre-proceedings of brothers and sisters: begun together, owed in their turn, ended apart, put right."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.court.operations import (
    Said,
    applied_to_court,
    begin,
    correct_days,
    decide,
    family_meeting,
    hold_meeting,
    letter_sent,
)
from sightline.court.queries import PreProceedingsLine, entries_of, list_pre_proceedings
from sightline.court.rules import MOVES, STATES
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.record.queries import OpenStep, list_entries, list_steps_for
from tests.journeys.world import BEGIN
from tests.plans.household import Household

DAY = timedelta(days=1)
AT = BEGIN + 20 * DAY
ON = local_day(AT)


def begun(household: Household, *names: str, **given: Any) -> UUID:
    return begin(
        by=household.fay, children=household.children(*(names or ("Bim", "Chi"))), decided_on=given.pop("on", ON),
        why="The risk has not come down in nine months.", post=household.world.posts["family-1"], at=AT, **given,
    )  # fmt: skip


def lines(household: Household, *names: str, by: str = "Jane Smith") -> dict[UUID, PreProceedingsLine]:
    with acting(household.world.accounts[by]):
        return {one.child: one for one in list_pre_proceedings(household.children(*names), AT + 300 * DAY)}


def owed(household: Household, name: str) -> list[OpenStep]:
    with acting(household.jane.id):
        return list_steps_for([household[name]], kinds=["pre_proceedings"])


def written(household: Household, name: str, step: UUID, by: str = "Jane Smith") -> list[str]:
    with acting(household.world.accounts[by]):
        keys = entries_of(household[name], step)
        found = list_entries(keys)
        return ["\n\n".join(one.text for one in found[key].passages) for key in keys]


def test_one_decision_begins_them_for_several_children_with_one_entry_and_one_step(household: Household) -> None:
    step = begun(household)
    both = lines(household)
    assert set(both) == set(household.children("Bim", "Chi"))
    assert {one.step for one in both.values()} == {step}
    assert len({one.entry for one in both.values()}) == 1
    assert [one.id for one in owed(household, "Bim")] == [one.id for one in owed(household, "Chi")] == [step]


def test_what_is_owed_moves_from_the_letter_to_the_meeting_to_the_review_to_the_decision(household: Household) -> None:
    step = begun(household)
    asked = []

    def ask() -> None:
        asked.append(owed(household, "Bim")[0].due_rule.rsplit(" ", maxsplit=1)[-1].split(":")[-1])

    ask()
    letter_sent(by=household.jane, step=step, sent_on=ON + DAY, at=AT + DAY)
    ask()
    hold_meeting(by=household.jane, step=step, kind="first", held_on=ON + 10 * DAY, at=AT + 10 * DAY)
    ask()
    hold_meeting(by=household.jane, step=step, kind="review", held_on=ON + 80 * DAY, at=AT + 80 * DAY)
    ask()
    due = owed(household, "Bim")[0].due_at
    assert due is not None
    assert local_day(due) == ON + timedelta(weeks=16)
    decide(by=household.fay, step=step, outcome="B", decided_on=ON + 90 * DAY, why="No change.", at=AT + 90 * DAY)
    ask()
    assert len(set(asked)) == 5
    bim = lines(household)[household["Bim"]]
    assert (bim.state, bim.review_meetings, bim.last_met_on) == ("to_court", 1, ON + 80 * DAY)


def test_they_may_end_otherwise_for_one_child_than_for_another(household: Household) -> None:
    step = begun(household)
    decide(
        by=household.fay, step=step, children=[household["Bim"]], outcome="A", decided_on=ON + DAY,
        why="Bim is safe with his aunt.", at=AT + DAY,
    )  # fmt: skip
    assert not owed(household, "Bim")
    assert owed(household, "Chi")
    decide(by=household.fay, step=step, outcome="B", decided_on=ON + 2 * DAY, why="Chi is not.", at=AT + 2 * DAY)
    applied_to_court(
        by=household.jane, step=step, applied_on=ON + 3 * DAY, at=AT + 3 * DAY, children=[household["Chi"]],
        letter_of_issue_on=ON + 2 * DAY,
    )  # fmt: skip
    both = lines(household)
    assert (both[household["Bim"]].state, both[household["Chi"]].state) == ("ended", "applied")
    assert both[household["Bim"]].ended_on == ON + DAY
    assert not owed(household, "Chi")


def test_only_a_manager_begins_and_decides(household: Household) -> None:
    with pytest.raises(NotPermitted, match="A manager decides"):
        begin(by=household.jane, children=[household["Bim"]], decided_on=ON, why="Risk.",
              post=household.world.posts["family-1"], at=AT)  # fmt: skip
    step = begun(household)
    with pytest.raises(NotPermitted, match="A manager decides"):
        decide(by=household.jane, step=step, outcome="A", decided_on=ON, why="Safe.", at=AT)
    with pytest.raises(NotPermitted, match="A manager decides"):
        applied_to_court(by=household.jane, step=step, applied_on=ON, at=AT)


def test_they_do_not_begin_twice_at_once_and_may_begin_again(household: Household) -> None:
    step = begun(household, "Bim")
    with pytest.raises(Refusal, match="go on for Bim"):
        begun(household)
    decide(by=household.fay, step=step, outcome="A", decided_on=ON, why="Safe.", at=AT)
    begun(household)
    with acting(household.jane.id):
        assert len(list_pre_proceedings([household["Bim"]], AT)) == 2


def test_nothing_is_kept_before_they_began_or_of_a_day_to_come(household: Household) -> None:
    step = begun(household)
    with pytest.raises(Refusal, match="Pre-proceedings began on"):
        letter_sent(by=household.jane, step=step, sent_on=ON - DAY, at=AT)
    with pytest.raises(Refusal, match="has not come"):
        hold_meeting(by=household.jane, step=step, kind="first", held_on=ON + DAY, at=AT)
    with pytest.raises(Refusal, match="was offered"):
        family_meeting(by=household.jane, step=step, offered=False, held=True, at=AT)
    hold_meeting(by=household.jane, step=step, kind="first", held_on=ON, at=AT)
    with pytest.raises(Refusal, match="Record this one as a review"):
        hold_meeting(by=household.jane, step=step, kind="first", held_on=ON, at=AT)


def test_what_a_lawyer_advised_is_not_read_by_everybody_who_reads_the_rest(household: Household) -> None:
    step = begun(household, advice="The threshold is likely met.")
    assert not any("threshold" in one for one in written(household, "Bim", step))
    assert any("threshold" in one for one in written(household, "Bim", step, by="Obi Watcher"))


def test_whoever_reads_one_child_of_several_reads_nothing_of_the_others(household: Household) -> None:
    step = begun(household)
    assert set(lines(household, by="Kit Rowe")) == {household["Chi"]}
    with pytest.raises(NotFound):
        letter_sent(by=household.world.actor("Una Spare"), step=step, sent_on=ON, at=AT)


def test_a_wrong_day_is_put_right_and_the_record_says_what_stood_before(household: Household) -> None:
    step = begun(household, "Bim")
    letter_sent(by=household.jane, step=step, sent_on=ON, at=AT, said=Said("By hand."))
    line = lines(household)[household["Bim"]]
    with pytest.raises(Refusal, match="Say why"):
        correct_days(by=household.jane, pre_proceedings=line.id, days={"letter_sent_on": ON}, reason=" ", at=AT)
    with pytest.raises(Refusal, match="Enter the day"):
        correct_days(by=household.jane, pre_proceedings=line.id, days={"started_on": None}, reason="Slip", at=AT)
    right = date(2026, 3, 4)
    correct_days(
        by=household.jane, pre_proceedings=line.id, days={"started_on": right, "letter_sent_on": None},
        reason="It was never sent.", at=AT,
    )  # fmt: skip
    now = lines(household)[household["Bim"]]
    assert (now.started_on, now.letter_sent_on, now.state) == (right, None, "begun")
    assert "It was never sent" in written(household, "Bim", step)[-1]


def test_every_state_has_its_turns() -> None:
    assert set(MOVES) == set(STATES)
    assert {to for acts in MOVES.values() for to, _ in acts.values()} <= set(STATES)
