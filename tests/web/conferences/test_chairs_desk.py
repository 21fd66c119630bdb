"""The chair's desk: in words and numbers what is missing for each conference, and what is to be written."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.conferences.operations import report_shared, take_report
from sightline.doorway.acts import set_actor
from sightline.kernel.london import local_day
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import title, words
from tests.web.conferences.conftest import Chaired, url

DESK = "/chairs-desk"


def part(page: str, heading: str, until: str) -> str:
    """What the desk says under one heading."""
    return page.split(heading, 1)[1].split(until, 1)[0]


def test_a_conference_to_come_says_by_name_who_has_not_answered(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    chaired.invited(meeting, agency_post=chaired.school, name="Hannah Reyes", report_asked=True)
    chaired.invited(
        meeting, person=chaired.mother, role="Mother", safe_to_tell="yes", safe_because="She lives alone with them."
    )
    page = sign_in("winston").get(DESK)
    said = part(words(page), "Conferences to come (1)", "Plans whose review")
    assert "Rosie" in said
    assert "Initial child protection conference" in said
    assert "Not answered (2): Osier Lane Primary School and Lowenna" in said
    assert "1 report not in" in said
    assert "Rosie" not in title(page)


def test_who_waits_for_the_chair_stands_first(chaired: Chaired, sign_in: SignIn) -> None:
    meeting = chaired.convened()
    chaired.unsafe(meeting)
    said = words(sign_in("winston").get(DESK))
    assert "1 person waits for your decision" in part(said, "Who may come (1)", "Decisions to write")


def test_a_report_that_the_parents_have_not_had_in_time_is_said_to_be_late(chaired: Chaired, sign_in: SignIn) -> None:
    soon = chaired.convened(starts_at=chaired.at + timedelta(hours=30))
    school = chaired.invited(soon, agency_post=chaired.school, name="Hannah Reyes", report_asked=True)
    jane, winston = chaired.universe.who("jane"), sign_in("winston")
    set_actor(jane.id)
    take_report(by=jane, invitee=school, words="Attendance is falling.", at=chaired.at)
    said = words(winston.get(DESK))
    assert "1 report not shared with the parents, and it is late" in said
    set_actor(jane.id)
    report_shared(by=jane, invitee=school, on=local_day(chaired.at), at=chaired.at)
    said = words(winston.get(DESK))
    assert "not shared" not in part(said, "Conferences to come", "Plans whose review")
    assert "Everybody has answered, and every report is in" in said


def test_a_report_that_is_not_shared_yet_is_not_late_a_fortnight_before(chaired: Chaired, sign_in: SignIn) -> None:
    meeting, jane = chaired.convened(), chaired.universe.who("jane")
    school = chaired.invited(meeting, agency_post=chaired.school, name="Hannah Reyes", report_asked=True)
    take_report(by=jane, invitee=school, words="Attendance is falling.", at=chaired.at)
    said = words(sign_in("winston").get(DESK))
    assert "1 report not shared with the parents" in said
    assert "it is late" not in said


def test_what_was_held_and_not_written_is_a_decision_to_write(chaired: Chaired, sign_in: SignIn) -> None:
    chaired.convened(starts_at=chaired.at - timedelta(hours=3))
    said = words(sign_in("winston").get(DESK))
    assert "What was decided is not recorded" in part(said, "Decisions to write (1)", "Letters to release")
    assert "Conferences to come (0)" in said


def test_an_empty_desk_says_so_in_words(chaired: Chaired, sign_in: SignIn) -> None:
    said = words(sign_in("winston").get(DESK))
    for sentence in (
        "Nobody waits for your decision.",
        "Every conference whose time has passed is recorded.",
        "No letter waits to be released.",
        "No conference is convened with you in the chair.",
        "No review conference is due in the next four weeks",
    ):
        assert sentence in said


def test_a_chair_begins_the_day_at_this_desk_and_nobody_else_may_open_it(chaired: Chaired, sign_in: SignIn) -> None:
    winston = sign_in("winston")
    assert winston.get("/")["Location"] == DESK
    assert f'href="{DESK}"' in winston.get("/my-day").content.decode()
    for who in ("jane", "gareth", "priya"):
        other = sign_in(who)
        assert other.get(DESK).status_code == 403
        assert other.get("/")["Location"] == "/my-day"


def test_the_desk_asks_as_often_for_many_conferences_as_for_one(chaired: Chaired, sign_in: SignIn) -> None:
    winston = sign_in("winston")
    _convene(chaired, 1)
    first = _asked(winston)
    set_actor(chaired.universe.who("jane").id)
    _convene(chaired, 3)
    assert _asked(winston) == first


def _convene(chaired: Chaired, number: int) -> None:
    for _ in range(number):
        meeting = chaired.convened()
        chaired.invited(meeting, agency_post=chaired.school, name="Hannah Reyes", report_asked=True)
        chaired.invited(meeting, person=chaired.mother, role="Mother", safe_to_tell="yes", safe_because="She said so.")


def _asked(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url("chairs-desk")).status_code == 200
    return len(asked)


def test_every_conference_that_is_over_stands_among_the_decisions_to_write(chaired: Chaired, sign_in: SignIn) -> None:
    """Three on the same children, none of them written up."""
    for hours in (3, 30, 300):
        chaired.convened(starts_at=chaired.at - timedelta(hours=hours))
    said = words(sign_in("winston").get(DESK))
    assert part(said, "Decisions to write (3)", "Letters to release").count("What was decided is not recorded") == 3
