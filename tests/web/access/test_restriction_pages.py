"""Restricting a family's records, looking at it again, keeping away, and a possible twin, on their pages."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.access.reading_bars import BarView, list_reviewed
from sightline.audit.models import Event
from sightline.doorway.acts import acting
from sightline.journeys.hidden_match import TWIN
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.record.queries import list_open_steps
from tests.journeys.test_possible_twin import ROSIE, twins
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in
from tests.web.casework.reading import words

__all__ = ["_on_this_machine"]

WHY = "Her father's sister works here. <b>No</b>"


@pytest.fixture
def browsers(two_families: Universe) -> dict[str, Client]:
    return {key: _signed_in(two_families, key) for key in ("jane", "gareth", "helen", "dipa", "sanjay", "marcus")}


def send(client: Client, page: str, *keys: object, **given: Any) -> Any:
    return client.post(reverse(page, args=keys), {"key": str(new_id()), **given}, follow=True)


def restrict(universe: Universe, gareth: Client, **changes: Any) -> Any:
    rosie = universe.person(ROSIE)
    given = {
        "people": [str(rosie)], "readers": [str(universe.who("jane").id)], "other": "", "known": "known",
        "reason": WHY, "reviewer": str(universe.post("service-manager")), "review_on": "",
    }  # fmt: skip
    return send(gareth, "restrict", rosie, **(given | changes))


def the_bar(universe: Universe) -> BarView:
    with acting(universe.who("helen").id):
        return next(one for one in list_reviewed() if one.person == universe.person(ROSIE))


def found_by(client: Client, page: str = "search", box: str = "words") -> str:
    return words(client.post(reverse(page), {box: ROSIE, "parts": "1"}))


def test_a_manager_restricts_a_record_that_may_be_known_of_and_its_readers_see_who_they_are(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    form = browsers["gareth"].get(reverse("restrict", args=[two_families.person(ROSIE)]))
    assert ">Helen Marsh</label>" in " ".join(form.content.decode().split()), "Managers above are at hand."
    assert " checked" not in form.content.decode(), "Nothing is chosen beforehand."
    refused = restrict(two_families, browsers["gareth"], known="")
    assert "Choose whether others may know of it." in words(refused)
    assert "sister works here. &lt;b&gt;" in refused.content.decode(), "What was typed stands there still."
    restrict(two_families, browsers["gareth"])
    page = words(browsers["jane"].get(reverse("person-readers", args=[two_families.person(ROSIE)])))
    for part in ("Her father's sister works here.", "Jane Smith", "Helen Marsh", "whom to ring"):
        assert part in page, part
    assert "Restricted to named readers" in words(
        browsers["jane"].get(reverse("person", args=[the_bar(two_families).person]))
    )
    for page_of in ("person-timeline", "person-people", "person-access", "person-readers"):
        assert browsers["marcus"].get(reverse(page_of, args=[two_families.person(ROSIE)])).status_code == 404
    found = found_by(browsers["sanjay"])
    assert "This record is restricted to named readers. Ring Jane Smith" in found
    desk = browsers["dipa"].post(reverse("contact-find"), {"find": ROSIE})
    assert "Register them here as somebody new" in words(desk)
    assert f'value="{two_families.person(ROSIE)}"' not in desk.content.decode(), "Nobody adds them to a contact."


def test_the_address_of_somebody_who_may_be_known_of_says_whom_to_ring_and_nothing_else(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie = two_families.person(ROSIE)
    restrict(two_families, browsers["gareth"])
    page = browsers["marcus"].get(reverse("person", args=[rosie]))
    said, shown = words(page), page.content.decode()
    assert "This record is restricted to named readers. Ring Jane Smith" in said
    assert reverse("emergency-open", args=[rosie]) in shown
    for other in ("person-timeline", "person-people", "record-new"):
        assert reverse(other, args=[rosie]) not in shown, other
    assert "Name and whom to ring" in words(browsers["jane"].get(reverse("person-access", args=[rosie])))
    lawyer, leon = _signed_in(two_families, "imogen"), _signed_in(two_families, "leon")
    assert reverse("emergency-open", args=[rosie]) not in lawyer.get(reverse("person", args=[rosie])).content.decode()
    assert leon.get(reverse("person", args=[rosie])).status_code == 404, "An analyst looks for nobody."


def test_the_address_of_somebody_hidden_is_to_the_letter_that_of_nobody(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    restrict(two_families, browsers["gareth"], known="hidden")
    hidden = browsers["marcus"].get(reverse("person", args=[two_families.person(ROSIE)]))
    nobody = browsers["marcus"].get(reverse("person", args=[new_id()]))
    assert hidden.status_code == nobody.status_code == 404
    assert same_but_for_the_token(hidden) == same_but_for_the_token(nobody)


def same_but_for_the_token(page: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_hidden_there_is_nobody_of_that_name(two_families: Universe, browsers: dict[str, Client]) -> None:
    restrict(two_families, browsers["gareth"], known="hidden")
    for key in ("sanjay", "marcus", "gareth"):
        assert ROSIE not in found_by(browsers[key]), key


def test_whoever_reads_in_an_emergency_reads_on_and_whoever_restricts_is_told(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie = two_families.person(ROSIE)
    assert "in an emergency" not in words(browsers["gareth"].get(reverse("restrict", args=[rosie])))
    send(browsers["sanjay"], "emergency-open", rosie, reason="danger", words="She is in the hospital.")
    form = words(browsers["gareth"].get(reverse("restrict", args=[rosie])))
    assert "Sanjay Mistry opened a record of this family in an emergency and goes on reading it until" in form
    restrict(two_families, browsers["gareth"], known="hidden")
    assert browsers["sanjay"].get(reverse("person", args=[rosie])).status_code == 200
    assert browsers["marcus"].get(reverse("person", args=[rosie])).status_code == 404


def test_why_brothers_and_sisters_were_restricted_together_is_said_once(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    both = [str(two_families.person(name)) for name in (ROSIE, "Jack Penhallow")]
    restrict(two_families, browsers["gareth"], people=both)
    page = words(browsers["helen"].get(reverse("restrictions")))
    assert page.count("Her father's sister works here.") == 1
    assert "for the same reason" in page
    assert "Restricted records (2)" in page


def test_its_reviewer_keeps_it_names_another_reader_and_lifts_it(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    restrict(two_families, browsers["gareth"])
    bar, helen, marcus = the_bar(two_families), browsers["helen"], two_families.who("marcus").id
    for page in ("restriction", "restriction-readers"):
        assert browsers["gareth"].get(reverse(page, args=[bar.id])).status_code == 404, "It is reviewed above him."
    assert "A record was restricted, and you look at it again" in words(helen.get(reverse("my-day")))
    assert reverse("restriction", args=[bar.id]) in helen.get(reverse("restrictions")).content.decode()
    late = (local_day(two_families.at) + timedelta(days=120)).strftime("%d/%m/%Y")
    review = {"decision": "keep", "known": "hidden", "words": "He asks again.", "next_on": late}
    assert "within 90 days" in words(send(helen, "restriction", bar.id, **review))
    send(helen, "restriction", bar.id, **(review | {"next_on": ""}))
    assert the_bar(two_families).hidden
    refused = send(helen, "restriction-readers", bar.id, add=str(marcus), reason="")
    assert "Say why the readers change." in words(refused)
    send(helen, "restriction-readers", bar.id, add=str(marcus), reason="Stands in for Jane.")
    assert browsers["marcus"].get(reverse("person", args=[bar.person])).status_code == 200
    page = words(helen.get(reverse("restriction", args=[bar.id])))
    assert "Readers changed Stands in for Jane. Helen Marsh" in page
    send(helen, "restriction", bar.id, decision="lift", words="She has left.", next_on="")
    assert ROSIE in found_by(browsers["sanjay"])
    assert helen.get(reverse("restriction", args=[bar.id])).status_code == 404
    assert Event.objects.filter(what="restriction", actor=two_families.who("helen").id).exists()


def test_whoever_knows_the_family_says_so_and_their_manager_ends_it(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie, jane = two_families.person(ROSIE), browsers["jane"]
    assert "Choose at least one" in words(send(jane, "conflict-own", rosie, reason="My niece."))
    done = words(send(jane, "conflict-own", rosie, people=[str(rosie)], reason="My niece."))
    assert "your manager has been told" in done
    assert jane.get(reverse("person", args=[rosie])).status_code == 404
    assert ROSIE not in found_by(jane)
    gareth = browsers["gareth"]
    assert "A colleague said that they know this family" in words(gareth.get(reverse("my-day")))
    listed = words(gareth.get(reverse("restrictions")))
    assert "Jane Smith is kept away" in listed
    assert "My niece." in listed
    with acting(two_families.who("gareth").id):
        (bar,) = [one for one in list_reviewed() if one.person == rosie]
    assert "Say why it is over." in words(send(gareth, "conflict", bar.id, words=" "))
    send(gareth, "conflict", bar.id, words="It was another Rosie.")
    assert jane.get(reverse("person", args=[rosie])).status_code == 200


def test_a_manager_keeps_a_colleague_away(two_families: Universe, browsers: dict[str, Client]) -> None:
    rosie, marcus = two_families.person(ROSIE), browsers["marcus"]
    assert marcus.get(reverse("person", args=[rosie])).status_code == 200
    asked = {"colleague": str(two_families.who("marcus").id), "people": [str(rosie)], "reason": "His goddaughter."}
    assert browsers["jane"].post(reverse("conflict-colleague", args=[rosie]), asked).status_code == 403
    send(browsers["gareth"], "conflict-colleague", rosie, **asked)
    assert marcus.get(reverse("person", args=[rosie])).status_code == 404


def test_whoever_carries_her_is_shown_both_and_says_that_they_are_one(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    made = twins(two_families)
    step = _asked(made.universe)
    assert browsers["dipa"].get(reverse("possible-twin", args=[step])).status_code == 404
    page = browsers["jane"].get(reverse("possible-twin", args=[step]))
    assert {str(made.rosie), str(made.twin)} <= set(page.content.decode().replace("/", '"').split('"'))
    assert "Is somebody new a person whom you carry?" in words(browsers["jane"].get(reverse("my-day")))
    assert "Choose whether they are one" in words(send(browsers["jane"], "possible-twin", step, words="I rang."))
    send(browsers["jane"], "possible-twin", step, same="yes", words="I rang her school.")
    assert browsers["dipa"].get(reverse("person", args=[made.twin])).status_code == 404
    assert browsers["jane"].get(reverse("person", args=[made.twin])).status_code == 200


def _asked(universe: Universe) -> UUID:
    jane = universe.who("jane")
    with acting(jane.id):
        return next(step.id for step in list_open_steps(jane.posts, limit=500) if step.kind == TWIN)
