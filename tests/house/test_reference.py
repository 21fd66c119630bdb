"""The reference pages say what the code says."""

import pytest

from sightline.commands.reference import out_of_date, pages


def test_the_reference_pages_are_as_the_code_would_write_them() -> None:
    assert out_of_date() == [], "Write them with: ./run reference"


@pytest.mark.parametrize("name", sorted(name for name in pages() if name.endswith(".md")))
def test_a_reference_page_leaves_no_cell_of_a_table_empty(name: str) -> None:
    rows = [line for line in pages()[name]().splitlines() if line.startswith("|")]
    assert rows
    for row in rows:
        assert all(cell.strip() for cell in row.strip("|").split("|")), row
