from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.kernel.errors import Refusal
from sightline.people import rules

TODAY = date(2026, 11, 21)
days = st.dates(date(1930, 1, 1), TODAY)


@given(st.text(max_size=400))
def test_any_line_can_be_read(text: str) -> None:
    sought = rules.read_line(text, today=TODAY)
    assert len(sought.words) <= 6
    assert all(word and word == rules.plain(word) for word in sought.words)


@given(days)
def test_parts_of_a_line_are_found_in_any_order(day: date) -> None:
    written = f"{day.day}/{day.month}/{day.year}"
    for line in (f"smyth mia {written} LS7", f"LS7 {written} smyth, mia", f"smyth {written} mia LS7"):
        sought = rules.read_line(line, today=TODAY)
        assert (sought.words, sought.born, sought.outward) == (("smyth", "mia"), day, "LS7")


@pytest.mark.parametrize(
    ("line", "part", "value"),
    [
        ("943 476 5919", "numbers", ("9434765919",)),
        ("12a Oak St LS7 4AB", "house", "12a"),
        ("12a Oak St LS7 4AB", "street", "oak street"),
        ("mia ls7 4ab", "postcode", "LS7 4AB"),
        ("lee due 3 March 2027", "due", date(2027, 3, 3)),
        ("mia about 4", "born_from", date(2020, 11, 22)),
        ("mia about 4", "born_to", date(2023, 11, 21)),
        ("O'Brien anne-marie", "words", ("obrien", "anne", "marie")),
        ("C-17/4", "numbers", ("C-17/4", "C174")),
        ("31 2 2020 mia", "born", None),
    ],
)
def test_what_was_typed_is_taken_for_what_it_is(line: str, part: str, value: object) -> None:
    assert getattr(rules.read_line(line, today=TODAY), part) == value


@given(days)
def test_one_slip_in_a_date_can_be_slipped_back(day: date) -> None:
    for near in rules.near_dates(day):
        assert near != day
        assert day in rules.near_dates(near)


@given(days)
def test_dates_near_a_date_include_one_figure_wrong(day: date) -> None:
    wrong = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) and day.year % 10 != 9 else None
    if wrong is not None:
        assert wrong in rules.near_dates(day)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12 Oak St., Leeds", "LS7 4AB"), ("12, oak street", "LS7 4AB")),
        (("Flat 3, 12 Oak Rd", "LS7 4AB"), ("flat 3, 12 Oak Road, Leeds", "LS7 4AB")),
    ],
)
def test_one_home_has_one_key_however_it_is_written(one: tuple[str, str], other: tuple[str, str]) -> None:
    keys = {rules.home_key(lines=lines, postcode=postcode) for lines, postcode in (one, other)}
    assert len(keys) == 1


def test_two_flats_of_one_house_are_two_homes() -> None:
    first = rules.home_key(lines="Flat 1, 12 Oak Road", postcode="LS7 4AB")
    assert first != rules.home_key(lines="Flat 2, 12 Oak Road", postcode="LS7 4AB")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"birth": "exact", "birth_date": date(2019, 3, 12)}, "7 years"),
        ({"birth": "about", "birth_date": date(2022, 5, 21)}, "about 4 years"),
        ({"birth": "year", "birth_date": date(2019, 1, 1)}, "6 or 7 years"),
        ({"birth": "unknown", "birth_date": None}, "age not known"),
        ({"birth": "expected", "expected_date": date(2027, 3, 3)}, "not yet born, expected 3 March 2027"),
        ({"birth": "expected"}, "not yet born"),
    ],
)
def test_an_age_is_said_no_better_than_it_is_known(facts: dict[str, object], said: str) -> None:
    assert rules.age_words(**({"birth_date": None, "expected_date": None, "on": TODAY} | facts)) == said


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "adult", "birth": "expected"},
        {"birth": "exact"},
        {"birth": "exact", "birth_date": TODAY + timedelta(days=1)},
        {"birth": "exact", "birth_date": date(1880, 1, 1)},
        {"birth": "unknown", "birth_date": date(2019, 1, 1)},
        {"birth": "expected", "expected_date": TODAY + timedelta(days=400)},
    ],
)
def test_a_birth_that_cannot_be_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        rules.check_birth(**({"kind": "child", "birth_date": None, "expected_date": None, "on": TODAY} | facts))


def test_same_names_are_flagged_whatever_their_order_and_accents() -> None:
    names = {1: ("Zoë", "Lee", True), 2: ("Lee", "Zoe", True), 3: ("Zoe", "Lee", False), 4: ("Zoe", "Leigh", True)}
    assert rules.same_names(names) == {1, 2}


@given(st.text(max_size=80), st.text(max_size=80))
def test_words_of_a_name_are_plain_and_short(given_name: str, family: str) -> None:
    for word in rules.name_words(f"{given_name} {family}"):
        assert word == rules.plain(word)[: rules.LONGEST_WORD]
        assert 0 < len(word) <= rules.LONGEST_WORD
