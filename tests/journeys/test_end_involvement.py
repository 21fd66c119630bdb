"""Ending an involvement: asked for, answered for matter by matter, stopped where it must be, and told."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.queries import get_contact
from sightline.journeys.decide import decide
from sightline.journeys.end_involvement import (
    ask_manager_to_end,
    authorise_ending,
    return_ending,
    stops,
)
from sightline.journeys.feed_back import feed_back, no_feedback
from sightline.journeys.open_matters import Answer, list_open_matters, matters_beside
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.partnership.operations import close_agency
from sightline.partnership.public import reply_to_message
from sightline.partnership.queries import list_agencies
from sightline.people.operations import correct_particulars
from sightline.plans.operations import agree_action, ask_service, end_by_law, open_plan, record_agreement
from sightline.plans.queries import list_plans, list_services
from sightline.record.operations import attach_account, close_step, move_step, open_step, write_entry
from sightline.record.queries import (
    get_ending,
    get_entry,
    get_open_episodes,
    list_endings,
    list_episodes,
    list_left_open,
    list_notices,
    list_steps_about,
    list_steps_for,
    list_timeline,
)
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import plan_visit
from sightline.workforce.operations import leave
from tests.journeys.ending_case import (
    LATER,
    SUMMARY,
    TODAY,
    Case,
    accepted,
    close_all,
    fed_back,
    make_case,
    on_plan,
    owe,
)
from tests.journeys.told import NEIGHBOUR, decided, take
from tests.journeys.world import BEGIN, World


@pytest.fixture
def case(world: World) -> Case:
    """Nothing is open but what a test opens."""
    return make_case(world)


def test_where_nothing_is_open_nothing_is_asked_and_the_children_are_closed(case: Case) -> None:
    assert case.matters() == []
    entry = case.authorise(case.ask(), {})
    with acting(case.world.watcher):
        assert {one.closed_on for one in list_episodes(case.children)} == {TODAY}
        assert {one.closure_reason for one in list_episodes(case.children)} == {"RC7"}
        assert [one.text for one in get_entry(entry).passages] == list(SUMMARY.values())
        assert {one.person for one in get_entry(entry).subjects} == set(case.children)
        assert list_steps_for(case.children) == []
        assert list_left_open([entry]).get(entry) is None


def test_the_request_waits_with_the_manager_of_whoever_carries_them_by_a_dated_rule(case: Case) -> None:
    step = case.ask()
    with acting(case.fay.id):
        [owed] = list_steps_about(person=case.leo)
        assert (owed.id, owed.kind, owed.post) == (step, "authorise_ending", case.world.posts["family-manager"])
        assert "ending.authorise" in owed.due_rule
        assert owed.due_at is not None
        assert owed.due_at > LATER
        assert "ending_asked" in {one.kind for one in list_notices([owed.post])}


@pytest.mark.parametrize("missing", [*SUMMARY, "reason"])
def test_a_summary_without_one_of_its_parts_is_refused_with_what_to_say(case: Case, missing: str) -> None:
    with pytest.raises(Refusal) as refused:
        case.ask(**{missing: "  "})
    assert refused.value.field == missing


def test_an_ending_is_asked_for_once_at_a_time(case: Case) -> None:
    case.ask()
    with pytest.raises(Refusal, match="waits for a manager"):
        case.ask(case.leo)


def test_only_a_manager_answers(case: Case) -> None:
    step = case.ask()
    with pytest.raises(NotPermitted):
        authorise_ending(by=case.jane, step=step, answers={}, closed_on=TODAY, at=LATER)
    with pytest.raises(NotPermitted):
        return_ending(by=case.jane, step=step, words="Not yet", at=LATER)


def test_everything_that_is_open_is_listed_and_each_needs_an_answer(case: Case) -> None:
    """CA3: another agency's concern, an action, an assessment, a service, a disagreement, and feedback."""
    second, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=BEGIN)
    third, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=BEGIN)
    decided(case.world, third, "advice_and_information")
    plan = on_plan(case)
    agree_action(by=case.jane, plan=plan, what="Find a bed", who="Aunt Nora", post=None, at=BEGIN)
    ask_service(by=case.jane, children=case.children, what="Speech therapy", asked_on=BEGIN.date(), post=None,
                plan=plan, at=BEGIN)  # fmt: skip
    owe(case, "assessment")
    plan_visit(by=case.jane, children=case.children, starts_at=BEGIN + timedelta(days=3), place="home", announced=True,
               purpose="See the bed", post=case.world.posts["family-1"], at=BEGIN)  # fmt: skip
    step, listed = case.ask(), case.matters()
    kinds = [one.kind for one in listed]
    assert sorted(kinds) == sorted(
        ["contact", "feedback", "feedback", "step", "action", "service", "assessment", "visit"]
    )
    assert next(one.subject for one in listed if one.kind == "contact") == second
    for left_out in listed:
        some = [one for one in listed if one is not left_out]
        with pytest.raises(Refusal, match="Say what became of it") as refused:
            case.authorise(step, accepted(some))
        assert left_out.words in refused.value.message
    entry = case.authorise(step, accepted(listed))
    with acting(case.world.watcher):
        assert {one.kind for one in list_steps_for(case.children)} == {"decide_contact"}
        left = list_left_open([entry])[entry]
        assert {(one.kind, one.subject) for one in left} == {one.name for one in listed}
        assert {one.by for one in left} == {case.fay.id}
        assert list_plans(case.children) == []
        assert list_services(case.children)[0].not_begun_because


