"""CA6: a third separate source, or what comes in soon after an ending, opens with the whole series."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from sightline.doorway.acts import acting
from sightline.front_door.queries import get_contact
from sightline.journeys.feed_back import no_feedback
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from tests.journeys.ending_case import Case, accepted, on_plan
from tests.journeys.told import decided
from tests.journeys.world import BEGIN
from tests.web.casework.reading import words
from tests.web.signals.playing import (
    LONG_STORY,
    ago,
    comes_in,
    decide_on_the_page,
    neighbour,
    said,
    story,
    while_taking,
)

SignIn = Callable[[str], Client]
THIRD = "3 separate people outside the professions have now told us about these children."
WHOLE = "The last of it."
READ_FIRST = "Read the whole series"


def told_by(case: Case, phone: str, days: int, words_: str = LONG_STORY) -> None:
    """Somebody outside the professions rang, and it was decided with advice."""
    contact = comes_in(case, ago(days), referrer=neighbour(phone), story=story(words_))
    no_feedback(by=case.world.actor("Dee Marlow"), contact=contact, reason="Gave no name", at=ago(days))
    decided(case.world, contact, "advice_and_information", at=ago(days))


def ended(case: Case, days: int) -> None:
    case.authorise(case.ask(), accepted(case.matters()), on=local_day(ago(days)), at=ago(days))


def test_the_third_separate_person_opens_the_whole_series_before_the_decider(case: Case, sign_in: SignIn) -> None:
    told_by(case, "01632 960701", 9)
    told_by(case, "01632 960702", 6)
    contact = comes_in(case, ago(1), referrer=neighbour("01632 960703"))
    page = said(sign_in("Sol Abara"), "contact", contact)
    assert f"{THIRD} {READ_FIRST}" in page
    assert page.count(WHOLE) == 2


def test_one_person_who_rings_three_times_and_professionals_are_no_third_source(case: Case, sign_in: SignIn) -> None:
    told_by(case, "01632 960701", 9)
    told_by(case, "01632 960701", 6)
    comes_in(case, ago(3))
    contact = comes_in(case, ago(1), referrer=neighbour("01632 960701"))
    page = said(sign_in("Sol Abara"), "contact", contact)
    assert READ_FIRST not in page
    assert WHOLE not in page
    assert "Separate sources 1 person" in page


def test_that_the_caller_means_harm_is_never_the_whole_reason(case: Case, sign_in: SignIn) -> None:
    contact = comes_in(case, ago(1), referrer=neighbour("01632 960701"))
    sol, advice = sign_in("Sol Abara"), "advice_and_information"
    page = words(decide_on_the_page(sol, contact, outcome=advice, reason="Malicious."))
    assert "What you think of the caller's motive cannot be the whole reason." in page
    with acting(case.world.watcher):
        assert get_contact(contact).decision is None
    decide_on_the_page(
        sol, contact, outcome=advice, reason="Malicious, we think; Leo was seen at school today, warm and well."
    )
    with acting(case.world.watcher):
        assert get_contact(contact).decision is not None


def test_what_comes_in_soon_after_a_manager_ended_it_opens_with_the_whole_series(case: Case, sign_in: SignIn) -> None:
    told_by(case, "01632 960701", 50)
    ended(case, 40)
    ended_on = local_day(ago(40))
    why = f"Involvement ended on {day_words(ended_on)}, {{}} days before this came in."
    # Days as England counts them: an hour before midnight, summer time lay between.
    assert why.format((local_day(ago(0)) - ended_on).days) in while_taking(sign_in("Dee Marlow"), case.leo)
    contact = comes_in(case, ago(5))
    page = said(sign_in("Sol Abara"), "contact", contact)
    assert f"{why.format((local_day(ago(5)) - ended_on).days)} {READ_FIRST}" in page
    assert WHOLE in page


def test_early_help_that_ended_without_an_episode_counts_as_an_ending(case: Case, sign_in: SignIn) -> None:
    case.authorise(case.ask(), {})
    on_plan(case, "early_help", [case.leo])
    step = case.ask(case.leo, reason="what_was_wanted_is_there")
    case.authorise(step, {}, on=local_day(ago(20)), at=ago(20))
    contact = comes_in(case, ago(5))
    page = said(sign_in("Sol Abara"), "contact", contact)
    assert f"Involvement ended on {day_words(local_day(ago(20)))}, 15 days before this came in." in page


def test_a_series_stays_open_however_late_it_is_read_and_a_long_ended_case_opens_none(
    case: Case, sign_in: SignIn
) -> None:
    """It is counted from the day that the contact came in, and not from the day of the page."""
    day = BEGIN + timedelta(days=30)
    case.authorise(case.ask(), {}, on=day.date(), at=day)
    soon, late = (comes_in(case, day + timedelta(days=days)) for days in (80, 91))
    sol = sign_in("Sol Abara")
    assert "Involvement ended on 1 April 2026, 80 days before this came in." in said(sol, "contact", soon)
    assert "Involvement ended on" not in said(sol, "contact", late)
