"""An address that protects: read by those named for it, found in nothing else, and left at once when they move on."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.access.models import Identity
from sightline.access.operations import end_identity, give_sight, link_identity
from sightline.access.rules import EVERYDAY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from sightline.kernel.errors import NotFound, Refusal
from sightline.people import operations, queries
from sightline.people.models import Home, Residence
from sightline.people.places import names_place
from sightline.people.protecting import (
    end_protecting_address,
    name_address_readers,
    record_protecting_address,
    unname_address_reader,
)
from sightline.people.protecting_queries import at_risk, holds_protected, is_protected, list_protecting, list_readers
from tests.people.conftest import AT, Register, open_account

LATER = AT + timedelta(hours=2)
Protect = Callable[..., UUID]


@pytest.fixture
def mia(register: Register, colleague: Actor) -> UUID:
    """A child whom both workers read; what protects is given by name alone."""
    child = register("Mia", "Reed")
    give_sight(people=[child], reader=colleague.id, because="test", because_of=None, at=AT, sections=EVERYDAY)
    return child


@pytest.fixture
def protect(worker: Actor, colleague: Actor) -> Protect:
    def made(person: UUID, lines: str = "Larkrise, 40 Harbour Rise, Tidewell", **changes: object) -> UUID:
        told: dict[str, object] = {"postcode": "QX3 1SS", "protects": "refuge", "readers": [colleague.id], "at": AT}
        return record_protecting_address(by=worker, person=person, lines=lines, **(told | changes))

    return made


def read_as(reader: Actor, person: UUID) -> list[str]:
    set_actor(reader.id)
    return [one.lines for one in list_protecting(person=person)]


def test_only_whoever_is_named_reads_it_and_everybody_else_that_it_is_withheld(
    protect: Protect, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    protect(mia)
    for reader, reads in ((colleague, ["Larkrise, 40 Harbour Rise, Tidewell"]), (worker, [])):
        assert read_as(reader, mia) == reads
        assert is_protected(person=mia)
        assert [(one.withheld, one.lines, one.postcode) for one in queries.list_addresses(person=mia)] == [
            (True, "", "")
        ]
        assert [one.reader for one in list_readers(person=mia)] == ([colleague.id] if reads else [])
        assert Home.objects.count() == len(reads)
    set_actor(open_account("Rae Stranger").id)
    assert not is_protected(person=mia)


def test_a_kind_and_a_reader_are_asked_for(protect: Protect, mia: UUID) -> None:
    with pytest.raises(Refusal, match="Name at least one"):
        protect(mia, readers=[])
    with pytest.raises(Refusal, match="what kind"):
        protect(mia, protects="")
    assert not is_protected(person=mia)


def test_readers_are_named_and_taken_off_by_readers_and_somebody_is_left(
    protect: Protect, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    home = protect(mia)
    set_actor(worker.id)
    with pytest.raises(NotFound):
        name_address_readers(by=worker, residence=home, readers=[worker.id], at=AT)
    with pytest.raises(Refusal, match="last one"):
        unname_address_reader(by=colleague, residence=home, reader=colleague.id, at=AT)
    name_address_readers(by=colleague, residence=home, readers=[worker.id, colleague.id], at=AT)
    assert len(list_readers(person=mia)) == 2
    assert read_as(worker, mia)
    unname_address_reader(by=worker, residence=home, reader=colleague.id, at=AT)
    assert read_as(colleague, mia) == []


def test_it_ends_with_its_readers_and_an_ordinary_address_does_not_end_it(
    protect: Protect, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    home = protect(mia)
    set_actor(colleague.id)
    operations.record_address(by=colleague, person=mia, lines="3 Elm Rd", postcode="BD1 1AA", at=LATER)
    assert is_protected(person=mia)
    assert read_as(colleague, mia)
    end_protecting_address(by=colleague, residence=home, true_to=date(2026, 11, 21), at=LATER)
    assert not is_protected(person=mia)
    assert read_as(colleague, mia) == read_as(worker, mia) == []
    assert [one.lines for one in queries.list_addresses(person=mia)] == ["3 Elm Rd"]


def test_whoever_moves_them_to_safety_need_not_read_where_they_fled_from(
    protect: Protect, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    operations.record_address(by=worker, person=mia, lines="3 Elm Rd", postcode="BD1 1AA", at=AT)
    protect(mia, lines="The Haven")
    assert read_as(worker, mia) == []
    third = open_account("Kit Third")
    protect(mia, lines="The Lodge", readers=[third.id], at=LATER)
    assert read_as(third, mia) == ["The Lodge", "The Haven"]
    assert read_as(colleague, mia) == [], "what was given for the first refuge does not open the second"
    set_actor(worker.id)
    assert [one.true_to is None for one in queries.list_addresses(person=mia)] == [True, False]


def test_a_protected_home_joins_nobody_also_for_those_who_read_it(
    protect: Protect, register: Register, mia: UUID, worker: Actor
) -> None:
    ann = register("Ann", kind="adult")
    for one in (mia, ann):
        protect(one, readers=[worker.id])
    assert queries.list_household(person=mia) == []
    assert queries.list_households_of(people=[mia, ann]) == {}
    assert queries.list_network(people=[mia]) == {mia}
    assert queries.household_changes(children=[mia], since=AT - timedelta(days=9)) == {mia: []}
    assert Residence.objects.filter(protects="refuge").count() == 2


def test_a_letter_to_whoever_lived_there_before_is_at_risk(
    protect: Protect, register: Register, mia: UUID, worker: Actor
) -> None:
    dad, aunt = register("Dan", kind="adult"), register("Ivy", kind="adult")
    for one in (mia, dad):
        operations.record_address(by=worker, person=one, lines="3 Elm Rd", postcode="BD1 1AA", at=AT)
    operations.record_address(by=worker, person=aunt, lines="8 Ash Rd", postcode="BD1 1AA", at=AT)
    assert at_risk(recipients=[dad, aunt, mia], about=[mia]) == {}
    operations.record_address(by=worker, person=dad, lines="9 Oak Rd", postcode="BD1 1AA", at=AT)
    protect(mia)
    found = at_risk(recipients=[dad, aunt, mia], about=[mia])
    assert {(one.recipient, one.person, one.own) for every in found.values() for one in every} == {
        (dad, mia, False), (mia, mia, True),
    }  # fmt: skip


def test_a_merge_takes_the_readers_along_and_parting_takes_them_back(
    protect: Protect, register: Register, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    twin = register("Mia", "Reade")
    protect(mia)
    assert not is_protected(person=twin)
    link = link_identity(person=twin, same_as=mia, kind=Identity.Kind.SAME, reason="One child", by=worker.id, at=AT)
    protect(twin, lines="The Lodge", readers=[worker.id])
    assert read_as(colleague, twin) == ["The Lodge"]
    end_identity(link=link, reason="Two after all", by=worker.id, at=AT + timedelta(minutes=1))
    assert read_as(colleague, twin) == []


def test_who_is_protected_under_one_key_is_protected_under_the_other(
    protect: Protect, register: Register, mia: UUID, worker: Actor
) -> None:
    twin, dad, dad_again = register("Mira", "Quill"), register("Dan", kind="adult"), register("Dann", kind="adult")
    for one, lines in ((mia, "3 Elm Rd"), (dad, "3 Elm Rd"), (twin, "9 Oak Rd")):
        operations.record_address(by=worker, person=one, lines=lines, postcode="BD1 1AA", at=AT)
    protect(mia)

    def told() -> tuple[object, ...]:
        (found,) = [one for one in queries.search_people(by=worker, text="Mira Quill", at=LATER) if one.person == twin]
        risks = at_risk(recipients=[dad_again], about=[twin]).get(dad_again, [])
        return is_protected(person=twin), found.area, [one.person for one in risks]

    assert told() == (False, "BD1", [])
    links = [
        link_identity(person=again, same_as=first, kind=Identity.Kind.SAME, reason="One", by=worker.id, at=AT)
        for again, first in ((twin, mia), (dad_again, dad))
    ]
    assert told() == (True, "", [twin])
    for link in links:
        end_identity(link=link, reason="Two after all", by=worker.id, at=AT + timedelta(minutes=1))
    assert told() == (False, "BD1", [])


def test_words_are_looked_through_for_those_who_read_it_and_for_nobody_else(
    protect: Protect, mia: UUID, worker: Actor, colleague: Actor
) -> None:
    protect(mia)
    said = "Met them at 40, Harbour Rise and had tea."
    set_actor(colleague.id)
    assert holds_protected(words=said, about=[mia]) == {mia}
    assert holds_protected(words="Met them in Tidewell.", about=[mia]) == set()
    set_actor(worker.id)
    assert holds_protected(words=said, about=[mia]) == set()


@settings(max_examples=60)
@given(
    before=st.sampled_from(["", "she is at ", "ADDRESS:", "(", "saw\n"]),
    after=st.sampled_from(["", ".", ", they said", ")", "\nand left"]),
    gap=st.sampled_from(["", " ", "  ", "-", ". "]),
    case=st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_postcode_and_a_numbered_street_are_found_however_they_are_written(
    before: str, after: str, gap: str, case: Callable[[str], str]
) -> None:
    place = {"lines": "Larkrise, 40 Harbour Road, Tidewell", "postcode": "QX3 1SS"}
    for written in (f"QX3{gap}1SS", f"40{gap or ' '}Harbour Rd", "larkrise"):
        assert names_place(before + case(written) + after, **place)
    for other in ("QX3 1SR", "41 Harbour Road", "140 Harbour Road", "Harbour Road", "Tidewell", "QX3"):
        assert not names_place(before + case(other) + after, **place)