def test_what_was_open_about_one_brother_is_not_read_with_the_record_of_the_other(case: Case) -> None:
    owe(case, "action", "Find Max a bed", [case.max])
    owe(case, "action", "Ring the school")
    step, listed = case.ask(), case.matters()
    entry = case.authorise(step, accepted(listed))
    with acting(case.world.admin.id):
        give_sight(people=[case.leo], reader=case.world.teams["long-term"], because="test", because_of=None, at=BEGIN)
    with acting(case.world.actor("Kit Rowe").id):
        assert [one.words for one in list_left_open([entry])[entry]] == ["To do: Ring the school"]
    with acting(case.world.watcher):
        assert len(list_left_open([entry])[entry]) == 2


def test_an_answer_of_spaces_is_no_answer(case: Case) -> None:
    owe(case, "action", "Find a bed")
    step, listed = case.ask(), case.matters()
    with pytest.raises(Refusal, match="Find a bed"):
        case.authorise(step, accepted(listed, "   "))


def test_what_came_in_after_the_manager_read_the_page_is_not_passed_over(case: Case) -> None:
    step, listed = case.ask(), case.matters()
    take(case.world, concerned=[Concerned(case.max)], new_people=[], at=LATER)
    with pytest.raises(Refusal, match="is not decided"):
        case.authorise(step, accepted(listed))
    with acting(case.world.watcher):
        assert len(get_open_episodes(case.children)) == 2


def test_a_contact_that_is_not_decided_stays_with_the_front_door(case: Case) -> None:
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], referrer=NEIGHBOUR, at=BEGIN)
    no_feedback(by=case.world.actor("Dee Marlow"), contact=contact, reason="Anonymous", at=BEGIN)
    step, [matter] = case.ask(), case.matters()
    assert matter.stays
    case.authorise(step, accepted([matter]))
    with acting(case.world.watcher):
        [owed] = list_steps_about(subject=contact)
        assert (owed.kind, owed.post) == ("decide_contact", case.world.posts["duty"])


def test_feedback_that_will_not_be_given_says_so_where_the_front_door_reads_it(case: Case) -> None:
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=BEGIN)
    decided(case.world, contact, "advice_and_information")
    close_all(case, "give_advice")
    step, listed = case.ask(), case.matters()
    assert [one.kind for one in listed] == ["feedback"]
    case.authorise(step, accepted(listed, "She has left the school."))
    with acting(case.world.watcher):
        closed = list_steps_about(subject=contact, only_open=False)
    assert "not told: She has left the school." in {one.outcome for one in closed}


