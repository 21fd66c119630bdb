"""The newest of all that somebody may read, and how much it is, whoever they are.

A policy is asked of every row, and a question about all of mine would read the rows of every child of mine. The
database's functions ask the rule once for each child, or walk back from today until they have enough; what they
find is then read under the policies, like anything else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from sightline.record.reading_entries import EntryView, list_entries


@dataclass(frozen=True)
class Mine:
    """How many people the person who acts may read about, and how many entries stand about them."""

    people: int
    entries: int


def list_newest_of_mine(*, limit: int = 50) -> Sequence[EntryView]:
    """What happened last to anybody whom the person who acts may read about, newest first; at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM record_newest_of_mine(%s)", [limit])
        keys = [row[0] for row in cursor.fetchall()]
    found = list_entries(keys)
    return [found[key] for key in keys if key in found]


def count_mine() -> Mine:
    """How many people and entries `list_newest_of_mine` would come to, if it went on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people, entries FROM record_count_of_mine()")
        people, entries = cursor.fetchone()
    return Mine(people, entries)
