"""Every act that changes who sees a record, once and in order, judged after each as the random sequences are."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from sightline.access.queries import may_see
from sightline.doorway.acts import acting
from tests.access.sight_facts import EVERYBODY, JANE, KIT, MANAGER, PLACES, STRANGER
from tests.access.test_sequences import Sight, set_out, world

__all__ = ["set_out", "world"]

FAMILY, LONG_TERM, MANAGES = PLACES[JANE], PLACES[KIT], "family-manager"


@pytest.fixture
def walk(set_out: None) -> Iterator[Sight]:
    made = Sight()
    made.two_records()
    judge(made)
    yield made
    made.teardown()


def judge(walk: Sight) -> None:
    """Everybody by the rule and the timeline; by page and by sending, where it has changed; and every draft."""
    walk.everybody_sees_what_they_ought_to()
    walk.whose_sight_changed_opens_the_page_and_saves_or_neither()
    walk.what_was_typed_is_there()


def sees(walk: Sight, *who: str) -> bool:
    """Whether these see the first record, and nobody else whom these tests know does."""
    return {name for name, child in walk.before if child == walk.child} == set(who)


def seen_by(walk: Sight, adult: UUID) -> set[str]:
    """Who of those whom these tests know sees an adult of a referral."""
    found = set()
    for who in EVERYBODY:
        with acting(walk.world.accounts[who]):
            found |= {who} if may_see(person=adult) else set()
    return found


def test_taken_away_with_the_page_open_nothing_is_saved_and_what_was_typed_stays(walk: Sight) -> None:
    assert sees(walk, JANE, MANAGER)
    walk.write_half(JANE)
    walk.owe(post=FAMILY, second=False)
    walk.allocate(to=LONG_TERM, second=False)
    judge(walk)
    assert sees(walk, KIT, MANAGER)
    walk.send(who=JANE, second=False)
    judge(walk)
    assert walk.done["refused to write"] >= 2
    walk.owe(post=MANAGES, second=False)
    judge(walk)
    assert sees(walk, JANE, KIT, MANAGER), "Her team owes something for the child again."
    walk.finish_step(len(walk.facts.owed) - 1)
    judge(walk)
    assert sees(walk, KIT, MANAGER)
    walk.allocate(to=FAMILY, second=False)
    judge(walk)
    assert sees(walk, JANE, MANAGER)


def test_a_step_given_away_takes_sight_along(walk: Sight) -> None:
    walk.owe(post=LONG_TERM, second=False)
    judge(walk)
    assert sees(walk, JANE, KIT, MANAGER)
    last = [step for step, one in walk.facts.owed.items() if one.post == LONG_TERM]
    walk.give_step(FAMILY, list(walk.facts.owed).index(last[0]))
    judge(walk)
    assert sees(walk, JANE, MANAGER)


def test_restricted_while_it_is_read_and_lifted(walk: Sight) -> None:
    walk.write_half(JANE)
    walk.restrict(second=False, named={KIT})
    judge(walk)
    assert sees(walk, MANAGER), "Being named gives nobody sight."
    walk.send(who=JANE, second=False)
    walk.allocate(to=LONG_TERM, second=False)
    judge(walk)
    assert sees(walk, KIT, MANAGER)
    walk.lift()
    judge(walk)
    walk.is_a_relative(who=KIT, second=False)
    judge(walk)
    assert sees(walk, MANAGER)


def test_who_leaves_sees_nothing_and_has_their_drafts_when_they_come_back(walk: Sight) -> None:
    walk.write_half(JANE)
    walk.leaves(JANE)
    judge(walk)
    assert sees(walk, MANAGER)
    walk.come_back()
    judge(walk)
    assert sees(walk, JANE, MANAGER)


def test_merged_and_told_apart_across_a_restriction_with_both_stories_read(walk: Sight) -> None:
    walk.send(who=JANE, second=False)
    walk.restrict(second=True, named=set())
    judge(walk)
    assert sees(walk, JANE, MANAGER)
    walk.merge()
    judge(walk)
    assert sees(walk, MANAGER), "What keeps readers out of one keeps them out of both."
    walk.unmerge()
    judge(walk)
    assert sees(walk, JANE, MANAGER)
    walk.lift()
    walk.merge()
    judge(walk)
    assert (JANE, walk.second) in walk.before
    walk.write_half(STRANGER)
    walk.send(who=MANAGER, second=True)
    walk.restrict(second=False, named={JANE})
    judge(walk)
    assert (JANE, walk.second) in walk.before
    walk.unmerge()
    judge(walk)
    assert (JANE, walk.second) not in walk.before
    assert sees(walk, JANE, MANAGER)


def test_an_adult_of_the_referral_goes_along_when_nothing_more_is_owed_for_both(walk: Sight) -> None:
    adult = walk.facts.referred[walk.child]
    while both := [step for step, one in walk.facts.owed.items() if one.child == walk.child and one.for_both]:
        walk.finish_step(list(walk.facts.owed).index(both[0]))
    judge(walk)
    assert seen_by(walk, adult) == {JANE, MANAGER}
    walk.allocate(to=LONG_TERM, second=False)
    judge(walk)
    assert seen_by(walk, adult) == {KIT, MANAGER}
