"""What happened in the episodes of a census file is in the record, and what was open is on somebody's list."""

from datetime import date, timedelta

import pytest

from sightline.access.operations import restrict
from sightline.assessments.queries import list_earlier as assessments_of
from sightline.conferences.queries import list_earlier as conferences_of
from sightline.court.models import PreProceedings
from sightline.doorway.acts import acting
from sightline.enquiries.queries import list_earlier as enquiries_of
from sightline.journeys import import_census
from sightline.journeys.plan_help import begin_protection, make_plan, protection_known
from sightline.kernel.london import local_day
from sightline.people.queries import search_people
from sightline.plans.models import EarlierPlan
from sightline.plans.queries import list_earlier as plans_of
from sightline.record.operations import close_step
from sightline.record.queries import get_step, list_steps_for, list_timeline
from sightline.returns.earlier import AssessmentFacts, EnquiryFacts, ProtectionFacts, goes_on
from sightline.returns.matching import Held, match
from sightline.returns.models import Staged
from tests.returns.census import (
    assessment,
    child,
    cin_plan,
    enquiry,
    episode,
    make_file,
    pre_proceedings,
    protection,
)
from tests.returns.conftest import LATER, acting_as, counts
from tests.staff import SOON

UNDONE = LATER + timedelta(hours=1)
ENDED = {"CINclosureDate": "2026-09-01", "ReasonForClosure": "RC3"}


@pytest.fixture
def person(manager):
    """The key of the child C1, once a file has brought them in."""

    def found():
        return search_people(by=acting_as(manager), number="C1", at=LATER)[0].person

    return found


def steps(person):
    return {step.kind: step for step in list_steps_for([person])}


def test_each_group_of_an_episode_is_a_row_of_its_room(bring_in, person):
    _, did = bring_in(
        make_file(
            child(
                episode(
                    assessment(AssessmentInternalReviewDate="2026-05-20"),
                    cin_plan(end="2026-06-20"),
                    enquiry(InitialCPCtarget="2026-06-02"),
                    protection(end="2026-10-01", reviews=("2026-08-20", "2026-09-20")),
                    DateOfInitialCPC="2026-05-30",
                )
            )
        )
    )
    key = person()
    (one,) = assessments_of([key])[key]
    assert (one.started_on, one.internal_review_on) == (date(2026, 5, 6), date(2026, 5, 20))
    assert (one.authorised_on, one.factors, one.step) == (date(2026, 6, 6), ("2B",), None)
    (asked,) = enquiries_of([key])[key]
    assert (asked.began_on, asked.conference_target_on) == (date(2026, 5, 11), date(2026, 6, 2))
    assert (asked.conference_on, asked.conference_not_required) == (date(2026, 6, 1), False)
    in_need, protecting = plans_of([key])[key]
    assert (in_need.kind, in_need.from_on, in_need.to_on) == ("child_in_need", date(2026, 6, 10), date(2026, 6, 20))
    assert (protecting.first_category, protecting.last_category, protecting.plans_before) == ("NEG", "EMO", 0)
    assert protecting.reviewed_on == (date(2026, 8, 20), date(2026, 9, 20))
    assert [one.held_on for one in conferences_of([key])[key]] == [date(2026, 5, 30)]
    assert steps(key) == {}
    told = did.as_json()
    for name in ("assessments", "child in need plans", "section 47 enquiries", "child protection plans"):
        assert told[name] == {"new": 1, "new and open": 0, "gone on": 0, "known": 0}
    assert told["conferences without an enquiry"]["new"] == 1
    assert told["reviews of protection plans"] == {"new": 2}
    assert Staged.objects.count() == 0


