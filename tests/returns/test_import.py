"""A census file brought in becomes children whom somebody carries, once each."""

from datetime import date

import pytest
from django.db import connection

from sightline.audit.models import Event
from sightline.doorway.acts import acting
from sightline.journeys import import_census
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.people.queries import get_header, search_people
from sightline.record.queries import list_episodes, list_timeline
from sightline.returns.cin import Unreadable
from sightline.returns.models import Staged
from sightline.returns.operations import undo_import
from sightline.workforce.queries import CENSUS
from tests.returns.census import assessment, child, enquiry, episode, make_file, protection, upn
from tests.returns.conftest import LATER, acting_as, counts, quiet
from tests.staff import SOON

CLOSED = {"CINclosureDate": "2026-09-01", "ReasonForClosure": "RC3"}


def find(by, number):
    found = search_people(by=acting_as(by), number=number, at=LATER)
    assert len(found) == 1
    return found[0]


def test_a_child_of_the_census_is_found_by_child_id_and_by_pupil_number(bring_in, manager):
    bring_in(make_file(child(number="RND000215", UPN=upn(7), FormerUPN=upn(8))))
    assert find(manager, "RND000215") == find(manager, upn(7)) == find(manager, upn(8))
    typed = search_people(by=manager, text="rnd000215", at=LATER)
    assert [one.name for one in typed] == ["Child RND000215"]


def test_a_pupil_number_that_does_not_check_finds_its_child(bring_in, manager):
    wrong = "A" + upn(7)[1:] if upn(7)[0] != "A" else "B" + upn(7)[1:]
    bring_in(make_file(child(UPN=wrong)))
    assert find(manager, wrong).name == "Child C1"


def test_the_header_is_what_the_file_says(bring_in, manager):
    bring_in(make_file(child(PersonDeathDate="2026-08-01", disabilities=("MOB", "AUT"), Sex="F", ethnicity="WIRT")))
    header = get_header(person=find(manager, "C1").person)
    assert header.name == "Child C1"
    assert (header.birth_date, header.death_date, header.sex) == (date(2015, 5, 5), date(2026, 8, 1), "F")
    assert (header.ethnicity, header.disabilities) == ("WIRT", ("MOB", "AUT"))


def test_an_unborn_child_is_not_yet_born(bring_in, manager):
    bring_in(make_file(child(PersonBirthDate=None, ExpectedPersonBirthDate="2027-01-20", Sex="U", UPN=None)))
    found = find(manager, "C1")
    assert (found.birth, found.expected_date) == ("expected", date(2027, 1, 20))


def test_open_episodes_are_carried_by_the_post_and_closed_ones_keep_their_end(bring_in, manager, staff):
    old = episode(CINreferralDate="2026-04-05", **CLOSED)
    bring_in(make_file(child(old, episode())))
    now, before = list_episodes([find(manager, "C1").person])
    assert (now.opened_on, now.post, now.unallocated) == (date(2026, 5, 5), staff.posts["front-door-manager"], True)
    assert (now.source, now.need, now.closed_on) == ("1A", "N1", None)
    assert (before.closed_on, before.closure_reason, before.post) == (date(2026, 9, 1), "RC3", None)


