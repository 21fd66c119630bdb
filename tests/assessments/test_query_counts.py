"""Reading costs the same with one as with many: parts, versions, signed assessments, conclusions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.assessments.operations import mark_factors, record_conclusion
from sightline.assessments.queries import (
    get_document,
    get_document_of,
    list_conclusions,
    list_missing,
    list_open_rounds,
    list_signed,
)
from sightline.doorway.acts import acting
from sightline.people.operations import record_address
from sightline.practice.queries import current_pack
from tests.assessments.family import FIRST_HOME, Family
from tests.journeys.world import BEGIN


def asked(family: Family, read: Callable[[], Any]) -> int:
    with acting(family.world.accounts["Fay Lund"]), CaptureQueriesContext(connection) as found:
        read()
    return len(found)


def written_once(family: Family, *children: str, at: datetime = BEGIN) -> tuple[Any, Any]:
    document, step = family.begin(*children, at=at)
    family.write(document, "history", f"At {at}.", at=at)
    mark_factors(by=family.who("Jane Smith"), assessment=document, child=family["Ava"], codes=["1A"], at=at)
    return document, step


def test_reading_asks_the_same_number_of_queries_with_one_as_with_many(family: Family) -> None:
    document, step = written_once(family, "Ava")
    family.signed(step)
    conclude(family)
    _, open_round = family.begin("Ava", at=BEGIN + timedelta(days=30))
    family.submit(open_round, at=BEGIN + timedelta(days=30))
    few = {name: asked(family, read) for name, read in reads(family, document, open_round).items()}
    for years in (1, 2, 3):
        at = BEGIN + timedelta(days=30 + 20 * years)
        _, step = written_once(family, "Ava", "Ben", "Cal", at=at)
        family.signed(step, at=at)
        conclude(family, at=at)
        record_address(by=family.who("Jane Smith"), person=family["Lee"], lines=f"{years} {FIRST_HOME}", at=at)
    for question in current_pack(BEGIN).form("assessment").questions:
        for child in ("Ava", "Ben", "Cal") if question.asked_of == "child" else ("",):
            family.write(document, question.key, "Words.", child=child, at=BEGIN + timedelta(days=100))
    many = {name: asked(family, read) for name, read in reads(family, document, open_round).items()}
    assert many == few
    assert max(many.values()) <= 20


def reads(family: Family, document: Any, step: Any) -> dict[str, Callable[[], Any]]:
    return {
        "document": lambda: get_document(document),
        "document of a child": lambda: get_document_of(family["Ava"]),
        "signed": lambda: list_signed([family["Ava"]]),
        "open rounds of posts": lambda: list_open_rounds(posts=[family.world.posts["family-1"]]),
        "open rounds of children": lambda: list_open_rounds(children=[family["Ava"], family["Ben"]]),
        "missing": lambda: list_missing(step),
        "conclusions": lambda: list_conclusions([family["Ava"]]),
    }


def conclude(family: Family, at: datetime = BEGIN) -> None:
    record_conclusion(
        by=family.who("Jane Smith"), children=[family["Ava"], family["Ben"]], adult=family["Dana"],
        words="Dana is protective.", basis="Seen.", concluded_on=at.date(), at=at,
    )  # fmt: skip


@pytest.mark.parametrize("children", [("Ava",), ("Ava", "Ben", "Cal")])
def test_signing_asks_the_same_number_of_queries_however_much_is_signed(
    family: Family, children: tuple[str, ...]
) -> None:
    document, step = family.begin(*children)
    first = "Ava"
    family.write(document, "wishes", "Words.", child=first)
    few = _signing(family, step)
    again, step = family.begin(*children, at=BEGIN + timedelta(days=1))
    for question in current_pack(BEGIN).form("assessment").questions:
        for child in children if question.asked_of == "child" else ("",):
            family.write(again, question.key, "Many words.", child=child, at=BEGIN + timedelta(days=1))
    assert _signing(family, step, at=BEGIN + timedelta(days=1)) == few


def _signing(family: Family, step: Any, at: datetime = BEGIN) -> int:
    family.submit(step, at=at)
    with CaptureQueriesContext(connection) as found:
        family.authorise(step, at=at)
    return len(found)
