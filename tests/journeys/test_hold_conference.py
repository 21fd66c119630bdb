"""A conference is recorded in one act, and what was decided for each child follows at once."""

from datetime import date, timedelta

import pytest

from sightline.access.operations import give_sight
from sightline.conferences.holding_rules import ChildDecided, ViewGiven
from sightline.conferences.queries import get_meeting, list_letters
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.convene import convene_conference
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.journeys.hold_conference import ActionGiven, HeldConference, OutcomeGiven, Outline, hold_conference
from sightline.journeys.next_conference import next_conference_by
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.partnership.operations import close_agency_post
from sightline.people.operations import register_person, relate
from sightline.plans.operations import ProgressGiven
from sightline.plans.queries import categories_of, get_plan, list_plans, progress_of, protection_of
from sightline.practice.queries import current_pack
from sightline.record.queries import get_entry, list_steps_about, list_steps_for
from tests.conferences.holding_case import AFTER, HELD, PLACE, Case, make_case
from tests.journeys.world import BEGIN, World
from tests.plans.household import Household, make_household

DAY = timedelta(days=1)
HELD_ON = local_day(HELD)


@pytest.fixture
def case(world: World) -> Case:
    return make_case(make_household(world))


def review(case: Case, at: object, **codes: str) -> HeldConference:
    """A review conference on these children, held at a moment and recorded an hour later."""
    home = case.home
    meeting = convene_conference(
        by=home.jane, kind="review", children=home.children(*codes), starts_at=at, place=PLACE,  # type: ignore[arg-type]  # a moment
        chair_post=case.chair_post, at=at,  # type: ignore[arg-type]  # a moment
    )  # fmt: skip
    case.meeting, case.invitees = meeting, {}
    held = case.held(
        held_at=at, children=case.decided(**codes), attendance={}, paragraphs=(case.said("Better.", *codes),)
    )
    return hold_conference(by=case.cara, meeting=meeting, held=held, at=at + timedelta(hours=1))  # type: ignore[operator]  # a moment


def seen_by(case: Case, by: Actor) -> dict[str, object]:
    with acting(by.id):
        found = protection_of(case.home.children())
    return {name: found[case.home[name]] for name in ("Ayo", "Bim", "Chi") if case.home[name] in found}


def test_a_plan_begins_on_the_day_of_the_conference_with_its_category_and_for_whom_it_was_decided(case: Case) -> None:
    held = case.hold(at=AFTER + 9 * DAY, children=case.decided(Ayo="plan:NEG", Bim="plan:EMO", Chi="no_plan"))
    on = seen_by(case, case.home.jane)
    assert set(on) == {"Ayo", "Bim"}
    assert (on["Ayo"].since_on, on["Ayo"].main, on["Bim"].main) == (HELD_ON, "NEG", "EMO")  # type: ignore[attr-defined]  # as the room reads it
    assert set(held.plans) == set(case.home.children("Ayo", "Bim"))
    with acting(case.home.jane.id):
        assert categories_of([case.home["Ayo"]])[case.home["Ayo"]][0].entry == held.entry


def test_the_child_in_need_plan_ends_on_the_day_on_which_the_protection_plan_begins(case: Case) -> None:
    case.home.plan("child_in_need", "Ayo", "Chi")
    held = case.hold(at=AFTER + 3 * DAY, children=case.decided(Ayo="plan:NEG", Bim="plan:NEG", Chi="no_plan"))
    with acting(case.home.jane.id):
        [line] = [one for one in list_plans(case.home.children()) if one.kind == "child_in_need"]
    until = {one.child: one.to_on for one in line.members}
    assert until == {case.home["Ayo"]: HELD_ON, case.home["Chi"]: None}
    assert held.left == (line.plan,)


