"""The page on which the birth of a child is recorded who was known before."""

from uuid import uuid4

from sightline.doorway.acts import acting
from sightline.kernel.london import local_day
from sightline.people.queries import get_headers
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

BABY = "Baby of Carys Maddox"


def sent(universe: Universe, **changes: str) -> dict[str, str]:
    born = local_day(universe.at)
    given = {
        "key": str(uuid4()), "born_on": f"{born.day} {born.month} {born.year}", "clock": "", "given": "Seren",
        "family": "", "sex": "F", "standing": "living", "died_on": "", "words": "Both well.",
    }  # fmt: skip
    return given | changes


def test_the_record_of_an_unborn_child_leads_to_it_and_no_other_does(universe: Universe, sign_in: SignIn) -> None:
    baby, page = universe.person(BABY), sign_in("jane")
    assert f"/person/{baby}/birth" in page.get(f"/people/{baby}").content.decode()
    rosie = universe.person("Rosie Penhallow")
    assert f"/person/{rosie}/birth" not in page.get(f"/people/{rosie}").content.decode()
    answer = page.get(f"/person/{rosie}/birth")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/people/{rosie}")


def test_a_birth_is_recorded_on_one_page_and_said_on_the_record(universe: Universe, sign_in: SignIn) -> None:
    baby, page = universe.person(BABY), sign_in("jane")
    asked = page.get(f"/person/{baby}/birth")
    assert "Is the child living?" in words(asked)
    assert " checked" not in asked.content.decode().split("<main", 1)[1]
    answer = page.post(f"/person/{baby}/birth", sent(universe))
    assert answer.headers["Location"] == f"/people/{baby}"
    said = words(page.get(f"/people/{baby}"))
    assert "Seren" in said
    assert "Record the birth" not in said
    assert "Not yet born" not in said
    assert "Born on" in words(page.get(f"/people/{baby}/timeline"))


def test_what_is_refused_keeps_all_that_was_typed(universe: Universe, sign_in: SignIn) -> None:
    baby, page = universe.person(BABY), sign_in("jane")
    answer = page.post(f"/person/{baby}/birth", sent(universe, standing="", clock="half past", words="Rang at four."))
    said = words(answer)
    assert "Say whether the child is living." in said
    assert "is not a time we can read" in said
    assert "Rang at four." in answer.content.decode()
    with acting(universe.who("jane").id):
        assert get_headers(people=[baby])[baby].birth == "expected"
    assert "Unfinished record of a birth" in words(page.get("/my-day"))


def test_a_birth_that_is_sent_twice_is_recorded_once(universe: Universe, sign_in: SignIn) -> None:
    baby, page = universe.person(BABY), sign_in("jane")
    form = sent(universe)
    for _ in range(2):
        assert page.post(f"/person/{baby}/birth", form).status_code == 302


def test_whoever_does_not_work_with_the_child_is_answered_as_if_there_were_none(
    universe: Universe, sign_in: SignIn
) -> None:
    assert sign_in("winston").get(f"/person/{universe.person(BABY)}/birth").status_code == 404
