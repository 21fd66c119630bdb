"""A child's protection is read with as many queries for one discussion, enquiry or order as for three."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.doorway.acts import acting
from sightline.enquiries.operations import ask_for_medical
from sightline.enquiries.queries import list_discussions, list_enquiries, list_medicals, list_orders
from tests.enquiries.protecting import AT, DAY, ask, enquiry, hold, order
from tests.plans.household import Household


def discuss(household: Household, place: int) -> None:
    hold(household, ask(household, "Chi", at=AT + place * DAY), at=AT + place * DAY)


def enquire(household: Household, place: int) -> None:
    enquiry(household, "Chi", at=AT + place * DAY)


def order_one(household: Household, place: int) -> None:
    order(household, began_at=AT + place * DAY)


def examine(household: Household, place: int) -> None:
    ask_for_medical(by=household.jane, child=household["Chi"], at=AT + place * DAY)


READS: dict[str, tuple[Callable[..., None], Callable[..., Any]]] = {
    "discussions": (discuss, list_discussions),
    "enquiries": (enquire, list_enquiries),
    "orders": (order_one, lambda children: list_orders(children, AT + timedelta(days=30))),
    "medicals": (examine, list_medicals),
}
MOST = {"discussions": 4, "enquiries": 3, "orders": 3, "medicals": 1}


@pytest.mark.parametrize("what", sorted(READS))
def test_three_are_read_with_as_many_queries_as_one(household: Household, what: str) -> None:
    make, read = READS[what]
    make(household, 0)
    one = counted(household, read)
    make(household, 1)
    make(household, 2)
    assert counted(household, read) == one
    assert one <= MOST[what]


def counted(household: Household, read: Callable[..., Any]) -> int:
    with acting(household.jane.id), CaptureQueriesContext(connection) as queries:
        assert read([household["Chi"]])
    return len(queries)
