"""Opening a record in an emergency, the banner while it stands, and the review by somebody else, on their pages."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.access.models import EmergencyAccess
from sightline.access.operations import give_sight
from sightline.access.rules import IDENTITY_ONLY
from sightline.audit.models import Event
from sightline.doorway.acts import acting
from sightline.journeys.restrict import keep_colleague_away
from sightline.kernel.references import new_id
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in
from tests.web.casework.reading import words

__all__ = ["_on_this_machine"]

ROSIE, WHY = "Rosie Penhallow", "The hospital rings: she has a burn. <b>No</b>"
GIVEN = {"reason": "danger", "words": WHY, "address_words": ""}


@pytest.fixture
def browsers(two_families: Universe) -> dict[str, Client]:
    return {key: _signed_in(two_families, key) for key in ("jane", "gareth", "sanjay")}


def send(client: Client, page: str, *keys: object, **given: Any) -> Any:
    return client.post(reverse(page, args=keys), {"key": str(new_id()), **given}, follow=True)


def opened_by(universe: Universe, key: str) -> UUID:
    return EmergencyAccess.objects.get(account=universe.who(key).id).id


def test_a_record_that_is_found_and_closed_opens_in_an_emergency_and_says_so_while_it_stands(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie, sanjay = two_families.person(ROSIE), browsers["sanjay"]
    assert sanjay.get(reverse("person-timeline", args=[rosie])).status_code == 404
    page = reverse("emergency-open", args=[rosie])
    assert f'href="{page}"' in sanjay.post(reverse("search"), {"words": ROSIE}).content.decode()
    asked = sanjay.get(page)
    assert "checked" not in asked.content.decode(), "No reason is chosen beforehand."
    for said in ("for eight hours", "Jane Smith", "Family Support 2 manager, looks at it", "ring"):
        assert said in words(asked), said
    refused = send(sanjay, "emergency-open", rosie, **(GIVEN | {"reason": ""}))
    assert "Choose why you need to read this record now." in words(refused)
    assert "a burn. &lt;b&gt;" in refused.content.decode(), "What was typed stands there still."
    assert "at least 10 letters" in words(send(sanjay, "emergency-open", rosie, **(GIVEN | {"words": "urgent"})))
    assert not EmergencyAccess.objects.exists()
    assert "Opened for eight hours" in send(sanjay, "emergency-open", rosie, **GIVEN).content.decode()
    for name in ("person", "person-timeline", "person-people", "person-documents"):
        assert "You opened this record in an emergency" in words(sanjay.get(reverse(name, args=[rosie]))), name
    assert "Sanjay Mistry opened this record in an emergency" in words(
        browsers["jane"].get(reverse("person-plan", args=[rosie]))
    )
    assert "Emergency access" in words(browsers["jane"].get(reverse("person-access", args=[rosie])))
    assert "Somebody opened the record of a child you carry" in words(browsers["jane"].get(reverse("my-day")))


def test_the_card_of_somebody_who_is_a_colleagues_leads_to_emergency_access_for_those_who_work_with_children(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie, page = two_families.person(ROSIE), reverse("emergency-open", args=[two_families.person(ROSIE)])
    for key in ("sanjay", "anna"):
        with acting(two_families.who("jane").id):
            give_sight(
                people=[rosie], reader=two_families.who(key).id, because="named", because_of=None,
                sections=IDENTITY_ONLY, at=two_families.at,
            )  # fmt: skip
    card = browsers["sanjay"].get(reverse("person", args=[rosie]))
    assert "You are not working with this child." in words(card)
    assert f'href="{page}"' in card.content.decode()
    anna = _signed_in(two_families, "anna")
    assert page not in anna.get(reverse("person", args=[rosie])).content.decode()


def test_an_administrator_opens_nothing(two_families: Universe) -> None:
    anna, rosie = _signed_in(two_families, "anna"), two_families.person(ROSIE)
    assert anna.get(reverse("emergency-open", args=[rosie])).status_code == 403
    assert send(anna, "emergency-open", rosie, **GIVEN).status_code == 403
    assert not EmergencyAccess.objects.exists()


def test_a_conflict_of_interest_reads_as_absent_before_and_after(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie, sanjay, absent = two_families.person(ROSIE), browsers["sanjay"], new_id()
    send(sanjay, "emergency-open", rosie, **GIVEN)
    assert sanjay.get(reverse("person", args=[rosie])).status_code == 200
    keep_colleague_away(
        by=two_families.who("gareth"), person=rosie, colleague=two_families.who("sanjay").id,
        reviewer=two_families.post("service-manager"), reason="His neighbour.", at=two_families.at,
    )  # fmt: skip
    assert sanjay.get(reverse("person", args=[rosie])).status_code == 404, "It ends what was opened before."
    for key in (rosie, absent):
        assert sanjay.get(reverse("emergency-open", args=[key])).status_code == 404
        assert send(sanjay, "emergency-open", key, **GIVEN).status_code == 404
    assert ROSIE not in words(sanjay.post(reverse("search"), {"words": ROSIE}))
    assert EmergencyAccess.objects.count() == 1


def test_its_reviewer_is_led_to_it_says_what_was_found_and_nobody_else_does(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    rosie, gareth = two_families.person(ROSIE), browsers["gareth"]
    send(browsers["sanjay"], "emergency-open", rosie, **GIVEN)
    opened = opened_by(two_families, "sanjay")
    page = reverse("emergency", args=[opened])
    for name in ("my-day", "team"):
        assert f'href="{page}"' in gareth.get(reverse(name)).content.decode(), name
    for key in ("sanjay", "jane"):
        assert browsers[key].get(page).status_code == 404, key
        assert send(browsers[key], "emergency", opened, finding="needed", words="I was there.").status_code == 404
    shown = gareth.get(page)
    for said in (ROSIE, "Sanjay Mistry", "A child may be in danger now", WHY, "See what they viewed"):
        assert said in words(shown), said
    assert "Say what you found." in words(send(gareth, "emergency", opened, words="I rang."))
    done = send(gareth, "emergency", opened, finding="explained", words="I rang the hospital.")
    assert "Reviewed. What you found is kept with it." in done.content.decode()
    assert f'href="{page}"' not in gareth.get(reverse("team")).content.decode()
    kept = gareth.get(page)
    for said in ("Not needed, in good faith", "I rang the hospital.", "Gareth Lowe"):
        assert said in words(kept), said
    assert Event.objects.filter(what="emergency_review", actor=two_families.who("gareth").id).exists()


def test_whoever_opened_it_does_not_review_it_though_it_is_their_teams(
    two_families: Universe, browsers: dict[str, Client]
) -> None:
    """A manager above reviews all that lies below; not what they opened themselves."""
    helen, rosie = _signed_in(two_families, "helen"), two_families.person(ROSIE)
    EmergencyAccess.objects.create(
        person=rosie, account=two_families.who("helen").id, reason="danger", words=WHY, from_at=two_families.at,
        until_at=two_families.at, review_by=two_families.at, reviewer=two_families.post("manager-family-support-2"),
    )  # fmt: skip
    opened = opened_by(two_families, "helen")
    assert helen.get(reverse("emergency", args=[opened])).status_code == 403
    assert send(helen, "emergency", opened, finding="needed", words="It was me.").status_code == 403
    assert browsers["gareth"].get(reverse("emergency", args=[opened])).status_code == 200
