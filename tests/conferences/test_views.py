"""Reports and views: each agency's own, added to and never overwritten, on the children's records; the child's part."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from sightline.conferences.models import View
from sightline.conferences.operations import child_part, give_view, report_shared, take_report
from sightline.conferences.queries import ChairLine, latest_views, list_for_chair, views_by_agency
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.record.models import EntrySubject
from sightline.record.queries import get_entry
from sightline.web.presenters.conferences import report_words
from tests.conferences.convened import LOWENNA, Convened

THINKS = "Rosie is in every day now. I would still want a plan: it has been three weeks."


def say(convened: Convened, invitee: UUID, words: str = THINKS, **given: object) -> UUID:
    said = {"by": convened.jane, "invitee": invitee, "how": "spoken", "at": convened.at}
    return give_view(**(said | given), words=words)


def chairs_line(convened: Convened) -> ChairLine:
    with acting(convened.chair.id):
        [line] = list_for_chair(convened.chair.posts, convened.at)
    return line


def on_record(convened: Convened, child: UUID, kind: str, as_whom: str = "jane") -> list[UUID]:
    set_actor(convened.universe.who(as_whom).id)
    rows = EntrySubject.objects.filter(person=child, kind=kind).order_by("recorded_at", "entry")
    return list(rows.values_list("entry", flat=True))


# --- views --------------------------------------------------------------------------------------


def test_a_view_stands_on_each_childs_record_as_its_agencys_own(convened: Convened) -> None:
    school = convened.school()
    say(convened, school, for_plan="yes")
    for child in convened.children:
        [entry] = on_record(convened, child, "view")
    shown = get_entry(entry)
    assert shown.agency == convened.universe.authority.agencies["osier-lane"]
    [passage] = shown.passages
    assert passage.text == THINKS
    assert passage.told_by == "Hannah Reyes, Safeguarding lead and deputy, Osier Lane Primary School"
    [said] = convened.one(school).views
    assert (said.words, said.for_plan, said.by_link, said.by) == (THINKS, "yes", False, convened.jane.id)
    assert convened.one(school).view == "spoken"


def test_a_second_view_adds_and_the_first_stands(convened: Convened) -> None:
    school = convened.school()
    first = say(convened, school, for_plan="yes", said_at=convened.at - timedelta(hours=2))
    second = say(convened, school, "I have changed my mind.", for_plan="no", how="written", by=convened.chair)
    views = convened.one(school).views
    assert [one.id for one in views] == [first, second]
    assert [one.for_plan for one in views] == ["yes", "no"]
    assert views[0].words == THINKS
    # Whoever spoke has spoken, whatever they write after.
    assert convened.one(school).view == "spoken"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conferences_view SET for_plan = 'no'",
        "UPDATE conferences_view SET entry_id = NULL",
        "DELETE FROM conferences_view",
        "UPDATE record_passage SET text = 'She agrees with us.'",
    ],
)
def test_the_database_changes_and_removes_no_view(convened: Convened, statement: str) -> None:
    say(convened, convened.school(), for_plan="yes")
    for who in ("jane", "winston", "helen"):
        set_actor(convened.universe.who(who).id)
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    set_actor(convened.jane.id)
    assert [one.for_plan for one in View.objects.all()] == ["yes"]


def test_a_view_needs_words_and_how_and_has_happened(convened: Convened) -> None:
    school = convened.school()
    for given, field in (
        ({"words": " "}, "words"),
        ({"how": "sung"}, "how"),
        ({"for_plan": "maybe"}, "for_plan"),
        ({"said_at": convened.at + timedelta(days=2)}, "said_at"),
    ):
        with pytest.raises(Refusal) as refused:
            say(convened, school, **given)
        assert refused.value.field == field
    assert convened.one(school).views == ()


def test_whoever_was_left_out_or_not_there_still_gives_a_view_late(convened: Convened) -> None:
    lowenna = convened.parent()
    say(convened, lowenna, "I want the nights to change.", how="written", said_at=convened.at - timedelta(days=9))
    [said] = convened.one(lowenna).views
    assert said.told_by == "Lowenna Penhallow, parent"
    assert said.recorded_at - said.said_at == timedelta(days=9)


def test_health_police_and_the_child_speak_in_their_own_sections(convened: Convened) -> None:
    rosie = convened.children[0]
    who = {
        "health": convened.confirm(agency_post=convened.box("hospital-visitors")),
        "police": convened.confirm(agency_post=convened.box("police-hub")),
        "child_words": convened.parent("Rosie Penhallow"),
        "ordinary": convened.parent(LOWENNA),
    }
    for section, invitee in who.items():
        say(convened, invitee)
        entry = convened.one(invitee).views[0].entry
        assert entry is not None
        assert [one.section for one in get_entry(entry).passages] == [section]
    assert len(on_record(convened, rosie, "view")) == 4


def test_nobody_records_a_view_who_does_not_work_with_the_children(convened: Convened) -> None:
    school = convened.school()
    with pytest.raises(NotFound):
        say(convened, school, by=convened.universe.who("sanjay"))
    with pytest.raises(NotPermitted):
        say(convened, school, by=convened.universe.who("leon"))


def test_the_table_of_agencies_has_everybody_and_the_record_what_each_said_last(convened: Convened) -> None:
    school, visitors = convened.school(), convened.confirm(agency_post=convened.box("hospital-visitors"))
    convened.parent()
    say(convened, school, for_plan="yes", said_at=convened.at - timedelta(days=1))
    say(convened, school, "Now I am not sure.", for_plan="unsure")
    with acting(convened.chair.id):
        rows = views_by_agency([convened.meeting])[convened.meeting]
        assert [(one.invitee.id in {school, visitors}, one.for_plan, one.earlier) for one in rows] == [
            (True, "", 0), (True, "unsure", 1), (False, "", 0),
        ]  # fmt: skip
        [last] = latest_views(convened.children)[convened.children[0]]
    assert (last.agency, last.said.words, last.kind_words) == (
        "Osier Lane Primary School", "Now I am not sure.", "Initial child protection conference",
    )  # fmt: skip


# --- reports ------------------------------------------------------------------------------------


def test_a_report_stands_on_the_record_and_says_when_the_parents_had_it(convened: Convened) -> None:
    school = convened.school(report_asked=True)
    with pytest.raises(Refusal, match="Record the report first"):
        report_shared(by=convened.jane, invitee=school, on=local_day(convened.at), at=convened.at)
    with pytest.raises(Refusal, match="Write what it says"):
        take_report(by=convened.jane, invitee=school, words=" ", at=convened.at)
    entry = take_report(by=convened.jane, invitee=school, words="Attendance is 71 per cent.", at=convened.at)
    assert on_record(convened, convened.children[0], "report") == [entry]
    assert convened.one(school).not_shared
    with pytest.raises(Refusal, match="has not happened yet"):
        report_shared(by=convened.jane, invitee=school, on=local_day(convened.starts_at), at=convened.at)
    report_shared(by=convened.jane, invitee=school, on=local_day(convened.at), how="Read together", at=convened.at)
    one = convened.one(school)
    assert (one.report, one.report_shared_how, one.not_shared) == (entry, "Read together", False)


def test_a_second_report_is_added_beside_the_first(convened: Convened) -> None:
    school = convened.school(report_asked=True)
    first = take_report(by=convened.jane, invitee=school, words="Attendance is 71 per cent.", at=convened.at)
    second = take_report(by=convened.jane, invitee=school, words="It is 74.", at=convened.at + timedelta(minutes=1))
    assert on_record(convened, convened.children[0], "report") == [first, second]
    assert convened.one(school).report == second
    assert convened.one(school).report_in_at == convened.at


def test_a_newer_report_is_not_counted_as_shared_because_the_earlier_was(convened: Convened) -> None:
    school = convened.school(report_asked=True)
    given = {"by": convened.jane, "invitee": school, "at": convened.at}
    take_report(words="Attendance is 71 per cent.", **given)
    report_shared(on=local_day(convened.at), how="Read together", **given)
    assert chairs_line(convened).reports_not_shared == 0
    take_report(words="It is 74.", **given)
    one = convened.one(school)
    assert (one.not_shared, one.report_shared_on, one.report_shared_how) == (True, None, "")
    assert chairs_line(convened).reports_not_shared == 1


def test_whoever_wrote_where_a_report_was_asked_has_sent_a_view_and_no_report(convened: Convened) -> None:
    school = convened.school(report_asked=True)
    say(convened, school, how="written")
    line = chairs_line(convened)
    assert (line.reports_missing, line.wrote_no_report) == (1, 1)
    assert report_words(convened.one(school)) == "They wrote their view. The report that was asked for is not in."
    take_report(by=convened.jane, invitee=school, words="Attendance is 71 per cent.", at=convened.at)
    assert chairs_line(convened).wrote_no_report == 0


# --- the child ----------------------------------------------------------------------------------


def test_a_childs_part_and_words_are_theirs_alone(convened: Convened) -> None:
    rosie, jack = convened.children
    given = {"by": convened.jane, "meeting": convened.meeting, "at": convened.at}
    with pytest.raises(Refusal, match="Say how the child takes part"):
        child_part(**given, child=rosie, part="")
    with pytest.raises(NotFound):
        child_part(**given, child=convened.universe.person(LOWENNA), part="there")
    child_part(**given, child=rosie, part="drawn", words="I want Mum to be awake.")
    [entry] = on_record(convened, rosie, "view")
    [passage] = get_entry(entry).passages
    assert (passage.section, passage.told_by) == ("child_words", "Rosie Penhallow")
    assert on_record(convened, jack, "view") == []
    child_part(**given, child=rosie, part="there")
    child_part(**given, child=rosie, part="there", words="I want Mum to be awake.")
    assert len(on_record(convened, rosie, "view")) == 1
    part = {one.child: one for one in convened.view().children}[rosie]
    assert (part.part, part.part_words) == ("there", "I want Mum to be awake.")
