"""The pages of an assessment ask the database as often for four children with a long history as for one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from sightline.assessments.operations import write_part
from sightline.assessments.rules import places_of
from sightline.doorway.acts import set_actor
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.practice.queries import current_pack
from tests.journeys.world import World
from tests.web.front_door.conftest import sign_in, world
from tests.web.front_door.desk import AT
from tests.web.front_door.test_number_of_queries import Family, asked, make_family, open_to_jane

__all__ = ["sign_in", "world"]
SignIn = Callable[[str], Client]


def assess(world: World, family: Family, *, signed: int) -> UUID:
    """Every part is written, the family was assessed so often before, and it is being assessed again."""
    jane, mag = world.actor("Jane Smith"), world.actor("Mag Price")
    document = UUID(int=0)
    for number in range(signed + 1):
        document = begin_assessment(by=jane, children=family.children, why="A worry.", at=AT)
        if number == 0:
            _write_all(document, family, jane)
        if number < signed:
            _sign(document, jane, mag)
    return document


def _write_all(document: UUID, family: Family, jane: Any) -> None:
    for key, child in places_of(current_pack(AT).form("assessment").questions, family.children):
        write_part(by=jane, assessment=document, key=key, child=child, text="Seen.", base=0, at=AT)


def _sign(document: UUID, jane: Any, mag: Any) -> None:
    from sightline.assessments.queries import get_document

    found = get_document(document).round
    assert found is not None
    send_to_manager(by=jane, round=found.id, reasons={}, at=AT)
    sign_off(by=mag, round=found.id, outcome="plan_goes_on", at=AT)
    set_actor(jane.id)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("assessment", ()),
        ("assessment-section", ("why",)),
        ("assessment-factors", ()),
        ("assessment-evidence", ()),
        ("assessment-send", ()),
    ],
)
def test_the_document_and_its_pages(world: World, sign_in: SignIn, name: str, more: tuple[str, ...]) -> None:
    small = make_family(world, "Tamblyn", children=1, contacts=1)
    large = make_family(world, "Rosewarne", children=4, contacts=4)
    for family in (small, large):
        open_to_jane(world, family, notes=1)
    few, many = assess(world, small, signed=1), assess(world, large, signed=3)
    jane = sign_in("Jane Smith")

    def opened(document: UUID) -> int:
        return asked(lambda: jane.get(reverse(name, args=[document, *more])))

    opened(few)
    assert opened(many) == opened(few)

    def tab(family: Family) -> int:
        return asked(lambda: jane.get(reverse("person-assessment", args=[family.children[0]])))

    assert tab(large) == tab(small)
