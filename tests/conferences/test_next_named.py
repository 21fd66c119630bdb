"""The day that a chair names for the next conference is the day by which every page says that it is due."""

from datetime import UTC, date, datetime, timedelta

from sightline.conferences.holding_rules import ChildDecided, Held
from sightline.doorway.acts import acting
from sightline.journeys.convene import convene_conference
from sightline.journeys.hold_conference import hold_conference
from sightline.kernel.london import local_day
from sightline.plans.queries import protection_of
from tests.conferences.holding_case import Case
from tests.conferences.test_letters import LATER, text_to

SOONER = date(2026, 4, 15)


def review_due(case: Case) -> set[date]:
    children = case.home.children("Ayo", "Bim", "Chi")
    with acting(case.chair):
        found = protection_of(children).values()
    return {local_day(one.review_due_at) for one in found if one.review_due_at}


def test_the_first_review_is_due_by_the_day_that_the_chair_named(case: Case) -> None:
    case.hold(next_on=SOONER)
    assert "15 April 2026" in text_to(case, "ngozi")
    assert review_due(case) == {SOONER}


def test_without_a_day_named_the_rule_says_it(case: Case) -> None:
    case.hold()
    assert review_due(case) == {date(2026, 6, 5)}


def test_the_next_review_is_due_by_the_day_that_a_review_conference_named(case: Case) -> None:
    case.hold()
    held_at = datetime(2026, 5, 7, 10, 0, tzinfo=UTC)
    children = case.home.children("Ayo", "Bim", "Chi")
    review = convene_conference(
        by=case.home.jane, kind="review", children=children, starts_at=held_at, place="Room 1",
        chair_post=case.chair_post, how="in_person", at=LATER,
    )  # fmt: skip
    decided = tuple(ChildDecided(child, decision="goes_on") for child in children)
    held = Held(held_at, children=decided, next_on=date(2026, 7, 9))
    hold_conference(by=case.cara, meeting=review, held=held, at=held_at + timedelta(hours=3))
    assert review_due(case) == {date(2026, 7, 9)}
