"""A conference is convened, moved and called off; each name is confirmed, and the chair alone keeps somebody out."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from sightline.conferences.models import Invitee
from sightline.conferences.operations import (
    allow,
    call_off,
    confirm_invitee,
    convene,
    exclude,
    leave_out,
    move,
)
from sightline.conferences.queries import list_for_chair, list_meetings
from sightline.conferences.rules import MOVES, STATES, Standing, says_when_or_where
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.partnership.operations import close_agency_post
from sightline.record.operations import open_step
from sightline.workforce import operations as workforce
from sightline.workforce.queries import get_actor
from tests.conferences.convened import LOWENNA, PERRAN, PLACE, SAFE, UNSAFE, Convened, chair_post

HOUR = timedelta(hours=1)


def stand(convened: Convened, key: str) -> None:
    """Put somebody without a post into one of the chair's team, so that they see the conference."""
    admin, at = convened.universe.who("anna"), convened.at
    team = next(iter(convened.chair.teams))
    post = workforce.open_post(by=admin, team=team, key=f"beside-{key}", title="Beside the chair", kind="other", at=at)
    workforce.place(by=admin, post=post, account=convened.universe.who(key).id, at=at)


# --- the meeting --------------------------------------------------------------------------------


def test_a_conference_says_when_where_and_of_whom_and_who_chairs_it(convened: Convened) -> None:
    found = convened.view()
    assert (found.kind, found.chair_post, found.convened_by) == ("initial", convened.chair_post, convened.jane.id)
    assert set(found.child_keys) == set(convened.children)
    assert found.sitting is not None
    assert (found.sitting.starts_at, found.sitting.place) == (convened.starts_at, PLACE)
    assert found.invitees == ()


def test_nothing_is_convened_about_nobody_or_nowhere(convened: Convened) -> None:
    given = {"by": convened.jane, "kind": "initial", "starts_at": convened.starts_at, "at": convened.at}
    step = open_step(
        by=convened.jane, kind="conference", post=convened.chair_post, people=convened.children, at=convened.at
    )
    with pytest.raises(Refusal, match="Choose the child"):
        convene(**given, children=[], place=PLACE, chair_post=convened.chair_post, step=step)
    with pytest.raises(Refusal, match="Say where it is"):
        convene(**given, children=convened.children, place=" ", chair_post=convened.chair_post, step=step)
    with pytest.raises(Refusal, match="a step of its own"):
        convene(**given, children=convened.children, place=PLACE, chair_post=convened.chair_post, step=convened.meeting)


def test_a_conference_that_was_held_without_paperwork_is_convened_after(convened: Convened) -> None:
    step = open_step(
        by=convened.jane, kind="conference", post=convened.chair_post, people=convened.children, at=convened.at
    )
    given = {"children": convened.children, "place": "", "how": "video", "chair_post": convened.chair_post}
    convene(
        by=convened.jane, kind="review", starts_at=convened.at - timedelta(days=3), step=step, **given, at=convened.at
    )
    with acting(convened.jane.id):
        assert [one.kind for one in list_meetings(convened.children)] == ["initial", "review"]


def test_what_is_moved_keeps_what_stood_before_and_why(convened: Convened) -> None:
    later = convened.starts_at + timedelta(days=1)
    with pytest.raises(Refusal, match="Say why"):
        move(by=convened.jane, meeting=convened.meeting, starts_at=later, place=PLACE, because=" ", at=convened.at)
    move(
        by=convened.jane, meeting=convened.meeting, starts_at=later, place="Town hall", because="The room is let.",
        at=convened.at + HOUR,
    )  # fmt: skip
    found = convened.view()
    assert found.sitting is not None
    assert (found.sitting.starts_at, found.sitting.place) == (later, "Town hall")
    [before] = found.earlier
    assert (before.starts_at, before.place, before.moved_because) == (convened.starts_at, PLACE, "The room is let.")


def test_nobody_is_asked_to_what_was_called_off(convened: Convened) -> None:
    with pytest.raises(Refusal, match="Say why"):
        call_off(by=convened.jane, meeting=convened.meeting, because="", at=convened.at)
    call_off(by=convened.jane, meeting=convened.meeting, because="They moved to Vellenshire.", at=convened.at)
    assert convened.view().called_off
    with pytest.raises(Refusal, match="called off"):
        convened.school()


def test_a_worker_who_may_not_see_the_children_convenes_nothing(convened: Convened) -> None:
    with pytest.raises(NotPermitted, match="not working with"):
        convene(
            by=convened.universe.who("sanjay"), kind="initial", children=convened.children,
            starts_at=convened.starts_at, place=PLACE, chair_post=convened.chair_post, step=convened.meeting,
            at=convened.at,
        )  # fmt: skip
    with pytest.raises(NotFound):
        convened.view("sanjay")


# --- names --------------------------------------------------------------------------------------


