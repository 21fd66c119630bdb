"""What callers say of people, with faults at stated rates, and the truth that is kept beside it."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.place import Place
from sightline.commands.simulation.place.faults import Told, as_told, as_true, missed, misspell
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.truth import Truth, read
from tests.simulation.places import an_engine, dice

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture(scope="module")
def tellings() -> list[tuple[Dweller, Family, Told]]:
    place, stream = Place(an_engine(), children=2000), dice(2)
    return [
        (one, family, as_told(one, stream, family))
        for family in place.families
        for one in (*family.children, *family.adults.values())
        for _ in range(2)
    ]  # fmt: skip


def a_child(**facts: object) -> Dweller:
    plain = {"given": "Erin", "family": "Sutton", "sex": "F", "born": date(2016, 3, 8), "community": "white_british"}
    return Dweller(**{"ref": "p1", "parents": ("p2",), **plain, **facts})


def faults_of(child: Dweller, times: int = 6000, family: Family | None = None) -> Counter[str]:
    stream = dice(4)
    return Counter(fault for _ in range(times) for fault in as_told(child, stream, family).faults)


def test_what_is_told_without_a_fault_is_so(tellings):
    for who, _, told in tellings:
        if not told.faults:
            true = as_true(who)
            assert told == replace(true, nhs=told.nhs, upn=told.upn)
            assert told.nhs in {"", who.nhs}


def test_what_is_told_with_a_fault_is_not_so(tellings):
    wrong = [(who, told) for who, _, told in tellings if told.faults]
    assert len(wrong) > 500
    for who, told in wrong:
        assert replace(told, faults=(), nhs=who.nhs, upn=who.upn) != as_true(who), told.faults


def test_most_children_are_told_of_rightly_and_some_not(tellings):
    children = [told for who, _, told in tellings if who.parents]
    right = sum(not told.faults for told in children) / len(children)
    assert 0.65 < right < 0.85


def test_faults_occur_as_often_as_is_stated():
    told, times = faults_of(a_child()), 6000
    assert told["misspelt_family"] == pytest.approx(times * rate("faults", "names", "misspelt_family"), rel=0.3)
    assert told["a_digit"] == pytest.approx(times * rate("faults", "births", "a_digit"), rel=0.4)
    assert told["birth_unknown"] == pytest.approx(times * rate("faults", "births", "unknown_child"), rel=0.3)
    assert told["former_name"] == told["half_name"] == told["short_given"] == 0


def test_day_and_month_are_changed_where_the_day_could_be_a_month():
    assert faults_of(a_child(born=date(2016, 9, 4)))["day_and_month"] > 60
    assert faults_of(a_child(born=date(2016, 4, 9)))["day_and_month"] == 0


def test_a_name_of_another_language_is_misspelt_more_often():
    here, abroad = faults_of(a_child()), faults_of(a_child(given="Zuzanna", family="Wozniak", community="polish"))
    assert abroad["misspelt_given"] > 1.4 * here["misspelt_given"]


def test_who_has_a_short_a_former_or_a_double_name_is_told_of_by_it():
    long = a_child(given="Elizabeth", family="Sutton-Price", former=((date(2025, 1, 1), "Elizabeth", "Marsh"),))
    told = faults_of(long)
    assert min(told["short_given"], told["former_name"], told["half_name"]) > 300


def test_a_child_is_taken_to_have_the_mothers_name():
    mother = Dweller("p2", "Amy", "Price", "F", date(1990, 1, 1), "white_british")
    family = Family("f1", [a_child()], {"p2": "mother"}, {"p2": mother}, {"p2"}, None)
    assert faults_of(a_child(), family=family)["mothers_name"] > 300
    assert faults_of(a_child())["mothers_name"] == 0


def test_nobody_is_told_of_as_born_later_than_they_were(tellings):
    for who, _, told in tellings:
        assert told.born is None or told.born <= who.born
        assert (told.born is None) == (told.birth == "unknown")


def test_a_misspelt_name_is_another_and_never_empty():
    stream = dice(9)
    for name in ("Jo", "Al", "Mia", "Ng", "O'Brien", "Przemyslaw", "Mary-Kate", "Warsame Farah"):
        for _ in range(200):
            written = misspell(name, stream)
            assert written.strip()
            assert written != name


def test_of_a_man_whom_nobody_named_there_is_only_how_he_is_spoken_of():
    told = as_told(a_child(parents=(), spoken_of="Mum's new partner, possibly called Lee"), dice(1))
    assert (told.given, told.family, told.born) == ("", "", None)
    assert told.described == "Mum's new partner, possibly called Lee"
    assert told.faults == ("unnamed",)


def test_a_child_not_yet_born_is_told_of_as_expected():
    told = as_told(a_child(given="", sex="U"), dice(1))
    assert (told.given, told.birth, told.faults) == ("", "expected", ())


def test_who_is_told_of_wrongly_is_missed_more_often():
    stream, right = dice(6), as_true(a_child())
    wrong = replace(right, family="Suttn", faults=("misspelt_family",))
    assert sum(missed(wrong, stream) for _ in range(4000)) > 5 * sum(missed(right, stream) for _ in range(4000))


# --- the truth --------------------------------------------------------------------------------------


@pytest.fixture
def truth() -> Truth:
    truth, child, other = Truth(), a_child(), a_child(ref="p9", given="Hollie")
    truth.registered(child, ONE, as_true(child))
    truth.registered(other, TWO, as_true(other))
    truth.registered(child, THREE, replace(as_true(child), family="Suton", faults=("misspelt_family",)), ("missed",))
    return truth


def test_keys_of_one_person_are_a_pair(truth: Truth):
    assert list(truth.pairs()) == [(ONE, THREE)]
    assert list(truth.clusters()) == [(ONE, THREE)]


def test_three_keys_of_one_person_are_three_pairs(truth: Truth):
    truth.registered(a_child(), UUID(int=4), as_true(a_child()))
    assert len(list(truth.pairs())) == 3


def test_what_is_true_stands_as_it_was_when_they_were_registered(truth: Truth):
    child = a_child()
    truth.registered(child, UUID(int=5), as_true(child))
    child.family = "Vaughan"
    assert truth.rows[-1].true.family == "Sutton"


def test_the_truth_is_written_beside_the_database_and_read_again(truth: Truth, tmp_path: Path):
    file = truth.write(tmp_path / "simulated")
    assert file.name == "truth.jsonl"
    assert [one.name for one in file.parent.iterdir()] == ["truth.jsonl"]
    again = read(file.parent)
    assert list(again.pairs()) == [(ONE, THREE)]
    assert again.rows[2].faults == ("misspelt_family", "missed")
    assert again.rows[2].told.family == "Suton"
    assert again.rows[2].true.born == date(2016, 3, 8)