def test_what_is_open_in_the_file_is_on_a_posts_list_the_same_minute(bring_in, person, staff):
    bring_in(
        make_file(
            child(
                episode(assessment(end=None), cin_plan(), enquiry(conference=None, required=None), pre_proceedings()),
                episode(protection(), CINreferralDate="2026-05-20", **ENDED),
            )
        )
    )
    key = person()
    found = list_steps_for([key])
    assert sorted(step.kind for step in found) == [
        "assessment", "earlier_enquiry", "make_plan", "make_plan", "pre_proceedings",
    ]  # fmt: skip
    assert {step.post for step in found} == {staff.posts["front-door-manager"]}
    by_kind = steps(key)
    assert by_kind["assessment"].words == "Go on with the assessment that an earlier system recorded from 6 May 2026"
    # 45 working days from the 6th of May, with the bank holiday of the 25th.
    assert local_day(by_kind["assessment"].due_at) == date(2026, 7, 9)
    assert by_kind["assessment"].due_rule.endswith(":assessment")
    assert by_kind["assessment"].subject == assessments_of([key])[key][0].id
    assert local_day(by_kind["earlier_enquiry"].due_at) == date(2026, 6, 2)
    # As if they had begun here: the letter is to be sent.
    assert by_kind["pre_proceedings"].due_rule.endswith(":pre_proceedings.letter")
    assert {step.words for step in found if step.kind == "make_plan"} == {
        "Go on with the child in need plan that an earlier system recorded from 10 June 2026",
        "Go on with the child protection plan that an earlier system recorded from 1 June 2026",
    }
    assert {one.step for one in plans_of([key])[key]} == {step.id for step in found if step.kind == "make_plan"}


def test_the_carrying_team_reads_a_child_of_a_closed_episode_while_something_is_open(bring_in, person, staff, manager):
    bring_in(make_file(child(episode(protection(), **ENDED))))
    key = person()
    (step,) = list_steps_for([key])
    close_step(by=manager, step=step.id, outcome="It had ended", at=LATER)
    assert list_steps_for([key]) == []


def test_an_enquiry_that_needed_no_conference_is_not_open(bring_in, person):
    bring_in(make_file(child(episode(enquiry(conference=None, required="true")))))
    assert steps(person()) == {}


def test_pre_proceedings_of_a_file_begin_the_rooms_rows(bring_in, person):
    bring_in(
        make_file(
            child(
                episode(
                    pre_proceedings(
                        LBPSentDate="2026-07-03",
                        FGDMMeetingOffer="true",
                        FGDMMeetingFac="false",
                        InitialPPMeetingDate="2026-07-10",
                        ReviewMeetingsCount="2",
                        StepDecisionDate="2026-10-01",
                        PPOutcome="PP1",
                        CourtAppDate="2026-10-05",
                        LetterInitCPDate="2026-10-06",
                    )
                )
            )
        )
    )
    person()
    row = PreProceedings.objects.get()
    assert (row.started_on, row.letter_sent_on, row.first_meeting_on) == (
        date(2026, 7, 1), date(2026, 7, 3), date(2026, 7, 10),
    )  # fmt: skip
    assert (row.meeting_offered, row.meeting_held, row.review_meetings) == (True, False, 2)
    assert (row.decided_on, row.outcome, row.step_id) == (date(2026, 10, 1), "PP1", None)
    assert (row.applied_on, row.letter_of_issue_on) == (date(2026, 10, 5), date(2026, 10, 6))


@pytest.mark.parametrize(
    ("group", "element"),
    [
        (assessment(start=None), "AssessmentActualStartDate"),
        (cin_plan(start="soon"), "CINPlanStartDate"),
        (enquiry(start="2027-04-01"), "S47ActualStartDate"),
        (protection(start="2026-02-30"), "CPPstartDate"),
        (pre_proceedings(start=None), "PPStartDate"),
    ],
)
def test_a_group_without_a_day_that_can_be_is_kept_whole_and_named(bring_in, person, group, element):
    _, did = bring_in(make_file(child(episode(group))))
    (note,) = did.notes
    assert (note.element, bool(note.remedy)) == (element, True)
    assert steps(person()) == {}
    (kept,) = Staged.objects.all()
    assert kept.module == "not taken in"
    assert did.as_json()["kept as written"] == 1