def test_a_professional_is_confirmed_by_name_and_asked_for_a_report(convened: Convened) -> None:
    one = convened.one(convened.school(report_asked=True))
    assert one.who == "Hannah Reyes, Safeguarding lead and deputy, Osier Lane Primary School"
    assert (one.state, one.family, one.report_asked, one.told_at) == ("confirmed", False, True, None)
    assert convened.school() == one.id


def test_of_the_family_it_is_always_answered_whether_it_is_safe(convened: Convened) -> None:
    for answer in ("", "perhaps"):
        with pytest.raises(Refusal) as refused:
            convened.parent(safe_to_tell=answer)
        assert refused.value.field == "safe_to_tell"
    with pytest.raises(Refusal, match="Say how you know"):
        convened.parent(safe_because=" ")
    with pytest.raises(Refusal, match="safe to tell"):
        convened.confirm(name="Auntie Bev", role="friend of the mother")


def test_whom_it_is_not_safe_to_tell_waits_for_the_chair(convened: Convened) -> None:
    assert convened.one(convened.parent()).state == "confirmed"
    perran = convened.parent(PERRAN, **UNSAFE)
    assert convened.one(perran).state == "waits"
    assert convened.parent(PERRAN, **SAFE) == perran
    assert convened.one(perran).state == "confirmed"


def test_a_friend_is_named_by_name_alone_and_only_once(convened: Convened) -> None:
    bev = convened.confirm(name="Auntie Bev", role="friend of the mother", **SAFE)
    assert convened.confirm(name="Auntie Bev ", role="friend", **SAFE) == bev
    assert convened.one(bev).who == "Auntie Bev, friend"
    assert convened.confirm(name="Uncle Mo", **SAFE) != bev


def test_nobody_is_two_at_once_and_somebody_is_somebody(convened: Convened) -> None:
    with pytest.raises(Refusal, match="Choose one"):
        convened.school(person=convened.universe.person(LOWENNA), **SAFE)
    with pytest.raises(Refusal, match="write who it is"):
        convened.confirm(**SAFE)


def test_a_post_that_has_closed_is_not_confirmed(convened: Convened) -> None:
    close_agency_post(
        by=convened.universe.who("dipa"), agency_post=convened.box("school-lead"), on=local_day(convened.at),
        at=convened.at,
    )  # fmt: skip
    with pytest.raises(Refusal, match="has closed"):
        convened.school()


def test_somebody_is_left_out_with_a_reason_and_confirmed_after_all(convened: Convened) -> None:
    given = {"by": convened.jane, "meeting": convened.meeting, "agency_post": convened.box("school-lead")}
    with pytest.raises(Refusal, match="Say why"):
        leave_out(**given, because=" ", at=convened.at)
    left = leave_out(**given, because="She moved schools in June.", at=convened.at)
    assert (convened.one(left).state, convened.one(left).left_out_because) == ("left_out", "She moved schools in June.")
    assert convened.view().asked == ()
    assert convened.school() == left
    assert convened.one(left).state == "confirmed"


def test_a_reviewing_officer_confirms_nobody(convened: Convened) -> None:
    stand(convened, "priya")
    with pytest.raises(NotPermitted):
        confirm_invitee(
            by=convened.universe.who("priya"), meeting=convened.meeting, agency_post=convened.box("school-lead"),
            at=convened.at,
        )  # fmt: skip


# --- the chair ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["jane", "gareth", "priya", "helen"])
def test_nobody_but_a_chair_keeps_somebody_out_or_lets_them_in(convened: Convened, who: str) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    if who == "priya":
        stand(convened, who)
    by = convened.universe.who(who)
    with pytest.raises(NotPermitted, match="The chair"):
        exclude(by=by, invitee=perran, because="He threatened the worker.", at=convened.at)
    with pytest.raises(NotPermitted, match="The chair"):
        allow(by=by, invitee=perran, at=convened.at)
    assert convened.one(perran).state == "waits"


