"""When children were last seen, what was tried since, and rows of attempts without access.

The cost for each child does not grow with the length of the record: the latest attempt of each outcome is
one step into an index, and a row is read only back to what broke it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.record.models import Entry
from sightline.record.rules import ALONE, AT_MOST, ENDS_NO_ACCESS, GLIMPSED, NO_ACCESS, NOT_ALONE, SEEN


@dataclass(frozen=True)
class LastSeen:
    """When a child was last seen, and seen alone, and how many attempts or visits in a row did not.

    `glimpsed_at` is when they were last seen on the doorstep or by video (`glimpsed_how`), which counts as
    neither. The rows are counted up to `rules.AT_MOST`.
    """

    seen_at: datetime | None
    alone_at: datetime | None
    not_seen_in_a_row: int
    not_alone_in_a_row: int = 0
    glimpsed_at: datetime | None = None
    glimpsed_how: str = ""


@dataclass(frozen=True)
class Attempt:
    """One visit, appointment or other time at which somebody set out to see a child."""

    entry: UUID
    kind: str
    seen: str
    occurred_at: datetime
    agency: UUID | None


@dataclass(frozen=True)
class NoAccess:
    """Attempts without access in a row, newest first, whichever agency made them: one pattern."""

    attempts: tuple[Attempt, ...]


# What is on a child's record at a moment; the row policies decide beside it what may be read.
_NOW = "s.withdrawn_at IS NULL AND s.superseded_at IS NULL"
_THEN = (
    "s.withdrawn_at IS NULL AND s.recorded_at <= %(as_at)s AND (s.superseded_at IS NULL OR s.superseded_at > %(as_at)s)"
)
_NEWEST_FIRST = "s.occurred_from DESC, s.entry_id DESC"

# One step into the index for each outcome asked about: it is ordered by time within an outcome.
_LATEST = """
    LEFT JOIN LATERAL (
        SELECT one.* FROM unnest(%({name})s::text[]) AS way CROSS JOIN LATERAL (
            SELECT s.occurred_from, s.entry_id, s.seen FROM record_entrysubject s
            WHERE s.person_id = asked.person AND s.seen = way AND s.seen <> '' AND {standing}
            ORDER BY {newest_first} LIMIT 1
        ) one ORDER BY 1 DESC, 2 DESC LIMIT 1
    ) {name} ON true
"""
_SINCE = """
    SELECT s.entry_id, s.kind, s.seen, s.occurred_from FROM record_entrysubject s
    WHERE s.person_id = asked.person AND s.seen <> '' AND s.seen = ANY (%({counted})s) AND {standing}
      AND ({broken}.entry_id IS NULL OR (s.occurred_from, s.entry_id) > ({broken}.occurred_from, {broken}.entry_id))
    ORDER BY {newest_first} LIMIT %(at_most)s
"""
_SETS: dict[str, Any] = {
    "seen": sorted(SEEN),
    "alone": sorted(ALONE),
    "glimpsed": sorted(GLIMPSED),
    "ended": sorted(ENDS_NO_ACCESS),
    "no_access": sorted(NO_ACCESS),
    "not_alone": sorted(NOT_ALONE),
    "at_most": AT_MOST,
}


def last_seen_of(people: Iterable[UUID], *, as_at: datetime | None = None) -> Mapping[UUID, LastSeen]:
    """When each of these children was last seen, in one query; nothing of one whom nobody set out to see."""
    latest = "".join(_latest(name, as_at) for name in ("seen", "alone", "glimpsed", "ended"))
    rows = _ask(
        "SELECT asked.person, seen.occurred_from, alone.occurred_from, no_access.number, not_alone.number,"  # noqa: S608 (clauses of this file)
        " glimpsed.occurred_from, coalesce(glimpsed.seen, '')"
        f" FROM unnest(%(people)s::uuid[]) AS asked(person) {latest}"
        f" CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({_since('no_access', 'ended', as_at)}) o) no_access"
        f" CROSS JOIN LATERAL (SELECT count(*) AS number FROM ({_since('not_alone', 'alone', as_at)}) o) not_alone"
        " WHERE EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.person_id = asked.person AND s.seen <> ''"
        f" AND {_standing(as_at)} OFFSET 0)",
        people,
        as_at=as_at,
    )
    return {row[0]: LastSeen(*row[1:]) for row in rows}


def list_attempts(people: Iterable[UUID], *, limit: int = 12) -> dict[UUID, list[Attempt]]:
    """The latest attempts to see each of these children, newest first, in two queries."""
    rows = _ask(
        "SELECT asked.person, o.* FROM unnest(%(people)s::uuid[]) AS asked(person) CROSS JOIN LATERAL ("  # noqa: S608 (clauses of this file)
        " SELECT s.entry_id, s.kind, s.seen, s.occurred_from FROM record_entrysubject s"
        f" WHERE s.person_id = asked.person AND s.seen <> '' AND {_NOW}"
        f" ORDER BY {_NEWEST_FIRST} LIMIT %(at_most)s) o ORDER BY o.occurred_from DESC, o.entry_id DESC",
        people,
        at_most=limit,
    )
    return _attempts(rows)


def no_access_patterns(people: Iterable[UUID], number: int) -> dict[UUID, NoAccess]:
    """Those of these children with so many attempts without access in a row, in two queries.

    The latest `rules.AT_MOST` of the row are given.
    """
    rows = _ask(
        f"SELECT asked.person, o.* FROM unnest(%(people)s::uuid[]) AS asked(person) {_latest('ended', None)}"  # noqa: S608 (clauses of this file)
        f" CROSS JOIN LATERAL ({_since('no_access', 'ended', None)}) o"
        " ORDER BY o.occurred_from DESC, o.entry_id DESC",
        people,
    )
    in_a_row = Counter(row[0] for row in rows)
    found = _attempts([row for row in rows if in_a_row[row[0]] >= number])
    return {child: NoAccess(tuple(attempts)) for child, attempts in found.items()}


def _standing(as_at: datetime | None) -> str:
    return _NOW if as_at is None else _THEN


def _latest(name: str, as_at: datetime | None) -> str:
    return _LATEST.format(name=name, standing=_standing(as_at), newest_first=_NEWEST_FIRST)


def _since(counted: str, broken: str, as_at: datetime | None) -> str:
    return _SINCE.format(counted=counted, broken=broken, standing=_standing(as_at), newest_first=_NEWEST_FIRST)


def _ask(statement: str, people: Iterable[UUID], **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_SETS, **given, "people": list(dict.fromkeys(people))})
        return list(cursor.fetchall())


def _attempts(rows: list[tuple[Any, ...]]) -> dict[UUID, list[Attempt]]:
    agencies = dict(Entry.objects.filter(id__in={row[1] for row in rows}).values_list("id", "agency"))
    found: dict[UUID, list[Attempt]] = {}
    for person, entry, kind, seen, occurred_at in rows:
        found.setdefault(person, []).append(Attempt(entry, kind, seen, occurred_at, agencies.get(entry)))
    return found
