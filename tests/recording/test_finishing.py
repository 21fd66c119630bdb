"""A step is finished by whoever carries it, and what was done stays on the record."""

from uuid import UUID

import pytest

from sightline.doorway.acts import acting
from sightline.kernel.errors import NotPermitted
from sightline.record.operations import keep_apart, open_step, write_entry
from sightline.record.queries import list_notices, list_steps_about, list_timeline
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import finish_step
from tests.universe import Universe

ROSIE = "Rosie Penhallow"
WHAT = "Ring the school about Rosie"


def owed(universe: Universe, *, arose_from: UUID | None = None) -> UUID:
    jane = universe.who("jane")
    return open_step(
        by=jane, kind="action", post=min(jane.posts), people=[universe.person(ROSIE)], words=WHAT,
        arose_from=arose_from, at=universe.at,
    )  # fmt: skip


def latest(universe: Universe, reader: str) -> list[str]:
    with acting(universe.who(reader).id):
        found = list_timeline(person=universe.person(ROSIE), limit=5).entries
    return [one.text_of("step_finished") for one in found]


def test_a_colleague_who_reads_the_child_is_told_whom_to_ring_and_finishes_nothing(universe: Universe) -> None:
    step = owed(universe)
    with pytest.raises(NotPermitted, match="Jane Smith"):
        finish_step(by=universe.who("marcus"), step=step, outcome="ok", at=universe.at)
    with acting(universe.who("jane").id):
        assert step in {one.id for one in list_steps_about(person=universe.person(ROSIE))}


def test_what_was_done_stands_on_the_record_of_the_child(universe: Universe) -> None:
    step = owed(universe)
    finish_step(by=universe.who("jane"), step=step, outcome="Rang her; Rosie is in school.", at=universe.at)
    assert f"{WHAT}: Rang her; Rosie is in school." in latest(universe, "jane")
    with acting(universe.who("jane").id):
        assert "step_finished" not in {one.kind for one in list_notices(universe.who("jane").posts)}


def test_the_carrier_is_told_that_the_manager_above_finished_it(universe: Universe) -> None:
    step = owed(universe)
    finish_step(by=universe.who("gareth"), step=step, outcome="Spoke with the head.", at=universe.at)
    with acting(universe.who("jane").id):
        told = [one for one in list_notices(universe.who("jane").posts) if one.kind == "step_finished"]
    assert [one.person for one in told] == [universe.person(ROSIE)]


def test_what_follows_from_something_kept_apart_is_kept_apart_too(universe: Universe) -> None:
    jane, rosie = universe.who("jane"), universe.person(ROSIE)
    entry = write_entry(
        by=jane, kind="note", concerned=[Concerned(rosie)], words=[Words("About a colleague.", (rosie,))],
        at=universe.at,
    )  # fmt: skip
    keep_apart(by=jane, entry=entry, team=min(jane.teams), at=universe.at)
    finish_step(by=jane, step=owed(universe, arose_from=entry), outcome="Passed on.", at=universe.at)
    assert f"{WHAT}: Passed on." in latest(universe, "jane")
    assert f"{WHAT}: Passed on." not in latest(universe, "tomas")
