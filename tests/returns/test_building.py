"""A child's year of census, told from rows as the record gives them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from sightline.returns.cin import judge, known_years, open_census
from sightline.returns.facts.building import build, made_child_id
from sightline.returns.facts.rows import (
    AssessmentRow,
    ChildRow,
    ConferenceRow,
    EnquiryRow,
    EpisodeRow,
    Facts,
    PlanRow,
    PreProceedingsRow,
)
from sightline.returns.leaving_out import MODULES, WHY, counted_line
from tests.returns import census
from tests.returns.test_writer import written

WHO = UUID(int=7)


def day(text):
    return date.fromisoformat(text) if text else None


def who(**changes):
    facts = {
        "birth": "exact", "birth_date": day("2015-05-05"), "expected_date": None, "death_date": None, "sex": "F",
        "ethnicity": "WBRI", "disabilities": ["NONE"], "upn_unknown": "", "numbers": {"child_id": "C1"},
        "was_expected": None,
    }  # fmt: skip
    return ChildRow(**(facts | changes))


def episode(opened="2026-05-01", closed=None, *, nfa=False, reason="", key="e1"):
    return EpisodeRow(key, day(opened), "1A", "N1", nfa, day(closed), reason)


def assessment(start="2026-05-02", signed=None, *, ended=None, factors=("2B",)):
    return AssessmentRow("a", day(start), day(signed), day(ended), None, list(factors))


def plan(kind="protection", start="2026-06-01", end=None, *, before=None, named=(), reviews=(), here=True, **earlier):
    facts = {"first_category": None, "last_category": None} | earlier
    return PlanRow("p", kind, day(start), day(end), before, named, reviews, here=here, **facts)


def enquiry(began="2026-05-11", held=None, *, not_required=False, concluded=None, counted="2026-05-11", target=None):
    return EnquiryRow("q", day(began), day(counted), day(target), day(held), not_required, day(concluded))


def told(year=2027, child=None, episodes=None, **facts):
    given = Facts(children=[child or who()], episodes=episodes or [episode()], **facts)
    return build(WHO, given, year=known_years()[year], target=lambda since: since + timedelta(days=21))


def raws(fields):
    return [one.raw for one in fields]


def reasons(exported):
    return [(one.module, one.why) for one in exported.left_out]


def test_an_assessment_that_was_signed_after_the_year_was_open_in_it():
    one = told(assessments=[assessment("2027-03-20", "2027-04-02")]).child.episodes[0].assessments[0]
    assert (one.start.raw, one.authorised.given, one.factors) == ("2027-03-20", False, ())


def test_what_had_not_begun_by_the_census_date_is_not_there_and_is_not_missed():
    one = told(assessments=[assessment("2027-04-01")], enquiries=[enquiry("2027-04-09")])
    assert (one.child.episodes[0].assessments, one.child.episodes[0].enquiries, one.left_out) == ((), (), ())


def test_an_assessment_that_was_stopped_unsigned_is_left_out_and_said():
    stopped = told(assessments=[assessment(ended="2026-06-01")])
    assert stopped.child.episodes[0].assessments == ()
    assert reasons(stopped) == [("assessment", "stopped")]
    later = told(assessments=[assessment("2027-03-01", ended="2027-04-09")])
    assert len(later.child.episodes[0].assessments) == 1


def test_what_was_over_before_the_year_is_left_out_and_said():
    facts = {
        "assessments": [assessment("2026-01-05", "2026-02-01")],
        "plans": [plan("child_in_need", "2026-02-02", "2026-03-31")],
        "enquiries": [enquiry("2026-02-02", not_required=True, concluded="2026-02-20")],
        "conferences": [ConferenceRow("c", day("2026-03-03"))],
    }
    one = told(episodes=[episode("2026-01-01")], **facts)
    assert {why for _, why in reasons(one)} == {"before_year"}
    assert len(one.left_out) == 4
    assert list(one.child.episodes[0].groups()) == [one.child.episodes[0]]


def test_a_fact_belongs_to_the_episode_that_was_open_when_it_began():
    episodes = [
        episode("2026-04-10", "2026-06-01", key="first"),
        episode("2026-06-01", key="second"),
        episode("2026-07-07", "2026-07-07", nfa=True, key="nothing further"),
    ]
    starts = ["2026-05-05", "2026-06-01", "2026-07-07"]
    one = told(episodes=episodes, assessments=[assessment(start, start) for start in starts])
    assert [raws(each.start for each in every.assessments) for every in one.child.episodes] == [
        ["2026-05-05"],
        ["2026-06-01", "2026-07-07"],
        [],
    ]
    assert one.left_out == ()


def test_a_fact_that_no_episode_holds_is_left_out_and_said():
    one = told(assessments=[assessment("2026-04-20", "2026-04-28")])
    assert reasons(one) == [("assessment", "no_episode")]
    gone_on = told(
        episodes=[episode("2026-01-01", "2026-02-02", key="old"), episode()],
        plans=[plan("child_in_need", "2026-01-20")],
    )
    assert reasons(gone_on) == [("episode", "before_year"), ("child_in_need", "episode_over")]


def test_a_child_without_an_episode_in_the_year_is_not_in_it():
    assert told(episodes=[episode("2025-05-05", "2026-03-31")]) is None
    assert told(episodes=[episode("2027-04-01")]) is None
    assert told(episodes=[episode("2025-05-05", "2026-04-01")]) is not None
    assert build(WHO, Facts(), year=known_years()[2027], target=lambda _: None) is None


def test_a_closure_after_the_census_date_has_not_happened_yet():
    one = told(episodes=[episode(closed="2027-04-01", reason="RC1")]).child.episodes[0]
    assert (one.closure_date.given, one.closure_reason.given) == (False, False)


def test_a_referral_of_no_further_action_has_no_closure():
    one = told(episodes=[episode(closed="2026-05-01", nfa=True)]).child.episodes[0]
    assert (one.no_further_action.raw, one.closure_date.given) == ("true", False)
    closed = told(episodes=[episode(closed="2026-05-01", nfa=True, reason="RC8")]).child.episodes[0]
    assert closed.closure_date.raw == "2026-05-01"


def test_a_protection_plan_has_its_first_and_latest_category_and_the_reviews_that_were_held():
    named = [("NEG", "2026-06-01"), ("EMO", "2026-09-01"), ("PHY", "2027-04-02")]
    reviews = ("2026-12-01", "2026-08-20", "2027-05-05")
    one = told(plans=[plan(named=named, reviews=reviews)]).child.episodes[0].protection_plans[0]
    assert (one.initial_category.raw, one.latest_category.raw, one.previous_plans.value) == ("NEG", "EMO", 0)
    assert raws(one.reviews[0].dates) == ["2026-08-20", "2026-12-01"]


def test_a_plan_that_went_on_from_an_earlier_system_keeps_its_first_category():
    one = told(plans=[plan(named=[("EMO", "2026-09-01")], first_category="NEG", last_category="NEG", before=2)])
    went_on = one.child.episodes[0].protection_plans[0]
    assert (went_on.initial_category.raw, went_on.latest_category.raw) == ("NEG", "EMO")
    assert went_on.previous_plans.value == 2


def test_a_plan_taken_up_after_the_year_had_the_category_with_which_the_earlier_system_ended():
    named = [("NEG", "2026-06-01"), ("EMO", "2027-05-10")]
    one = told(plans=[plan(named=named, first_category="NEG", last_category="EMO")]).child.episodes[0]
    assert one.protection_plans[0].latest_category.raw == "EMO"
    here = told(plans=[plan(named=named)]).child.episodes[0]
    assert here.protection_plans[0].latest_category.raw == "NEG"


def test_plans_before_are_those_that_somebody_counted_and_those_of_this_record_after():
    plans = [
        plan(start="2025-05-05", end="2025-09-09", before=1),
        plan(start="2026-05-05", end="2026-06-06"),
        plan(start="2026-08-08"),
    ]
    found = told(episodes=[episode("2025-05-01")], plans=plans).child.episodes[0].protection_plans
    assert [each.previous_plans.value for each in found] == [2, 3]


def test_a_plan_that_stood_on_no_day_is_left_out():
    one = told(plans=[plan(end="2026-06-01"), plan(start="2026-07-01")])
    assert reasons(one) == [("protection", "no_day")]
    assert one.child.episodes[0].protection_plans[0].previous_plans.value == 0


def test_an_enquiry_has_its_target_from_the_discussion_until_no_conference_is_needed():
    waits, held, ended, later, ended_later = (
        told(enquiries=[each]).child.episodes[0].enquiries[0]
        for each in (
            enquiry(counted="2026-05-12"),
            enquiry(held="2026-05-29"),
            enquiry(not_required=True, concluded="2026-05-20"),
            enquiry("2027-03-25", held="2027-04-05", counted="2027-03-25"),
            enquiry("2027-03-25", not_required=True, concluded="2027-04-05", counted="2027-03-25"),
        )
    )
    assert (waits.conference_target.raw, waits.conference_not_required.raw) == ("2026-06-02", "false")
    assert (held.conference.raw, held.conference_not_required.raw) == ("2026-05-29", "false")
    assert (ended.conference_target.given, ended.conference_not_required.raw) == (False, "true")
    assert (later.conference.given, later.conference_not_required.raw) == (False, "false")
    assert (ended_later.conference_target.raw, ended_later.conference_not_required.raw) == ("2027-04-15", "false")


def test_what_an_earlier_system_said_of_the_target_stands():
    one = told(enquiries=[enquiry(counted=None, target="2026-05-30")]).child.episodes[0].enquiries[0]
    assert one.conference_target.raw == "2026-05-30"


def test_an_episode_has_room_for_one_conference_without_an_enquiry():
    held = [ConferenceRow("c", day(text)) for text in ("2026-06-01", "2026-09-01")]
    one = told(conferences=held)
    assert one.child.episodes[0].conference.raw == "2026-09-01"
    assert reasons(one) == [("conference", "one_conference")]


def test_pre_proceedings_are_told_from_the_year_that_asks_for_them():
    times = PreProceedingsRow(
        id="t", started_on=day("2026-06-01"), letter_sent_on=None, meeting_offered=True, meeting_held=None,
        first_meeting_on=day("2026-06-20"), review_meetings=2, decided_on=day("2027-04-04"), outcome="issue",
        applied_on=None, letter_of_issue_on=None,
    )  # fmt: skip
    one = told(pre_proceedings=[times]).child.episodes[0].pre_proceedings[0]
    assert (one.start.raw, one.meeting_offered.raw, one.review_meetings.raw) == ("2026-06-01", "true", "2")
    assert (one.step_decision.given, one.outcome.given, one.meeting_facilitated.given) == (False, False, False)
    before = told(
        2026, episodes=[episode("2025-05-05")], pre_proceedings=[times._replace(started_on=day("2025-06-01"))]
    )
    assert reasons(before) == [("pre_proceedings", "not_asked")]
    not_yet = told(2026, episodes=[episode("2025-05-05")], pre_proceedings=[times])
    assert not_yet.left_out == ()


def test_a_child_who_was_born_after_the_year_was_still_expected_in_it():
    born = who(birth_date=day("2027-04-09"), was_expected=day("2027-04-20"))
    one = told(child=born).child.identifiers
    assert (one.birth_date.given, one.expected_birth_date.raw, one.sex.raw) == (False, "2027-04-20", "U")
    unborn = told(child=who(birth="expected", birth_date=None, expected_date=day("2027-02-02"))).child.identifiers
    assert (unborn.expected_birth_date.raw, unborn.sex.raw) == ("2027-02-02", "U")


def test_a_birth_of_which_only_the_year_is_known_is_left_out_and_said():
    one = told(child=who(birth="year"))
    assert not one.child.identifiers.birth_date.given
    assert reasons(one) == [("birth", "not_exact")]


def test_a_death_after_the_year_is_not_told():
    assert not told(child=who(death_date=day("2027-04-01"))).child.identifiers.death_date.given
    assert told(child=who(death_date=day("2027-03-31"))).child.identifiers.death_date.raw == "2027-03-31"


def test_a_pupil_number_takes_the_place_of_the_reason_for_having_none():
    numbers = {"child_id": "C1", "upn": "A123", "former_upn": "B456"}
    one = told(child=who(numbers=numbers, upn_unknown="UN1")).child.identifiers
    assert (one.upn.raw, one.former_upn.raw, one.upn_unknown.given) == ("A123", "B456", False)
    assert told(child=who(upn_unknown="UN1")).child.identifiers.upn_unknown.raw == "UN1"


@pytest.mark.parametrize(("held", "year", "code"), [("F", 2027, "F"), ("U", 2027, "U"), ("M", 2024, "1"),
                                                    ("U", 2024, "0")])  # fmt: skip
def test_sex_is_told_in_the_codes_of_the_year(held, year, code):
    one = told(year, child=who(sex=held), episodes=[episode(f"{year - 1}-05-05")]).child.identifiers
    assert (one.sex.element, one.sex.raw) == (known_years()[year].sex_element, code)


def test_a_child_to_whom_nobody_gave_an_id_has_always_the_same():
    name = told(child=who(numbers=None)).child.id
    assert name == made_child_id(WHO) != made_child_id(UUID(int=8))
    assert name.isascii()
    assert name.isalnum()
    assert len(name) <= 20


def test_a_child_as_told_is_written_and_read_and_judged_like_any_other():
    one = told(
        assessments=[assessment(signed="2026-05-30")],
        plans=[plan(start="2026-05-29", named=[("NEG", "2026-05-29")])],
        enquiries=[enquiry(held="2026-05-29")],
        child=who(numbers={"child_id": "C1", "upn": census.upn(1)}),
    )
    # A file of one child has too few disabilities of other kinds: that is asked of a whole authority.
    assert judge(open_census(written(one.child))).found == {"2887Q": 1}


def test_everything_that_is_left_out_is_said_in_a_sentence():
    assert counted_line("assessment", "stopped", 2) == f"2 assessments: {WHY['stopped']}"
    assert all(said.endswith(".") for said in WHY.values())
    assert set(MODULES) == {each for each in MODULES if len(MODULES[each]) == 2}
