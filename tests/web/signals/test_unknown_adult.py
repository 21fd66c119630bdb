"""CA2: an adult whom nobody can name stays open until identified, met, checked or ruled out; mentions are grouped."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.front_door.rules import Referrer
from sightline.journeys.register_people import NewPerson
from sightline.kernel.references import new_id
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.record.rules import Concerned
from tests.journeys.ending_case import Case
from tests.journeys.told import decided
from tests.web.casework.reading import words
from tests.web.signals.playing import ago, attention, comes_in, part, said, story

SignIn = Callable[[str], Client]
LEE = "Mum's new partner, possibly called Lee"
LINE = "An adult who was spoken of is not identified"


def school_and_police_speak_of_him(case: Case) -> UUID:
    """The school first, and eight days later the police, of one man; both are passed to Jane."""
    lee, dee = new_id(), case.world.actor("Dee Marlow")
    police = add_agency(by=dee, key="shire-police", kind="police", name="Shire Police", at=ago(20))
    hub = add_agency_post(by=dee, agency=police, key="shire-hub", title="Hub", email="hub@shire.example",
                          manager_title="Inspector", manager_email="i@shire.example", at=ago(20))  # fmt: skip
    about = [Concerned(case.leo), Concerned(lee, "adult")]
    first = comes_in(case, ago(12), concerned=about, story=story("A man in the car at three."),
                     new_people=[NewPerson(lee, "adult", described=LEE, unidentified=True)])  # fmt: skip
    decided(case.world, first, "passed_to_allocated_worker", at=ago(11))
    officer = Referrer(capacity="police", source="6", professional=True, name="PC Moor", agency_post=hub)
    second = comes_in(case, ago(4), concerned=about, referrer=officer, story=story("A man left by the back."))
    decided(case.world, second, "passed_to_allocated_worker", at=ago(3))
    return lee


def test_what_two_agencies_say_of_one_man_stands_together_before_the_worker_until_it_is_said_who_he_is(
    case: Case, sign_in: SignIn
) -> None:
    lee = school_and_police_speak_of_him(case)
    jane = sign_in("Jane Smith")
    assert attention(said(jane, "person", case.leo)).count(LINE) == 1
    people = said(jane, "person-people", case.leo)
    assert "Weir Primary School and Shire Police" in people
    assert people.count("Weir Primary School and Shire Police") == 1
    page = said(jane, "unidentified-adult", lee)
    assert "Not identified since" in page
    assert part(page, "What people said of them", "Spoken of around").count("First said") == 1


@pytest.mark.parametrize("status", ["identified", "met", "checked", "ruled_out"])
def test_he_stays_open_until_somebody_says_where_we_stand_and_how_they_know(
    case: Case, sign_in: SignIn, status: str
) -> None:
    lee = school_and_police_speak_of_him(case)
    jane = sign_in("Jane Smith")
    asked = reverse("unidentified-adult", args=[lee])
    refused = words(jane.post(asked, {"key": str(new_id()), "status": "ruled_out", "words": ""}, follow=True))
    assert "Say why this adult is ruled out, and who checked it." in refused
    assert LINE in attention(said(jane, "person", case.leo))
    jane.post(asked, {"key": str(new_id()), "status": status, "words": "Lee Marsh, her cousin; I met him."})
    assert LINE not in attention(said(jane, "person", case.leo))
    assert "Lee Marsh, her cousin; I met him." in said(jane, "person-people", case.leo)


def test_where_everybody_is_named_nothing_is_said_of_an_unknown_adult(case: Case, sign_in: SignIn) -> None:
    aunt = new_id()
    contact = comes_in(case, ago(4), concerned=[Concerned(case.leo), Concerned(aunt, "adult")],
                       new_people=[NewPerson(aunt, "adult", given="Ruth", family="Reed")])  # fmt: skip
    decided(case.world, contact, "passed_to_allocated_worker", at=ago(3))
    jane = sign_in("Jane Smith")
    assert LINE not in attention(said(jane, "person", case.leo))
    assert "Not identified" not in said(jane, "person-people", case.leo)
