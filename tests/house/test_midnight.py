"""The tests keep clear of midnight, when five minutes ago was yesterday."""

from datetime import datetime

import pytest

from sightline.kernel.london import LONDON
from tests.conftest import _until_clear_of_midnight


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [("12:00:00", 0), ("23:58:59", 0), ("23:59:30", 360), ("00:00:00", 330), ("00:05:29", 1), ("00:05:30", 0)],
)
def test_a_test_that_would_begin_around_midnight_waits_until_it_is_over(clock: str, seconds: int) -> None:
    now = datetime.fromisoformat(f"2026-11-21T{clock}").replace(tzinfo=LONDON)
    assert _until_clear_of_midnight(now).total_seconds() == seconds