def test_where_no_plan_goes_on_a_child_in_need_plan_is_owed_next(case: Case) -> None:
    held = case.hold(children=case.decided(Ayo="plan:NEG", Bim="no_plan", Chi="no_plan"))
    with acting(case.home.jane.id):
        owed = [one for one in list_steps_for(case.home.children()) if one.kind == "make_plan"]
    assert [one.id for one in owed] == list(held.owed)
    assert set(owed[0].people) == set(case.home.children("Bim", "Chi"))


def test_one_goes_home_and_one_does_not(case: Case) -> None:
    case.hold()
    held = review(case, HELD + 80 * DAY, Ayo="goes_on:EMO", Bim="goes_on", Chi="ends")
    on = seen_by(case, case.home.jane)
    assert set(on) == {"Ayo", "Bim"}
    assert (on["Ayo"].main, on["Bim"].main) == ("EMO", "NEG")  # type: ignore[attr-defined]  # as the room reads it
    with acting(case.home.jane.id):
        [line] = [one for one in list_plans(case.home.children()) if one.kind == "protection"]
        owed = [one for one in list_steps_for([case.home["Chi"]]) if one.id in held.owed]
    assert {one.child: one.to_on for one in line.members}[case.home["Chi"]] == HELD_ON + 80 * DAY
    assert line.last_review_on == HELD_ON + 80 * DAY
    assert [one.kind for one in owed] == ["make_plan"]
    assert set(held.plans) == set(case.home.children("Ayo", "Bim"))


def test_a_plan_ends_only_for_who_is_on_one_and_begins_only_for_who_is_on_none(case: Case) -> None:
    with pytest.raises(Refusal, match="Ayo Okafor was on no child protection plan that day"):
        case.hold(children=case.decided(Ayo="ends", Bim="plan:NEG", Chi="plan:NEG"))
    case.hold()
    with pytest.raises(Refusal, match="is on a child protection plan since 5 March 2026"):
        review(case, HELD + 30 * DAY, Ayo="plan:NEG")


def test_the_outline_stands_in_the_plan_and_its_version(case: Case) -> None:
    toast = OutcomeGiven(
        "Somebody makes breakfast.", childs_words="I want toast.",
        actions=(ActionGiven("Breakfast club", "The school", by_when=HELD_ON + 14 * DAY),),
    )  # fmt: skip
    chi = OutcomeGiven("Chi gains weight.", child=case.home["Chi"])
    held = case.hold(outline=Outline((toast, chi), contingency="Ring the duty team.", further_action="Go to court."))
    plan = held.plans[case.home["Ayo"]]
    with acting(case.home.jane.id):
        view = get_plan(plan)
    assert {one.words: one.child for one in view.outcomes} == {
        "Somebody makes breakfast.": None,
        "Chi gains weight.": case.home["Chi"],
    }
    assert [(one.what, one.who) for one in view.actions] == [("Breakfast club", "The school")]
    assert view.terms is not None
    assert view.terms.further_action == "Go to court."
    assert len(view.versions) == 1
    letters = case.letters()
    assert "- Breakfast club. The school, by 19 March 2026." in letters["school"].text
    assert "Somebody makes breakfast." in letters["ngozi"].text
    assert "Somebody makes breakfast." not in letters["dayo"].text, "it is for Chi too, who is not his"


def test_the_conference_is_done_and_its_letters_are_the_chairs_next(case: Case) -> None:
    held = case.hold()
    with acting(case.chair):
        [step] = list_steps_about(subject=case.meeting)
        assert not get_meeting(case.meeting).open
    assert (step.id, step.kind, step.post) == (held.letters_step, "conference_letters", case.chair_post)
    assert local_day(step.due_at or BEGIN) == HELD_ON + DAY
    assert len(held.letters) == 6


def test_the_chair_goes_on_reading_the_children_while_they_are_on_a_plan(case: Case) -> None:
    case.hold(children=case.decided(Ayo="plan:NEG", Bim="plan:NEG", Chi="no_plan"))
    assert set(seen_by(case, case.cara)) == {"Ayo", "Bim"}


