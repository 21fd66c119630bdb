"""CA1: a second injury from anybody within the time stands beside the first, and their worker is told that day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.front_door.rules import InjuryGiven
from sightline.journeys.injuries import note_injury
from sightline.journeys.plan_help import make_plan
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from tests.journeys.ending_case import Case
from tests.web.casework.reading import key_of, words
from tests.web.signals.playing import DAY, ago, begin, comes_in, part, press, said

SignIn = Callable[[str], Client]
IRON, DOG = "The iron fell on him.", "The dog knocked him over."
TOLD = "A second injury of a child was recorded within the time that puts the two together"
JANES_PHONE = "01632 960201"
ALL = "All injuries, the latest first"
within = pytest.mark.parametrize("days", [14, 60, 120])


def day(days: int) -> date:
    """So many days before the day on which the second was seen."""
    return local_day(ago()) - days * DAY


def first_by_kit(case: Case, days: int) -> None:
    """A burn that somebody else's team saw, recorded the day after; Leo is on a plan."""
    make_plan(by=case.jane, kind="child_in_need", children=[case.leo], began_on=day(days), at=ago())
    note_injury(by=case.fay, child=case.leo, what="burn", sites=["hand_right"], seen_on=day(days), account=IRON,
                account_of="His father", at=ago(days - 1))  # fmt: skip


def first_by_contact(case: Case, days: int) -> None:
    """The school rang about a mark, and said when it happened."""
    comes_in(case, ago(days - 1), injuries=[InjuryGiven(case.leo, "Left ear", happened_on=day(days), account=IRON,
                                                        account_by="His father")])  # fmt: skip


def second_on_the_page(client: Client, case: Case, **more: Any) -> str:
    """A colleague records a bruise today; what the page says when it is kept."""
    url = reverse("injury-new", args=[case.leo])
    answer = client.post(url, {
        "key": key_of(client.get(url)), "what": "bruise", "sites": ["arm_left"], "words": "Round, 3 cm.",
        "seen_on": "today", "seen_by": "Ann Lee", "account": DOG, "account_of": "His mother", "examined": "no",
        "not_examined_because": "His mother said no.", "handling": "ordinary", **more,
    }, follow=True)  # fmt: skip
    return words(answer)


@within
def test_whoever_records_a_second_sees_the_first_its_site_and_account_the_plan_and_whom_to_ring(
    case: Case, sign_in: SignIn, days: int
) -> None:
    first_by_kit(case, days)
    jane = sign_in("Jane Smith")
    assert TOLD not in said(jane, "my-day")
    page = second_on_the_page(sign_in("Fay Lund"), case)
    beside = part(page, "2 injuries within 120 days", ALL)
    for words_ in (day_words(day(days)), "Right hand", IRON, "His father", DOG, JANES_PHONE, "Jane Smith"):
        assert words_ in beside, words_
    assert "Child in need" in page
    assert TOLD in said(jane, "my-day")


@within
def test_a_mark_that_a_school_told_us_of_is_the_first_of_the_two(case: Case, sign_in: SignIn, days: int) -> None:
    first_by_contact(case, days)
    page = second_on_the_page(sign_in("Fay Lund"), case)
    beside = part(page, "2 injuries within 120 days", ALL)
    for words_ in (day_words(day(days)), "Left ear", IRON, "His father", JANES_PHONE):
        assert words_ in beside, words_
    assert TOLD in said(sign_in("Jane Smith"), "my-day")


@within
def test_whoever_takes_a_contact_about_a_second_sees_the_first_and_the_worker_is_told(
    case: Case, sign_in: SignIn, days: int
) -> None:
    first_by_kit(case, days)
    dee = sign_in("Dee Marlow")
    known = words(press(dee, begin(dee), add=str(case.leo)))
    earlier = part(known, "Earlier injuries", "Told by people who are not professionals")
    for words_ in (day_words(day(days)), "Right hand", IRON, "His father"):
        assert words_ in earlier, words_
    assert f"Jane Smith, Family-1, on {JANES_PHONE}" in earlier
    assert "Child in need plan" in known
    comes_in(case, ago(), injuries=[InjuryGiven(case.leo, "Left arm", happened_on=day(0), account=DOG)])
    assert TOLD in said(sign_in("Jane Smith"), "my-day")


def test_after_a_day_more_than_that_the_two_are_on_one_line_and_nobody_is_told(case: Case, sign_in: SignIn) -> None:
    first_by_kit(case, 121)
    page = second_on_the_page(sign_in("Fay Lund"), case)
    assert "injuries within 120 days" not in page
    assert IRON in page
    comes_in(case, ago(), injuries=[InjuryGiven(case.max, "Left arm", happened_on=day(0), account=DOG)])
    assert TOLD not in said(sign_in("Jane Smith"), "my-day")
