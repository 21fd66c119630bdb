"""What comes in goes out again the same, child by child, in the sample files (see `SIGHTLINE_SAMPLES`)."""

from pathlib import Path

import pytest

from sightline.returns.cin import Stray, open_census
from tests.returns.canonical import canonical_children
from tests.returns.conftest import SAMPLES
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