def test_a_reviewing_officer_holds_no_conference_and_nothing_follows(case: Case) -> None:
    with pytest.raises((NotPermitted, Refusal)):
        hold_conference(by=case.rhys, meeting=case.meeting, held=case.held(), at=AFTER)
    assert seen_by(case, case.home.jane) == {}


# --- the next conference --------------------------------------------------------------------------


def test_the_next_conference_is_worked_out_and_not_typed(case: Case) -> None:
    with acting(case.chair):
        pack = current_pack(AFTER)
    assert next_conference_by(["plan", "no_plan"], HELD_ON, pack) == date(2026, 6, 5)
    assert next_conference_by(["goes_on"], HELD_ON, pack) == date(2026, 9, 5)
    assert next_conference_by(["goes_on", "plan"], HELD_ON, pack) == date(2026, 6, 5)
    assert next_conference_by(["ends", "no_plan"], HELD_ON, pack) is None
    case.hold()
    assert "The next conference is held by 5 June 2026." in case.letters()["school"].text


def test_the_chair_may_name_an_earlier_day_and_no_later_one(case: Case) -> None:
    with pytest.raises(Refusal, match="held by 5 June 2026"):
        case.hold(next_on=date(2026, 6, 6))
    with pytest.raises(Refusal, match="comes after this one"):
        case.hold(next_on=HELD_ON)
    case.hold(next_on=date(2026, 5, 1))
    assert "The next conference is held by 1 May 2026." in case.letters()["school"].text
    assert case.read().next_on == date(2026, 5, 1)


# --- before birth ---------------------------------------------------------------------------------


def test_a_conference_before_birth_and_its_letters(world: World) -> None:
    home: Household = make_household(world)
    jane = home.jane
    baby = new_id()
    with acting(world.admin.id):
        give_sight(people=[baby], reader=world.teams["family"], because="test", because_of=None, at=BEGIN)
    register_person(
        by=jane, person=baby, kind="child", given="Baby of", family="Ngozi Okafor", birth="expected",
        expected_date=date(2026, 5, 1), at=BEGIN,
    )  # fmt: skip
    relate(by=jane, person=home["Ngozi"], to=baby, kind="mother", parental_responsibility=None, at=BEGIN)
    home.people["Baby"] = baby
    case = make_case(home, children=("Baby",))
    held = case.hold(
        children=(ChildDecided(baby, decision="plan", category="NEG"),),
        paragraphs=(case.said("Two of his brothers.", "Baby"),),
    )
    with acting(jane.id):
        assert protection_of([baby])[baby].plan == held.plans[baby]
    letters = case.letters()
    assert "Baby of Ngozi Okafor" in letters["ngozi"].text
    assert "Baby of Ngozi Okafor: A child protection plan begins." in letters["health"].text
    assert "emeka" not in letters, "no child of this conference is his"


# --- core groups ----------------------------------------------------------------------------------


def core_group(case: Case, plan: object, **more: object) -> CoreGroupHeld:
    given: dict[str, object] = {
        "held_at": HELD + 12 * DAY,
        "text": "The house is warm now.",
        "members": (
            MemberGiven(
                agency_post=case.agencies["school"], attendance="there", view=ViewGiven("He eats here.", "yes")
            ),
            MemberGiven(
                agency_post=case.agencies["health"],
                attendance="apologies",
                view=ViewGiven("Weighed twice.", how="written"),
            ),
            MemberGiven(person=case.home["Ngozi"], name="Ngozi Okafor", attendance="there"),
        ),
        "children": (ChildDecided(case.home["Ayo"], "drawn", "A house with a fire."),),
        "parents": "Ngozi showed us the kitchen.",
    }
    return CoreGroupHeld(**(given | more))  # type: ignore[arg-type]  # the names are the fields'


