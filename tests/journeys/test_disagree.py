"""A challenge through a link becomes a disagreement; it is open at an ending, and they are told how it ended."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.disagreements.queries import list_disagreements
from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.journeys.disagree import draft_resolution, from_reply, settle, take_further, tell_side
from sightline.journeys.feed_back import feed_back
from sightline.journeys.open_matters import Matter
from sightline.kernel.errors import NotFound, Refusal
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.partnership.public import reply_to_message
from sightline.partnership.queries import list_messages, list_replies
from sightline.record.queries import list_notices, list_steps_for
from sightline.recording.operations import finish_step
from tests.disagreements.raising import raised, read
from tests.journeys.ending_case import LATER, TODAY, Case, make_case
from tests.journeys.world import BEGIN, World

UNSAFE = "He is not safe."


@pytest.fixture
def case(world: World) -> Case:
    """Nothing is open about them but what a test opens."""
    return make_case(world)


def challenge(case: Case, kind: str = "challenge") -> UUID:
    sent = feed_back(by=case.jane, contact=case.contact, kind="outcome", text="We assess.", means="link", at=BEGIN)
    reply_to_message(link_token=sent.link_token, code=sent.code, kind=kind, text=UNSAFE, signed="Ms Teach, head",
                     at=BEGIN + timedelta(hours=1))  # fmt: skip
    with acting(case.jane.id):
        return list_replies(sent.message)[0].id


def told(case: Case, name: str) -> list[str]:
    actor = case.world.actor(name)
    with acting(actor.id):
        return [one.kind for one in list_notices(actor.posts)]


def of_them(case: Case) -> list[Matter]:
    return [one for one in case.matters() if one.kind == "disagreement"]


def end(case: Case, key: UUID, by: str = "Jane Smith") -> UUID:
    return settle(by=case.world.actor(by), disagreement=key, resolved_on=TODAY, how="stands",
                  came_of="He was seen alone twice, and is well.", at=LATER)  # fmt: skip


def test_a_challenge_through_a_link_becomes_a_disagreement_in_the_writers_words(case: Case) -> None:
    reply = challenge(case)
    key = from_reply(by=case.jane, reply=reply, at=LATER)
    found = read(case, key)
    assert (found.subject_kind, found.subject) == ("reply", reply)
    assert [(one.name, one.agency, one.words) for one in found.sides] == [
        ("Ms Teach, head", "Safeguarding lead, Weir Primary School", UNSAFE),
        ("Sol Abara, Decider", "", ""),
    ]
    assert found.post == case.world.posts["family-1"]
    assert set(found.children) == set(case.children)
    assert found.raised_on == BEGIN.date()
    with pytest.raises(Refusal, match="There is a disagreement of this already"):
        from_reply(by=case.jane, reply=reply, at=LATER)


def test_an_answer_that_disagrees_with_nothing_becomes_none(case: Case) -> None:
    with pytest.raises(Refusal, match="did not say that they do not agree"):
        from_reply(by=case.jane, reply=challenge(case, "answer"), at=LATER)


def test_one_that_is_a_record_of_its_own_is_told_once_at_an_ending_until_it_is_resolved(case: Case) -> None:
    reply = challenge(case)
    assert [one.subject for one in of_them(case)] == [reply]
    key = from_reply(by=case.jane, reply=reply, at=LATER)
    matter = of_them(case)[0]
    assert [(one.subject, one.url_kind, one.url_key) for one in of_them(case)] == [(key, "disagreement", key)]
    assert matter.stays
    assert set(matter.children) == set(case.children)
    end(case, key)
    assert of_them(case) == []


def test_the_post_that_carries_it_and_whoever_carries_the_children_are_told(case: Case) -> None:
    fay = case.world.actor("Fay Lund")
    key = disagree_by_fay(case)
    assert "disagreement_yours" in told(case, "Hal Dean")
    assert "disagreement_raised" in told(case, "Jane Smith")
    assert not {"disagreement_yours", "disagreement_raised"} & set(told(case, "Fay Lund"))
    take_further(by=fay, disagreement=key, post=case.world.posts["front-door-manager"], came_of="No", at=LATER)
    assert "disagreement_yours" in told(case, "Mag Price")
    assert "disagreement_further" in told(case, "Jane Smith")
    end(case, key, "Mag Price")
    assert "disagreement_resolved" in told(case, "Jane Smith")


def disagree_by_fay(case: Case) -> UUID:
    return raised(case, by=case.fay, post=case.world.posts["service-manager"])


def test_the_resolvers_post_sees_the_children_by_the_step_and_until_the_last_was_told(case: Case) -> None:
    with acting(case.world.accounts["Kit Rowe"]):
        assert list_disagreements(case.children) == []
    key = raised(case, post=case.world.posts["long-term-1"])
    with acting(case.world.accounts["Kit Rowe"]):
        assert [one.step for one in list_disagreements(case.children)] == [key]
    end(case, key)
    tell(case, key, case.world.school_lead)
    with acting(case.world.accounts["Kit Rowe"]):
        assert list_disagreements(case.children, only_open=False) == []


def test_an_agency_is_owed_how_it_was_resolved_until_each_of_them_was_told(case: Case) -> None:
    dee = case.world.actor("Dee Marlow")
    police = add_agency(by=dee, key="shire-police", kind="police", name="Shire Police", at=BEGIN)
    sergeant = add_agency_post(by=dee, agency=police, key="shire-sergeant", title="Sergeant", email="s@shire.example",
                               manager_title="Inspector", manager_email="i@shire.example", at=BEGIN)  # fmt: skip
    key = raised(case, sides=(SideGiven("Tess Alder", UNSAFE, agency_post=case.world.school_lead),
                              SideGiven("Sgt Moor", "We see no crime.", agency_post=sergeant)))  # fmt: skip
    with pytest.raises(Refusal, match="Nobody has resolved this yet"):
        tell(case, key, sergeant)
    end(case, key)
    text = draft(case, key)
    assert "He was seen alone twice, and is well." in text
    assert "We see no crime." not in text
    both = "Safeguarding lead, Weir Primary School and Sergeant, Shire Police"
    assert owed(case) == [f"Say how the disagreement was resolved: {both}"]
    tell(case, key, sergeant)
    assert len(owed(case)) == 1
    tell(case, key, case.world.school_lead)
    assert owed(case) == []
    with acting(case.jane.id):
        assert {one.agency_post for one in list_messages(key)} == {sergeant, case.world.school_lead}
    with pytest.raises(NotFound):
        tell(case, key, UUID(int=1))


def owed(case: Case) -> list[str]:
    with acting(case.jane.id):
        return [one.words for one in list_steps_for(case.children, kinds=["feedback_disagreement"])]


def draft(case: Case, key: UUID) -> str:
    with acting(case.jane.id):
        return draft_resolution(by=case.jane, disagreement=key, at=LATER)


def tell(case: Case, key: UUID, post: UUID) -> None:
    tell_side(by=case.jane, disagreement=key, agency_post=post, text="Resolved.", means="call",
              call_words="Rang them.", at=LATER)  # fmt: skip


def test_it_pauses_nothing_and_nothing_but_its_end_closes_its_step(case: Case) -> None:
    key = raised(case)
    step = case.ask()
    assert step
    assert [one.subject for one in of_them(case)] == [key]
    with pytest.raises(Refusal, match="recording how it was resolved"):
        finish(case, key)


def finish(case: Case, key: UUID) -> None:
    finish_step(by=case.jane, step=key, outcome="Done", at=LATER)