def test_a_referral_with_no_further_action_is_closed_with_itself(bring_in, manager):
    bring_in(make_file(child(episode(ReferralNFA="true"))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert (only.no_further_action, only.closed_on) == (True, date(2026, 5, 5))


def test_no_further_action_with_work_after_it_stays_open(bring_in, manager):
    bring_in(make_file(child(episode(enquiry(), ReferralNFA="true"))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert only.closed_on is None


def test_the_timeline_says_where_the_child_came_from(bring_in, manager):
    bring_in(make_file(child(episode(assessment(), protection(), CINreferralDate="2026-05-05"), Sex="X")))
    (entry,) = list_timeline(person=find(manager, "C1").person).entries
    text = entry.passages[0].text
    assert entry.kind == "import"
    assert str(entry.when) == "5 May 2026"
    assert "census of 2027 (reference date 31 March 2027), line " in text
    assert "Referral of 5 May 2026; source 1A; main need N1; open." in text
    assert "Recorded in an earlier system, as dates and codes:" in text
    assert "Assessment begun on 6 May 2026; authorised on 6 June 2026; factors 2B." in text
    assert "Child protection plan from 1 June 2026; in force; category NEG, later EMO;" in text
    assert "Sex (4180)" in text


@pytest.mark.parametrize(
    ("changes", "element"),
    [
        ({"UPN": "none"}, "UPN"),
        ({"PersonBirthDate": "2015-02-30"}, "PersonBirthDate"),
        ({"PersonDeathDate": "2031-01-01"}, "PersonDeathDate"),
        ({"Sex": "X"}, "Sex"),
        ({"UPN": None, "UPNunknown": "none"}, "UPNunknown"),
        ({"ethnicity": "Welsh and Irish"}, "Ethnicity"),
        ({"disabilities": ("deafness",)}, "Disability"),
    ],
)
def test_a_fault_never_stops_a_child_and_nothing_written_is_lost(bring_in, manager, changes, element):
    _, did = bring_in(make_file(child(**changes)))
    assert find(manager, "C1")
    (note,) = did.notes
    assert (note.child, note.element) == ("C1", element)
    assert note.remedy
    assert Staged.objects.get(module="not taken in").values == {element: [note.found]}


def test_a_referral_without_a_day_takes_the_earliest_day_inside_it(bring_in, manager):
    _, did = bring_in(make_file(child(episode(assessment(start="2026-05-06"), CINreferralDate="soon"))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert (only.opened_on, only.post is None) == (date(2026, 5, 6), False)
    assert "earliest day" in did.notes[0].what


def test_a_referral_to_come_takes_the_first_day_of_the_census_year(bring_in, manager):
    bring_in(make_file(child(episode(CINreferralDate="2027-04-01"))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert only.opened_on == date(2026, 4, 1)


def test_a_child_who_stands_in_the_file_twice_is_one(bring_in, manager):
    again = episode(CINreferralDate="2026-07-01")
    _, did = bring_in(make_file(child(), child(number="C2"), child(again, Sex="F")))
    assert counts()["children"] == 2
    assert len(list_episodes([find(manager, "C1").person])) == 2
    assert {note.element for note in did.notes} == {"LAchildID", "sex"}


def test_two_referrals_of_one_day_are_one_episode_and_open_if_either_is(bring_in, manager):
    _, did = bring_in(make_file(child(episode(**CLOSED), episode(ReferralSource="5A"))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert only.closed_on is None
    assert "same day" in did.notes[0].what


def test_of_two_referrals_of_one_day_the_one_with_further_action_stands_and_the_other_is_kept(bring_in, manager):
    bring_in(make_file(child(episode(ReferralNFA="true", ReferralSource="5A"), episode(**CLOSED))))
    (only,) = list_episodes([find(manager, "C1").person])
    assert only.closed_on == date.fromisoformat(CLOSED["CINclosureDate"])
    (kept,) = Staged.objects.all()
    assert (kept.values["ReferralNFA"], kept.values["ReferralSource"]) == (["true"], ["5A"])


def test_the_same_file_is_known_again(bring_in, staff, tmp_path):
    batch, _ = bring_in(make_file(child()))
    path = tmp_path / "census.xml"
    again = import_census.examine(path=path, post="front-door-manager", at=LATER, saying=quiet)
    assert again.already.id == batch
    with pytest.raises(Refusal, match="Nobody was added"):
        import_census.bring_in(examined=again, at=LATER, saying=quiet)


def test_another_file_with_the_same_children_doubles_nobody(bring_in, manager):
    both = child(episode(assessment())), child(number="C2")
    bring_in(make_file(*both))
    before = counts()
    _, did = bring_in(make_file(*both, extra="<!-- made again -->"), at=LATER)
    assert counts() == before
    assert did.as_json()["children"] == {"new": 0, "known": 2}
    assert did.as_json()["assessments"] == {"new": 0, "new and open": 0, "gone on": 0, "known": 1}


def test_the_next_years_file_adds_what_is_new_and_says_what_differs(bring_in, manager):
    bring_in(make_file(child(), year=2026))
    more = child(episode(**CLOSED), episode(CINreferralDate="2026-10-01"), Sex="F")
    _, did = bring_in(make_file(more), at=LATER)
    person = find(manager, "C1").person
    assert [one.closed_on for one in list_episodes([person])] == [None, None]
    assert get_header(person=person).sex == "M"
    assert {note.element for note in did.notes} == {"CINclosureDate", "Sex"}
    assert len(list_timeline(person=person).entries) == 2


def test_a_child_whom_nobody_may_see_is_not_made_again(bring_in, manager, staff):
    from sightline.access.operations import restrict

    bring_in(make_file(child()))
    hidden = find(manager, "C1").person
    restrict(person=hidden, readers=[], reviewer=staff.accounts["Helen Marsh"], reason="Staff family", at=SOON)
    _, did = bring_in(make_file(child(), year=2026), at=LATER)
    assert did.as_json()["children"] == {"new": 0, "known": 1}
    assert search_people(by=acting_as(manager), number="C1", at=LATER) == []


def test_bringing_in_is_one_event_that_names_everybody(bring_in, as_owner, staff):
    bring_in(make_file(child(), child(number="C2")))
    event = Event.objects.get(what="import_census")
    assert event.actor == CENSUS
    assert event.facts["children_new"] == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_unheld(%s)", [LATER])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "file",
    [
        b"not XML",
        b"<Message><Header>",
        make_file(child(), year=2019),
        make_file(child(), child(LAchildID=None)),
        make_file(child(), child(LAchildID="C" * 31)),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + make_file(child()),
        make_file(child()) + b"<broken",
    ],
    ids=["not XML", "cut off", "year", "no child id", "long child id", "entity", "broken at the end"],
)
def test_what_cannot_be_read_changes_nothing(bring_in, staff, file):
    before = counts()
    with pytest.raises(Unreadable):
        bring_in(file)
    assert counts() == before


def test_a_file_that_changes_while_it_is_read_is_not_brought_in(staff, tmp_path):
    path = tmp_path / "census.xml"
    path.write_bytes(make_file(child()))
    examined = import_census.examine(path=path, post="front-door-manager", at=SOON, saying=quiet)
    path.write_bytes(make_file(child(), child(number="C2")))
    before = counts()
    with pytest.raises(Refusal, match="changed while it was being read"):
        import_census.bring_in(examined=examined, at=SOON, saying=quiet)
    assert counts() == before


def test_a_post_that_is_not_there_is_refused(staff, tmp_path):
    path = tmp_path / "census.xml"
    path.write_bytes(make_file(child()))
    with pytest.raises(Refusal, match="no such post"):
        import_census.examine(path=path, post="nowhere", at=SOON, saying=quiet)


def test_nobody_who_signs_in_can_import_or_undo(bring_in, manager):
    batch, _ = bring_in(make_file(child()))
    with pytest.raises(NotPermitted):
        undo_import(by=manager, batch=batch, at=LATER)


@pytest.mark.parametrize(
    "question",
    [
        "returns_known(ARRAY['C1'])",
        "returns_people_of(%(batch)s)",
        "returns_worked_on(%(batch)s)",
        "returns_withdraw(%(batch)s, '{}', now())",
    ],
)
def test_the_stewards_functions_answer_the_account_of_imports_alone(bring_in, manager, question):
    batch, _ = bring_in(make_file(child()))
    for actor in (manager.id, None):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {question}", {"batch": batch})  # noqa: S608  # the words are above
            assert cursor.fetchone() == (0,)


def test_days_up_to_the_reference_date_are_taken_as_written(bring_in, manager):
    _, did = bring_in(make_file(child(episode(CINclosureDate="2027-03-31", ReasonForClosure="RC3"))))
    (only,) = list_episodes([find(manager, "C1").person])
    (note,) = did.notes
    assert (only.closed_on, note.element) == (date(2027, 3, 31), "CINclosureDate")
    assert "still to come" in note.what