def test_a_value_that_cannot_be_held_leaves_the_rest_of_its_group(bring_in, person):
    _, did = bring_in(make_file(child(episode(protection(InitialCategoryOfAbuse="neglected", reviews=("soon",))))))
    key = person()
    (plan,) = plans_of([key])[key]
    assert (plan.first_category, plan.last_category, plan.reviewed_on) == ("", "EMO", ())
    assert {note.element for note in did.notes} == {"InitialCategoryOfAbuse", "CPPreviewDate"}


def test_an_end_that_is_still_to_come_is_taken_in_up_to_the_reference_date(bring_in, person):
    _, did = bring_in(make_file(child(episode(cin_plan(end="2027-03-31"), protection(end="2027-04-01")))))
    key = person()
    assert {one.kind: one.to_on for one in plans_of([key])[key]} == {
        "child_in_need": date(2027, 3, 31),
        "protection": None,
    }
    assert sorted("still to come" in note.what for note in did.notes) == [False, True]


def test_the_reason_why_no_pupil_number_is_known_is_taken_in(bring_in, person):
    from sightline.people.models import Particulars

    bring_in(make_file(child(UPN=None, UPNunknown="UN3")))
    assert Particulars.objects.get(person=person()).upn_unknown == "UN3"


# --- again -----------------------------------------------------------------------------------------


def test_the_same_facts_in_another_file_are_the_same_rows(bring_in, person):
    both = episode(
        enquiry(),
        enquiry(conference="2026-06-03"),
        assessment(end=None),
        protection(),
        pre_proceedings(),
        DateOfInitialCPC="2026-05-30",
    )
    bring_in(make_file(child(both)))
    before = counts()
    _, did = bring_in(make_file(child(both), extra="<!-- again -->"), at=LATER)
    assert counts() == before
    assert len(enquiries_of([person()])[person()]) == 2
    assert did.as_json()["section 47 enquiries"] == {"new": 0, "new and open": 0, "gone on": 0, "known": 2}
    assert did.notes == []


def test_what_a_file_says_twice_of_one_child_is_taken_in_once(bring_in, person):
    _, did = bring_in(make_file(child(episode(enquiry(), enquiry()))))
    assert len(enquiries_of([person()])[person()]) == 1
    assert "twice" in did.notes[0].what


def test_a_review_added_since_is_on_the_plan_and_its_step_goes_on(bring_in, person):
    bring_in(make_file(child(episode(protection(reviews=None)))))
    (step,) = list_steps_for([person()])
    bring_in(make_file(child(episode(protection(LatestCategoryOfAbuse="PHY")))), at=LATER)
    key = person()
    (plan,) = plans_of([key])[key]
    assert (plan.reviewed_on, plan.last_category, plan.step) == ((date(2026, 8, 20),), "PHY", step.id)
    (still,) = list_steps_for([key])
    assert (still.id, still.subject) == (step.id, plan.id)


def test_an_end_added_since_ends_the_plan_and_closes_its_step(bring_in, person):
    bring_in(make_file(child(episode(protection()))))
    _, did = bring_in(make_file(child(episode(protection(end="2026-10-01")))), at=LATER)
    key = person()
    assert [one.to_on for one in plans_of([key])[key]] == [date(2026, 10, 1)]
    assert list_steps_for([key]) == []
    assert did.as_json()["child protection plans"] == {"new": 0, "new and open": 0, "gone on": 1, "known": 0}
    assert "goes on from what was told before" in list_timeline(person=key).entries[0].passages[0].text


def test_undoing_the_newer_file_restores_what_it_went_on_from(bring_in, person, manager):
    bring_in(make_file(child(episode(protection(), assessment(end=None)))))
    before = counts()
    ended = episode(protection(end="2026-10-01"), assessment())
    second, _ = bring_in(make_file(child(ended)), at=LATER)
    assert list_steps_for([person()]) == []
    _, undone = import_census.undo(batch=second, at=UNDONE)
    assert (undone.facts, undone.kept) == (2, ())
    assert counts() == before
    key = person()
    assert [one.to_on for one in plans_of([key])[key]] == [None]
    assert {step.id for step in list_steps_for([key])} == {
        plans_of([key])[key][0].step,
        assessments_of([key])[key][0].step,
    }