def test_a_step_that_goes_on_for_a_brother_is_not_closed_for_him(case: Case) -> None:
    both, own = owe(case, "action", "Find two beds"), owe(case, "action", "Buy boots", [case.leo])
    plan = on_plan(case)
    step, listed = case.ask(case.leo), case.matters(case.leo)
    assert {one.words: bool(one.stays) for one in listed} == {"To do: Find two beds": True, "To do: Buy boots": False}
    case.authorise(step, accepted(listed))
    with acting(case.world.watcher):
        assert {one.id for one in list_steps_for([case.max])} == {both, plan}
        assert list_steps_for([case.leo]) == []
        assert own in {one.id for one in list_steps_about(person=case.leo, only_open=False)}
        assert set(get_open_episodes(case.children)) == {case.max}
        [line] = list_plans(case.children)
        assert line.children == (case.max,)


def test_visits_that_lie_ahead_end_with_it_and_nobody_answers_for_them(case: Case) -> None:
    ahead = plan_visit(by=case.jane, children=case.children, starts_at=LATER + timedelta(days=3), place="home",
                       announced=True, purpose="", post=case.world.posts["family-1"], at=BEGIN)  # fmt: skip
    assert case.matters() == []
    case.authorise(case.ask(), {})
    with acting(case.world.watcher):
        assert ahead not in {one.id for one in list_steps_for(case.children)}


def test_a_protection_plan_stops_it_outright_for_asking_and_for_authorising(case: Case) -> None:
    step = case.ask()
    on_plan(case, "protection", [case.leo])
    for tried in (case.ask, lambda: case.authorise(step, accepted(case.matters()))):
        with pytest.raises(Refusal, match="A review conference ends it"):
            tried()
    with acting(case.fay.id):
        assert [one.child for one in stops(children=case.children, at=LATER)] == [case.leo]
        assert stops(children=[case.max], at=LATER) == []


@pytest.mark.parametrize(
    ("fact", "off_on", "why"),
    [
        ({"birth": "exact", "birth_date": date(2008, 3, 20)}, date(2026, 3, 20), "Became 18 on 20 March 2026."),
        ({"birth": "exact", "birth_date": date(2008, 2, 29)}, BEGIN.date(), "Became 18 on 1 March 2026."),
        ({"death_date": date(2026, 3, 20)}, date(2026, 3, 20), "Died on 20 March 2026."),
    ],
)
def test_a_protection_plan_that_the_law_ended_ends_with_the_involvement(
    case: Case, fact: dict[str, object], off_on: date, why: str
) -> None:
    plan = on_plan(case, "protection", [case.leo])
    with pytest.raises(Refusal, match="is living and not known to be 18"):
        end_by_law(by=case.fay, plan=plan, child=case.leo, at=LATER)
    correct_particulars(by=case.jane, person=case.leo, at=LATER, **fact)
    with pytest.raises(NotPermitted, match="A manager records"):
        end_by_law(by=case.jane, plan=plan, child=case.leo, at=LATER)
    case.authorise(case.ask(case.leo), accepted(case.matters(case.leo)))
    with acting(case.world.watcher):
        assert list_plans([case.leo]) == []
        [line] = list_plans([case.leo], only_open=False)
        [place] = line.members
        assert place.to_on == off_on
        texts = [one.text for entry in list_timeline(person=case.leo).entries for one in entry.passages]
    assert any(f"Ended because: Ended by law. {why}" in text for text in texts)


def test_an_age_that_is_only_told_ends_no_protection_plan(case: Case) -> None:
    on_plan(case, "protection", [case.leo])
    correct_particulars(by=case.jane, person=case.leo, at=LATER, birth="year", birth_date=date(2007, 1, 1))
    with acting(case.fay.id):
        assert [one.child for one in stops(children=[case.leo], at=LATER)] == [case.leo]


