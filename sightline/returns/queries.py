"""What was imported, and what the register already has. Read as the account of imports.

The steward's functions answer that account alone: it needs to know of every child, and nobody reads
as it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.kernel.errors import NotFound
from sightline.returns.earlier import KINDS
from sightline.returns.matching import Held
from sightline.returns.models import Import
from sightline.returns.planning import Known

_FACTS = ("birth_date", "expected_date", "death_date", "sex", "ethnicity", "disabilities", "upn_unknown")
_COLUMNS = {kind.SOURCE: tuple(one.name for one in fields(kind) if one.name != "line") for kind in KINDS}


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


def _past(row: Import) -> PastImport:
    return PastImport(row.id, row.year, row.reference_date, row.post_id, row.at, row.counts, row.undone_at)


def known_children(child_ids: Sequence[str]) -> dict[str, Known]:
    """Whom the register has under these child ids, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child_id, person, facts::text, numbers::text, episodes::text, kept FROM returns_known(%s)",
            [list(child_ids)],
        )
        found = {row[0]: _known(*row[1:]) for row in cursor.fetchall()}
    people = [one.person for one in found.values()]
    held, own = _held_of(people), _own_of(people)
    return {
        child: replace(one, held=tuple(held.get(one.person, ())), own=frozenset(own.get(one.person, ())))
        for child, one in found.items()
    }


def _held_of(people: Sequence[UUID]) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, source, held::text, worked_on, told_on FROM returns_held(%s)", [list(people)])
        for person, source, held, worked_on, told_on in cursor.fetchall():
            row = json.loads(held)
            step = row.get("step_id")
            found.setdefault(person, []).append(
                Held(
                    row=UUID(row["id"]),
                    source=source,
                    values={name: row[name] for name in _COLUMNS[source]},
                    step=UUID(step) if step else None,
                    worked_on=worked_on,
                    told_on=told_on,
                )
            )
    return found


def _own_of(people: Sequence[UUID]) -> dict[UUID, set[tuple[str, str, str]]]:
    """The places of what was done here: table, kind and first day, as a file's would be."""
    found: dict[UUID, set[tuple[str, str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, source, kind, began_on FROM returns_own(%s)", [list(people)])
        for person, source, kind, began_on in cursor.fetchall():
            found.setdefault(person, set()).add((source, kind, began_on.isoformat()))
    return found


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
