"""The Visits page of a record: every attempt of any agency in words, what they come to, and appointments."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import EventPerson
from sightline.commands.demonstration.families import maddox
from sightline.doorway.acts import acting
from sightline.kernel.when import When
from sightline.partnership.queries import list_agencies
from sightline.record.queries import get_entry, get_standing
from sightline.recording.operations import plan_visit, record_appointment, record_visit
from sightline.recording.rules import ChildSeen, VisitWritten
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import ABSENT, key_of, words
from tests.web.visits.conftest import of_child

DAY = timedelta(days=1)


def visit(universe: Universe, child: UUID, outcome: str, days: float) -> UUID:
    told = {"reason": "Asleep", "reason_given_by": "Lowenna"} if outcome == "not_seen" else {}
    return record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(
            When.exactly(universe.at - days * DAY), (ChildSeen(child, outcome, **told),), text="At the flat.",
            place="home", announced=True, present="Lowenna",
        ),
    )  # fmt: skip


def missed(universe: Universe, child: UUID, days: float) -> UUID:
    agency = next(one for one in list_agencies() if one.kind == "health")
    return record_appointment(
        by=universe.who("jane"), children=[ChildSeen(child, "not_brought")], what="Two-year check",
        agency=agency.id, occurred=When.exactly(universe.at - days * DAY), text="", at=universe.at,
    )  # fmt: skip


def page_of(client: Client, child: UUID) -> str:
    return words(client.get(f"/people/{child}/visits"))


def test_three_without_access_of_any_agency_stand_as_one_pattern(universe: Universe, jane: Client, rosie: UUID) -> None:
    visit(universe, rosie, "seen_alone", 20)
    visit(universe, rosie, "nobody_in", 9)
    missed(universe, rosie, 6)
    assert "times in a row nobody could see this child" not in page_of(jane, rosie)
    visit(universe, rosie, "refused", 2)
    said = page_of(jane, rosie)
    assert "3 times in a row nobody could see this child Last seen 20 days ago" in said
    block = said.split("3 times in a row", 1)[1].split("Record a visit", 1)[0]
    agency = next(one for one in list_agencies() if one.kind == "health").name
    for told in ("Entry refused", "Nobody in", f"Was not brought. Appointment: Two-year check, {agency}"):
        assert told in block, told
    assert "Not seen at the last 3 visits or appointments; last seen 20 days ago" in words(jane.get(f"/people/{rosie}"))


@pytest.mark.parametrize("between", ["seen", "observed"])
def test_a_child_who_was_seen_in_between_makes_no_pattern(
    universe: Universe, jane: Client, rosie: UUID, between: str
) -> None:
    for days, outcome in ((9, "nobody_in"), (6, "refused"), (4, between), (2, "nobody_in")):
        visit(universe, rosie, outcome, days)
    assert "times in a row nobody could see" not in page_of(jane, rosie)


def test_the_brothers_page_has_no_word_of_it(universe: Universe, jane: Client, rosie: UUID, jack: UUID) -> None:
    for days in (9, 6, 2):
        visit(universe, rosie, "nobody_in", days)
    assert "Nobody in" not in page_of(jane, jack)


def test_attempts_stand_newest_first_in_words(universe: Universe, jane: Client, rosie: UUID, settings: Any) -> None:
    settings.AUTHORITY_NAME = "Hallowby Council"
    visit(universe, rosie, "not_seen", 5)
    visit(universe, rosie, "doorstep", 3)
    said = page_of(jane, rosie)
    assert said.index("Seen on the doorstep") < said.index("Asleep (given by: Lowenna)")
    assert "Visit, Hallowby Council. At home, announced. Asleep (given by: Lowenna)" in said
    assert "Times in a row without access 1" in said


def test_an_attempt_leads_to_its_entry_also_after_a_correction(universe: Universe, jane: Client, rosie: UUID) -> None:
    first = visit(universe, rosie, "seen", 3)
    url = f"/people/{rosie}/entries/{first}/correct"
    jane.post(url, {"key": key_of(jane.get(url)), "w0-text": "At her aunt's.", "reason": "The wrong address."})
    page = jane.get(f"/people/{rosie}/visits").content.decode()
    assert f"#entry-{first}" in page
    read = jane.get(f"/people/{rosie}/timeline").content.decode()
    assert f'id="entry-{first}"' in read
    assert "Where</dt><dd>At home, announced" in read


def test_a_correction_of_a_visit_or_an_appointment_keeps_what_each_child_had(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    first = record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(
            When.exactly(universe.at - DAY),
            (ChildSeen(rosie, "seen_alone", words="I drew our dog."), ChildSeen(jack, "not_seen", "Asleep", "Lowenna")),
            text="At the flat.", place="home", announced=True, present="Lowenna",
        ),
    )  # fmt: skip
    for entry, before in ((first, {rosie: "seen_alone", jack: "not_seen"}), (missed(universe, rosie, 4), {})):
        url = f"/people/{rosie}/entries/{entry}/correct"
        found = get_entry(entry)
        typed = {f"w{number}-text": one.text for number, one in enumerate(found.paragraphs)} | {"w0-text": "Elsewhere."}
        answer = jane.post(url, {"key": key_of(jane.get(url)), **typed, "reason": "The wrong address."})
        assert answer.status_code == 302
        now = get_standing(found.root)
        assert now is not None
        assert now.paragraphs[0].text == "Elsewhere."
        assert {one.person: one.seen for one in now.subjects} == (
            before or {one.person: one.seen for one in found.subjects}
        )
        assert [(one.text, one.about, one.section) for one in now.paragraphs[1:]] == [
            (one.text, one.about, one.section) for one in found.paragraphs[1:]
        ]


def test_the_record_as_it_stood_has_only_what_was_then_recorded(universe: Universe, jane: Client, rosie: UUID) -> None:
    visit(universe, rosie, "seen_alone", 3)
    day = (universe.at - DAY).date().isoformat()
    earlier = words(jane.get(f"/people/{rosie}/visits?as_at={day}"))
    assert "Seen alone" in page_of(jane, rosie)
    assert "At home, announced" not in earlier


def test_an_unborn_child_is_not_yet_born(universe: Universe, jane: Client) -> None:
    said = page_of(jane, universe.person(maddox.BABY))
    assert "Last seen Not yet born" in said
    for never in ("never", "not seen", "no record of being seen"):
        assert never not in said.split("Visits and appointments", 1)[1].lower()


def test_a_strangers_child_has_no_page(universe: Universe, sign_in: SignIn, rosie: UUID) -> None:
    stranger = sign_in("winston")
    for url in (f"/people/{rosie}/visits", f"/people/{rosie}/appointment", f"/people/{ABSENT}/visits"):
        assert stranger.get(url).status_code == 404


def test_the_page_asks_as_much_for_ten_rows_as_for_four(universe: Universe, jane: Client, rosie: UUID) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert jane.get(f"/people/{rosie}/visits").status_code == 200
        return len(asked)

    for days in (15, 12):
        visit(universe, rosie, "nobody_in", days)
        missed(universe, rosie, days - 1)
    queries()
    before = queries()
    for days in (6, 4, 2):
        visit(universe, rosie, "nobody_in", days)
        missed(universe, rosie, days - 1)
    assert queries() == before


def send(client: Client, child: UUID, body: dict[str, Any]) -> HttpResponse:
    url = f"/people/{child}/appointment"
    return client.post(url, {"key": key_of(client.get(url)), **body})


def test_an_appointment_says_of_each_child_whether_they_were_brought(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID
) -> None:
    agency = next(one for one in list_agencies() if one.kind == "health")
    body = {"what": "Hearing test", "agency": str(agency.id), "when": "yesterday", "text": "The clinic rang."}
    refused = send(jane, rosie, body)
    assert "Say of at least one child whether they were brought." in words(refused)
    assert "The clinic rang." in refused.content.decode()
    answer = send(jane, rosie, body | of_child(rosie, "brought")
                  | of_child(jack, "not_brought", reason="No bus fare", reason_given_by="Lowenna"))  # fmt: skip
    assert answer.status_code == 302
    sister, said = page_of(jane, rosie), page_of(jane, jack)
    assert "Brought to the appointment" in sister
    assert f"Appointment: Hearing test, {agency.name}" in sister
    assert "Was not brought" in said
    assert f"Appointment: Hearing test, {agency.name}. No bus fare (given by: Lowenna)" in said
    assert "No bus fare" not in sister


def test_what_an_appointment_was_and_when_is_asked_for(jane: Client, rosie: UUID) -> None:
    said = words(send(jane, rosie, {"what": "", "when": ""} | of_child(rosie, "brought")))
    assert "Say what the appointment was." in said
    assert "Enter the day of the appointment." in said


def test_a_visit_to_the_mother_is_on_the_page_of_an_unborn_child(universe: Universe, sign_in: SignIn) -> None:
    carys, baby = universe.person(maddox.CARYS), universe.person(maddox.BABY)
    visited = VisitWritten(
        When.exactly(universe.at - 3 * DAY), (ChildSeen(baby, ""),), adults=(carys,), text="The cot is up.",
        place="home", announced=True, present="Carys",
    )  # fmt: skip
    record_visit(by=universe.who("jane"), at=universe.at, visit=visited)
    said = page_of(sign_in("jane"), baby)
    assert "Visit to the mother" in said
    assert "Nobody has recorded a visit" not in said
    assert "Last seen Not yet born" in said


def test_the_timeline_says_once_that_nobody_was_in_and_parts_it_from_the_time(
    universe: Universe, jane: Client, rosie: UUID
) -> None:
    record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(When.on((universe.at - 4 * DAY).date()), (ChildSeen(rosie, "nobody_in"),), place="home"),
    )  # fmt: skip
    missed(universe, rosie, 2)
    said = words(jane.get(f"/people/{rosie}/timeline"))
    assert said.count("Nobody in") == 1
    assert ". Was not brought" in said


def test_the_page_that_cancels_a_visit_shows_its_plan_and_is_a_look(
    universe: Universe, jane: Client, rosie: UUID
) -> None:
    by = universe.who("jane")
    step = plan_visit(
        by=by, children=[rosie], starts_at=universe.at + DAY, place="school", announced=True, purpose="See her alone",
        post=min(by.posts), at=universe.at,
    )  # fmt: skip
    assert "See her alone" in words(jane.get(f"/people/{rosie}/visits/{step}/cancel"))
    with acting(by.id):
        assert EventPerson.objects.filter(person=rosie, event__kind="look", event__what="visits").count() == 1
