"""One conference: what each says is its own, reports and when the parents had them, moving it, the child's part."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.audit.queries import list_recently_viewed
from sightline.conferences.operations import give_view
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, title, words
from tests.web.conferences.conftest import Chaired, hidden_of, key, url

SAID = "She comes to school hungry and tired."


@pytest.fixture
def jane(chaired: Chaired, sign_in: SignIn) -> Client:
    return sign_in("jane")


@pytest.fixture
def meeting(chaired: Chaired) -> UUID:
    return chaired.convened()


@pytest.fixture
def school(chaired: Chaired, meeting: UUID) -> UUID:
    return chaired.invited(meeting, agency_post=chaired.school, name="Hannah Reyes", report_asked=True)


def test_when_and_where_who_answered_and_what_waits(
    chaired: Chaired, jane: Client, meeting: UUID, school: UUID
) -> None:
    chaired.unsafe(meeting)
    page = jane.get(url("conference", meeting))
    said = words(page)
    assert "Initial child protection conference" in said
    assert "Bracken Room, Quayside House" in said
    assert "10:30" in said
    assert "Winston Clarke" in said
    assert "Hannah Reyes, Safeguarding lead and deputy, Osier Lane Primary School" in said
    assert "Asked for, not in" in said
    assert "waits for the chair" in said
    assert "Rosie" in said
    assert "Rosie" not in title(page), "the browser's title names the desk alone"


def test_a_view_is_added_and_never_overwritten(chaired: Chaired, jane: Client, meeting: UUID, school: UUID) -> None:
    page = url("conference-view", meeting, school)
    assert " checked" not in jane.get(page).content.decode().split("<main", 1)[1]
    short = jane.post(page, {"key": key(), "words": SAID})
    assert "Say how they said it." in words(short)
    assert SAID in short.content.decode()
    body = {"key": key(), "words": SAID, "how": "spoken", "for_plan": "yes", "handling": "ordinary"}
    assert jane.post(page, body).status_code == 302
    assert jane.post(page, body).status_code == 302
    later = {"key": key(), "words": "She has had breakfast this week.", "how": "written", "for_plan": "unsure"}
    jane.post(page, later)
    [one] = chaired.listed(meeting)
    assert [view.words for view in one.views] == [SAID, "She has had breakfast this week."]
    said = words(jane.get(url("conference", meeting)))
    assert SAID in said
    assert "Not sure, or it differs" in said
    assert SAID in words(jane.get(page)), "what they said before stands beside what is added"


def test_the_chair_sees_each_agency_by_view_and_those_who_said_nothing(
    chaired: Chaired, sign_in: SignIn, meeting: UUID, school: UUID
) -> None:
    chaired.invited(meeting, agency_post=chaired.universe.mailbox("hospital-visitors"), name="Bea Lund")
    give_view(
        by=chaired.universe.who("jane"), invitee=school, words=SAID, how="spoken", for_plan="no", at=chaired.at
    )  # fmt: skip
    said = words(sign_in("winston").get(url("conference", meeting)))
    table = said.split("Agencies, and what each would decide", 1)[1]
    assert "Bea Lund" in table
    assert "Not said" in table.split("Bea Lund", 1)[1]
    assert "No" in table.split("Hannah Reyes", 1)[1]
    assert "Record what was decided" in said


def test_a_report_that_came_and_when_the_parents_had_it(
    chaired: Chaired, jane: Client, meeting: UUID, school: UUID
) -> None:
    page = url("conference-report", meeting, school)
    assert "A report was asked for, and is not in." in words(jane.get(page))
    assert "Write what it says, attach it" in words(jane.post(page, {"key": key()}))
    early = jane.post(page, {"key": key(), "shared_on": "today", "shared_how": "Read through at home"})
    assert "Record the report first" in words(early)
    assert "Read through at home" in early.content.decode()
    attached = SimpleUploadedFile("report.txt", b"A report.", content_type="text/plain")
    body = {"key": key(), "words": "Attendance is falling.", "documents": attached, "handling": "ordinary"}
    assert jane.post(page, body).status_code == 302
    assert "Not yet" in words(jane.get(url("conference", meeting)))
    jane.post(page, {"key": key(), "shared_on": "today", "shared_how": "Read through at home"})
    [one] = chaired.listed(meeting)
    assert one.report_shared_on is not None
    assert "Read through at home" in words(jane.get(page))


def test_moving_it_tells_again_those_who_knew_and_nobody_else(
    chaired: Chaired, jane: Client, meeting: UUID, school: UUID
) -> None:
    chaired.unsafe(meeting)
    page = url("conference-move", meeting)
    missing = jane.post(page, {"key": key(), "what": "move", "because": "The chair is ill."})
    assert "Say when it is now." in words(missing)
    assert "The chair is ill." in missing.content.decode()
    later = chaired.when + timedelta(days=1)
    typed = f"{later.day} {later.month} {later.year} at 14.15"
    body = {"key": key(), "what": "move", "starts": typed, "place": "Room 2", "because": "The chair is ill."}
    again = words(jane.post(page, body))
    assert "Hannah Reyes" in again
    assert "Lowenna" not in again
    said = words(jane.get(url("conference", meeting)))
    assert "Room 2" in said
    assert "It was to be" in said
    assert "The chair is ill." in said


def test_calling_it_off_keeps_what_was_said_and_asks_for_why(chaired: Chaired, jane: Client, meeting: UUID) -> None:
    page = url("conference-move", meeting)
    assert "Say why." in words(jane.post(page, {"key": key(), "what": "call_off"}))
    assert jane.post(page, {"key": key(), "what": "call_off", "because": "The family moved away."}).status_code == 302
    said = words(jane.get(url("conference", meeting)))
    assert "The family moved away." in said
    assert "Invite more people" not in said
    late = jane.post(page, {"key": key(), "what": "call_off", "because": "Again."})
    assert "called off" in words(late)


def test_how_a_child_is_heard_is_theirs_alone(chaired: Chaired, jane: Client, meeting: UUID) -> None:
    page = url("conference-part", meeting, chaired.rosie)
    assert "Say how the child is heard." in words(jane.post(page, {"key": key(), "words": "I want nan."}))
    assert jane.post(page, {"key": key(), "part": "written", "words": "I want nan."}).status_code == 302
    said = words(jane.get(url("conference", meeting)))
    assert "I want nan." in said
    assert "Nobody has said how they are heard" in said, "of the brother nothing is said yet"
    assert jane.get(url("conference-part", meeting, chaired.mother)).status_code == 404


def test_the_look_is_recorded_and_what_is_hidden_is_not_found(chaired: Chaired, sign_in: SignIn, meeting: UUID) -> None:
    sign_in("winston").get(url("conference", meeting))
    winston = chaired.universe.who("winston")
    assert chaired.jack in list_recently_viewed(actor=winston.id, since=chaired.at - timedelta(hours=1))
    assert sign_in("jane").get(url("conference", ABSENT)).status_code == 404
    for name in ("conference", "conference-move", "conference-invitees"):
        assert sign_in("sanjay").get(url(name, meeting)).status_code == 404


def test_a_view_that_was_begun_is_found_again(chaired: Chaired, jane: Client, meeting: UUID, school: UUID) -> None:
    page = url("conference-view", meeting, school)
    hidden = hidden_of(jane, page)
    assert jane.post(url("save-draft", hidden["key"]), {**hidden, "words": SAID, "draft_order": "1"}).status_code == 200
    again = jane.get(page)
    assert "You have begun this before" in words(again)
    onward = jane.get(f"/drafts/{hidden['key']}/resume")["Location"]
    assert onward.startswith(page)
    assert SAID in jane.get(onward).content.decode()
