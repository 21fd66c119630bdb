"""One page of a visit: what each child's record says of it, whenever and by whomever it is recorded."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.rules import Section
from sightline.documents.operations import add_document
from sightline.documents.queries import list_documents
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.people.operations import register_person
from sightline.record.operations import close_episode, correct_entry, withdraw_entry
from sightline.record.queries import get_open_episodes, list_attempts, list_steps_about
from sightline.record.rules import Words
from sightline.recording.operations import record_appointment, record_visit
from sightline.recording.queries import get_appointments, get_visits
from sightline.recording.rules import AT_A_VISIT, Action, ChildSeen, VisitWritten
from tests.journeys.world import BEGIN, World
from tests.record.test_seen import a_child
from tests.recording.visiting import DAY, HOUR, JACK, LOWENNA, ROSIE, ago, one, seen_of, view_of, visit
from tests.universe import Universe


def test_a_visit_stands_on_every_childs_record_with_what_is_theirs_alone(universe: Universe) -> None:
    rosie, jack = universe.person(ROSIE), universe.person(JACK)
    entry = visit(
        universe,
        one(universe, "seen_alone", words="I do the toast.", sleeping="Her own bed, dry and made."),
        one(universe, "not_seen", JACK),
        announced=False, place="home", present="Lowenna and her sister", sleeping="seen",
        adults=(universe.person(LOWENNA),),
        actions=(Action("Ask the school for a quiet room", universe.post("worker-1-family-support-2")),),
    )  # fmt: skip
    written, view = view_of(universe, entry)
    assert {one.person: one.seen for one in written.subjects} == {
        rosie: "seen_alone", jack: "not_seen", universe.person(LOWENNA): "",
    }  # fmt: skip
    assert (view.announced, view.place, view.present, view.sleeping) == (
        False,
        "home",
        "Lowenna and her sister",
        "seen",
    )
    assert (view.children[jack].reason, view.children[jack].reason_given_by) == ("Asleep upstairs", "Lowenna")
    assert view.children[rosie].sleeping == "Her own bed, dry and made."
    assert [one.text for one in written.passages if set(one.about) == {rosie, jack, universe.person(LOWENNA)}] == [
        "Visited at home."
    ]
    with acting(universe.who("jane").id):
        assert "Ask the school for a quiet room" in {one.words for one in list_steps_about(arose_from=entry)}


def test_what_a_child_said_is_on_that_childs_record_alone_with_the_picture(universe: Universe) -> None:
    jane, rosie, jack = universe.who("jane"), universe.person(ROSIE), universe.person(JACK)
    picture = add_document(
        by=jane,
        name="House.png",
        content=b"\x89PNG\r\n\x1a\n\0\0",
        about=[(rosie, Section.CHILD_WORDS)],
        at=universe.at,
    )
    entry = visit(
        universe, one(universe, "seen_alone", words="That is my house.", words_documents=(picture,)),
        one(universe, "seen", JACK),
    )  # fmt: skip
    written, _ = view_of(universe, entry)
    [said] = [one for one in written.passages if one.about == (rosie,)]
    assert (said.text, said.section, said.heading) == ("That is my house.", "child_words", "childs_words")
    assert written.documents == (picture,)
    with acting(jane.id):
        assert picture in {one.id for one in list_documents(rosie)}
        assert picture not in {one.id for one in list_documents(jack)}


@pytest.mark.parametrize("outcome", sorted(AT_A_VISIT))
def test_each_outcome_of_a_visit_is_kept_as_it_was_said(universe: Universe, outcome: str) -> None:
    entry = visit(universe, one(universe, outcome))
    with acting(universe.who("jane").id):
        latest = list_attempts([universe.person(ROSIE)])[universe.person(ROSIE)][0]
    assert (latest.entry, latest.seen, latest.kind) == (entry, outcome, "visit")


def test_where_nobody_was_met_the_outcome_says_all(universe: Universe) -> None:
    entry = visit(universe, one(universe, "nobody_in"), one(universe, "nobody_in", JACK), text="")
    assert view_of(universe, entry)[0].passages[0].text == "Nobody in"
    with pytest.raises(Refusal, match="Write what happened"):
        visit(universe, one(universe, "nobody_in"), one(universe, "doorstep", JACK), text=" ")


# --- late, out of order, by another, after the end -----------------------------------------------


def test_a_visit_recorded_late_and_out_of_order_falls_where_it_happened(universe: Universe) -> None:
    visit(universe, one(universe, "nobody_in"), before=2 * DAY)
    assert seen_of(universe, ROSIE).not_seen_in_a_row == 1
    visit(universe, one(universe, "seen_alone"), before=3 * DAY, late_because="The laptop was being mended.")
    assert seen_of(universe, ROSIE).not_seen_in_a_row == 1
    entry = visit(universe, one(universe, "observed"), before=DAY, late_because="Off sick")
    found = seen_of(universe, ROSIE)
    assert (found.not_seen_in_a_row, found.alone_at) == (0, universe.at - DAY)
    assert view_of(universe, entry)[1].late_because == "Off sick"


def test_a_colleague_who_took_over_records_what_the_other_worker_did(universe: Universe) -> None:
    visit(universe, one(universe, "seen"), by="marcus")
    assert seen_of(universe, ROSIE).seen_at == universe.at - HOUR


def test_a_visit_is_recorded_after_the_involvement_ended(universe: Universe) -> None:
    rosie = universe.person(ROSIE)
    with acting(universe.who("gareth").id):
        episode = get_open_episodes([rosie])[rosie]
    close_episode(
        by=universe.who("gareth"), episode=episode.id, closed_on=universe.at.date(), reason="RC1", at=universe.at,
        accepted_because="The bruise is looked into by the front door.",
    )  # fmt: skip
    visit(universe, one(universe, "seen_alone"), before=2 * DAY)
    assert seen_of(universe, ROSIE).alone_at == universe.at - 2 * DAY


def test_a_corrected_visit_keeps_what_it_had_and_says_rightly_who_was_seen(universe: Universe) -> None:
    jane, rosie = universe.who("jane"), universe.person(ROSIE)
    entry = visit(universe, one(universe, "seen"), place="school")
    new = correct_entry(
        by=jane, entry=entry, words=[Words("She was at the dentist.", (rosie,))], seen={rosie: "not_seen"},
        occurred=ago(universe, 2 * DAY), reason="It was the day before, and she was out.", at=universe.at,
    )  # fmt: skip
    assert view_of(universe, new)[1].place == "school"
    assert seen_of(universe, ROSIE).not_seen_in_a_row == 1
    with acting(jane.id):
        assert list_attempts([rosie])[rosie][0].occurred_at == universe.at - 2 * DAY


def test_a_visit_taken_off_a_childs_record_takes_along_what_is_theirs_alone(universe: Universe) -> None:
    entry = visit(universe, one(universe, "seen", words="Hello"), one(universe, "not_seen", JACK))
    withdraw_entry(
        by=universe.who("jane"), entry=entry, person=universe.person(JACK), reason="Another Jack",
        reader=universe.who("gareth").id, at=universe.at,
    )  # fmt: skip
    assert set(view_of(universe, entry)[1].children) == {universe.person(ROSIE)}
    assert set(view_of(universe, entry, "gareth")[1].children) == {universe.person(ROSIE), universe.person(JACK)}


# --- what is refused -----------------------------------------------------------------------------


def test_what_is_refused_of_a_visit(universe: Universe) -> None:
    with pytest.raises(Refusal, match="not happened yet"):
        visit(universe, one(universe, "seen"), before=-DAY)
    with pytest.raises(Refusal, match="at least one child"):
        visit(universe)
    with pytest.raises(Refusal, match="Say how it went for Rosie") as refused:
        visit(universe, one(universe, ""))
    assert refused.value.field == f"outcome-{universe.person(ROSIE)}"
    with pytest.raises(Refusal, match="Say how it went for Rosie"):
        visit(universe, one(universe, "not_brought"))
    with pytest.raises(Refusal, match=r"why Rosie.* was not seen, and who said so"):
        visit(universe, one(universe, "not_seen", reason_given_by=" "))
    with pytest.raises(Refusal, match="stands here twice"):
        visit(universe, one(universe, "seen"), one(universe, "refused"))
    with pytest.raises(NotFound, match="no such planned visit"):
        visit(universe, one(universe, "seen"), planned=universe.person(ROSIE))
    with pytest.raises(Refusal, match="before the youngest child chosen was born"):
        record_visit(
            by=universe.who("jane"), at=universe.at,
            visit=VisitWritten(When.on(date(2001, 3, 3)), (one(universe, "seen"),), "At home."),
        )  # fmt: skip


def test_nobody_records_a_visit_to_whom_they_may_not_see(universe: Universe) -> None:
    with pytest.raises(NotPermitted, match="not working with everybody"):
        visit(universe, one(universe, "seen"), by="winston")


def test_an_unborn_child_is_neither_seen_nor_not_seen(world: World) -> None:
    by, unborn = world.actor("Obi Watcher"), new_id()
    world.let_watch([unborn], BEGIN)
    register_person(
        by=by, person=unborn, kind="child", given="Baby", family="Reed", birth="expected",
        expected_date=date(2026, 9, 1), at=BEGIN,
    )  # fmt: skip
    for outcome in ("seen", "observed", "doorstep", "video"):
        with pytest.raises(Refusal, match="not yet born"):
            _visit(world, ChildSeen(unborn, outcome))
    entry = _visit(world, ChildSeen(unborn))
    with acting(by.id):
        assert set(get_visits([entry])[entry].children) == {unborn}
        assert list_attempts([unborn]) == {}


# --- appointments --------------------------------------------------------------------------------


def test_an_appointment_says_whose_it_was_and_who_was_brought(universe: Universe) -> None:
    jane, rosie, jack = universe.who("jane"), universe.person(ROSIE), universe.person(JACK)
    agency = universe.authority.agencies["osier-lane"]
    entry = record_appointment(
        by=jane, children=[one(universe, "not_brought", reason="No bus"), one(universe, "brought", JACK)],
        what="Dentist", agency=agency, occurred=ago(universe, DAY), text="", at=universe.at,
    )  # fmt: skip
    with acting(jane.id):
        view = get_appointments([entry])[entry]
        [latest, *_] = list_attempts([rosie])[rosie]
    assert (view.what, view.children[rosie].reason, set(view.children)) == ("Dentist", "No bus", {rosie, jack})
    assert (latest.seen, latest.agency, latest.kind) == ("not_brought", agency, "appointment")
    with pytest.raises(Refusal, match="what the appointment was"):
        record_appointment(
            by=jane,
            children=[one(universe, "brought")],
            what=" ",
            occurred=ago(universe, DAY),
            text="x",
            at=universe.at,
        )
    with pytest.raises(Refusal, match="how it went for Rosie"):
        record_appointment(
            by=jane, children=[one(universe, "seen")], what="Dentist", occurred=ago(universe, DAY), text="x",
            at=universe.at,
        )  # fmt: skip


# --- what it costs -------------------------------------------------------------------------------


def test_four_children_cost_as_many_queries_as_one(world: World) -> None:
    children = [a_child(world, name) for name in ("Mia", "Leo", "Ada", "Sam")]
    saving, reading = [], []
    for number in (1, 4):
        told = [ChildSeen(child, "refused", words="No!") for child in children[:number]]
        with CaptureQueriesContext(connection) as queries:
            entry = _visit(world, *told)
        saving.append(len(queries))
        with acting(world.watcher), CaptureQueriesContext(connection) as queries:
            assert len(get_visits([entry])[entry].children) == number
        reading.append(len(queries))
    assert saving[0] == saving[1] <= 40
    assert reading == [3, 3]


def _visit(world: World, *children: ChildSeen) -> object:
    written = VisitWritten(When.exactly(BEGIN + timedelta(days=30)), children, "At the flat.")
    return record_visit(by=world.actor("Obi Watcher"), visit=written, at=BEGIN + timedelta(days=31))


@pytest.mark.parametrize(
    ("field", "longest", "over"),
    [
        ("late_because", 500, {"late_because": "x" * 501}),
        ("place", 40, {"place": "x" * 41}),
        ("sleeping", 40, {"sleeping": "x" * 41}),
    ],
)
def test_more_than_a_field_of_a_visit_holds_is_refused_in_a_sentence(
    universe: Universe, field: str, longest: int, over: dict[str, str]
) -> None:
    with pytest.raises(Refusal, match=f"to {longest} characters: there are {longest + 1}") as refused:
        visit(universe, one(universe, "seen"), **over)
    assert refused.value.field == field


def test_more_than_a_field_of_one_child_or_of_an_appointment_holds_is_refused(universe: Universe) -> None:
    for over in ({"reason": "x" * 501}, {"reason_given_by": "x" * 201}, {"sleeping": "x" * 501}):
        with pytest.raises(Refusal, match="characters: there are"):
            visit(universe, one(universe, "not_seen", **over))
    with pytest.raises(Refusal, match="what it was to 200 characters: there are 201"):
        record_appointment(
            by=universe.who("jane"), children=[one(universe, "brought")], what="x" * 201, occurred=ago(universe, HOUR),
            text="", at=universe.at,
        )  # fmt: skip


def test_a_field_is_filled_to_its_last_character(universe: Universe) -> None:
    entry = visit(universe, one(universe, "seen", reason="x" * 500), late_because=f" {'x' * 500} ")
    assert len(view_of(universe, entry)[1].late_because) == 500
