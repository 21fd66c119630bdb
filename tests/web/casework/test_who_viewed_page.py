"""Who has viewed a record, as those who work with the family read it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from sightline.access.models import EmergencyAccess
from sightline.access.operations import open_in_emergency
from sightline.doorway.acts import acting, set_actor
from tests.universe import Universe
from tests.web.casework.conftest import _signed_in
from tests.web.casework.reading import words

ROSIE = "Rosie Penhallow"


@pytest.fixture
def rosie(two_families: Universe) -> UUID:
    return two_families.person(ROSIE)


def sign_in(universe: Universe, key: str) -> Client:
    client = _signed_in(universe, key)
    set_actor(universe.who(key).id)
    return client


def test_each_view_says_by_whom_as_what_and_by_which_relationship(two_families: Universe, rosie: UUID) -> None:
    for key in ("jane", "gareth"):
        assert sign_in(two_families, key).get(f"/people/{rosie}").status_code == 200
    said = words(sign_in(two_families, "jane").get(f"/people/{rosie}/viewed"))
    assert "Jane Smith, social worker" in said
    assert "Overview Their team works with this child" in said


def test_emergency_access_is_marked(two_families: Universe, rosie: UUID) -> None:
    by = two_families.who("priya")
    with acting(by.id):
        open_in_emergency(
            person=rosie, account=by.id, reason=EmergencyAccess.Reason.DANGER, words="A neighbour rang.",
            safe_address=False, reviewer=two_families.post("manager-family-support-2"),
            review_by=two_families.at + timedelta(days=2), at=two_families.at,
            until=two_families.at + timedelta(hours=8),
        )  # fmt: skip
    assert sign_in(two_families, "priya").get(f"/people/{rosie}").status_code == 200
    said = words(sign_in(two_families, "jane").get(f"/people/{rosie}/viewed"))
    assert "Overview Emergency access Emergency access" in said


def test_whoever_tried_and_was_refused_is_listed(two_families: Universe, rosie: UUID) -> None:
    assert sign_in(two_families, "priya").get(f"/people/{rosie}/timeline").status_code == 404
    said = words(sign_in(two_families, "jane").get(f"/people/{rosie}/viewed"))
    assert "Tried to open it Refused They could not" in said