def test_a_core_group_is_one_act_on_the_plan(case: Case) -> None:
    held = case.hold(outline=Outline((OutcomeGiven("The house is warm."),)))
    plan = held.plans[case.home["Ayo"]]
    jane = case.home.jane
    with acting(jane.id):
        root = get_plan(plan).outcomes[0].root
    meeting = hold_core_group(
        by=jane, plan=plan, held=core_group(case, plan, progress=(ProgressGiven(root, 6),)), at=HELD + 20 * DAY
    )
    with acting(jane.id):
        view, line = get_meeting(meeting), get_plan(plan).line
        assert view.entry is not None
        entry = get_entry(view.entry)
        [progress] = progress_of(plan)[root]
    said = {one.agency or one.name: (one.attendance, one.view) for one in view.invitees}
    assert said["Weir Primary School"] == ("there", "spoken")
    assert said["Hallowby Health Visitors"] == ("apologies", "written")
    assert {one.heading for one in entry.passages} >= {"discussion", "parents_part", "child_part"}
    assert (progress.scale, entry.kind) == (6, "core_group")
    assert line.core_group is not None
    assert line.core_group.since_on == HELD_ON + 12 * DAY
    assert line.last_review_on is None, "a core group moves no review conference"
    assert not view.open


def test_a_review_conference_is_recorded_after_a_later_one_has_ended_the_plan(case: Case) -> None:
    plan = case.hold().plans[case.home["Ayo"]]
    review(case, HELD + 80 * DAY, Ayo="ends", Bim="ends", Chi="ends")
    held = review(case, HELD + 60 * DAY, Ayo="goes_on:EMO", Bim="goes_on", Chi="goes_on")
    assert set(held.plans.values()) == {plan}
    with acting(case.home.jane.id):
        [line] = list_plans([case.home["Ayo"]], only_open=False)
        named = [(one.main, one.from_on, one.to_on) for one in categories_of([case.home["Ayo"]])[case.home["Ayo"]]]
    assert line.to_on == HELD_ON + 80 * DAY
    assert named[0] == ("EMO", HELD_ON + 60 * DAY, HELD_ON + 80 * DAY)
    assert seen_by(case, case.home.jane) == {}


def test_a_core_group_is_recorded_after_the_plan_has_ended(case: Case) -> None:
    held = case.hold()
    plan = held.plans[case.home["Ayo"]]
    review(case, HELD + 80 * DAY, Ayo="ends", Bim="ends", Chi="ends")
    meeting = hold_core_group(by=case.home.jane, plan=plan, held=core_group(case, plan), at=HELD + 90 * DAY)
    with acting(case.home.jane.id):
        assert set(get_meeting(meeting).child_keys) == set(case.home.children())


def test_a_core_group_is_recorded_with_an_agency_that_has_closed_since_and_not_with_one_that_had_closed(
    case: Case,
) -> None:
    plan = case.hold().plans[case.home["Ayo"]]
    jane, closed = case.home.jane, HELD_ON + 15 * DAY
    close_agency_post(by=jane, agency_post=case.agencies["health"], on=closed, at=HELD + 16 * DAY)
    meeting = hold_core_group(by=jane, plan=plan, held=core_group(case, plan), at=HELD + 20 * DAY)
    with acting(jane.id):
        assert "Hallowby Health Visitors" in {one.agency for one in get_meeting(meeting).invitees}
    with pytest.raises(Refusal, match="post has closed"):
        hold_core_group(by=jane, plan=plan, held=core_group(case, plan, held_at=HELD + 17 * DAY), at=HELD + 20 * DAY)


def test_a_core_group_of_another_kind_of_plan_is_a_review(case: Case) -> None:
    plan = case.home.plan("child_in_need", "Ayo")
    with pytest.raises(Refusal, match="Record a review of this plan"):
        hold_core_group(by=case.home.jane, plan=plan, held=core_group(case, plan), at=HELD + 20 * DAY)


def test_no_letter_is_drafted_of_a_core_group_and_none_twice(case: Case) -> None:
    held = case.hold()
    meeting = hold_core_group(
        by=case.home.jane, plan=held.plans[case.home["Ayo"]], held=core_group(case, None), at=HELD + 20 * DAY
    )
    with acting(case.home.jane.id):
        assert list_letters(meeting) == []
