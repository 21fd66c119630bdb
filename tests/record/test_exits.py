"""An entry's exits: corrected, withdrawn, kept apart; and what each leaves for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sightline.doorway.acts import acting
from sightline.kernel.errors import NotPermitted, Refusal, Stale
from sightline.record.models import EntrySubject, PassageSubject
from sightline.record.operations import correct_entry, keep_apart, mention_adult, withdraw_entry
from sightline.record.queries import get_entry, list_mentions, list_timeline
from sightline.record.rules import Words
from tests.journeys.world import World
from tests.record.family import LATER, Family, make_family

THEN = LATER + timedelta(hours=1)
NOW = LATER + timedelta(days=1)


@pytest.fixture
def family(world: World) -> Family:
    return make_family(world)


def correct(family: Family, name: str, **texts: str) -> None:
    """Rewrite what that worker reads of the note, by heading."""
    by = family.world.actor(name)
    with acting(by.id):
        passages = get_entry(family.note).passages
    words = [Words(text=texts.get(one.heading, one.text), about=one.about, heading=one.heading) for one in passages]
    correct_entry(by=by, entry=family.note, words=words, reason="Written wrongly", at=NOW)


def withdraw(family: Family, name: str = "Jane Smith", **changes: object) -> None:
    given = {
        "entry": family.note, "person": family.mia, "reason": "Another child", "reader": family.world.keeper, "at": NOW,
    }  # fmt: skip
    withdraw_entry(by=family.world.actor(name), **(given | changes))


def test_a_passage_is_read_for_its_people_and_its_section(family: Family) -> None:
    assert family.texts("Jane Smith", family.note) == ["Both were at home."]
    assert family.texts("Kit Rowe", family.note) == ["Both were at home.", "Leo spoke alone."]
    assert family.texts("Obi Watcher", family.note)[-1] == "Advice of the solicitor."
    assert family.texts("Dee Marlow", family.note) == []


def test_both_versions_of_a_correction_are_read_and_the_first_is_not_changed(family: Family) -> None:
    before = family.texts("Obi Watcher", family.note)
    correct(family, "Obi Watcher", visit="Only Leo was at home.")
    assert family.texts("Obi Watcher", family.note) == before
    [standing] = family.timeline("Obi Watcher", family.mia)
    assert standing.replaces == family.note
    assert standing.text_of("visit") == "Only Leo was at home."


def test_a_correction_keeps_whom_and_what_its_writer_cannot_see(family: Family) -> None:
    correct(family, "Jane Smith", visit="Both were at home, and awake.")
    [leos] = family.timeline("Obi Watcher", family.leo)
    assert leos.id != family.note
    assert {one.text: set(one.about) for one in leos.passages} == {
        "Both were at home, and awake.": {family.mia, family.leo},
        "Leo spoke alone.": {family.leo},
        "Advice of the solicitor.": {family.mia},
    }
    assert {one.person: one.seen for one in leos.subjects} == {family.mia: "seen", family.leo: "seen_alone"}
    assert family.timeline("Kit Rowe", family.leo)[0].text_of("leo") == "Leo spoke alone."
    assert family.texts("Jane Smith", leos.id) == ["Both were at home, and awake."]


def test_the_second_to_correct_sees_both_texts(family: Family) -> None:
    correct(family, "Obi Watcher", visit="First.")
    with pytest.raises(Stale) as stale:
        correct(family, "Kit Rowe", visit="Second.")
    assert "First." in stale.value.theirs
    assert "Second." in stale.value.yours


def test_a_correction_without_a_reason_is_refused(family: Family) -> None:
    with pytest.raises(Refusal, match="Say why"):
        correct_entry(by=family.world.actor("Jane Smith"), entry=family.note, words=[], reason=" ", at=NOW)


def test_what_is_withdrawn_leaves_that_record_in_every_version_and_at_every_moment(family: Family) -> None:
    correct(family, "Jane Smith", visit="Both were at home, and awake.")
    withdraw(family, at=NOW + timedelta(hours=1))
    for as_at in (None, THEN, NOW):
        assert family.timeline("Jane Smith", family.mia, as_at) == ()
        assert family.timeline("Obi Watcher", family.mia, as_at) == ()
    with acting(family.world.watcher):
        assert not EntrySubject.objects.filter(person=family.mia).exists()
        assert not PassageSubject.objects.filter(person=family.mia).exists()
        [mark] = list_timeline(person=family.mia).marks
    assert mark.reason == "Another child"


def test_one_named_reader_keeps_every_version_of_what_was_withdrawn(family: Family) -> None:
    correct(family, "Obi Watcher", visit="Changed.")
    withdraw(family)
    assert "Both were at home." in family.texts("Kay Keeper", family.note)
    with acting(family.world.keeper):
        assert EntrySubject.objects.filter(person=family.mia).count() == 2
    assert family.texts("Jane Smith", family.note) == []


def test_the_other_child_keeps_what_is_about_them(family: Family) -> None:
    withdraw(family)
    assert family.texts("Kit Rowe", family.note) == ["Both were at home.", "Leo spoke alone."]
    [leos] = family.timeline("Obi Watcher", family.leo)
    assert [one.person for one in leos.subjects] == [family.leo]
    assert all(one.about == (family.leo,) for one in leos.passages)


def test_correcting_does_not_bring_back_what_was_withdrawn(family: Family) -> None:
    withdraw(family)
    keeper, words = family.world.actor("Kay Keeper"), "Leo was at home."
    with pytest.raises(Refusal, match="not on this entry"):
        correct(family, "Kay Keeper", visit=words)
    left = [Words(text=words, about=(family.leo,), heading="visit")]
    correct_entry(by=keeper, entry=family.note, words=left, reason="Written wrongly", at=NOW)
    assert family.timeline("Jane Smith", family.mia) == ()
    assert family.timeline("Kit Rowe", family.leo)[0].text_of("visit") == "Leo was at home."


def test_withdrawing_twice_is_refused_in_a_sentence(family: Family) -> None:
    withdraw(family, name="Obi Watcher")
    with pytest.raises(NotPermitted, match="already withdrawn"):
        withdraw(family, name="Obi Watcher")


def test_a_mention_leaves_with_its_entry(family: Family) -> None:
    by = family.world.actor("Obi Watcher")
    mention_adult(by=by, adult=family.leo, child=family.mia, words="mum's new partner", entry=family.note, at=THEN)
    with acting(family.world.accounts["Jane Smith"]):
        assert len(list_mentions([family.mia])) == 1
    withdraw(family)
    with acting(family.world.accounts["Jane Smith"]):
        assert list_mentions([family.mia]) == []


def test_what_is_kept_apart_stays_apart_when_it_is_corrected(family: Family) -> None:
    front_door = family.world.teams["front-door"]
    keep_apart(by=family.world.actor("Obi Watcher"), entry=family.note, team=front_door, at=THEN)
    assert family.timeline("Jane Smith", family.mia) == ()
    assert family.texts("Kay Keeper", family.note)
    correct(family, "Kay Keeper", visit="Corrected by the officer.")
    assert family.timeline("Jane Smith", family.mia) == ()
    assert family.timeline("Obi Watcher", family.mia) == ()
    assert family.timeline("Kay Keeper", family.mia)[0].text_of("visit") == "Corrected by the officer."


def test_the_record_reads_as_it_stood(family: Family) -> None:
    before = family.timeline("Obi Watcher", family.mia)
    correct(family, "Obi Watcher", visit="Changed.")
    assert family.timeline("Obi Watcher", family.mia, as_at=THEN) == before
    after = family.timeline("Obi Watcher", family.mia)
    assert family.timeline("Obi Watcher", family.mia, as_at=NOW) == after
    assert after != tuple(replace(one) for one in before)
