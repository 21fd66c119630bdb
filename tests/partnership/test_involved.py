"""Who works with a child, and agencies and posts that close."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.journeys.chase_silence import chase_silence
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.partnership import operations
from sightline.partnership.queries import (
    InvolvedView,
    get_message,
    list_agencies,
    list_agency_posts,
    list_involved,
)
from tests.partnership.conftest import Desk
from tests.staff import AT, SOON

TODAY = AT.date()
SPRING, SUMMER = date(2026, 3, 2), date(2026, 6, 1)
FIELDS = {"name": "Bea Lund", "role": "Class teacher", "from_on": SPRING, "at": SOON}


def involved(desk: Desk) -> list[InvolvedView]:
    set_actor(desk.tom.id)
    return list_involved([desk.child])


def involve(desk: Desk, **given: object) -> object:
    return operations.involve(by=desk.tom, **({"child": desk.child, "agency_post": desk.lead} | FIELDS | given))


def test_a_professional_works_with_a_child_from_and_to(desk: Desk) -> None:
    key = involve(desk)
    [one] = involved(desk)
    assert (one.id, one.title, one.agency) == (key, "Safeguarding lead", "Weir Primary School")
    assert (one.name, one.role, one.from_on, one.to_on, one.closed) == (
        "Bea Lund",
        "Class teacher",
        SPRING,
        None,
        False,
    )
    operations.end_involvement(by=desk.tom, involvement=one.id, to_on=SUMMER, at=SOON)
    [ended] = involved(desk)
    assert ended.to_on == SUMMER
    with pytest.raises(Refusal, match="ended on 1 June 2026 already"):
        operations.end_involvement(by=desk.tom, involvement=one.id, to_on=TODAY, at=SOON)


def test_the_same_told_twice_is_kept_once_and_somebody_else_takes_over(desk: Desk) -> None:
    assert involve(desk) == involve(desk)
    involve(desk, name="Ivo Marsh", from_on=SUMMER)
    now, before = involved(desk)
    assert (now.name, now.from_on, now.to_on) == ("Ivo Marsh", SUMMER, None)
    assert (before.name, before.to_on) == ("Bea Lund", SUMMER)
    with pytest.raises(Refusal, match="since 1 June 2026"):
        involve(desk, name="Ann Ode", from_on=SPRING)


def test_a_day_to_come_or_before_it_began_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="has not come yet"):
        involve(desk, from_on=TODAY + timedelta(days=1))
    involve(desk)
    [one] = involved(desk)
    with pytest.raises(Refusal, match="They began on 2 March 2026"):
        operations.end_involvement(by=desk.tom, involvement=one.id, to_on=SPRING - timedelta(days=1), at=SOON)


def test_who_may_not_see_the_child_neither_reads_nor_writes_it(desk: Desk) -> None:
    involve(desk)
    [one] = involved(desk)
    jane = desk.staff.actor("Jane Smith")
    set_actor(jane.id)
    assert list_involved([desk.child]) == []
    with pytest.raises(NotFound):
        operations.end_involvement(by=jane, involvement=one.id, to_on=TODAY, at=SOON)
    with pytest.raises(NotFound):
        operations.involve(by=jane, child=desk.child, agency_post=desk.lead, **FIELDS)
    with pytest.raises(NotPermitted):
        operations.involve(by=desk.staff.actor("admin"), child=desk.child, agency_post=desk.lead, **FIELDS)
    with pytest.raises(NotFound):
        involve(desk, agency_post=new_id())


# --- closing ------------------------------------------------------------------------------------


def test_an_agency_closes_with_its_posts_and_the_story_still_reads(desk: Desk) -> None:
    involve(desk)
    sent = desk.compose()
    operations.close_agency(by=desk.tom, agency=desk.school, on=TODAY, at=SOON)
    [one] = involved(desk)
    assert (one.agency, one.closed) == ("Weir Primary School", True)
    assert get_message(sent.message).to == "Safeguarding lead, Weir Primary School (closed)"
    assert [post.id for post in list_agency_posts()] == [desk.lead]
    assert list_agency_posts(only_open=True) == []
    assert [agency.closed_on for agency in list_agencies()] == [TODAY]


def test_a_post_closes_by_itself_once_and_not_on_a_day_to_come(desk: Desk) -> None:
    with pytest.raises(Refusal, match="has not come yet"):
        operations.close_agency_post(by=desk.tom, agency_post=desk.lead, on=TODAY + timedelta(days=1), at=SOON)
    operations.close_agency_post(by=desk.tom, agency_post=desk.lead, on=TODAY, at=SOON)
    assert [agency.closed_on for agency in list_agencies()] == [None]
    with pytest.raises(NotFound):
        operations.close_agency_post(by=desk.tom, agency_post=desk.lead, on=TODAY, at=SOON)
    outsider = replace(desk.tom, role=Role.FAMILY_SUPPORT_WORKER)
    with pytest.raises(NotPermitted):
        operations.close_agency(by=outsider, agency=desk.school, on=TODAY, at=SOON)


def test_a_closed_post_is_not_written_to_and_can_be_rung(desk: Desk) -> None:
    operations.close_agency_post(by=desk.tom, agency_post=desk.lead, on=TODAY, at=SOON)
    for means in ("link", "letter"):
        with pytest.raises(Refusal, match="Safeguarding lead at Weir Primary School has closed"):
            desk.compose(means=means)
    assert desk.compose(means="call").message


def test_what_waits_at_a_closed_post_comes_back_and_what_was_opened_stays(desk: Desk) -> None:
    heard, waiting = desk.compose(means="call"), desk.compose()
    operations.record_call(by=desk.tom, message=heard.message, how="Spoke to M. Hall.", at=SOON)
    assert chase_silence(at=SOON) == 0
    operations.close_agency_post(by=desk.tom, agency_post=desk.lead, on=TODAY, at=SOON)
    assert chase_silence(at=SOON) == 1
    assert chase_silence(at=SOON) == 0
    set_actor(desk.tom.id)
    assert get_message(waiting.message).returned
    assert not get_message(heard.message).returned
