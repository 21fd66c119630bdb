"""Numbers by which other bodies know a person: those of the place are nobody's, and can be nobody's."""

from math import gcd

import pytest

from sightline.commands.simulation.place.numbers import NO_AUTHORITY, Numbers
from sightline.kernel import references
from tests.simulation.places import dice, live

AUTHORITIES = range(201, 944)
"""Local authorities of England have numbers from 201 (City of London) to 943 (Westmorland and Furness)."""


@pytest.fixture
def numbers() -> Numbers:
    return Numbers(dice(11))


def test_nhs_numbers_check_and_are_of_the_range_that_is_never_issued(numbers: Numbers):
    given = [numbers.nhs() for _ in range(20_000)]
    assert len(set(given)) == len(given)
    assert all(references.nhs_number(one) == one for one in given)
    assert all(9_990_000_000 <= int(one) <= 9_999_999_999 for one in given)


@pytest.mark.parametrize("seed", range(20))
def test_every_number_of_the_range_is_met_once(seed: int):
    assert gcd(Numbers(dice(seed))._step, 1_000_000) == 1


def test_when_the_range_is_used_up_people_have_no_number(numbers: Numbers):
    numbers._drawn = 999_995
    given = [numbers.nhs() for _ in range(10)]
    assert given[0]
    assert given[-1] == ""


def test_pupil_numbers_check_and_name_an_authority_that_is_not_there(numbers: Numbers):
    given = [numbers.upn(school=1000 + turn % 7, year=2011 + turn % 15) for turn in range(5000)]
    assert len(set(given)) == len(given)
    assert all(references.upn(one) == one for one in given)
    assert {one[1:4] for one in given} == {NO_AUTHORITY}
    assert int(NO_AUTHORITY) not in AUTHORITIES


def test_a_school_that_gave_all_its_numbers_of_a_year_gives_the_next_schools(numbers: Numbers):
    given = [numbers.upn(school=1000 + turn % 2, year=2020) for turn in range(2500)]
    assert len(set(given)) == len(given)


def test_everybody_in_the_place_has_numbers_of_nobody():
    lived = live(children=300, days=200)
    everybody = [one for family in lived.place.families for one in (*family.children, *family.adults.values())]
    nhs = [one.nhs for one in everybody if one.nhs]
    upn = [one.upn for one in everybody if one.upn]
    assert len(set(nhs)) == len(nhs) > 300
    assert len(set(upn)) == len(upn) > 100
    assert all(one.startswith("999") for one in nhs)
    assert all(one[1:4] == NO_AUTHORITY for one in upn)
    assert all(one.nhs for one in everybody if one.given)