def test_the_chair_says_why_and_the_reason_stands(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    with pytest.raises(Refusal, match="Say why"):
        exclude(by=convened.chair, invitee=perran, because=" ", at=convened.at)
    assert exclude(by=convened.chair, invitee=perran, because="He threatened the worker.", at=convened.at) is False
    one = convened.one(perran)
    assert (one.state, one.excluded_because, one.excluded_by) == (
        "excluded", "He threatened the worker.", convened.chair.id,
    )  # fmt: skip
    with pytest.raises(Refusal, match="The chair has decided"):
        convened.parent(PERRAN, **SAFE)


def test_the_reason_that_goes_to_them_says_neither_when_nor_where(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    day = local_day(convened.starts_at)
    for words in (
        f"Not on {day.day} {day:%B}.", f"He will not come on {day:%A}.", "He knows Juniper House.",
        "Not at SALTERN row!", f"{day:%d/%m/%Y}", f"at {convened.starts_at.astimezone(None):%H:%M}",
    ):  # fmt: skip
        with pytest.raises(Refusal, match="may not know when or where"):
            exclude(by=convened.chair, invitee=perran, because=words, at=convened.at)


def test_keeping_somebody_out_says_that_they_had_been_told(convened: Convened) -> None:
    lowenna = convened.parent()
    convened.invite(lowenna)
    assert exclude(by=convened.chair, invitee=lowenna, because="She asked not to come.", at=convened.at) is True
    assert convened.one(lowenna).told_at == convened.at


def test_the_chair_lets_in_whom_they_kept_out(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    exclude(by=convened.chair, invitee=perran, because="He threatened the worker.", at=convened.at)
    allow(by=convened.chair, invitee=perran, at=convened.at + HOUR)
    one = convened.one(perran)
    assert (one.state, one.excluded_because) == ("confirmed", "He threatened the worker.")


def test_a_chair_elsewhere_decides_nothing_about_it(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    admin, at = convened.universe.who("anna"), convened.at
    other = workforce.open_account(
        by=admin, name="Otis Vane", email="otis.vane@hallowby.example", role="conference_chair",
        password=convened.universe.password, at=at,
    )  # fmt: skip
    set_actor(other)
    assert not Invitee.objects.exists()
    with pytest.raises(NotFound):
        exclude(by=get_actor(other), invitee=perran, because="No.", at=at)


# --- rules --------------------------------------------------------------------------------------


def test_every_state_has_its_words_and_every_move_leads_to_one() -> None:
    assert set(MOVES) == set(STATES)
    assert {to for acts in MOVES.values() for to, _ in acts.values()} <= set(STATES)


def test_nobody_may_be_told_until_all_of_it_is_so() -> None:
    now = datetime(2026, 6, 1, 9)  # noqa: DTZ001  # compared only with itself
    assert not Standing(family=False, confirmed_at=None).may_be_told
    assert Standing(family=False, confirmed_at=now).may_be_told
    assert not Standing(family=True, confirmed_at=now).may_be_told
    assert Standing(family=True, confirmed_at=now, safe_to_tell="yes").may_be_told
    waits = {"family": True, "confirmed_at": now, "safe_to_tell": "no", "waits_for_chair": True}
    assert not Standing(**waits).may_be_told
    assert Standing(**waits, allowed_at=now).may_be_told
    assert not Standing(**waits, excluded_at=now).may_be_told
    assert not Standing(family=False, confirmed_at=now, excluded_at=now).may_be_told


@pytest.mark.parametrize(
    "text",
    ["on 8 December", "8th December", "December 8", "08/12", "the 8th", "2026-12-08", "Tuesday", "at 9", "9.30",
     "9:30 am", "half past: 09:30", "Juniper"],
)  # fmt: skip
def test_a_day_an_hour_and_a_place_are_found_however_they_are_written(text: str) -> None:
    starts_at = datetime(2026, 12, 8, 9, 30).astimezone()
    assert says_when_or_where(text, starts_at=starts_at, place="Juniper House, room 4")
    assert not says_when_or_where(
        "He threatened the worker on 4 May.", starts_at=starts_at, place="Juniper House, room 4"
    )


# --- the chair's desk ---------------------------------------------------------------------------


def test_the_desk_says_what_is_missing_and_leaves_out_what_is_called_off(convened: Convened) -> None:
    school, perran = convened.school(report_asked=True), convened.parent(PERRAN, **UNSAFE)
    convened.invite(school)
    with acting(convened.chair.id):
        [line] = list_for_chair([convened.chair_post], convened.at)
    assert (line.meeting, line.invited, line.not_answered, line.waiting) == (convened.meeting, 1, 1, 1)
    assert (line.reports_missing, line.reports_not_shared, line.to_write) == (1, 0, False)
    assert perran
    with acting(convened.chair.id):
        [line] = list_for_chair([convened.chair_post], convened.starts_at + HOUR)
    assert line.to_write
    call_off(by=convened.jane, meeting=convened.meeting, because="They moved.", at=convened.at)
    with acting(convened.chair.id):
        assert list_for_chair([convened.chair_post], convened.at) == []


def test_the_desk_asks_as_many_queries_for_one_conference_as_for_three(convened: Convened) -> None:
    def asked() -> int:
        with acting(convened.chair.id), CaptureQueriesContext(connection) as queries:
            list_for_chair([convened.chair_post], convened.at)
        return len(queries)

    convened.invite(convened.school())
    one = asked()
    for _ in range(2):
        step = open_step(
            by=convened.jane, kind="conference", post=convened.chair_post, people=convened.children, at=convened.at
        )
        convene(
            by=convened.jane, kind="review", children=convened.children, starts_at=convened.starts_at, place=PLACE,
            chair_post=convened.chair_post, step=step, at=convened.at,
        )  # fmt: skip
    assert asked() == one


def test_the_database_changes_no_time_of_a_sitting(convened: Convened) -> None:
    set_actor(convened.jane.id)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE conferences_sitting SET starts_at = now()")


def test_the_chairs_post_is_there(convened: Convened) -> None:
    assert chair_post(convened.universe) == convened.chair_post
