"""What was imported, and what the register already has. Read as the account of imports.

The steward's functions answer that account alone: it needs to know of every child, and nobody reads
as it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.kernel.errors import NotFound
from sightline.plans.rules import BroughtIn
from sightline.returns.models import Import, Staged
from sightline.returns.planning import Known
from sightline.returns.rules import MODULES

_FACTS = ("birth_date", "expected_date", "death_date", "sex", "ethnicity", "disabilities")


@dataclass(frozen=True)
class PastImport:
    """A file that was brought in. `counts` as the import itself reported them."""

    id: UUID
    year: int
    reference_date: date
    post: UUID
    at: datetime
    counts: dict[str, object]
    undone_at: datetime | None


@dataclass(frozen=True)
class WorkedOn:
    """A child of an import on whom somebody has worked since, and the tables that say so."""

    person: UUID
    child_id: str
    tables: tuple[str, ...]


def protection_brought_in(children: Iterable[UUID]) -> dict[UUID, list[BroughtIn]]:
    """The child protection plans that files told of for these children, oldest first; read as whoever asks.

    They wait as they were written, and count among the plans before one that is recorded here.
    """
    rows = Staged.objects.filter(person__in=list(children), module=MODULES["protection_plans"], withdrawn_at=None)
    found: dict[UUID, list[BroughtIn]] = {}
    for child, values in rows.order_by("line", "id").values_list("person", "values"):
        [began] = values.get("CPPstartDate", [""])[:1]
        [earlier] = values.get("NumberOfPreviousCPP", [""])[:1]
        number = int(earlier) if earlier.isdecimal() else 0
        found.setdefault(child, []).append(BroughtIn(_day(began), number))
    return found


def _day(written: str) -> date | None:
    """Of a day that is not written as one, nothing is known."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def find_import(sha256: str) -> PastImport | None:
    """The import of the very same file that stands."""
    found = Import.objects.filter(sha256=sha256, undone_at=None).first()
    return _past(found) if found else None


def get_import(batch: UUID) -> PastImport:
    """One import by its key."""
    found = Import.objects.filter(id=batch).first()
    if found is None:
        raise NotFound("There is no such import. Its key was printed when the file was imported.")
    return _past(found)


def list_imports(limit: int = 20) -> list[PastImport]:
    """What was imported, latest first, undone or not."""
    return [_past(row) for row in Import.objects.order_by("-at")[:limit]]


def _past(row: Import) -> PastImport:
    return PastImport(row.id, row.year, row.reference_date, row.post_id, row.at, row.counts, row.undone_at)


def known_children(child_ids: Sequence[str]) -> dict[str, Known]:
    """Whom the register has under these child ids, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, person, facts::text, numbers::text, episodes::text, kept FROM returns_known(%s)",
            [list(child_ids)],
        )
        return {row[0]: _known(*row[1:]) for row in cursor.fetchall()}


def _known(person: UUID, facts: str | None, numbers: str | None, episodes: str | None, kept: list[str]) -> Known:
    believed = json.loads(facts) if facts else {}
    believed["disabilities"] = sorted(believed.get("disabilities") or [])
    of_day: dict[date, tuple[UUID, date | None]] = {}
    for opened_on, episode, closed_on in json.loads(episodes) if episodes else []:
        # Of two of one day the first that was opened counts, as it does within a file.
        of_day.setdefault(
            date.fromisoformat(opened_on), (UUID(episode), date.fromisoformat(closed_on) if closed_on else None)
        )
    return Known(
        person=person,
        facts={name: believed.get(name) for name in _FACTS},
        numbers=frozenset((scheme, value) for scheme, value in (json.loads(numbers) if numbers else [])),
        episodes=of_day,
        kept=frozenset(kept),
    )


def numbers_held(pupil_numbers: Iterable[str]) -> frozenset[str]:
    """Which of these pupil numbers somebody in the register has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM returns_numbers_held(%s)", [list(pupil_numbers)])
        return frozenset(row[0] for row in cursor.fetchall())


def list_worked_on(batch: UUID) -> list[WorkedOn]:
    """Children of an import on whom somebody has worked since, by child id. Locks the children of the import."""
    tables: dict[UUID, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, what FROM returns_worked_on(%s)", [batch])
        for person, what in cursor.fetchall():
            tables.setdefault(person, set()).add(what)
        cursor.execute("SELECT person, child_id FROM returns_child_ids(%s)", [list(tables)])
        names = dict(cursor.fetchall())
    found = [WorkedOn(person, names.get(person, ""), tuple(sorted(what))) for person, what in tables.items()]
    return sorted(found, key=lambda one: one.child_id)


def people_of(batch: UUID) -> list[UUID]:
    """Everybody whom an import brought in or found, and has not been withdrawn with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM returns_people_of(%s)", [batch])
        return [row[0] for row in cursor.fetchall()]
