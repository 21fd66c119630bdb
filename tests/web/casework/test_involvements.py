"""Professionals who work with a child: on the record's page of people and agencies."""

import re

import pytest
from django.test import Client

from sightline.doorway.acts import set_actor
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.partnership.operations import close_agency
from sightline.partnership.queries import list_involved
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, title, words

ROSIE = "Rosie Penhallow"


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def around(universe: Universe, client: Client) -> str:
    return words(client.get(f"/people/{universe.person(ROSIE)}/around"))


def add(universe: Universe, client: Client, **given: str) -> str:
    url = f"/people/{universe.person(ROSIE)}/professionals/add"
    typed = {"agency_post": str(universe.mailbox("hospital-visitors")), "name": "Bea Lund", "role": "Health visitor"}
    typed |= {"from_on": "3 March 2026", "key": key_of(client.get(url))} | given
    return words(client.post(url, typed, follow=True))


def test_who_works_with_them_since_when_and_as_what(universe: Universe, jane: Client) -> None:
    assert "No professional is recorded as working with them." in around(universe, jane)
    said = add(universe, jane)
    assert "Bea Lund, Health visitors Hallowby General Hospital Health visitor 3 March 2026 No" in said
    set_actor(universe.who("jane").id)
    [one] = list_involved([universe.person(ROSIE)])
    assert (one.name, one.role) == ("Bea Lund", "Health visitor")


def test_what_is_missing_is_said_and_what_was_typed_stays(universe: Universe, jane: Client) -> None:
    said = add(universe, jane, agency_post="", from_on="")
    assert "Choose the post at the agency." in said
    assert "Enter the day since which they do." in said
    assert "has not come yet" in add(universe, jane, from_on="3 March 2096")
    answer = jane.get(f"/people/{universe.person(ROSIE)}/professionals/add")
    assert "Rosie" not in title(answer)


def test_it_ends_and_is_still_told(universe: Universe, jane: Client) -> None:
    add(universe, jane)
    page = jane.get(f"/people/{universe.person(ROSIE)}/around").content.decode()
    found = re.search(r'href="(/people/[^"]+/professionals/[^"]+/end)">End for Bea Lund<', page)
    assert found is not None
    form = jane.get(found[1])
    assert "Bea Lund, Health visitors, Hallowby General Hospital, since 3 March 2026." in words(form)
    today = day_words(local_day(universe.at))
    said = words(jane.post(found[1], {"key": key_of(form), "to_on": today}, follow=True))
    assert "No professional is recorded as working with them." in said
    assert f"Bea Lund, Health visitors, Hallowby General Hospital: 3 March 2026 to {today}" in said


def test_an_agency_that_closed_is_still_named_and_no_longer_offered(universe: Universe, jane: Client) -> None:
    add(universe, jane)
    close_agency(
        by=universe.who("dipa"), agency=universe.authority.agencies["hallowby-hospital"], on=local_day(universe.at),
        at=universe.at,
    )  # fmt: skip
    assert "Hallowby General Hospital (closed)" in around(universe, jane)
    form = words(jane.get(f"/people/{universe.person(ROSIE)}/professionals/add"))
    assert "Community midwives" not in form
    assert "Safeguarding lead and deputy" in form


def test_the_ending_of_one_child_is_not_reached_through_another(universe: Universe, jane: Client) -> None:
    add(universe, jane)
    set_actor(universe.who("jane").id)
    [one] = list_involved([universe.person(ROSIE)])
    jack = universe.person("Jack Penhallow")
    assert jane.get(f"/people/{jack}/professionals/{one.id}/end").status_code == 404
