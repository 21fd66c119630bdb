"""A parent's or a young person's own account goes wherever the entry goes."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from sightline.access.rules import Section
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.people.operations import register_person
from sightline.record.operations import attach_account, correct_entry, keep_apart, withdraw_entry
from sightline.record.queries import get_entry, list_accounts_of, list_earlier_versions
from sightline.record.rules import Words
from tests.journeys.world import BEGIN, World
from tests.record.family import LATER, Family, make_family

THEN = LATER + timedelta(hours=1)
NOW = LATER + timedelta(days=1)
AFTER = LATER + timedelta(days=2)
SAID = "We had told them that we would be out. It is not right."


@pytest.fixture
def family(world: World) -> Family:
    return make_family(world)


@pytest.fixture
def mother(family: Family) -> UUID:
    key = new_id()
    family.world.let_watch([key], BEGIN)
    register_person(by=family.world.actor("Obi Watcher"), person=key, kind="adult", given="Ann", family="Reed", at=THEN)
    return key


def attach(family: Family, given_by: UUID, name: str = "Obi Watcher", **changes: object) -> UUID:
    given = {
        "entry": family.note, "given_by": given_by, "words": SAID, "disagrees": True, "at": NOW,
    }  # fmt: skip
    return attach_account(by=family.world.actor(name), **(given | changes))


def rewrite(family: Family, name: str, at: datetime) -> UUID:
    by = family.world.actor(name)
    with acting(by.id):
        old = get_entry(family.note).paragraphs
    words = [Words(text=f"{one.text} Put right.", about=one.about, heading=one.heading) for one in old]
    return correct_entry(by=by, entry=family.note, words=words, reason="Written wrongly", at=at)


def accounts(family: Family, name: str, child: UUID, as_at: datetime | None = None) -> list[str]:
    return [said.text for one in family.timeline(name, child, as_at) for said in one.accounts]


def test_it_stands_under_the_entry_on_every_childs_record_in_their_words(family: Family, mother: UUID) -> None:
    attach(family, mother)
    [entry] = family.timeline("Obi Watcher", family.mia)
    [said] = entry.accounts
    assert (said.given_by, said.disagrees, said.added_at, said.added_by) == (mother, True, NOW, family.world.watcher)
    assert set(said.about) == {family.mia, family.leo}
    assert SAID not in [one.text for one in entry.paragraphs]
    assert accounts(family, "Jane Smith", family.mia) == accounts(family, "Kit Rowe", family.leo) == [SAID]
    assert accounts(family, "Dee Marlow", family.mia) == []


def test_a_childs_own_account_is_the_childs_own_words(family: Family) -> None:
    attach(family, family.leo, disagrees=False)
    attach(family, family.leo, section=Section.HEALTH)
    [entry] = family.timeline("Obi Watcher", family.mia)
    assert [one.section for one in entry.accounts] == ["child_words", "health"]


def test_it_is_about_those_whom_the_writer_may_see(family: Family) -> None:
    attach(family, family.mia, "Jane Smith")
    assert accounts(family, "Jane Smith", family.mia) == [SAID]
    assert accounts(family, "Kit Rowe", family.leo) == []


def test_an_earlier_day_is_read_without_it(family: Family, mother: UUID) -> None:
    attach(family, mother)
    assert accounts(family, "Obi Watcher", family.mia, as_at=NOW - timedelta(minutes=1)) == []
    assert accounts(family, "Obi Watcher", family.mia, as_at=NOW) == [SAID]


def test_a_correction_takes_it_along_unchanged_whoever_corrects(family: Family, mother: UUID) -> None:
    attach(family, mother)
    before = family.timeline("Obi Watcher", family.leo)[0].accounts
    rewrite(family, "Jane Smith", AFTER)
    [leos] = family.timeline("Obi Watcher", family.leo)
    assert leos.id != family.note
    assert [replace(one, about=tuple(sorted(one.about))) for one in leos.accounts] == [
        replace(one, about=tuple(sorted(one.about))) for one in before
    ]
    assert accounts(family, "Kit Rowe", family.leo) == [SAID]
    with acting(family.world.watcher):
        assert [one.text for one in list_accounts_of([family.note, leos.id])[leos.id]] == [SAID]
        assert [one.accounts[0].text for one in list_earlier_versions([family.note])[family.note]] == [SAID]


def test_between_the_account_and_the_correction_it_is_read_on_the_version_that_stood(
    family: Family, mother: UUID
) -> None:
    attach(family, mother)
    rewrite(family, "Jane Smith", AFTER)
    [stood] = family.timeline("Obi Watcher", family.mia, NOW + timedelta(hours=1))
    assert (stood.id, [one.text for one in stood.accounts]) == (family.note, [SAID])
    with acting(family.world.watcher):
        assert not list_earlier_versions([family.note], as_at=NOW)


def test_an_account_of_what_was_corrected_meanwhile_lands_on_what_stands(family: Family, mother: UUID) -> None:
    new = rewrite(family, "Obi Watcher", NOW)
    attach(family, mother, at=AFTER)
    with acting(family.world.watcher):
        assert set(list_accounts_of([family.note, new])) == {new}


def test_it_leaves_the_record_with_the_entry(family: Family, mother: UUID) -> None:
    attach(family, mother)
    withdraw_entry(
        by=family.world.actor("Jane Smith"), entry=family.note, person=family.mia, reason="Another child",
        reader=family.world.keeper, at=AFTER,
    )  # fmt: skip
    assert SAID not in family.texts("Jane Smith", family.note)
    assert accounts(family, "Kit Rowe", family.leo) == [SAID]
    assert SAID in family.texts("Kay Keeper", family.note)


def test_a_correction_does_not_bring_back_what_was_withdrawn(family: Family, mother: UUID) -> None:
    attach(family, mother)
    withdraw_entry(
        by=family.world.actor("Jane Smith"), entry=family.note, person=family.mia, reason="Another child",
        reader=family.world.keeper, at=AFTER,
    )  # fmt: skip
    rewrite(family, "Kit Rowe", AFTER)
    assert accounts(family, "Jane Smith", family.mia) == []
    [leos] = family.timeline("Kit Rowe", family.leo)
    assert [(one.text, one.about) for one in leos.accounts] == [(SAID, (family.leo,))]


def test_of_what_was_withdrawn_from_everybody_no_account_is_taken(family: Family, mother: UUID) -> None:
    """The one who was named to go on reading it reads the entry, and it is on nobody's record."""
    for child, name in ((family.mia, "Jane Smith"), (family.leo, "Kit Rowe")):
        withdraw_entry(
            by=family.world.actor(name), entry=family.note, person=child, reason="Other children",
            reader=family.world.keeper, at=THEN,
        )  # fmt: skip
    assert family.texts("Kay Keeper", family.note)
    with pytest.raises(NotFound, match="no such entry"):
        attach(family, mother, "Kay Keeper")
    with acting(family.world.keeper):
        assert not list_accounts_of([family.note])