def test_a_returned_ending_says_what_is_still_to_do_and_can_be_asked_for_again(case: Case) -> None:
    step = case.ask()
    with pytest.raises(Refusal, match="still to be done"):
        return_ending(by=case.fay, step=step, words=" ", at=LATER)
    return_ending(by=case.fay, step=step, words="Tell the school first.", at=LATER)
    with acting(case.jane.id):
        assert "ending_returned" in {one.kind for one in list_notices([case.world.posts["family-1"]])}
        ending = get_ending(step)
        assert (ending.returned_because, ending.waits, ending.entry) == ("Tell the school first.", False, None)
        assert len(get_open_episodes(case.children)) == 2
    again = case.ask()
    with acting(case.jane.id):
        assert [one.step for one in list_endings([case.leo])] == [again, step]
    with pytest.raises(Refusal, match="answered already"):
        case.authorise(step, {})


def test_early_help_without_an_episode_ends_by_the_same_path(world: World) -> None:
    contact, child = take(world)
    decided(world, contact, "early_help_offer")
    fed_back(world, contact)
    kit, post = world.actor("Kit Rowe"), world.posts["long-term-1"]
    with acting(world.watcher):
        [offer] = list_steps_about(subject=contact)
    step = open_step(by=world.actor("Mag Price"), kind="plan", post=post, people=[child], at=BEGIN)
    move_step(by=world.actor("Mag Price"), step=offer.id, post=post, at=BEGIN)
    close_step(by=kit, step=offer.id, outcome="They agree", at=BEGIN)
    open_plan(by=kit, kind="early_help", children=[child], began_on=BEGIN.date(), step=step, at=BEGIN)
    asked = ask_manager_to_end(by=kit, children=[child], reason="what_was_wanted_is_there", at=LATER, **SUMMARY)
    fay = world.actor("Fay Lund")
    entry = authorise_ending(by=fay, step=asked, answers={}, closed_on=TODAY, at=LATER)
    with acting(world.watcher):
        assert list_plans([child]) == []
        assert list_episodes([child]) == []
        assert get_entry(entry).kind == "closure"


def test_a_disagreement_of_a_professional_or_of_the_family_is_answered_for_once(case: Case) -> None:
    composed = feed_back(by=case.jane, contact=case.contact, kind="outcome",
                         text="We assess.", means="link", at=BEGIN)  # fmt: skip
    note = write_entry(by=case.jane, kind="note", concerned=[Concerned(case.leo)],
                       words=[Words("He shouted.", (case.leo,))], at=BEGIN)  # fmt: skip
    attach_account(by=case.jane, entry=note, given_by=case.leo, words="I did not.", disagrees=True, at=BEGIN)
    reply_to_message(link_token=composed.link_token, code=composed.code, kind="challenge", text="He is not safe.",
                     signed="Ms Teach", at=BEGIN + timedelta(hours=1))  # fmt: skip
    step, listed = case.ask(), case.matters()
    assert [one.kind for one in listed] == ["disagreement", "disagreement"]
    assert all(one.stays for one in listed)
    case.authorise(step, accepted(listed))
    with acting(case.world.watcher):
        assert list_open_matters(children=case.children, at=LATER) == []


def test_who_does_not_agree_to_an_open_plan_is_answered_for_until_they_agree(case: Case) -> None:
    plan = on_plan(case)

    def says(person: UUID, said: str, days: int) -> None:
        on = BEGIN + timedelta(days=days)
        record_agreement(by=case.jane, plan=plan, person=person, said=said, said_on=on.date(), at=on)

    says(case.leo, "agreed", 1)
    assert "disagreement" not in [one.kind for one in case.matters()]
    says(case.leo, "withdrawn", 2)
    [matter] = [one for one in case.matters() if one.kind == "disagreement"]
    assert matter.words == "A young person has withdrawn their agreement to the plan that is open"
    assert (matter.url_kind, matter.url_key) == ("plan", plan)
    assert matter.stays
    says(case.leo, "agreed", 3)
    assert "disagreement" not in [one.kind for one in case.matters()]
    says(case.leo, "not_agreed", 4)
    with pytest.raises(Refusal, match="does not agree to the plan"):
        case.authorise(case.ask(), {})


