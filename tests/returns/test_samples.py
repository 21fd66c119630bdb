"""The two sample files, which are other people's and not kept here: their folder is named in SIGHTLINE_SAMPLES."""

from datetime import timedelta
from pathlib import Path

import pytest

from sightline.doorway.acts import acting
from sightline.journeys import import_census
from sightline.people.queries import search_people
from sightline.plans.models import EarlierPlan
from sightline.record.models import Step
from sightline.returns.cin import judge, open_census
from sightline.returns.models import Staged
from tests.returns.conftest import LATER, SAMPLES, acting_as, counts, quiet
from tests.staff import SOON

FAULTY = Path(SAMPLES) / "d2i_fake_CIN_data_332.xml"
CLEAN = Path(SAMPLES) / "golden_cin_2026_27_240.xml"


def test_the_clean_sample_has_no_queries():
    report = judge(open_census(CLEAN))
    assert (report.children, report.queries) == (240, 0)


def test_the_faulty_sample_is_judged_with_every_fault_named():
    report = judge(open_census(FAULTY))
    assert report.children == 332
    assert report.unlisted == 0
    assert all(fault.line and fault.element for fault in report.faults)


@pytest.mark.parametrize(("file", "children"), [(FAULTY, 332), (CLEAN, 240)], ids=["faulty", "clean"])
def test_a_sample_comes_in_once_and_leaves_without_a_trace(bring_in, manager, file, children):
    before = counts()
    batch, did = bring_in(file)
    brought = counts()
    assert (file == FAULTY) == any("still to come" not in note.what for note in did.notes)
    assert did.counts["children new"] == brought["children"] - before["children"] == children
    assert import_census.examine(path=file, post="front-door-manager", at=LATER, saying=quiet).already.id == batch
    with acting(manager.id):
        assert len(search_people(by=acting_as(manager), number=_first_child(file), at=LATER)) == 1

    import_census.undo(batch=batch, at=LATER)
    assert counts() == before
    assert search_people(by=acting_as(manager), number=_first_child(file), at=LATER) == []
    bring_in(file, at=SOON + timedelta(hours=3))
    assert counts() == brought


ELEMENTS = {
    "assessments": "Assessments",
    "child in need plans": "CINPlanDates",
    "section 47 enquiries": "Section47",
    "child protection plans": "ChildProtectionPlans",
    "reviews of protection plans": "CPPreviewDate",
    "pre-proceedings": "PreProceedingsandFGDM",
}


def test_the_clean_sample_brings_in_exactly_what_it_says(bring_in, manager):
    written = CLEAN.read_text()
    _, did = bring_in(CLEAN)
    told = did.as_json()
    assert {name: told[name]["new"] for name in ELEMENTS} == {
        name: written.count(f"<{element}>") for name, element in ELEMENTS.items()
    }
    assert (told["assessments"]["new"], told["child protection plans"]["new"]) == (200, 40)
    assert told["kept as written"] == 0
    acting_as(manager)
    assert not Staged.objects.exists()
    open_plans = EarlierPlan.objects.filter(to_on=None)
    assert open_plans.count() == Step.objects.filter(kind="make_plan", closed_at=None).count() > 0


def test_the_faulty_sample_loads_every_child_with_each_conference_on_its_own(bring_in):
    _, did = bring_in(FAULTY)
    told = did.as_json()
    assert told["children"]["new"] == 332
    unheld = sum(note.element == "DateOfInitialCPC" and "not taken in" in note.what for note in did.notes)
    twice = sum("twice" in note.what and note.element == "DateOfInitialCPC" for note in did.notes)
    assert told["conferences without an enquiry"]["new"] + unheld + twice == 350


def _first_child(file: Path) -> str:
    return next(open_census(file).children()).id