@pytest.mark.parametrize("before", [True, False])
def test_it_is_kept_apart_with_the_entry(family: Family, mother: UUID, before: bool) -> None:  # noqa: FBT001 (parametrised)
    watcher, team = family.world.actor("Kay Keeper"), family.world.teams["front-door"]
    if before:
        keep_apart(by=watcher, entry=family.note, team=team, at=THEN)
    attach(family, mother, "Kay Keeper")
    if not before:
        keep_apart(by=watcher, entry=family.note, team=team, at=AFTER)
    assert SAID in family.texts("Kay Keeper", family.note)
    assert SAID not in family.texts("Jane Smith", family.note)
    with acting(family.world.accounts["Jane Smith"]):
        assert not list_accounts_of([family.note])


def test_paragraphs_that_its_writer_may_not_read_are_not_in_its_way(family: Family) -> None:
    # Jane reads one of the three paragraphs; the account comes after them all.
    attach(family, family.mia, "Jane Smith")
    attach(family, family.leo, "Kit Rowe")
    assert family.texts("Obi Watcher", family.note)[-2:] == [SAID, SAID]


def test_it_is_final(family: Family, mother: UUID) -> None:
    key = attach(family, mother)
    with acting(family.world.watcher), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE record_passage SET text = 'x' WHERE id = %s", [key])


def test_what_is_refused(family: Family, mother: UUID) -> None:
    with pytest.raises(Refusal, match="in their own words"):
        attach(family, mother, words="  ")
    with pytest.raises(NotFound, match="Choose somebody whom you work with"):
        attach(family, mother, "Jane Smith")
    with pytest.raises(NotFound, match="no such entry"):
        attach(family, mother, entry=new_id())
    with pytest.raises(NotFound, match="Choose somebody"):
        attach(family, family.mia, "Dee Marlow")
    with pytest.raises(NotPermitted, match="does not record"):
        attach_account(
            by=replace(family.world.actor("Obi Watcher"), role="administrator"), entry=family.note,
            given_by=mother, words=SAID, disagrees=False, at=NOW,
        )  # fmt: skip
