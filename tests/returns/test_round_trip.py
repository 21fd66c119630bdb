"""What comes in goes out again the same, child by child, in the sample files (see `SIGHTLINE_SAMPLES`)."""

from pathlib import Path

import pytest

from sightline.journeys.return_census import return_census
from sightline.returns.cin import Stray, open_census
from tests.returns.canonical import canonical_children
from tests.returns.conftest import LATER, SAMPLES, quiet
from tests.returns.test_writer import written


@pytest.mark.parametrize("name", ["golden_cin_2026_27_240.xml", "d2i_fake_CIN_data_332.xml"])
def test_a_sample_is_written_as_it_was_read(name):
    source = (Path(SAMPLES) / name).read_bytes()
    opened = open_census(source)
    children = [child for child in opened.children() if not isinstance(child, Stray)]
    whole = [child for child in children if not any(group.strays for group in child.groups())]
    again = canonical_children(written(*whole, year=opened.year.number))
    before = canonical_children(source)
    assert len(again) > 200
    assert {child: before[child] for child in again} == again


def test_the_clean_sample_brought_in_and_written_again_is_the_same_child_by_child(bring_in, tmp_path):
    source = Path(SAMPLES) / "golden_cin_2026_27_240.xml"
    bring_in(source)
    again = tmp_path / "again.xml"
    returned = return_census(year=2027, out=again, authority="845", serial="001", at=LATER, saying=quiet)
    assert canonical_children(again.read_bytes()) == canonical_children(source.read_bytes())
    assert (returned.written, returned.report.found, dict(returned.gathered.left_out)) == (240, {}, {})