def test_an_end_of_what_somebody_works_on_is_said_and_left(bring_in, person, manager):
    bring_in(make_file(child(episode(protection()))))
    (step,) = list_steps_for([person()])
    close_step(by=manager, step=step.id, outcome="Gone on with", at=LATER)
    _, did = bring_in(make_file(child(episode(protection(end="2026-10-01")))), at=LATER)
    key = person()
    assert [one.to_on for one in plans_of([key])[key]] == [None]
    assert "somebody here works on it" in did.notes[0].what


def test_an_older_file_takes_nothing_back(bring_in, person):
    bring_in(make_file(child(episode(protection(end="2026-10-01")))))
    _, did = bring_in(make_file(child(episode(protection())), year=2026), at=LATER)
    key = person()
    assert [one.to_on for one in plans_of([key])[key]] == [date(2026, 10, 1)]
    assert did.as_json()["child protection plans"]["known"] == 1


def test_another_end_than_the_records_is_said_and_left(bring_in, person):
    bring_in(make_file(child(episode(cin_plan(end="2026-07-01")))))
    _, did = bring_in(make_file(child(episode(cin_plan(end="2026-08-01")))), at=LATER)
    key = person()
    assert [one.to_on for one in plans_of([key])[key]] == [date(2026, 7, 1)]
    assert "otherwise" in did.notes[0].what


def test_what_this_record_has_of_its_own_is_not_doubled(bring_in, person, manager, staff):
    bring_in(make_file(child()))
    key = person()
    begin_protection(by=manager, children=[key], began_on=date(2026, 6, 1), post=staff.posts["family-2"], at=LATER)
    _, did = bring_in(make_file(child(episode(protection())), year=2026), at=LATER)
    acting_as(manager)
    assert EarlierPlan.objects.count() == 0
    assert did.as_json()["child protection plans"]["known"] == 1


def test_earlier_protection_plans_count_among_those_before(bring_in, person, manager, staff):
    bring_in(make_file(child(episode(protection(end="2026-07-01", NumberOfPreviousCPP="1")))))
    key = person()
    begin_protection(by=manager, children=[key], began_on=date(2026, 9, 1), post=staff.posts["family-2"], at=LATER)
    assert protection_known([key])[key].times_before == 2


def test_a_restricted_child_has_no_visible_twin_and_no_visible_facts(bring_in, person, manager, staff):
    bring_in(make_file(child()))
    hidden = person()
    restrict(person=hidden, readers=[], reviewer=staff.accounts["Helen Marsh"], reason="Staff family", at=SOON)
    _, did = bring_in(make_file(child(episode(protection(), assessment(end=None))), year=2026), at=LATER)
    assert did.as_json()["children"] == {"new": 0, "known": 1}
    assert did.as_json()["child protection plans"]["new and open"] == 1
    assert search_people(by=acting_as(manager), number="C1", at=LATER) == []
    assert plans_of([hidden]) == assessments_of([hidden]) == {}
    assert list_steps_for([hidden]) == []


def test_a_stranger_reads_none_of_it(bring_in, person, staff):
    bring_in(
        make_file(
            child(episode(protection(), assessment(), enquiry(), pre_proceedings(), DateOfInitialCPC="2026-05-30"))
        )
    )
    key = person()
    with acting(staff.actor("Jane Smith").id):
        assert plans_of([key]) == assessments_of([key]) == enquiries_of([key]) == conferences_of([key]) == {}
        assert not PreProceedings.objects.exists()


# --- undone ----------------------------------------------------------------------------------------


def test_undoing_takes_out_every_row_and_closes_every_step(bring_in, person, manager):
    before = counts()
    file = make_file(
        child(
            episode(
                assessment(end=None), cin_plan(), enquiry(), protection(), pre_proceedings(),
                DateOfInitialCPC="2026-05-30",
            )
        )
    )  # fmt: skip
    batch, _ = bring_in(file)
    once, key = counts(), person()
    steps_there = [step.id for step in list_steps_for([key])]
    _, undone = import_census.undo(batch=batch, at=UNDONE)
    assert (undone.facts, undone.kept) == (6, ())
    assert counts() == before
    acting_as(manager)
    assert plans_of([key]) == assessments_of([key]) == enquiries_of([key]) == conferences_of([key]) == {}
    assert len(steps_there) == 4
    bring_in(file, at=UNDONE + timedelta(minutes=1))
    assert counts() == once
    assert len(list_steps_for([person()])) == 4


