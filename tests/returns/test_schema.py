"""The schema of a regional collection accepts what is made clean and what is played (see `SIGHTLINE_SAMPLES`)."""

from pathlib import Path

import pytest

from sightline.commands.judging import schema_faults, schema_for
from tests.returns.census import child, episode, make_file
from tests.returns.clean_files import STORIES, clean_file
from tests.returns.conftest import SAMPLES
from tests.returns.families import play
from tests.returns.test_writer import written

FOLDER = Path(SAMPLES)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_schema_accepts_a_file_that_is_made_clean(year):
    assert schema_faults(clean_file(seed=8, size=2 * len(STORIES), year=year), schema_for(FOLDER, year)) == []


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_schema_of_earlier_years_refuses_only_that_a_plan_was_the_first(year):
    """It asks for a number of earlier plans above 0, which no first plan has; the department's rule 8730 takes 0."""
    found = schema_faults(clean_file(seed=8, size=2 * len(STORIES), year=year), schema_for(FOLDER, year))
    assert found
    assert {one.partition(": ")[2] for one in found} == {"value must be positive"}
    assert all("/NumberOfPreviousCPP: " in one for one in found)


def test_the_schema_refuses_a_code_that_there_is_not():
    [fault] = schema_faults(make_file(child(episode(PrimaryNeedCode="N77"))), schema_for(FOLDER, 2027))[:1]
    assert "PrimaryNeedCode" in fault


def test_the_schema_accepts_what_was_played(db, quick_passwords):
    assert schema_faults(written(*play().expected()), schema_for(FOLDER, 2027)) == []
