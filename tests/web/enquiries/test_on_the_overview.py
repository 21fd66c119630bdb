"""What protects a child now stands at the top of their record, with its hour."""

from datetime import timedelta

from django.test import Client

from sightline.kernel.london import local
from sightline.web.presenters.protection import day_and_hour
from tests.web.casework.reading import words
from tests.web.enquiries.conftest import Danger


def attention_of(client: Client, danger: Danger) -> tuple[str, str]:
    """The box at the top of Jack's record, in words, and what stands below it."""
    page = words(client.get(f"/people/{danger.jack}"))
    box = page.partition("Information that needs your attention")[2]
    above, _, below = box.partition("What happens next")
    return above, below


def test_an_order_stands_at_the_top_with_the_hour_and_never_in_working_days(danger: Danger, jane: Client) -> None:
    danger.ordered()
    above, below = attention_of(jane, danger)
    ends = danger.universe.at + timedelta(hours=70)
    line = f"Police protection runs out on {day_and_hour(ends)}: 69 hours left."
    assert above.strip().startswith(line)
    assert "olice protection" not in below.split("Latest")[0]


def test_an_enquiry_and_a_discussion_that_is_owed_stand_at_the_top_once(danger: Danger, jane: Client) -> None:
    danger.enquired()
    above, below = attention_of(jane, danger)
    assert above.count("A section 47 enquiry is under way since") == 1
    assert above.count("A strategy discussion was asked for, and is not held and decided") == 1
    assert "strategy discussion" not in below.split("Latest")[0]


def test_on_the_day_of_whoever_carries_it_an_order_is_told_by_its_hour(danger: Danger, jane: Client) -> None:
    danger.ordered()
    ends = local(danger.universe.at + timedelta(hours=70))
    assert f"Runs out at {ends:%H:%M} on {ends:%A} {ends.day} {ends:%B}" in words(jane.get("/my-day"))
