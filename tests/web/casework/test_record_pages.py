"""A child's record: what its pages say, what they never say, and how much they ask of the database."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import EventPerson
from sightline.commands.demonstration.families import demetriou, maddox
from sightline.doorway.acts import set_actor
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, title, words

ROSIE, JACK = "Rosie Penhallow", "Jack Penhallow"
PAGES = ("", "/timeline", "/around", "/documents", "/viewed")


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def test_the_overview_says_who_why_and_what_waits(universe: Universe, jane: Client) -> None:
    said = words(jane.get(f"/people/{universe.person(ROSIE)}"))
    assert "Rosie Penhallow 8 years" in said
    assert "Abuse or neglect (since" in said
    assert "Jane Smith, Family Support 2" in said
    assert "Information that needs your attention" in said
    assert "A contact has not been decided" in said


def test_a_name_is_in_the_heading_and_never_in_the_title_or_the_address(universe: Universe, jane: Client) -> None:
    for page in (*PAGES, "/record", "/add/name"):
        answer = jane.get(f"/people/{universe.person(ROSIE)}{page}")
        assert answer.status_code == 200, page
        assert "Rosie" not in title(answer)
        assert "Rosie" in words(answer)
        assert answer["Cache-Control"] == "no-store"


def test_every_page_of_a_record_is_a_look(universe: Universe, jane: Client) -> None:
    rosie = universe.person(ROSIE)
    for page in PAGES:
        jane.get(f"/people/{rosie}{page}")
    set_actor(universe.who("jane").id)
    looks = EventPerson.objects.filter(person=rosie, event__kind="look", event__actor=universe.who("jane").id)
    assert set(looks.values_list("event__what", flat=True)) >= {"record", "timeline", "people", "documents", "access"}
    assert set(looks.values_list("event__because", flat=True)) == {"allocation"}
    assert "Jane Smith, social worker" in words(jane.get(f"/people/{rosie}/viewed"))


def test_an_entry_that_is_opened_to_correct_it_is_a_look(universe: Universe, jane: Client) -> None:
    rosie = universe.person(ROSIE)
    correct = re.search(r'href="(/people/[^"]+/correct)"', jane.get(f"/people/{rosie}/timeline").content.decode())
    assert correct is not None
    for page in (correct[1], correct[1].replace("/correct", "/withdraw")):
        assert jane.get(page).status_code == 200
    set_actor(universe.who("jane").id)
    assert EventPerson.objects.filter(person=rosie, event__kind="look", event__what="entry").count() == 2


def test_an_unborn_child_is_not_yet_born_and_never_not_seen(universe: Universe, sign_in: SignIn) -> None:
    baby = universe.person(maddox.BABY)
    jane = sign_in("jane")
    facts = words(jane.get(f"/people/{baby}")).split("Pages of this record")[0]
    assert "Not yet born (expected " in facts
    assert "Last seen Not yet born" in facts
    for page in PAGES:
        said = words(jane.get(f"/people/{baby}{page}")).lower()
        for never in ("not seen", "never seen", "no record of being seen", "anyone has seen"):
            assert never not in said, page
    recording = words(jane.get(f"/people/{baby}/record"))
    assert "Was Baby" not in recording


def test_a_correction_shows_both_versions(universe: Universe, jane: Client) -> None:
    said = words(jane.get(f"/people/{universe.person(ROSIE)}/timeline"))
    assert "Corrected " in said
    assert "As first written" in said


def test_a_timeline_of_one_kind_and_of_some_days(universe: Universe, jane: Client) -> None:
    url = f"/people/{universe.person(ROSIE)}/timeline"
    calls = words(jane.get(url, {"kind": "phone_call"}))
    assert "They rang us" in calls
    assert "Management oversight by" not in calls
    assert "Nothing of that kind" in words(jane.get(url, {"to": "1/1/2020"}))
    assert "is not a date" in words(jane.get(url, {"from": "soonish"}))


def test_the_record_as_it_stood(universe: Universe, jane: Client) -> None:
    url = f"/people/{universe.person(ROSIE)}/timeline"
    assert "Nothing has been recorded yet" in words(jane.get(url, {"as_at": "2020-01-01"})) or (
        jane.get(url, {"as_at": "2020-01-01"}).status_code == 404
    )
    assert "Choose the day again" in words(jane.get(url, {"as_at": "lately"}))


def test_a_private_paragraph_says_whom_it_is_about(universe: Universe, jane: Client) -> None:
    jack = words(jane.get(f"/people/{universe.person(JACK)}/timeline"))
    assert "Only about Jack Penhallow" in jack


def test_a_document_is_given_out_and_never_shown(universe: Universe, jane: Client, sign_in: SignIn) -> None:
    page = jane.get(f"/people/{universe.person(ROSIE)}/documents").content.decode()
    url = page.split('href="/documents/', 1)[1].split('"', 1)[0]
    answer = jane.get(f"/documents/{url}")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in("winston").get(f"/documents/{url}").status_code == 404


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def _note(universe: Universe, person: Any, text: str) -> None:
    write_entry(
        by=universe.who("jane"), kind="note", concerned=[Concerned(person)],
        words=[Words(text=text, about=(person,))], at=universe.at,
    )  # fmt: skip


@pytest.mark.parametrize("page", ["", "/timeline", "/around", "/documents", "/viewed"])
def test_pages_ask_no_more_for_three_rows_than_for_one(universe: Universe, jane: Client, page: str) -> None:
    rosie = universe.person(ROSIE)
    jane.get(f"/people/{rosie}{page}")
    before = _queries(jane, f"/people/{rosie}{page}")
    set_actor(universe.who("jane").id)
    for number in range(3):
        _note(universe, rosie, f"Another note, {number}.")
    assert _queries(jane, f"/people/{rosie}{page}") <= before


def test_my_day_and_the_team_ask_a_fixed_number(universe: Universe, sign_in: SignIn) -> None:
    jane, margaret = sign_in("jane"), sign_in("margaret")
    assert _queries(jane, "/my-day") <= 40
    assert _queries(margaret, "/team") <= 45


def test_a_restricted_record_says_so_to_its_readers_and_an_open_one_does_not(universe: Universe, jane: Client) -> None:
    mark = "Restricted to named readers"
    for name in (demetriou.SOFIA, demetriou.ELENI):
        assert mark in words(jane.get(f"/people/{universe.person(name)}/timeline"))
    assert mark not in words(jane.get(f"/people/{universe.person(ROSIE)}"))


def test_a_warning_at_the_same_door_stands_on_the_child(universe: Universe, jane: Client) -> None:
    said = words(jane.get(f"/people/{universe.person(JACK)}"))
    assert "Warning: The dog at 14 Cooper's Yard bit a meter reader" in said
    assert "On the record of Lowenna Penhallow, who lives there." in said
    assert "Lowenna Penhallow: safe contact" in said


def test_an_unborn_child_is_named_after_the_family(universe: Universe, jane: Client) -> None:
    assert "Baby Maddox" in words(jane.get(f"/people/{universe.person(maddox.BABY)}"))
    assert "Baby Maddox" in words(jane.post("/search", {"words": "maddox"}))


def test_the_original_is_kept_by_somebody_who_may_read_it(universe: Universe, jane: Client) -> None:
    entry = universe.entry("Sofia and Nikos at the refuge")
    page = jane.get(f"/people/{universe.person(demetriou.SOFIA)}/entries/{entry}/withdraw").content.decode()
    offered = page.split("Who keeps the original?")[1]
    assert "Gareth Lowe" in offered
    assert "Marcus Bello" not in offered, "in the team, and not one of the named readers"
    assert "Dipa Chaudhry" not in offered


def test_whoever_was_seen_is_one_of_those_it_is_about(universe: Universe, jane: Client) -> None:
    rosie, jack = universe.person(ROSIE), universe.person(JACK)
    url = f"/people/{rosie}/record"
    sent = {"key": key_of(jane.get(url)), "kind": "note", "people": [str(rosie)], "text": "Visited at breakfast.",
            f"seen-{jack}": "seen_alone", "paragraphs": "1", "actions": "1"}  # fmt: skip
    answer = jane.post(url, sent)
    assert answer.status_code == 200
    assert "Choose Jack Penhallow under “Who is it about?” as well" in words(answer)
    sent["people"] = [str(rosie), str(jack)]
    assert jane.post(url, sent).status_code == 302


def test_a_stale_correction_goes_on_over_the_newer_version(universe: Universe, jane: Client) -> None:
    rosie, entry = universe.person(ROSIE), universe.entry("Perran rings")
    url = f"/people/{rosie}/entries/{entry}/correct"
    mine, theirs = key_of(jane.get(url)), key_of(jane.get(url))
    jane.post(url, {"key": theirs, "w0-text": "Perran wants Sundays.", "reason": "It was Sundays."})
    stale = jane.post(url, {"key": mine, "w0-text": "Perran wants some Saturdays.", "reason": "Not all of them."})
    assert stale.status_code == 409
    assert "Saved by Jane Smith" in words(stale)
    assert "Perran wants Sundays." in words(stale)
    onward = stale.content.decode().split("<main", 1)[1].split('<form method="post" action="', 1)[1].split('"', 1)[0]
    assert onward.startswith(f"/people/{rosie}/entries/")
    form = {"key": mine, "w0-text": "Perran wants some Saturdays.", "reason": "Not all of them."}
    assert jane.post(onward, form).status_code == 302
    assert "Perran wants some Saturdays." in words(jane.get(f"/people/{rosie}/timeline"))


def test_a_decision_begins_with_its_outcome_and_leads_to_its_contact(universe: Universe, jane: Client) -> None:
    page = jane.get(f"/people/{universe.person(ROSIE)}/timeline", {"kind": "decision"})
    said = words(page).split("Decision on a contact by ", 1)[1]
    assert said.index("Referral") < said.index("Why")
    assert re.search(r'<a class="govuk-link" href="/contacts?/[^"]+">Referral', page.content.decode())


def test_a_refused_note_is_kept_and_offered_again(universe: Universe, jane: Client) -> None:
    rosie = universe.person(ROSIE)
    url = f"/people/{rosie}/record"
    sent = {"key": key_of(jane.get(url)), "kind": "note", "people": [str(rosie)], "text": "Rosie showed me her room.",
            "when": "in a fortnight", "paragraphs": "1", "actions": "1"}  # fmt: skip
    assert jane.post(url, sent).status_code == 200
    again = jane.get(url)
    assert "You have an unfinished note about this record" in words(again)
    found = re.search(r'href="([^"]+draft=[^"]+)">Go on with it', again.content.decode())
    assert found is not None
    assert "Rosie showed me her room." in words(jane.get(found[1]))
    assert jane.post(url, sent | {"when": ""}).status_code == 302
    assert "unfinished note" not in words(jane.get(url))


def test_a_refused_correction_is_kept_and_offered_again(universe: Universe, jane: Client) -> None:
    entry = universe.entry("Perran rings")
    url = f"/people/{universe.person(ROSIE)}/entries/{entry}/correct"
    page = jane.get(url)
    sent = {"key": key_of(page), "entry": str(entry), "w0-text": "Perran wants every second Sunday.", "reason": ""}
    assert jane.post(url, sent).status_code == 200
    found = re.search(r'href="([^"]+draft=[^"]+)">Go on with it', jane.get(url).content.decode())
    assert found is not None
    assert "Perran wants every second Sunday." in words(jane.get(found[1]))
    assert found[1].replace("&amp;", "&") in jane.get("/my-day").content.decode()


def test_a_day_to_come_is_refused_and_not_read_as_today(universe: Universe, jane: Client) -> None:
    answer = jane.get(f"/people/{universe.person(ROSIE)}/timeline", {"as_at": "2199-01-01"})
    assert answer.status_code >= 400
    assert "has not come yet" in words(answer)


def test_the_header_of_an_unborn_child_has_the_mothers_address_for_whoever_may_see_it(
    universe: Universe, jane: Client
) -> None:
    from sightline.people.operations import record_address

    baby, carys = universe.person(maddox.BABY), universe.person(maddox.CARYS)
    record_address(by=universe.who("jane"), person=carys, lines="4 Net Loft Row", at=universe.at)
    assert "Mother's address 4 Net Loft Row" in words(jane.get(f"/people/{baby}"))
