"""Twelve who are asked cost as many queries as three, and each of them is asked, heard and written to by themselves."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import Event
from sightline.conferences.holding_rules import ViewGiven
from sightline.conferences.operations import InviteeGiven, confirm_invitees
from sightline.conferences.queries import get_meeting
from sightline.doorway.acts import acting
from sightline.journeys.convene import invite_all
from sightline.kernel.errors import Refusal
from sightline.partnership.models import Message
from sightline.partnership.operations import add_agency, add_agency_post
from tests.conferences.convened import SAFE, UNSAFE, Convened
from tests.conferences.holding_case import Case


def agency_posts(convened: Convened, count: int, *, begin: int = 0) -> list[UUID]:
    admin, at, made = convened.universe.who("anna"), convened.at, []
    for number in range(begin, begin + count):
        key = f"many-{number}"
        agency = add_agency(by=admin, key=key, kind="health", name=f"Clinic {number}", at=at)
        made.append(
            add_agency_post(
                by=admin,
                key=key,
                agency=agency,
                title="Lead",
                email=f"{key}@clinic.example",
                phone="01632 960700",
                at=at,
            )
        )
    return made


def asked(convened: Convened, posts: list[UUID]) -> tuple[list[UUID], list[str]]:
    """Confirms and invites them; the statements without the job that each e-mail is."""
    given = [InviteeGiven(agency_post=post, report_asked=True) for post in posts]
    with CaptureQueriesContext(connection) as found:
        keys = confirm_invitees(by=convened.jane, meeting=convened.meeting, given=given, at=convened.at)
        invite_all(by=convened.jane, meeting=convened.meeting, invitees=keys, at=convened.at)
    return keys, [one["sql"] for one in found.captured_queries if "procrastinate" not in one["sql"]]


def test_twelve_are_asked_in_as_many_queries_as_three(convened: Convened) -> None:
    three, nine = agency_posts(convened, 3), agency_posts(convened, 9, begin=3)
    _, few = asked(convened, three)
    keys, many = asked(convened, nine)
    assert len(many) <= len(few) + 1, many  # who has been written to is read with their message
    listed = {one.id: one for one in convened.view().invitees}
    assert all(listed[key].told_at == convened.at and listed[key].report_asked for key in keys)
    messages = Message.objects.filter(subject__in=keys)
    assert {one.agency_post_id for one in messages} == set(nine)


def test_each_who_is_asked_together_has_a_link_and_a_code_of_their_own_and_the_audit_names_them(
    convened: Convened,
) -> None:
    given = [InviteeGiven(agency_post=post) for post in agency_posts(convened, 3)]
    keys = confirm_invitees(by=convened.jane, meeting=convened.meeting, given=given, at=convened.at)
    sent = invite_all(by=convened.jane, meeting=convened.meeting, invitees=keys, at=convened.at)
    written = [one for one in sent.values() if one is not None]
    assert len({one.link_token for one in written}) == len({one.message for one in written}) == 3
    recorded = Event.objects.filter(what="invite_all").order_by("-id").first()
    assert recorded is not None
    assert set(recorded.facts["invited"]) == {str(key) for key in keys}
    assert set(recorded.facts["messages"]) == {str(one.message) for one in written}


def test_where_one_of_them_may_not_be_told_yet_nobody_is(convened: Convened) -> None:
    school, father = convened.school(), convened.parent("Perran Penhallow", **UNSAFE)
    with pytest.raises(Refusal, match="wait for the chair"):
        invite_all(by=convened.jane, meeting=convened.meeting, invitees=[school, father], at=convened.at)
    assert not any(one.told_at for one in convened.view().invitees)
    assert not Message.objects.filter(subject__in=[school, father]).exists()


def test_one_who_is_named_twice_on_a_page_is_one_on_the_list(convened: Convened) -> None:
    mother = convened.universe.person("Lowenna Penhallow")
    given = [InviteeGiven(person=mother, role="Mother", **SAFE), InviteeGiven(person=mother, role="Carer", **SAFE)]
    first, second = confirm_invitees(by=convened.jane, meeting=convened.meeting, given=given, at=convened.at)
    assert first == second
    assert [one.role for one in convened.view().invitees] == ["Carer"]


def test_each_view_that_is_recorded_with_an_outcome_stands_as_its_invitees_own(case: Case) -> None:
    said = {name: f"What the {name} lead saw." for name in ("school", "health", "police")}
    case.hold(views={case.invitees[name]: ViewGiven(text, for_plan="yes") for name, text in said.items()})
    with acting(case.chair):
        found = {one.id: one for one in get_meeting(case.meeting).invitees}
    for name, text in said.items():
        [view] = found[case.invitees[name]].views
        assert (view.words, view.for_plan) == (text, "yes")
        assert view.told_by.startswith(f"{name.title()} lead")
