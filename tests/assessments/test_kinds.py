"""As many kinds of assessment as the practice has: one document, a form and a clock for each."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.assessments.operations import write_part
from sightline.assessments.queries import list_signed
from sightline.doorway.acts import acting
from sightline.journeys.assess import begin_assessment, sign_off
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.practice.rules import due_from
from sightline.record.queries import OpenStep, list_steps_for
from tests.assessments.family import Family
from tests.journeys.world import BEGIN
from tests.packs import pack_of
from tests.packs.in_force import put_in_force

LATER = BEGIN + timedelta(days=3)


def owed_now(family: Family, kind: str = "assessment") -> list[OpenStep]:
    with acting(family.world.accounts["Jane Smith"]):
        return [one for one in list_steps_for([family["Ava"]]) if one.kind == kind]


def begin(family: Family, at: object = BEGIN) -> UUID:
    return begin_assessment(by=family.who("Jane Smith"), children=[family["Ava"]], why="", at=at)  # type: ignore[arg-type]  # a moment


def sign(family: Family, outcome: str) -> UUID:
    [step] = owed_now(family)
    family.submit(step.id, at=LATER)
    entry = sign_off(by=family.who("Fay Lund"), round=step.id, outcome=outcome, at=LATER)
    assert entry is not None
    return entry


def test_an_initial_assessment_leads_to_a_core_one_in_the_same_document_with_its_own_clock(family: Family) -> None:
    put_in_force("england-2006", at=BEGIN)
    initial, core = pack_of("england-2006").assessment_kinds
    document = begin(family)
    [step] = owed_now(family)
    assert (step.words.startswith(str(initial.title)), step.due_rule) == (True, f"england-2006:1:{initial.timescale}")
    family.write(document, "childs_day", "She waits.", child="Ava")
    family.write(document, "why_now", "The school.")
    with pytest.raises(NotFound):
        family.write(document, "housing", "Two rooms.")
    sign(family, "core_assessment")
    # Owed from the signature, and begun as the next kind, in which what was said stands already
    [step] = owed_now(family)
    rule = pack_of("england-2006").timescale(core.timescale, local_day(LATER))
    assert (step.words.startswith(str(core.title)), step.due_at) == (True, due_from(rule, LATER))
    assert begin(family, LATER) == document
    assert family.read(document).round.kind == core.key  # type: ignore[union-attr]  # one is open
    assert family.said(document) == {("childs_day", "Ava"): "She waits.", ("why_now", ""): "The school."}
    write_part(
        by=family.who("Jane Smith"), assessment=document, key="housing", child=None, text="Two rooms.", base=0, at=LATER
    )
    with pytest.raises(Refusal, match="comes before this core assessment or is the same again"):
        sign(family, "core_assessment")
    entry = sign(family, "child_in_need_plan")
    # What the initial one asked and this one does not is in what was signed all the same
    assert family.texts(entry)["why_now"] == ["The school."]
    with acting(family.world.accounts["Jane Smith"]):
        assert [one.kind for one in list_signed([family["Ava"]])] == [core.key, initial.key]
    assert not owed_now(family)
    [plan] = owed_now(family, "make_plan")
    assert plan.words == "Make the child in need plan with the family"


def test_where_no_time_is_prescribed_the_rule_is_named_and_there_is_no_day(family: Family) -> None:
    put_in_force("munro", at=BEGIN)
    document = begin(family)
    [step] = owed_now(family)
    assert (step.due_at, step.due_rule) == (None, "munro:1:assessment")
    assert family.read(document).round.due_at is None  # type: ignore[union-attr]  # one is open
    family.submit(step.id)
    assert sign_off(by=family.who("Fay Lund"), round=step.id, outcome="plan_goes_on", at=LATER) is not None


def test_what_is_owed_is_called_as_the_practice_calls_it(family: Family) -> None:
    put_in_force("england-2026", at=BEGIN)
    begin(family)
    [step] = owed_now(family)
    assert step.words == "Family Help assessment: see each child"
    sign(family, "early_help")
    [plan] = owed_now(family, "make_plan")
    assert plan.words == "Make the Family Help plan with the family"