def took_up_the_plan(manager, key, staff):
    (row,) = plans_of([key])[key]
    plan = make_plan(
        by=manager, kind="child_in_need", children=[key], began_on=row.from_on, post=staff.posts["family-2"], at=LATER
    )
    EarlierPlan.objects.filter(id=row.id).update(taken_up_by=plan)


def began_a_round(manager, key, staff):
    from sightline.journeys.assess import begin_assessment

    begin_assessment(by=manager, children=[key], why="It was open.", at=LATER)


def changed_the_court_row(manager, key, staff):
    PreProceedings.objects.filter(child=key).update(letter_sent_on=date(2026, 8, 1))


def said_how_it_ended(manager, key, staff):
    step = get_step(steps(key)["earlier_enquiry"].id)
    close_step(by=manager, step=step.id, outcome="No conference was needed", at=LATER)


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (took_up_the_plan, "plans_earlierplan"),
        (began_a_round, "assessments_round"),
        (changed_the_court_row, "court_preproceedings"),
        (said_how_it_ended, "enquiries_earlierenquiry"),
    ],
)
def test_a_child_whose_open_work_was_gone_on_with_is_left(bring_in, person, staff, work, why):
    batch, _ = bring_in(
        make_file(
            child(
                episode(cin_plan(), assessment(end=None), enquiry(conference=None, required=None), pre_proceedings())
            ),
            child(number="C2"),
        )
    )
    key, manager = person(), staff.actor("Priya Nair")
    work(manager, key, staff)
    _, undone = import_census.undo(batch=batch, at=UNDONE)
    (left,) = undone.kept
    assert left.child_id == "C1"
    assert why in left.tables
    assert undone.children == 1
    assert search_people(by=acting_as(manager), number="C1", at=UNDONE)


# --- what goes on from what -------------------------------------------------------------------------

DAY = date(2026, 5, 6)


def held(fact, **more):
    return Held(row=None, source=fact.SOURCE, values=fact.values(), **more)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"authorised_on": date(2026, 6, 1)}, True),
        ({"authorised_on": date(2026, 6, 1)}, {}, False),
        ({"authorised_on": date(2026, 6, 1)}, {"authorised_on": date(2026, 6, 2)}, False),
        ({"factors": ("2B",)}, {"factors": ("3A", "2B")}, True),
        ({"factors": ("2B",)}, {"factors": ("3A",)}, False),
    ],
)
def test_a_fact_goes_on_from_one_of_which_it_says_all(old, new, expected):
    before = AssessmentFacts(started_on=DAY, **old).values()
    after = AssessmentFacts(started_on=DAY, **new).values()
    assert goes_on(before, after) is expected


def test_a_third_enquiry_of_one_day_is_new_beside_two_that_are_known():
    two = [EnquiryFacts(began_on=DAY, conference_on=day) for day in (date(2026, 6, 1), date(2026, 6, 2))]
    third = EnquiryFacts(began_on=DAY, conference_not_required=True)
    matched = match("C1", [*two, third], held=[held(one) for one in two], reference_date=date(2027, 3, 31))
    assert [one.fact for one in matched.came] == [third]
    assert list(matched.known) == two


def test_nothing_that_came_from_a_newer_file_is_replaced():
    told = ProtectionFacts(from_on=DAY)
    more = ProtectionFacts(from_on=DAY, reviewed_on=(date(2026, 8, 1),))
    row = held(told, told_on=date(2027, 3, 31))
    assert not match("C1", [more], held=[row], reference_date=date(2026, 3, 31)).came
    assert match("C1", [more], held=[row], reference_date=date(2027, 3, 31)).came
