"""Undoing an import withdraws what nobody has worked on, and lists the rest with why."""

from datetime import date, timedelta

import pytest

from sightline.access.queries import may_see
from sightline.doorway.operations import save_draft
from sightline.journeys import import_census
from sightline.journeys.allocate_child import allocate_child
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.people.operations import add_name, add_warning, correct_particulars
from sightline.people.queries import search_people
from sightline.record.models import Entry
from sightline.record.operations import close_episode, open_step, tell, write_entry
from sightline.record.queries import list_episodes, list_timeline
from sightline.record.rules import Concerned, Words
from sightline.returns.models import Staged
from sightline.returns.undoing import why_kept
from tests.returns.census import assessment, child, episode, make_file
from tests.returns.conftest import LATER, acting_as, counts
from tests.staff import SOON

UNDONE = LATER + timedelta(hours=1)


def person_of(by, number):
    return search_people(by=acting_as(by), number=number, at=LATER)[0].person


def test_after_undoing_an_untouched_import_nothing_is_left(bring_in, manager):
    before = counts()
    batch, _ = bring_in(make_file(child(episode(assessment())), child(number="C2")))
    person = person_of(manager, "C1")
    _, undone = import_census.undo(batch=batch, at=UNDONE)
    assert (undone.children, undone.episodes, undone.entries, undone.kept) == (2, 2, 2, ())
    assert counts() == before
    acting_as(manager)
    for number in ("C1", "C2"):
        assert search_people(by=manager, number=number, at=UNDONE) == []
    assert search_people(by=manager, text="5 May 2015", at=UNDONE) == []
    assert list_episodes([person]) == []
    assert list_timeline(person=person).entries == ()


def test_the_file_can_be_imported_again_after_it_was_undone(bring_in, manager):
    file = make_file(child(episode(assessment())))
    batch, _ = bring_in(file)
    once = counts()
    import_census.undo(batch=batch, at=UNDONE)
    _, did = bring_in(file, at=UNDONE + timedelta(minutes=1))
    assert counts() == once
    assert did.as_json()["assessments"]["new"] == 1


def test_an_import_is_undone_once(bring_in):
    batch, _ = bring_in(make_file(child()))
    import_census.undo(batch=batch, at=UNDONE)
    with pytest.raises(Refusal, match="undone already"):
        import_census.undo(batch=batch, at=UNDONE)


def test_an_import_that_never_was_is_refused(staff):
    with pytest.raises(Refusal, match="no such import"):
        import_census.undo(batch=new_id(), at=UNDONE)


def a_note(manager, person, post):
    words = [Words(text="Rang the school.", about=(person,))]
    write_entry(by=manager, kind=Entry.Kind.NOTE, concerned=[Concerned(person)], words=words, at=LATER)


def a_name(manager, person, post):
    add_name(by=manager, person=person, given="Rowan", family="Aldous", at=LATER)


def a_warning(manager, person, post):
    add_warning(by=manager, person=person, words="A dog in the yard.", review_on=date(2027, 5, 1), at=LATER)


def a_correction(manager, person, post):
    correct_particulars(by=manager, person=person, sex="F", at=LATER)


def a_step(manager, person, post):
    open_step(by=manager, kind="visit", post=post, people=[person], at=LATER)


def a_notice(manager, person, post):
    tell(post=post, kind="told", person=person, at=LATER)


def an_allocation(manager, person, post):
    allocate_child(by=manager, child=person, post=post, reason="Knows the school.", at=LATER)


def a_closure(manager, person, post):
    (one,) = list_episodes([person])
    close_episode(by=manager, episode=one.id, closed_on=date(2026, 11, 20), reason="RC3", at=LATER)


def a_draft(manager, person, post):
    save_draft(by=manager, key=new_id(), form="note", body={"text": "Half a"}, about=person, at=LATER)


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (a_note, "something was recorded about them"),
        (a_name, "they were given a name"),
        (a_warning, "a warning was recorded"),
        (a_correction, "their particulars were corrected"),
        (a_step, "a step was opened for them"),
        (a_notice, "somebody was told about them"),
        (an_allocation, "they were allocated"),
        (a_closure, "an episode was opened or closed"),
        (a_draft, "somebody is writing about them"),
    ],
)
def test_a_child_on_whom_somebody_has_worked_is_left_whole(bring_in, manager, staff, work, why):
    batch, _ = bring_in(make_file(child(), child(number="C2")))
    person = person_of(manager, "C1")
    work(manager, person, staff.posts["family-2"])
    _, undone = import_census.undo(batch=batch, at=UNDONE)
    (left,) = undone.kept
    assert left.child_id == "C1"
    assert why in why_kept(left.tables)
    assert undone.children == 1
    assert search_people(by=acting_as(manager), number="C2", at=UNDONE) == []
    assert person_of(manager, "C1") == person


def test_a_child_whom_a_later_import_names_is_left_until_that_is_undone(bring_in, manager):
    first, _ = bring_in(make_file(child(), year=2026))
    second, _ = bring_in(make_file(child(episode(CINreferralDate="2026-07-01"))), at=LATER)
    _, undone = import_census.undo(batch=second, at=UNDONE)
    assert (undone.children, undone.episodes, undone.kept) == (0, 1, ())
    person = person_of(manager, "C1")
    assert [one.opened_on for one in list_episodes([person])] == [date(2026, 5, 5)]
    timeline = list_timeline(person=person)
    assert (len(timeline.entries), len(timeline.marks)) == (1, 1)
    _, undone = import_census.undo(batch=first, at=UNDONE)
    assert (undone.children, undone.kept) == (1, ())


def test_a_later_import_keeps_a_child(bring_in, manager):
    first, _ = bring_in(make_file(child(), year=2026))
    bring_in(make_file(child(), year=2027), at=LATER)
    _, undone = import_census.undo(batch=first, at=UNDONE)
    assert [why_kept(one.tables) for one in undone.kept] == [["a later import names them"]]


def test_what_was_withdrawn_is_seen_by_nobody(bring_in, manager):
    batch, _ = bring_in(make_file(child(episode(assessment()), Sex="X")))
    person = person_of(manager, "C1")
    assert may_see(person=person)
    import_census.undo(batch=batch, at=SOON + timedelta(minutes=1))
    acting_as(manager)
    assert not may_see(person=person)
    assert Staged.objects.count() == 0
