"""From a conference that is owed to everybody asked to it: nobody is told before, and some never when or where."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.access.operations import restrict
from sightline.conferences.operations import allow, exclude, leave_out
from sightline.conferences.queries import get_meeting
from sightline.doorway.acts import acting, set_actor
from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.convene import (
    call_off_conference,
    convene_conference,
    invite,
    move_conference,
    propose_for,
    propose_invitees,
)
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.partnership.models import Message
from sightline.partnership.operations import Composed, close_agency_post, involve, print_link
from sightline.partnership.public import OpenedMessage, open_message, reply_to_message
from sightline.partnership.queries import get_message
from sightline.record.models import Entry, EntrySubject
from sightline.record.operations import open_step
from sightline.record.queries import get_entry, list_steps_for
from sightline.workforce import operations as workforce
from tests.conferences.conftest import convened
from tests.conferences.convened import (
    JACK,
    LOWENNA,
    PERRAN,
    PLACE,
    ROSIE,
    UNSAFE,
    WORKER,
    Convened,
    chair_post,
    gives_away,
    make_convened,
)
from tests.conftest import Mailbox
from tests.universe import Universe

__all__ = ["convened"]

HOUR = timedelta(hours=1)
WHY = "He threatened the worker, and the police asked us to keep you apart."
THINKS = "I want to see my children. I have done the course."


def messages(convened: Convened) -> list[Message]:
    set_actor(convened.jane.id)
    return list(Message.objects.filter(kind="invitation").order_by("composed_at"))


def reply(sent: Composed, convened: Convened, text: str = THINKS, **given: Any) -> object:
    said = {"kind": "answer", "signed": "P. Penhallow", "at": convened.at, "key": new_id(), "code": sent.code}
    return reply_to_message(link_token=sent.link_token, text=text, **(said | given))


def opened(sent: Composed, convened: Convened) -> OpenedMessage:
    found = open_message(link_token=sent.link_token, code=sent.code, at=convened.at)
    assert isinstance(found, OpenedMessage)
    return found


def run_mail(told: set[int]) -> None:
    context = SimpleNamespace(job=SimpleNamespace(attempts=0))
    for job in ProcrastinateJob.objects.filter(queue_name="mail").exclude(id__in=told).order_by("id"):
        app.tasks[job.task_name].func(context, **job.args)


# --- convening ----------------------------------------------------------------------------------


def test_a_conference_takes_over_what_was_owed_and_tells_its_chair(universe: Universe) -> None:
    due = universe.at + timedelta(days=11)
    children = [universe.person(ROSIE), universe.person(JACK)]
    set_actor(universe.who("jane").id)
    owed = open_step(
        by=universe.who("jane"), kind="convene_conference", post=universe.post(WORKER), people=children,
        due_at=due, due_rule="england-2023:1:conference.initial", at=universe.at,
    )  # fmt: skip
    convened = make_convened(universe)
    found = convened.view("winston")
    assert (found.due_at, found.due_rule) == (due, "england-2023:1:conference.initial")
    assert owed not in {one.id for one in list_steps_for(children)}
    assert convened.told(convened.chair_post, "winston") == ["conference_convened"]
    assert found.step_post == convened.chair_post


def test_the_chair_reads_the_children_and_the_adults_around_them(convened: Convened) -> None:
    lowenna = convened.parent()
    with acting(convened.chair.id):
        [one] = get_meeting(convened.meeting).invitees
    assert (one.id, one.name) == (lowenna, LOWENNA)


# --- who is proposed ----------------------------------------------------------------------------


def test_everybody_around_the_children_is_proposed_with_why_and_nothing_is_sent(convened: Convened) -> None:
    set_actor(convened.jane.id)
    involve(
        by=convened.jane, child=convened.children[1], agency_post=convened.box("hospital-visitors"), name="Bea Lund",
        role="health visitor", from_on=local_day(convened.at) - timedelta(days=60), at=convened.at,
    )  # fmt: skip
    set_actor(convened.jane.id)
    proposed = propose_invitees(convened.meeting)
    by_key = {one.agency_post or one.post or one.person: one for one in proposed}
    visitor = by_key[convened.box("hospital-visitors")]
    assert (visitor.name, visitor.report) == ("Bea Lund", True)
    assert visitor.because[0].startswith("Works with Jack Penhallow since ")
    assert by_key[convened.box("school-lead")].because[0].startswith("Told us on ")
    carries = ("Carries Rosie Penhallow", "Carries Jack Penhallow")
    assert by_key[convened.universe.post(WORKER)].because == (*carries, "Convenes the conference")
    mother, father = by_key[convened.universe.person(LOWENNA)], by_key[convened.universe.person(PERRAN)]
    assert (mother.family, mother.child, mother.role) == (True, False, "Mother of Rosie Penhallow")
    assert father.role == "Father of Rosie Penhallow"
    assert "Lives with Jack Penhallow" in mother.because
    assert [one.title for one in proposed if one.child] == [ROSIE, JACK]
    assert messages(convened) == []
    assert convened.view().invitees == ()


def test_whoever_is_on_the_list_or_left_out_or_closed_is_not_proposed(convened: Convened) -> None:
    convened.school()
    leave_out(
        by=convened.jane, meeting=convened.meeting, person=convened.universe.person(PERRAN), because="In prison.",
        at=convened.at,
    )  # fmt: skip
    set_actor(convened.jane.id)
    found = {one.agency_post or one.post or one.person for one in propose_invitees(convened.meeting)}
    assert not {convened.box("school-lead"), convened.universe.person(PERRAN)} & found
    close_agency_post(
        by=convened.universe.who("dipa"), agency_post=convened.box("school-lead"), on=local_day(convened.at),
        at=convened.at,
    )  # fmt: skip
    set_actor(convened.jane.id)
    closed = propose_for(children=convened.children, at=convened.at)
    assert convened.box("school-lead") not in {one.agency_post for one in closed}


def test_of_a_child_who_is_not_born_the_mother_is_proposed_and_the_child_is_not(universe: Universe) -> None:
    baby, carys = universe.person("Baby of Carys Maddox"), universe.person("Carys Maddox")
    set_actor(universe.who("aoife").id)
    found = propose_for(children=[baby], at=universe.at)
    assert carys in {one.person for one in found if one.family and not one.child}
    assert baby not in {one.person for one in found}


# --- nobody is told before ----------------------------------------------------------------------


def test_confirming_a_name_sends_nothing_by_itself(convened: Convened) -> None:
    convened.school()
    convened.parent()
    assert messages(convened) == []


def test_whoever_waits_for_the_chair_is_sent_nothing_until_the_chair_allows_it(convened: Convened) -> None:
    perran = convened.parent(PERRAN, **UNSAFE)
    for by in (convened.jane, convened.chair, convened.universe.who("gareth")):
        with pytest.raises(Refusal, match="wait for the chair"):
            invite(by=by, invitee=perran, at=convened.at)
    assert messages(convened) == []
    allow(by=convened.chair, invitee=perran, at=convened.at)
    sent = convened.invite(perran)
    assert PLACE in opened(sent, convened).text
    assert convened.one(perran).state == "told"


def test_whoever_is_left_out_is_sent_nothing(convened: Convened) -> None:
    left = leave_out(
        by=convened.jane, meeting=convened.meeting, agency_post=convened.box("school-lead"), because="Moved.",
        at=convened.at,
    )  # fmt: skip
    with pytest.raises(Refusal, match="Confirm their name first"):
        invite(by=convened.jane, invitee=left, at=convened.at)
    assert messages(convened) == []


# --- what goes ----------------------------------------------------------------------------------


def test_a_professional_is_told_when_where_and_what_is_asked(convened: Convened, mailbox: Mailbox) -> None:
    told = set(ProcrastinateJob.objects.values_list("id", flat=True))
    sent = convened.invite(convened.school(report_asked=True))
    run_mail(told)
    [letter] = mailbox.letters_to("lead@osierlane.example")
    assert gives_away(letter.get_content().replace(sent.link_token, ""), convened.starts_at) == []
    text = opened(sent, convened).text
    assert all(word in text for word in (PLACE, f"{convened.starts_at:%M} on ", "Rosie Penhallow", "Winston Clarke"))
    assert "Please send a report" in text
    assert convened.one(convened.school()).told_at == convened.at


def test_the_family_has_a_letter_with_a_link_by_hand_and_no_e_mail_goes(convened: Convened, mailbox: Mailbox) -> None:
    told = set(ProcrastinateJob.objects.values_list("id", flat=True))
    sent = convened.invite(convened.parent())
    run_mail(told)
    assert mailbox.letters() == []
    set_actor(convened.jane.id)
    line = get_message(sent.message)
    assert (line.means, line.to, line.status) == ("by_hand", "Somebody of the family", "not given to them yet")
    assert line.to_person == convened.universe.person(LOWENNA)
    found = opened(sent, convened)
    assert (found.agency, found.post_title) == ("", "")
    assert PLACE in found.text
    again = print_link(by=convened.jane, message=sent.message, at=convened.at)
    assert (again.link_token, again.code) == (sent.link_token, sent.code)
    with pytest.raises(Refusal, match="no code"):
        print_link(by=convened.universe.who("gareth"), message=sent.message, at=convened.at)


def test_a_child_is_written_to_as_a_child(convened: Convened) -> None:
    text = opened(convened.invite(convened.parent(ROSIE)), convened).text
    assert "What you think matters" in text
    assert "worried about" not in text


def test_one_of_ours_is_told_on_their_own_day(convened: Convened) -> None:
    marcus = convened.universe.post("support-family-support-2")
    ours = convened.confirm(post=marcus)
    assert invite(by=convened.jane, invitee=ours, at=convened.at) is None
    assert "conference_invited" in convened.told(marcus, "marcus")
    assert convened.one(ours).state == "told"
    assert messages(convened) == []


def test_nobody_is_invited_twice_to_one_time_unless_the_first_came_back(convened: Convened) -> None:
    school = convened.school()
    convened.invite(school)
    with pytest.raises(Refusal, match="have been invited"):
        convened.invite(school)
    back = convened.at + timedelta(days=30)
    chase_silence(at=back)
    assert convened.one(school).came_back
    assert "message_silent" in convened.told(convened.universe.post(WORKER), "jane")
    assert convened.invite(school, at=back)


# --- somebody who is kept out -------------------------------------------------------------------


def excluded(convened: Convened) -> tuple[UUID, Composed]:
    perran = convened.parent(PERRAN, **UNSAFE)
    exclude(by=convened.chair, invitee=perran, because=WHY, at=convened.at)
    return perran, convened.invite(perran)


def test_the_letter_the_link_and_the_page_of_who_is_kept_out_say_neither_when_nor_where(
    convened: Convened, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = False
    convened.invite(convened.school())
    _, sent = excluded(convened)
    [found] = [one for one in messages(convened) if one.to_person == convened.universe.person(PERRAN)]
    assert WHY in found.text
    assert gives_away(found.text + found.ring, convened.starts_at) == []
    everything = str(vars(found)) + str(opened(sent, convened))
    assert gives_away(everything, convened.starts_at) == []
    url = reverse("message-link", args=[sent.link_token])
    client, given = Client(), {"code": sent.code, "reply": "yes", "view": "family", "signed": "P."}
    pages = [
        client.get(url),
        client.post(url, {"code": sent.code}),
        client.post(url, given | {"text": ""}),
        client.post(url, given | {"text": THINKS, "key": str(new_id())}, follow=True),
        Client().post(url, {"code": "999999"}),
    ]
    assert WHY in pages[1].content.decode()
    assert "has been sent" in pages[3].content.decode()
    for page in pages:
        assert gives_away(page.content.decode() + str(page.headers), convened.starts_at) == []
    assert (
        gives_away(json.dumps(list(ProcrastinateJob.objects.values_list("args", flat=True))), convened.starts_at) == []
    )


def test_the_search_finds_what_another_parent_is_told(convened: Convened) -> None:
    text = opened(convened.invite(convened.parent()), convened).text
    assert len(gives_away(text, convened.starts_at)) >= 4


def test_who_is_kept_out_is_not_marked_as_told_and_is_still_heard(convened: Convened) -> None:
    perran, sent = excluded(convened)
    assert (convened.one(perran).told_at, convened.one(perran).state) == (None, "excluded")
    reply(sent, convened)
    chase_silence(at=convened.at)
    [said] = convened.one(perran).views
    assert (said.words, said.by_link) == (THINKS, True)
    with pytest.raises(Refusal, match="since the chair decided"):
        convened.invite(perran, at=convened.at + HOUR)


# --- moved --------------------------------------------------------------------------------------


def test_moving_it_tells_again_only_those_who_had_been_told(convened: Convened) -> None:
    school, lowenna = convened.school(), convened.parent()
    convened.confirm(agency_post=convened.box("hospital-visitors"))
    convened.parent(ROSIE, safe_to_tell="no", safe_because="Not yet.")
    convened.invite(school)
    convened.invite(lowenna)
    excluded(convened)
    exclude(by=convened.chair, invitee=lowenna, because="She asked not to come.", at=convened.at)
    told = move_conference(
        by=convened.jane, meeting=convened.meeting, starts_at=convened.starts_at + timedelta(days=1),
        place="Osier Hall", because="The room is let.", at=convened.at + HOUR,
    )  # fmt: skip
    assert list(told) == [school]
    sent = told[school]
    assert sent is not None
    assert "Osier Hall" in opened(sent, convened).text
    after = [one for one in messages(convened) if one.composed_at > convened.at]
    assert [one.agency_post_id for one in after] == [convened.box("school-lead")]
    assert convened.one(school).state == "told"
    assert "conference_moved" in convened.told(convened.chair_post, "winston")


def test_what_is_called_off_is_owed_again_and_names_whom_to_ring(convened: Convened) -> None:
    school = convened.school()
    convened.invite(school)
    rung = call_off_conference(by=convened.jane, meeting=convened.meeting, because="The chair is ill.", at=convened.at)
    assert [one.id for one in rung] == [school]
    set_actor(convened.jane.id)
    owed = list_steps_for(convened.children, kinds=["convene_conference"])
    assert [set(one.people) for one in owed] == [set(convened.children)]
    assert list_steps_for(convened.children, kinds=["conference"]) == []
    with pytest.raises(Refusal, match="held or called off"):
        invite(by=convened.jane, invitee=school, at=convened.at)


# --- what comes back ----------------------------------------------------------------------------


def views_on(convened: Convened, child: UUID, as_whom: str = "jane") -> list[UUID]:
    set_actor(convened.universe.who(as_whom).id)
    return list(
        EntrySubject.objects.filter(person=child, kind="view").order_by("recorded_at").values_list("entry", flat=True)
    )


def test_a_written_view_stands_on_the_records_and_the_chair_and_the_convener_are_told(convened: Convened) -> None:
    visitors = convened.confirm(agency_post=convened.box("hospital-visitors"))
    sent = convened.invite(visitors)
    reply(sent, convened, text="Jack has lost weight.", signed="Bea Lund, health visitor", for_plan="yes")
    assert chase_silence(at=convened.at) == 1
    for child in convened.children:
        [entry] = views_on(convened, child)
    [passage] = get_entry(entry).passages
    assert (passage.text, passage.told_by, passage.section) == (
        "Jack has lost weight.", "Bea Lund, health visitor", "health",
    )  # fmt: skip
    one = convened.one(visitors)
    assert (one.view, one.views[0].for_plan, one.views[0].by_link, one.views[0].entry) == (
        "written",
        "yes",
        True,
        entry,
    )
    assert "conference_view" in convened.told(convened.chair_post, "winston")
    assert "conference_view" in convened.told(convened.universe.post(WORKER), "jane")


def test_a_second_view_by_the_link_adds_and_the_same_twice_is_kept_once(convened: Convened) -> None:
    school = convened.school()
    sent = convened.invite(school)
    for words in (THINKS, THINKS, "I forgot: he was late."):
        reply(sent, convened, text=words, for_plan="yes")
        chase_silence(at=convened.at)
    assert [one.words for one in convened.one(school).views] == [THINKS, "I forgot: he was late."]
    shown = opened(sent, convened)
    assert [(one.text, one.signed) for one in shown.replies] == [("", ""), ("", "")]


def test_a_view_by_a_link_from_before_it_was_moved_still_counts(convened: Convened) -> None:
    school = convened.school()
    first = convened.invite(school)
    move_conference(
        by=convened.jane, meeting=convened.meeting, starts_at=convened.starts_at + timedelta(days=1),
        place="Osier Hall", because="The room is let.", at=convened.at + HOUR,
    )  # fmt: skip
    reply(first, convened)
    chase_silence(at=convened.at + HOUR)
    assert len(convened.one(school).views) == 1


def test_a_link_that_is_guessed_or_too_old_gives_nothing_away_and_takes_nothing(convened: Convened) -> None:
    school = convened.school()
    sent = convened.invite(school)
    for given in ({"code": "000001"}, {"at": convened.at + timedelta(days=31)}):
        assert not isinstance(reply(sent, convened, **given), UUID)
    unknown = open_message(link_token="x" * 22, code=sent.code, at=convened.at)
    expired = open_message(link_token=sent.link_token, code=sent.code, at=convened.at + timedelta(days=31))
    for said in (unknown, expired):
        assert gives_away(str(said), convened.starts_at) == []
        assert not any(name in str(said) for name in ("Rosie", "Penhallow", "conference"))
    chase_silence(at=convened.at)
    assert convened.one(school).views == ()


def test_a_view_about_a_restricted_child_is_read_by_the_named_readers_alone(convened: Convened) -> None:
    school = convened.school()
    sent, jack = convened.invite(school), convened.children[1]
    helen = convened.universe.who("helen")
    with acting(helen.id):
        restrict(
            person=jack, readers=[convened.jane.id], reviewer=helen.id, reason="A relative works here.", at=convened.at
        )
    reply(sent, convened)
    chase_silence(at=convened.at)
    [entry] = views_on(convened, jack)
    assert get_entry(entry).passages[0].text == THINKS
    assert views_on(convened, convened.children[0], as_whom="gareth") == [entry]
    assert get_entry(entry).passages == ()


def test_nobody_but_the_clock_brings_a_view_in_and_the_clock_reads_nothing(convened: Convened) -> None:
    kept = reply(convened.invite(convened.school()), convened)
    set_actor(convened.jane.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conferences_take_view(%s, %s)", [kept, convened.at])
        assert cursor.fetchone()[0] == 0
    chase_silence(at=convened.at)
    set_actor(workforce.ensure_clock_account().id)
    assert not Entry.objects.exists()


def test_no_chair_no_conference(universe: Universe) -> None:
    chair_post(universe)
    with pytest.raises(Refusal, match="Choose who chairs it"):
        convene_conference(
            by=universe.who("jane"), kind="initial", children=[universe.person(ROSIE)], starts_at=universe.at,
            place=PLACE, chair_post=None, at=universe.at,
        )  # fmt: skip