def test_a_leaver_and_an_agency_that_closed_do_not_break_it(case: Case) -> None:
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=BEGIN)
    decided(case.world, contact, "advice_and_information")
    step = case.ask()
    leave(by=case.world.admin, account=case.world.accounts["Jane Smith"], at=LATER)
    with acting(case.world.watcher):
        agency = next(iter(_agencies()))
    close_agency(by=case.world.actor("Dee Marlow"), agency=agency, on=TODAY, at=LATER)
    entry = case.authorise(step, accepted(case.matters()))
    with acting(case.world.watcher):
        assert get_entry(entry).kind == "closure"
        assert get_ending(step).asked_by == case.world.accounts["Jane Smith"]


def _agencies() -> list[UUID]:
    return [one.id for one in list_agencies()]


def test_an_ending_recorded_late_says_the_day_on_which_it_ended_and_never_one_to_come(case: Case) -> None:
    step = case.ask()
    for wrong in (TODAY + timedelta(days=1), BEGIN.date() - timedelta(days=1)):
        with pytest.raises(Refusal) as refused:
            case.authorise(step, {}, on=wrong)
        assert refused.value.field == "closed_on"
    case.authorise(step, {}, on=TODAY - timedelta(days=9))
    with acting(case.world.watcher):
        assert {one.closed_on for one in list_episodes(case.children)} == {TODAY - timedelta(days=9)}


NO_MORE = Deciding(outcome="referral_no_further_action", reason="Seen at school, well and safe.", need="N1")


def test_no_further_action_is_a_social_worker_s_where_nothing_else_is_open(world: World) -> None:
    contact, _ = take(world)
    assert decide(by=world.actor("Sol Abara"), contact=contact, given=NO_MORE, at=BEGIN)


def test_with_something_open_only_a_manager_decides_no_further_action_and_answers_for_each(case: Case) -> None:
    owe(case, "action", "Find a bed", [case.leo])
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=LATER)
    with pytest.raises(Refusal, match=r"To do: Find a bed\. While this is open, only a manager"):
        decide(by=case.world.actor("Sol Abara"), contact=contact, given=NO_MORE, at=LATER)
    mag = case.world.actor("Mag Price")
    with acting(mag.id):
        [matter] = matters_beside(get_contact(contact), at=LATER)
    with pytest.raises(Refusal, match="Find a bed"):
        decide(by=mag, contact=contact, given=NO_MORE, at=LATER)
    answers = {matter.name: Answer(accepted_because="Jane Smith goes on with it.")}
    entry = decide(by=mag, contact=contact, given=NO_MORE, accepted=answers, at=LATER)
    with acting(case.world.watcher):
        [left] = list_left_open([entry])[entry]
        assert (left.words, left.accepted_because, left.by) == (
            "To do: Find a bed", "Jane Smith goes on with it.", mag.id,
        )  # fmt: skip
        assert "action" in {one.kind for one in list_steps_for([case.leo])}


def test_no_further_action_about_an_open_child_opens_no_second_episode(case: Case) -> None:
    """The census takes no referral beside an open episode: what comes in belongs to the one there is."""
    with acting(case.world.watcher):
        before = list_episodes([case.leo])
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=LATER)
    decide(by=case.world.actor("Sol Abara"), contact=contact, given=NO_MORE, at=LATER)
    with acting(case.world.watcher):
        assert list_episodes([case.leo]) == before


def test_another_outcome_is_a_social_worker_s_whatever_is_open(case: Case) -> None:
    owe(case, "action", "Find a bed", [case.leo])
    contact, _ = take(case.world, concerned=[Concerned(case.leo)], new_people=[], at=LATER)
    assert decided(case.world, contact, "passed_to_allocated_worker", at=LATER)
