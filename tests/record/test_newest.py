"""The newest of all that somebody may read: what the policies answer, whoever asks and however many are theirs."""

from uuid import UUID

import pytest
from django.db import connection

from sightline.doorway.acts import acting
from sightline.record.models import EntrySubject
from sightline.record.queries import count_mine, list_newest_of_mine
from tests.universe import Universe


def by_the_policies() -> list[UUID]:
    """Every standing entry that the person who acts may read, newest first."""
    rows = EntrySubject.objects.filter(superseded_at=None, withdrawn_at=None).order_by("-occurred_from", "-entry")
    return list(dict.fromkeys(rows.values_list("entry", flat=True)))


@pytest.mark.parametrize("few_are", [1000, 0])
def test_the_newest_are_those_that_the_policies_let_through(universe: Universe, few_are: int) -> None:
    answered = 0
    for account in universe.authority.accounts.values():
        with acting(account):
            expected = by_the_policies()
            assert newest(7, few_are) == expected[:7]
            assert newest(200, few_are) == expected[:200]
            assert [one.id for one in list_newest_of_mine()] == expected[:50]
            answered += bool(expected)
    assert answered > 5


def newest(limit: int, few_are: int) -> list[UUID]:
    """Answered child by child, or walking back from today, as by how many are few."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM record_newest_of_mine(%s, %s)", [limit, few_are])
        return [row[0] for row in cursor.fetchall()]


def test_what_is_mine_is_counted_as_the_policies_would(universe: Universe) -> None:
    for account in universe.authority.accounts.values():
        with acting(account):
            rows = EntrySubject.objects.filter(superseded_at=None, withdrawn_at=None)
            assert count_mine().entries == rows.count()


def test_nobody_acting_is_told_nothing(universe: Universe) -> None:
    with acting(None):
        assert (list_newest_of_mine(), count_mine().people) == ([], 0)
