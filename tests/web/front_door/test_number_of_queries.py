"""The pages of the bench ask the database as often for a large family with a long history as for a small one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.register_people import NewPerson, Tie
from sightline.journeys.take_contact import look_before_recording
from sightline.kernel.references import new_id
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words
from tests.journeys.told import decided, take
from tests.journeys.world import World
from tests.web.front_door.desk import AT

GIVEN = ("Amber", "Bryn", "Cleo", "Dara", "Eben", "Faith")
SignIn = Callable[[str], Client]


@dataclass(frozen=True)
class Family:
    """A mother and her children. `waiting` is the newest contact, not decided yet."""

    name: str
    children: list[UUID]
    waiting: UUID


def make_family(world: World, name: str, *, children: int, contacts: int) -> Family:
    """Heard of so many times before, each time with advice; one more contact waits."""
    mother = NewPerson(new_id(), "adult", "Mona", name, birth="exact", birth_date=date(1991, 5, 4))
    brood = [
        NewPerson(
            new_id(), "child", given, name, birth="exact", birth_date=date(2012 + born, 3, 3), lines="2 Mill Lane"
        )
        for born, given in enumerate(GIVEN[:children])
    ]
    ties = [Tie(mother.id, child.id, "mother", parental_responsibility=True) for child in brood]
    ties += [Tie(child.id, brood[0].id, "sibling") for child in brood[1:]]
    concerned = [*(Concerned(child.id) for child in brood), Concerned(mother.id, "adult")]
    found: dict[str, Any] = {"concerned": concerned, "new_people": [mother, *brood], "ties": ties}
    for earlier in range(contacts):
        at = AT - timedelta(days=90 * (contacts - earlier))
        contact, _ = take(world, at=at, **found)
        decided(world, contact, "advice_and_information", at=at + timedelta(hours=2))
        found = {"concerned": concerned, "new_people": []}
    # Whoever takes it finds them first, as on the page: what the desk could read has run out.
    by, people = world.actor("Dee Marlow"), [child.id for child in brood]
    look_before_recording(by=by, draft=new_id(), people=people, at=AT)
    waiting, _ = take(world, at=AT, **found)
    return Family(name, people, waiting)


def open_to_jane(world: World, family: Family, *, notes: int) -> None:
    """The waiting contact becomes a referral, Jane carries the children and writes about them."""
    at = AT + timedelta(hours=1)
    decided(world, family.waiting, "referral_assessment", at=at)
    for child in family.children:
        allocate_child(by=world.actor("Mag Price"), child=child, post=world.posts["family-1"], reason="Room", at=at)
    for _ in range(notes):
        write_entry(
            by=world.actor("Jane Smith"), kind="note", concerned=[Concerned(child) for child in family.children],
            words=[Words(text="Seen at home.", about=tuple(family.children))], post=world.posts["family-1"],
            at=at + timedelta(hours=1),
        )  # fmt: skip


def last_of(family: Family) -> str:
    return f"{GIVEN[len(family.children) - 1]} {family.name}"


@pytest.fixture
def small(world: World) -> Family:
    return make_family(world, "Tamblyn", children=2, contacts=1)


@pytest.fixture
def large(world: World) -> Family:
    return make_family(world, "Rosewarne", children=6, contacts=4)


def asked(open_page: Callable[[], Any], *, status: int = 200, shows: str = "") -> int:
    """How many statements one answer takes, when it says what it should."""
    with CaptureQueriesContext(connection) as queries:
        answer = open_page()
    page = answer.content.decode()
    assert answer.status_code == status, page
    assert shows in page
    return len(queries)


def test_searching(sign_in: SignIn, small: Family, large: Family) -> None:
    dee = sign_in("Dee Marlow")

    def found(family: Family) -> int:
        return asked(lambda: dee.post(reverse("search"), {"words": family.name}), shows=last_of(family))

    found(small)
    assert found(small) == found(large)


def test_a_contact_with_what_is_known(sign_in: SignIn, small: Family, large: Family) -> None:
    sol = sign_in("Sol Abara")

    def opened(family: Family) -> int:
        return asked(lambda: sol.get(reverse("contact", args=[family.waiting])), shows=last_of(family))

    opened(small)
    assert opened(small) == opened(large)


def test_deciding(world: World, sign_in: SignIn, small: Family, large: Family) -> None:
    sol = sign_in("Sol Abara")
    first = make_family(world, "Chenoweth", children=2, contacts=1)

    def decide(family: Family) -> int:
        body = {
            "key": str(new_id()), "outcome": "referral_assessment", "need": "N1", "reason": "Two accounts of a bruise.",
            "then": "later",
        }  # fmt: skip
        return asked(lambda: sol.post(reverse("contact-decide", args=[family.waiting]), body), status=302)

    decide(first)
    assert decide(small) == decide(large)


def test_a_child_s_record_and_my_day(world: World, sign_in: SignIn, small: Family, large: Family) -> None:
    open_to_jane(world, small, notes=1)
    jane = sign_in("Jane Smith")

    def opened(family: Family) -> int:
        return asked(lambda: jane.get(reverse("person", args=[family.children[0]])), shows="Seen at home")

    def day(family: Family) -> int:
        return asked(lambda: jane.get(reverse("my-day")), shows=family.name)

    opened(small)
    day(small)
    few, quiet = opened(small), day(small)
    with acting(world.accounts["Sol Abara"]):
        open_to_jane(world, large, notes=8)
    opened(large)
    # Whom it has read already the record's page does not ask for again.
    assert opened(large) <= few
    assert day(large) == quiet
