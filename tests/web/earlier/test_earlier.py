"""What an earlier system recorded, on the child's pages: in words, at the top while it stands, gone on with here."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from sightline.assessments import importing as assessments
from sightline.doorway.acts import acting
from sightline.enquiries import importing as enquiries
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.plans import importing as plans
from sightline.plans.queries import list_plans
from sightline.record.importing import EntryGiven, bring_in_entries
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words

BEGAN, REVIEWED = date(2024, 3, 5), date(2024, 6, 3)
ROSIE = "Rosie Penhallow"


@pytest.fixture
def there(universe: Universe) -> dict[str, UUID]:
    """Rosie's plan, assessment and enquiries of a census file, as an import keeps them."""
    by, at, child = universe.who("jane"), universe.at, universe.person(ROSIE)
    keys = {name: new_id() for name in ("entry", "plan", "assessment", "enquiry", "over")}
    told: Any = EntryGiven(keys["entry"], child, When.on(local_day(at)), "cin-census:2024", "Brought in.")
    with acting(by.id):
        bring_in_entries(by=by, entries=[told], post=universe.post("worker-1-family-support-2"), at=at)
        plans.bring_in_earlier(
            given=[plans.EarlierGiven(keys["plan"], child, keys["entry"], None, "protection", BEGAN,
                                      first_category="NEG", last_category="EMO", plans_before=2,
                                      reviewed_on=(REVIEWED,))], at=at,
        )  # fmt: skip
        assessments.bring_in_earlier(
            given=[assessments.EarlierGiven(keys["assessment"], child, keys["entry"], None, BEGAN,
                                            authorised_on=REVIEWED, factors=("1B",))], at=at,
        )  # fmt: skip
        enquiries.bring_in_earlier(
            given=[
                enquiries.EarlierGiven(keys["enquiry"], child, keys["entry"], None, BEGAN),
                enquiries.EarlierGiven(keys["over"], child, keys["entry"], None, BEGAN, conference_on=REVIEWED),
            ], at=at,
        )  # fmt: skip
    return keys


def test_a_plan_that_stands_there_stands_at_the_top_as_one_of_ours_would(
    universe: Universe, sign_in: SignIn, there: dict[str, UUID]
) -> None:
    jane, person = sign_in("jane"), universe.person(ROSIE)
    said = words(jane.get(f"/people/{person}/protection"))
    assert "Child protection plan: emotional abuse (since 5 March 2024, recorded in an earlier system)" in said
    assert "Main category: Neglect, then emotional abuse. Last reviewed 3 June 2024" in said
    assert "On a protection plan twice before" in said
    assert "No section 47 enquiry is recorded" not in said
    assert "No strategy discussion is recorded" in said
    assert "A conference was held on 3 June 2024" in said
    assert "Go on with it here" in words(jane.get(f"/people/{person}/plan"))
    assert "What was found: alcohol: a parent or carer" in words(jane.get(f"/people/{person}/assessment"))


def test_how_an_enquiry_ended_is_asked_once(universe: Universe, sign_in: SignIn, there: dict[str, UUID]) -> None:
    jane, person = sign_in("jane"), universe.person(ROSIE)
    url = f"/people/{person}/earlier-enquiry/{there['enquiry']}"
    sent = {"key": key_of(jane.get(url)), "ended": "conference"}
    refused = jane.post(url, sent)
    assert "Enter the day of the conference." in words(refused)
    said = words(jane.post(url, sent | {"key": key_of(refused), "conference_on": "20 March 2024"}, follow=True))
    assert "A conference was held on 20 March 2024" in said
    assert "How it ended is not known" not in said


def test_it_goes_on_here_and_is_then_a_plan_of_ours(
    universe: Universe, sign_in: SignIn, there: dict[str, UUID]
) -> None:
    jane, person = sign_in("jane"), universe.person(ROSIE)
    url = f"/people/{person}/take-up/{there['plan']}"
    said = words(jane.post(url, {"key": key_of(jane.get(url)), "children": [str(there["plan"])]}, follow=True))
    assert "recorded in an earlier system)" not in said
    assert "A plan here goes on with it" in said
    with acting(universe.who("jane").id):
        (line,) = list_plans([person])
    assert (line.kind, line.began_on, line.last_review_on) == ("protection", BEGAN, REVIEWED)
