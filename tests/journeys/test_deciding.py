"""Who decides, with what reason, and what follows; what the letter says and does not say."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.operations import record_check_answer
from sightline.front_door.queries import get_contact, get_public_referrer, list_checks
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.ask_agencies import ask_for_check
from sightline.journeys.decide import decide
from sightline.journeys.feed_back import feed_back, no_feedback
from sightline.journeys.hand_over import hand_over
from sightline.journeys.letters import draft_acknowledgement, draft_outcome
from sightline.kernel.errors import NotPermitted, Refusal, Stale
from sightline.partnership.queries import list_messages
from sightline.people.operations import relate
from sightline.people.protecting import record_protecting_address
from sightline.people.protecting_queries import list_protecting
from sightline.people.queries import list_addresses
from sightline.practice.queries import current_pack
from sightline.record.queries import get_entry, list_notices, list_steps_about, list_timeline
from sightline.record.rules import Concerned
from sightline.workforce.operations import begin_absence
from tests.journeys.told import NEIGHBOUR, STORY, decided, take
from tests.journeys.world import BEGIN, World

LATER = BEGIN + timedelta(hours=2)


@pytest.mark.parametrize("reason", ["Malicious", "We believe this report is malicious.", "Vexatious, malicious caller"])
def test_the_caller_s_motive_is_not_a_reason(world: World, reason: str) -> None:
    contact, _ = take(world)
    with pytest.raises(Refusal, match="found out about the child"):
        decided(world, contact, "advice_and_information", reason=reason)


def test_who_is_not_a_registered_social_worker_does_not_decide(world: World) -> None:
    contact, _ = take(world)
    given = Deciding(outcome="referral_assessment", reason="A bruise", need="N1")
    with pytest.raises(NotPermitted):
        decide(by=world.actor("Dee Marlow"), contact=contact, given=given, at=LATER)


def test_the_second_to_decide_sees_both_reasons(world: World) -> None:
    contact, _ = take(world)
    decided(world, contact, "referral_assessment", reason="First reason.")
    with pytest.raises(Stale) as stale:
        decided(world, contact, "advice_and_information", reason="Second reason.", at=LATER)
    assert "First reason." in stale.value.theirs
    assert "Second reason." in stale.value.yours


def test_the_outcome_s_letter_says_nothing_that_another_agency_said(world: World) -> None:
    contact, _ = take(world)
    _answered(world, contact, "The surgery saw a burn in May.")
    decided(world, contact, "referral_assessment", at=LATER)
    desk = world.posts["duty"]
    with acting(world.watcher):
        letter = draft_outcome(
            current_pack(LATER), get_contact(contact), outcome="referral_assessment", desk=desk, at=LATER
        )
    for secret in ("burn", "surgery", "two accounts"):
        assert secret not in letter
    assert "assess" in letter


def _answered(world: World, contact: UUID, text: str) -> None:
    by = world.actor("Dee Marlow")
    ask_for_check(
        by=by, contact=contact, kind="health", agency_post=world.school_lead, question="", reason="A bruise",
        lawful_basis="ca1989_s17", at=LATER,
    )  # fmt: skip
    with acting(by.id):
        [check] = list_checks(contact)
    record_check_answer(by=by, check=check.step_id, text=text, told_by="Practice nurse", at=LATER)


def test_who_a_member_of_the_public_is_is_read_by_the_desk_and_not_by_the_child_s_worker(world: World) -> None:
    contact, child = take(world, referrer=NEIGHBOUR)
    decided(world, contact, "referral_assessment")
    allocate_child(by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Room", at=LATER)
    with acting(world.watcher):
        kept = get_public_referrer(contact)
    assert kept
    assert kept.name == "Nora Nearby"
    with acting(world.accounts["Jane Smith"]):
        assert get_contact(contact).capacity == "acquaintance"
        assert get_public_referrer(contact) is None
        assert "Nora" not in str(list_timeline(person=child).entries)


def test_a_withheld_address_is_not_read_by_who_reads_the_child(world: World) -> None:
    contact, child = take(world)
    decided(world, contact, "referral_assessment")
    allocate_child(by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Room", at=LATER)
    by = world.actor("Obi Watcher")
    record_protecting_address(
        by=by, person=child, lines="3 Hidden Row", protects="refuge", readers=[world.keeper], at=LATER
    )
    with acting(world.keeper):
        assert [one.lines for one in list_protecting(person=child)] == ["3 Hidden Row"]
        assert "Hidden" not in str(list_addresses(person=child))
    with acting(world.accounts["Jane Smith"]):
        assert list_protecting(person=child) == []
        assert [one.withheld for one in list_addresses(person=child)] == [True]


def test_an_allegation_is_kept_apart_from_the_family_s_record_with_all_that_hangs_on_it(world: World) -> None:
    """Read by the front door's team, for which it is kept; the child's own worker sees no trace."""
    first, child = take(world)
    decided(world, first, "referral_assessment")
    allocate_child(by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Room", at=LATER)
    allegation, _ = take(world, concerned=[Concerned(child)], new_people=[], at=LATER)
    _answered(world, allegation, "The club has heard this before.")
    decided(world, allegation, "allegation_professional", at=LATER)
    _no_trace(world, child, allegation)
    allocate_child(by=world.actor("Fay Lund"), child=child, post=world.posts["long-term-1"], reason="Room", at=LATER)
    with acting(world.keeper):
        carried = {step.kind: step.post for step in list_steps_about(subject=allegation)}
    officer = world.posts["front-door-manager"]
    assert carried == {"pass_to_designated_officer": officer, "feedback": officer, "acknowledge": officer}


def _no_trace(world: World, child: UUID, allegation: UUID) -> None:
    with acting(world.accounts["Jane Smith"]):
        read = list_timeline(person=child).entries
        assert read
        assert allegation not in {one.id for one in read}
        assert not any(one.text_of("answer") for one in read)
        assert all(step.subject != allegation for step in list_steps_about(person=child, only_open=False))


def test_a_contact_about_a_brother_of_an_open_child_can_be_passed_to_her_worker(world: World) -> None:
    first, sister = take(world)
    decided(world, first, "referral_assessment")
    allocate_child(by=world.actor("Mag Price"), child=sister, post=world.posts["family-1"], reason="Room", at=LATER)
    second, brother = take(world, at=LATER)
    relate(by=world.actor("Obi Watcher"), person=brother, to=sister, kind="sibling", at=LATER)
    decided(world, second, "passed_to_allocated_worker", at=LATER)
    with acting(world.accounts["Jane Smith"]):
        assert "weigh_contact" in {step.kind for step in list_steps_about(subject=second)}
        assert get_contact(second).children == (brother,)


def test_a_contact_about_nobody_who_is_open_cannot_be_passed_on(world: World) -> None:
    contact, _ = take(world)
    with pytest.raises(Refusal, match="nobody to pass"):
        decided(world, contact, "passed_to_allocated_worker")


def test_whoever_carries_what_follows_is_told_though_they_are_away(world: World) -> None:
    contact, child = take(world)
    decided(world, contact, "referral_assessment")
    allocate_child(
        by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Knows them", at=LATER
    )
    begin_absence(by=world.actor("Mag Price"), account=world.accounts["Mag Price"], at=LATER)
    again, _ = take(world, concerned=[Concerned(child)], new_people=[], at=LATER)
    hand_over(by=world.actor("Dee Marlow"), contact=again, at=LATER)
    given = Deciding(outcome="referral_strategy", reason="He is hurt again.", need="N1", safe_tonight="With his aunt")
    decide(by=world.actor("Em Castle"), contact=again, given=given, at=LATER)
    for name, post, kind in (
        ("Mag Price", "front-door-manager", "decided_yours"),
        ("Jane Smith", "family-1", "decided_child"),
    ):
        with acting(world.accounts[name]):
            told = [one for one in list_notices([world.posts[post]]) if one.subject == again]
            assert kind in {one.kind for one in told}


def test_what_is_kept_apart_is_told_to_nobody_who_carries_the_child(world: World) -> None:
    contact, child = take(world)
    decided(world, contact, "referral_assessment")
    allocate_child(
        by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Knows them", at=LATER
    )
    again, _ = take(world, concerned=[Concerned(child)], new_people=[], at=LATER)
    decided(world, again, "allegation_professional", at=LATER)
    with acting(world.accounts["Jane Smith"]):
        assert "decided_child" not in {one.kind for one in list_notices([world.posts["family-1"]])}


def test_words_about_a_public_caller_are_read_where_their_name_is_and_nowhere_else(world: World) -> None:
    dee = world.actor("Dee Marlow")
    contact, _ = take(world, referrer=NEIGHBOUR, story=replace(STORY, told_by="Family member, relative or carer"))
    with acting(dee.id):
        text = draft_acknowledgement(
            current_pack(LATER), get_contact(contact), desk=world.posts["duty"], decide_by=LATER, at=LATER
        )
    feed_back(
        by=dee, contact=contact, kind="acknowledgement", text=text, means="call",
        call_words="Rang Nora, his aunt.", at=LATER,
    )  # fmt: skip
    quiet, _ = take(world, referrer=NEIGHBOUR)
    no_feedback(by=dee, contact=quiet, reason="His aunt lives with him.", at=LATER)
    with acting(world.watcher):
        assert get_public_referrer(contact).telling == "Rang Nora, his aunt."
        assert get_public_referrer(quiet).telling == "His aunt lives with him."
        assert [one.acknowledged_how for one in list_messages(contact)] == ["Told in a call"]
        for one in (contact, quiet):
            assert "aunt" not in str(list_steps_about(subject=one, only_open=False))
        assert {one.told_by for one in get_entry(contact).passages} == {"a member of the public"}
    with acting(world.accounts["Jane Smith"]):
        assert get_public_referrer(contact) is None
