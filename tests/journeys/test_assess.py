"""From a referral, or the need to look again, to a signed assessment and what somebody owes because of it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.assessments.operations import stop_round
from sightline.assessments.queries import RoundView, get_document, get_round, list_open_rounds, list_signed
from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.ask_evidence import ask_for_evidence
from sightline.journeys.assess import FOLLOWS, begin_assessment, ends_here, manager_for, send_to_manager, sign_off
from sightline.journeys.end_involvement import ask_manager_to_end
from sightline.journeys.open_matters import Matter, matters_beside_round
from sightline.journeys.plan_help import make_plan
from sightline.journeys.register_people import NewPerson
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.record.operations import close_episode
from sightline.record.queries import OpenStep, get_open_episodes, list_left_open, list_steps_about
from sightline.record.rules import Concerned
from sightline.workforce.operations import begin_absence
from tests.journeys.ending_case import accepted
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

NEXT_DAY = BEGIN + timedelta(days=1)
LATER = BEGIN + timedelta(days=200)


def referred(world: World, *, brother: bool = False) -> list[UUID]:
    """A child or two whom Jane carries, referred for an assessment; decided the day after it was received."""
    named = {new_id(): given for given in (("Mia", "Leo") if brother else ("Mia",))}
    children = list(named)
    new = [NewPerson(id=child, kind="child", given=given, family="Reed") for child, given in named.items()]
    contact, _ = take(world, new_people=new, concerned=[Concerned(child) for child in children])
    world.let_watch(children, BEGIN)
    decided(world, contact, "referral_assessment", at=NEXT_DAY)
    for child in children:
        allocate_child(
            by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Room", at=NEXT_DAY
        )  # fmt: skip
    return children


def begin(world: World, children: list[UUID], by: str = "Jane Smith", at: datetime = NEXT_DAY) -> UUID:
    return begin_assessment(by=world.actor(by), children=children, why="Asked for.", at=at)


def open_rounds(world: World, children: list[UUID], by: str = "Jane Smith") -> list[RoundView]:
    with acting(world.accounts[by]):
        return list_open_rounds(children=children)


def owed(world: World, child: UUID, by: str = "Jane Smith") -> dict[str, OpenStep]:
    with acting(world.accounts[by]):
        return {one.kind: one for one in list_steps_about(person=child)}


def test_it_is_the_assessment_that_the_referral_asked_for_and_its_clock_runs_from_the_referral(world: World) -> None:
    children = referred(world)
    document = begin(world, children)
    [found] = open_rounds(world, children)
    pack = current_pack(NEXT_DAY)
    assert found.started_on == local_day(BEGIN)
    assert found.due_at == due_from(pack.timescale("assessment", local_day(NEXT_DAY)), BEGIN)
    assert found.post == world.posts["family-1"]
    assert found.assessment == document
    assert [kind for kind in owed(world, children[0]) if kind == "assessment"] == ["assessment"]


def test_begun_twice_it_goes_on_with_whoever_is_named_the_second_time(world: World) -> None:
    children = referred(world, brother=True)
    document = begin(world, children[:1])
    assert begin(world, children, by="Fay Lund") == document
    [found] = open_rounds(world, children)
    assert set(found.children) == set(children)


def test_signed_for_one_of_two_it_is_still_owed_for_the_other_with_the_clock_of_the_referral(world: World) -> None:
    mia, leo = referred(world, brother=True)
    asked = owed(world, leo)["assessment"]
    begin(world, [mia])
    signed(world, [mia])
    left = owed(world, leo)
    assert "make_plan" not in left
    assert (left["assessment"].due_at, left["assessment"].subject) == (asked.due_at, asked.subject)
    assert left["assessment"].post == asked.post
    assert "assessment" not in owed(world, mia)
    assert "make_plan" in owed(world, mia)
    begin(world, [leo], at=LATER)
    [found] = open_rounds(world, [leo])
    assert found.started_on == local_day(BEGIN)


def test_nothing_is_left_owed_for_an_adult_of_the_referral_and_who_carries_the_child_reads_on(world: World) -> None:
    mia, lodger = new_id(), new_id()
    new = [NewPerson(id=mia, kind="child", given="Mia", family="Reed"),
           NewPerson(id=lodger, kind="adult", given="Ben", family="Ott")]  # fmt: skip
    contact, _ = take(world, new_people=new, concerned=[Concerned(mia), Concerned(lodger, "adult")])
    world.let_watch([mia, lodger], BEGIN)
    decided(world, contact, "referral_assessment", at=NEXT_DAY)
    allocate_child(by=world.actor("Mag Price"), child=mia, post=world.posts["family-1"], reason="Room", at=NEXT_DAY)
    begin(world, [mia])
    assert "assessment" in owed(world, lodger)
    signed(world, [mia])
    assert "assessment" not in owed(world, lodger)
    with acting(world.accounts["Jane Smith"]):
        assert lodger in get_names(people=[lodger])


def test_looked_at_again_it_has_its_own_clock_and_goes_on_from_what_was_signed(world: World) -> None:
    children = referred(world)
    document = begin(world, children)
    signed(world, children)
    assert begin(world, children, at=LATER) == document
    [found] = open_rounds(world, children)
    assert (found.started_on, found.why) == (local_day(LATER), "Asked for.")
    assert found.due_at == due_from(current_pack(LATER).timescale("assessment", local_day(LATER)), LATER)


def open_beside(world: World, found: RoundView, by: str = "Fay Lund") -> list[Matter]:
    with acting(world.accounts[by]):
        return matters_beside_round(found, at=LATER)


def signed(world: World, children: list[UUID], outcome: str = "child_in_need_plan", at: datetime = NEXT_DAY) -> UUID:
    [found] = open_rounds(world, children)
    send_to_manager(by=world.actor("Jane Smith"), round=found.id, at=at)
    fay = world.actor("Fay Lund")
    given = accepted(open_beside(world, found)) if ends_here(outcome) else {}
    entry = sign_off(by=fay, round=found.id, outcome=outcome, accepted=given, at=at)
    assert entry is not None
    return entry


def test_a_colleague_who_took_over_begins_it_for_the_post_that_carries_the_children(world: World) -> None:
    children = referred(world)
    begin(world, children, by="Fay Lund")
    assert open_rounds(world, children)[0].post == world.posts["family-1"]


def test_it_is_begun_anew_for_a_child_whose_episode_has_ended_by_who_begins_it(world: World) -> None:
    children = referred(world)
    begin(world, children)
    signed(world, children, "plan_goes_on")
    with acting(world.accounts["Fay Lund"]):
        episode = get_open_episodes(children)[children[0]]
    close(world, episode.id)
    with pytest.raises(NotPermitted):
        begin(world, children, at=LATER)
    with acting(world.accounts["Fay Lund"]):
        # An ending lets the team read on for a while.
        give_sight(people=children, reader=world.posts["family-1"], because="involvement_ended",
                   because_of=episode.id, at=LATER, sections=EVERYDAY)  # fmt: skip
    begin(world, children, at=LATER)
    [found] = open_rounds(world, children)
    assert found.post == world.posts["family-1"]


def close(world: World, episode: UUID) -> None:
    close_episode(
        by=world.actor("Fay Lund"), episode=episode, closed_on=LATER.date(), reason="RC7", at=LATER,
        accepted_because="Feedback is owed.",
    )  # fmt: skip


def test_who_stands_in_no_post_begins_nothing_that_nobody_would_carry(world: World) -> None:
    children = referred(world)
    begin(world, children)
    signed(world, children, "plan_goes_on")
    with acting(world.admin.id):
        give_sight(
            people=children, reader=world.accounts["Una Spare"], because="test", because_of=None, at=LATER,
            sections=EVERYDAY,
        )  # fmt: skip
    begin(world, children, by="Una Spare", at=LATER)
    assert open_rounds(world, children)[0].post == world.posts["family-1"]


def test_who_may_not_see_a_child_does_not_begin(world: World) -> None:
    children = referred(world)
    with pytest.raises(NotPermitted):
        begin(world, children, by="Kit Rowe")


# --- the signature and what follows -------------------------------------------------------------


def test_it_goes_to_the_manager_above_whoever_carries_it(world: World) -> None:
    children = referred(world)
    begin(world, children)
    [found] = open_rounds(world, children)
    send_to_manager(by=world.actor("Jane Smith"), round=found.id, at=NEXT_DAY)
    assert owed(world, children[0])["authorise_assessment"].post == world.posts["family-manager"]


def test_what_a_manager_wrote_themselves_goes_to_the_manager_above_them(world: World) -> None:
    assert manager_for(world.actor("Fay Lund"), world.posts["family-1"]) == world.posts["service-manager"]
    assert manager_for(world.actor("Hal Dean"), world.posts["service-manager"]) == world.posts["front-door-manager"]


@pytest.mark.parametrize("outcome", [*FOLLOWS])
def test_every_outcome_but_a_plan_that_goes_on_leaves_somebody_with_something_to_do(
    world: World, outcome: str
) -> None:  # fmt: skip
    children = referred(world)
    begin(world, children)
    entry = signed(world, children, outcome)
    step = owed(world, children[0])[FOLLOWS[outcome].kind]
    assert step.arose_from == entry
    assert step.post == world.posts["family-manager" if outcome == "strategy_discussion" else "family-1"]
    assert (step.due_at is None) == (FOLLOWS[outcome].timescale == "")
    assert not {"assessment", "authorise_assessment"} & owed(world, children[0]).keys()


def test_every_outcome_of_the_pack_says_what_follows(world: World) -> None:
    """A pack that adds one must have its place in the table, or be a plan that goes on."""
    listed = {option.key for option in current_pack(BEGIN).list("assessment_outcome").options}
    assert listed == FOLLOWS.keys() | {"plan_goes_on"}


def test_when_the_plan_goes_on_nothing_new_is_owed(world: World) -> None:
    children = referred(world)
    begin(world, children)
    before = owed(world, children[0]).keys()
    signed(world, children, "plan_goes_on")
    assert owed(world, children[0]).keys() < before


def test_sent_on_nothing_follows_until_the_second_signature(world: World) -> None:
    children = referred(world)
    begin(world, children)
    [found] = open_rounds(world, children)
    send_to_manager(by=world.actor("Jane Smith"), round=found.id, at=NEXT_DAY)
    assert sign_off(
        by=world.actor("Fay Lund"), round=found.id, outcome="early_help", send_on_to=world.posts["service-manager"],
        at=NEXT_DAY,
    ) is None  # fmt: skip
    assert "make_plan" not in owed(world, children[0])
    sign_off(by=world.actor("Hal Dean"), round=found.id, outcome="early_help", at=NEXT_DAY)
    assert "make_plan" in owed(world, children[0])


def test_a_manager_of_another_team_who_was_asked_signs_it(world: World) -> None:
    """They see the children only because they were asked."""
    children = referred(world)
    begin(world, children)
    [found] = open_rounds(world, children)
    send_to_manager(
        by=world.actor("Jane Smith"), round=found.id, to_post=world.posts["front-door-manager"], at=NEXT_DAY
    )  # fmt: skip
    begin_absence(by=world.actor("Fay Lund"), account=world.accounts["Fay Lund"], at=NEXT_DAY)
    assert sign_off(by=world.actor("Mag Price"), round=found.id, outcome="child_in_need_plan", at=NEXT_DAY)
    assert "make_plan" in owed(world, children[0])


ENDING = [outcome for outcome in FOLLOWS if ends_here(outcome)]


def sent_beside_a_contact(world: World, to: str = "") -> tuple[list[UUID], RoundView]:
    """A child whose assessment waits for a signature, and of whom something new has come in meanwhile."""
    children = referred(world)
    begin(world, children)
    [found] = open_rounds(world, children)
    take(world, concerned=[Concerned(children[0])], new_people=[], at=NEXT_DAY)
    send_to_manager(
        by=world.actor("Jane Smith"), round=found.id, to_post=world.posts[to] if to else None, at=NEXT_DAY
    )  # fmt: skip
    return children, found


@pytest.mark.parametrize("outcome", ENDING)
def test_nothing_ends_over_an_undecided_contact_unless_a_manager_accepts_it_by_name(
    world: World, outcome: str
) -> None:  # fmt: skip
    children, found = sent_beside_a_contact(world)
    matters = open_beside(world, found)
    assert "contact" in {one.kind for one in matters}
    assert not {"assessment", "evidence"} & {one.kind for one in matters}
    fay = world.actor("Fay Lund")
    some = accepted(one for one in matters if one.kind != "contact")
    with pytest.raises(Refusal, match=r"The contact of .* is not decided"):
        sign_off(by=fay, round=found.id, outcome=outcome, accepted=some, at=NEXT_DAY)
    assert [one.id for one in open_rounds(world, children)] == [found.id]
    entry = sign_off(by=fay, round=found.id, outcome=outcome, accepted=accepted(matters, "I rang."), at=NEXT_DAY)
    assert entry is not None
    with acting(world.accounts["Jane Smith"]):
        left = list_left_open([entry])[entry]
    assert {(one.kind, one.subject) for one in left} == {one.name for one in matters}
    assert {(one.by, one.accepted_because) for one in left} == {(fay.id, "I rang.")}
    assert "contact" in {one.kind for one in open_beside(world, found)}


def test_a_manager_of_another_team_accepts_what_stays_open_too(world: World) -> None:
    """They see the children only until the signature closes what asked them."""
    _, found = sent_beside_a_contact(world, to="front-door-manager")
    given = accepted(open_beside(world, found, "Mag Price"))
    mag = world.actor("Mag Price")
    entry = sign_off(by=mag, round=found.id, outcome="no_further_action", accepted=given, at=NEXT_DAY)
    assert entry is not None
    with acting(world.accounts["Jane Smith"]):
        assert {one.by for one in list_left_open([entry])[entry]} == {mag.id}


def test_what_is_open_is_answered_for_by_whoever_signs_last_and_only_where_it_ends(world: World) -> None:
    _, found = sent_beside_a_contact(world)
    fay, hal = world.actor("Fay Lund"), world.actor("Hal Dean")
    sign_off(by=fay, round=found.id, outcome="no_further_action", send_on_to=world.posts["service-manager"],
             at=NEXT_DAY)  # fmt: skip
    with pytest.raises(Refusal, match="is not decided"):
        sign_off(by=hal, round=found.id, outcome="no_further_action", at=NEXT_DAY)
    entry = sign_off(by=hal, round=found.id, outcome="child_in_need_plan", at=NEXT_DAY)
    assert entry is not None
    with acting(world.accounts["Jane Smith"]):
        assert not list_left_open([entry])


def test_the_plan_that_was_asked_for_closes_what_asked_for_it(world: World) -> None:
    children = referred(world, brother=True)
    begin(world, children)
    signed(world, children)
    jane = world.actor("Jane Smith")
    make_plan(by=jane, kind="child_in_need", children=children[:1], began_on=NEXT_DAY.date(), at=NEXT_DAY)
    assert "make_plan" in owed(world, children[1])
    make_plan(by=jane, kind="early_help", children=children[1:], began_on=NEXT_DAY.date(), at=NEXT_DAY)
    assert "make_plan" not in owed(world, children[1])


def test_asking_a_manager_to_end_closes_what_asked_for_it(world: World) -> None:
    children = referred(world)
    begin(world, children)
    signed(world, children, "no_further_action")
    assert "ask_to_end" in owed(world, children[0])
    ask_manager_to_end(
        by=world.actor("Jane Smith"), children=children, reason="RC7", what_changed="The bruise was a fall.",
        how_to_come_back="Ring us.", who_holds_worry="School.", at=NEXT_DAY,
    )  # fmt: skip
    assert "ask_to_end" not in owed(world, children[0])


def test_a_later_referral_while_it_is_open_is_answered_by_the_same_assessment(world: World) -> None:
    children = referred(world)
    document = begin(world, children)
    again, _ = take(world, concerned=[Concerned(children[0])], new_people=[], at=NEXT_DAY)
    decided(world, again, "referral_assessment", at=NEXT_DAY)
    assert begin(world, children) == document
    signed(world, children)
    assert "assessment" not in owed(world, children[0])


def test_once_it_is_signed_evidence_is_no_longer_waited_for(world: World) -> None:
    children = referred(world)
    begin(world, children)
    [found] = open_rounds(world, children)
    ask_for_evidence(
        by=world.actor("Jane Smith"), round=found.id, agency_post=world.school_lead, name="Ms Teach",
        question="How is he at school?", at=NEXT_DAY,
    )  # fmt: skip
    assert "evidence_answer" in owed(world, children[0])
    signed(world, children)
    assert "evidence_answer" not in owed(world, children[0])


def test_ended_unsigned_it_is_in_no_list_of_signed_ones(world: World) -> None:
    children = referred(world)
    document = begin(world, children)
    [found] = open_rounds(world, children)
    stop_round(by=world.actor("Fay Lund"), round=found.id, because="They moved away.", at=LATER)
    with acting(world.accounts["Jane Smith"]):
        assert list_signed(children) == []
        assert get_round(found.id).closed_with == "Ended unsigned: They moved away."
        assert get_document(document).round is None
    with pytest.raises(Refusal, match="ended unsigned"):
        send_to_manager(by=world.actor("Jane Smith"), round=found.id, at=LATER)
