"""Two registrations of one person: found, put side by side, linked and told apart again, on their pages."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.access.standing_queries import list_same
from sightline.doorway.acts import acting
from tests.journeys.test_merge import ROSIE, TWICE, twice
from tests.universe import Universe
from tests.web.access.test_emergency_pages import send
from tests.web.access.test_restriction_pages import restrict
from tests.web.casework.conftest import _on_this_machine, _signed_in
from tests.web.casework.reading import words

__all__ = ["_on_this_machine", "twice"]

HOW = "Her mother says that she uses both names. <b>No</b>"


@pytest.fixture
def jane(two_families: Universe) -> Client:
    return _signed_in(two_families, "jane")


def link(client: Client, rosie: UUID, twice: UUID, **changes: Any) -> Any:
    return send(client, "same-compare", rosie, twice, **({"goes_on": str(rosie), "reason": HOW} | changes))


def test_whoever_carries_her_finds_the_second_record_compares_links_and_parts_them(
    two_families: Universe, twice: UUID, jane: Client
) -> None:
    rosie = two_families.person(ROSIE)
    search, compare = reverse("same-search", args=[rosie]), reverse("same-compare", args=[rosie, twice])
    assert f'href="{search}"' in jane.get(reverse("person-people", args=[rosie])).content.decode()
    assert jane.get(search).status_code == 200
    assert f'href="{compare}"' in jane.post(search, {"words": TWICE}).content.decode()
    page = jane.get(compare)
    for said in (ROSIE, TWICE, "QZ-9901", "Family Support 2", "whoever reads one of these records reads both"):
        assert said in words(page), said
    assert "checked" not in page.content.decode(), "Nobody is taken to go on beforehand."
    refused = link(jane, rosie, twice, goes_on="")
    assert "Choose under which record both go on." in words(refused)
    assert "uses both names. &lt;b&gt;" in refused.content.decode(), "What was typed stands there still."
    done = link(jane, rosie, twice)
    assert "Linked." in done.content.decode()
    assert f"Also registered as {TWICE} (ID QZ-9901)" in words(done)
    assert " ID H204417 " in words(done), "The header keeps the number of its own."
    duplicate = jane.get(reverse("person", args=[twice]))
    assert f"This is the same person as {ROSIE} , where the record goes on." in words(duplicate)
    with acting(two_families.who("jane").id):
        (made,) = list_same(person=rosie)
    end = reverse("same-end", args=[twice, made.id])
    assert f'href="{end}"' in duplicate.content.decode()
    assert "Say how you know that they are two people." in words(send(jane, "same-end", twice, made.id, reason=" "))
    apart = send(jane, "same-end", twice, made.id, reason="Two girls with one grandmother.")
    assert "They are two people again." in apart.content.decode()
    assert "Also registered as" not in words(jane.get(reverse("person", args=[rosie])))
    assert jane.get(end).status_code == 404


def test_whoever_viewed_her_under_either_key_is_in_one_list(two_families: Universe, twice: UUID, jane: Client) -> None:
    rosie, gareth = two_families.person(ROSIE), _signed_in(two_families, "gareth")
    gareth.get(reverse("person-documents", args=[twice]))
    listed = reverse("person-access", args=[rosie])
    assert "List of documents" not in words(jane.get(listed))
    link(jane, rosie, twice)
    for key in (rosie, twice):
        said = words(jane.get(reverse("person-access", args=[key])))
        assert said.count("List of documents") == 1, "An event of both keys is one line."


def test_a_hidden_person_cannot_be_chosen_and_is_the_same_as_nobody(
    two_families: Universe, twice: UUID, jane: Client
) -> None:
    rosie, gareth = two_families.person(ROSIE), _signed_in(two_families, "gareth")
    restrict(two_families, gareth, known="hidden")
    found = gareth.post(reverse("same-search", args=[twice]), {"words": ROSIE})
    assert str(rosie) not in found.content.decode()
    assert "whom you are not working with" not in words(found)
    assert gareth.get(reverse("same-compare", args=[twice, rosie])).status_code == 404
    assert link(gareth, twice, rosie).status_code == 404
    with acting(two_families.who("jane").id):
        assert not list_same(person=rosie)
    said = words(jane.get(reverse("same-compare", args=[rosie, twice])))
    assert "Restricted to Jane Smith" in said
    assert "Once they are linked, both are" in said
    assert "Who reads it Differs" in said, "A word marks the line, beside what each record says."
    assert "Lives Differs" not in said


def test_whoever_does_not_decide_who_is_who_is_not_led_there(two_families: Universe, twice: UUID) -> None:
    rosie, marcus = two_families.person(ROSIE), _signed_in(two_families, "marcus")
    search = reverse("same-search", args=[rosie])
    assert search not in marcus.get(reverse("person-people", args=[rosie])).content.decode()
    assert marcus.get(search).status_code == 403
    assert link(marcus, rosie, twice).status_code == 403
