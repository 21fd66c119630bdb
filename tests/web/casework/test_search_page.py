"""What a search says: who has the very name, who only sounds like it, and what is too little to search by."""

from datetime import date
from uuid import UUID

import pytest

from sightline.kernel.references import new_id
from sightline.people.search import BECAUSE, Match
from sightline.web.presenters.found_apart import TOO_LITTLE, because_words, nobody_words, told_apart
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

TODAY = date(2026, 11, 23)


def match(name: str, *codes: str, known_as: str = "", key: UUID | None = None) -> Match:
    because = tuple(BECAUSE[code] for code in codes)
    return Match(key or new_id(), "child", name, known_as, "unknown", None, None, None, "U", "", because)


def names(found: tuple[Match, ...]) -> list[str]:
    return [one.name for one in found]


def test_whoever_has_the_name_stands_first_and_who_sounds_like_it_is_folded() -> None:
    found = [match("Mya Smyth", "sound"), match("Mia Smith", "same"), match("Mia Jones", "same", "area")]
    apart = told_apart(found, text="smith mia", on=TODAY)
    assert (apart.heading, names(apart.first)) == ("Same name", ["Mia Smith"])
    assert names(apart.folded) == ["Mya Smyth", "Mia Jones"]
    assert apart.fold_words == "2 more that sound alike or share a part of the name"


@pytest.mark.parametrize("telling", ["number", "born", "born_near", "due", "home", "postcode"])
def test_nobody_is_folded_away_who_was_found_by_what_tells_people_apart(telling: str) -> None:
    found = [match("Mya Smyth", "sound", telling), match("Mia Smith", "same"), match("Maya Smit", "spelling", "age")]
    apart = told_apart(found, text="Mia Smith 12/3/2019", on=TODAY)
    assert (names(apart.first), names(apart.folded)) == (["Mia Smith", "Mya Smyth"], ["Maya Smit"])
    assert apart.heading == ""


def test_where_nobody_has_the_whole_name_nobody_is_folded() -> None:
    found = [match("Mya Smyth", "sound"), match("Mia Jones", "same")]
    for text in ("Mia Smith", "Mia"):
        apart = told_apart(found, text=text, on=TODAY)
        assert (names(apart.first), apart.folded) == (["Mya Smyth", "Mia Jones"], ())


def test_a_name_somebody_is_known_by_is_theirs_too() -> None:
    apart = told_apart([match("Amelia Smith", "form", known_as="Mia Smith")], text="Mia Smith", on=TODAY)
    assert apart.heading == "Same name"


def test_why_somebody_was_found_is_said_as_one_says_it() -> None:
    assert because_words(match("Mia Smith", "same", "postcode")) == "Same name and same postcode"
    assert because_words(match("Mya Smyth", "sound")) == "The name sounds alike"
    assert because_words(match("Mya Smyth")) == ""


@pytest.mark.parametrize("text", ["8 years", "15", "QX4", "born 2018"])
def test_what_is_too_little_to_search_by_is_said_to_be(text: str, sign_in: SignIn) -> None:
    assert nobody_words(text, on=TODAY, otherwise="") == TOO_LITTLE
    said = words(sign_in("jane").post("/search", {"words": text}))
    assert "That alone is too little to search by" in said
    assert "Nobody was found" not in said


@pytest.mark.parametrize("text", ["Zzyx Qwerty", "943 476 5919", "12/3/2019", "LS7 4AB", "15 Acacia Road", "Mia QX4"])
def test_what_is_enough_and_finds_nobody_is_not_said_to_be_too_little(text: str) -> None:
    assert nobody_words(text, on=TODAY, otherwise="Nobody.") == "Nobody."


def test_the_page_stands_the_same_name_at_the_top(sign_in: SignIn) -> None:
    page = sign_in("jane").post("/search", {"words": "Rosie Penhallow"})
    assert words(page).index("Same name") < words(page).index("Rosie Penhallow")
    assert "more that sound alike or share a part of the name" in words(page)
    assert "Found by" not in words(page)
