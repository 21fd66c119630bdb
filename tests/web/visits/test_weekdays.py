"""A visit is planned for a weekday as people say it."""

from datetime import date, timedelta

import pytest

from sightline.kernel.london import local
from sightline.web.visits.forms import ComingMomentField, with_coming_day

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("said", ["wednesday at 4pm", "Wednesday 16.00", "wed 4pm", "Wed, at 16:00"])
@pytest.mark.parametrize("after", range(7))
def test_a_weekday_is_the_next_one_after_today(said: str, after: int) -> None:
    today = MONDAY + timedelta(days=after)
    found = ComingMomentField(today=today).clean(said)
    assert found is not None
    moment = local(found)
    assert (moment.weekday(), moment.hour, moment.minute) == (2, 16, 0)
    assert 1 <= (moment.date() - today).days <= 7


@pytest.mark.parametrize("said", ["tomorrow 15.30", "27/3/26 at 4pm", "Wed 4 March 2026 at 4pm", "today 9.30"])
def test_what_was_read_before_is_read_as_before(said: str) -> None:
    assert with_coming_day(said, MONDAY) == said
    assert ComingMomentField(today=MONDAY).clean(said) is not None
