"""Each rule queries the file made to break it, and not the one beside it."""

from pathlib import Path

import pytest

from sightline.returns.cin import RULES, judge, open_census
from sightline.returns.cin.years import known_years
from tests.returns.cases import CASES
from tests.returns.census import (
    assessment,
    child,
    enquiry,
    episode,
    judged,
    make_file,
    protection,
    rules,
    xml,
)

STOPS_THE_FILE = {"8500"}  # a child without an id: refused by the reader


def test_every_rule_has_a_file_that_breaks_it():
    assert set(RULES) - STOPS_THE_FILE == set(CASES)


def test_the_department_has_109_rules_and_we_have_them_all():
    listed = (Path(__file__).parent / "rule_codes_2026_27.txt").read_text("utf-8").split()
    assert len(listed) == 109
    assert {code for code in RULES if not code.startswith("SL")} == set(listed)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_queries_what_breaks_it(code):
    assert code in rules(CASES[code][0])


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_silent_beside_it(code):
    assert code not in rules(CASES[code][1])


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_says_what_is_wrong_and_what_to_do(rule):
    for sentence in (rule.what, rule.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert "must" not in rule.what  # the department's wording stays the department's


def test_an_ordinary_child_has_no_query_but_about_the_authority_as_a_whole():
    report = judged(child(episode(assessment(), enquiry(), protection())))
    assert set(report.found) == {"2887Q"}


def test_a_fault_names_child_line_element_rule_and_what_was_found():
    (fault,) = judged(child(Sex="X")).by_rule()["4180"]
    file = make_file(child(Sex="X")).decode().splitlines()
    assert (fault.child, fault.element, fault.found) == ("C1", "Sex", "X")
    assert file[fault.line - 1] == "<Sex>X</Sex>"


def test_what_is_missing_is_pointed_at_where_it_should_stand():
    (fault,) = judged(child(Sex=None)).by_rule()["4180"]
    file = make_file(child(Sex=None)).decode().splitlines()
    assert file[fault.line - 1] == "<ChildIdentifiers>"


def test_dates_are_judged_at_the_reference_date_in_the_file():
    late = child(episode(CINclosureDate="2027-05-01", ReasonForClosure="RC7"))
    assert set(judged(late).found) >= {"8620"}
    moved = judged(late, reference_date="2027-07-21")
    assert "8620" not in moved.found
    assert "100" in moved.found


def test_a_reference_date_before_the_year_is_judged_by_the_year_it_ends():
    census = open_census(make_file(child(), reference_date="2025-03-31"))
    assert (census.start.isoformat(), census.end.isoformat()) == ("2024-04-01", "2025-03-31")


def test_a_conference_on_the_episode_is_judged_like_one_on_an_enquiry():
    sunday_of_another_year = child(episode(DateOfInitialCPC="2025-11-30"))
    assert set(judged(sunday_of_another_year).found) >= {"8715", "8875", "1104"}


def test_a_plan_that_began_another_day_than_its_conference_is_queried_without_an_enquiry_too():
    held = episode(protection("2026-06-02"), DateOfInitialCPC="2026-06-01")
    assert "2885" in judged(child(held)).found


def test_an_open_protection_plan_overlaps_one_in_another_episode():
    first = episode(protection(), CINclosureDate="2026-08-01", ReasonForClosure="RC7")
    second = episode(protection("2026-09-01"), CINreferralDate="2026-08-20")
    assert set(judged(child(first, second)).found) >= {"8935", "8940"}


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_before_2025_the_census_asks_for_gender(year):
    who = child(Sex=None, GenderCurrent="1", PersonBirthDate=f"{year - 10}-05-05")
    found = judged(who, year=year).found
    assert not {"4180", "SL01"} & set(found)
    assert set(judged(child(), year=year).found) >= {"4180", "SL01"}


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_from_2025_it_asks_for_sex(year):
    assert set(judged(child(GenderCurrent="1", Sex=None), year=year).found) >= {"4180", "SL01"}


def test_a_rule_is_not_judged_before_its_year():
    old = child(number="C-1", Sex=None, GenderCurrent="1")
    assert "1580" not in judged(old, year=2024).found
    assert "1580" in judged(child(number="C-1"), year=2025).found


def test_rc9_and_5d_are_codes_from_2023():
    years = known_years()
    assert "RC9" not in years[2022].closures
    assert "RC9" in years[2023].closures
    assert "5D" not in years[2022].referral_sources
    assert all("5D" in years[number].referral_sources for number in range(2023, 2028))


@pytest.mark.parametrize(("born", "queried"), [("2018-03-30", True), ("2018-03-31", False)])
def test_before_2025_a_pupil_number_was_asked_of_those_over_five(born, queried):
    who = child(Sex=None, GenderCurrent="1", UPN=None, PersonBirthDate=born)
    assert ("8770Q" in judged(who, year=2024).found) is queried


def test_pre_proceedings_are_staged_in_2027_and_out_of_place_before():
    began = episode(xml("PreProceedingsandFGDM", PPStartDate="2026-06-01", PPOutcome="A"))
    report = judged(child(began))
    assert report.staged()["pre-proceedings"] == 1
    assert "SL01" not in report.found
    assert "SL01" in judged(child(began), year=2026).found


def test_nothing_out_of_place_is_lost():
    file = make_file(child(episode(xml("Pet", Name="Rex"))))
    (only,) = open_census(file).children()
    (kept,) = only.episodes[0].as_staged()["unplaced"]
    assert kept["element"] == "CINdetails/Pet"
    assert kept["text"] == "Name=Rex"
    assert judge(open_census(file)).staged()["unplaced"] == 1


def test_a_group_is_staged_as_it_was_written():
    (only,) = open_census(make_file(child(episode(assessment(end="soon"))))).children()
    staged = only.episodes[0].assessments[0].as_staged()
    assert staged["AssessmentAuthorisationDate"] == ["soon"]
    assert staged["AssessmentFactors"] == ["2B"]
