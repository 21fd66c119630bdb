"""A small authority is copied twice: what held holds, nobody in it is anybody else, and the fence stands between."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connection, transaction

from sightline.commands.demonstration.families import maddox, penhallow
from sightline.commands.postgres import roles
from sightline.commands.simulation import invariants
from sightline.commands.simulation.replication import TooLarge, Wished, replicate
from sightline.commands.simulation.replication.change import Change
from sightline.commands.simulation.replication.mapping import Unclassified, tables_of
from sightline.doorway.acts import acting
from tests.universe import QUICK, make_universe

COPIES = 2
OF_THE_FIRST = (
    "people_name", "people_particulars", "people_home", "people_identifier", "record_entry", "record_passage",
    "record_step", "access_grant", "audit_event", "workforce_account", "workforce_post", "workforce_team",
)  # fmt: skip
CARRIED = """
SELECT a.child_id, o.account_id FROM record_allocation a JOIN workforce_post p ON p.id = a.post_id
JOIN workforce_team t ON t.id = p.team_id JOIN workforce_occupancy o ON o.post_id = p.id AND o.to_at IS NULL
WHERE a.to_at IS NULL AND t.kind = 'casework' ORDER BY a.id DESC
"""
"""Those of the first come first: a copy's keys are earlier."""


@pytest.fixture
def operator(transactional_db: None, settings: Any) -> Iterator[psycopg.Connection[Any]]:
    """Two families, told and kept, and a connection that sees everything."""
    settings.PASSWORD_HASHERS = QUICK
    with transaction.atomic():
        make_universe(empty=False, families=(penhallow, maddox))
    with roles.connect(str(configured.DATABASES["default"]["NAME"])) as operator:
        yield operator


def wished(folder: Path, copies: int = COPIES) -> Wished:
    return Wished(copies=copies, children=4, years=1, seed=7, folder=folder)


def asked(operator: psycopg.Connection[Any], words: str, *values: object) -> list[Any]:
    return operator.execute(words.encode(), values).fetchall()


def broken() -> dict[str, list[str]]:
    with invariants.reading_all(str(connection.settings_dict["NAME"])) as reading:
        return invariants.broken(reading, at=datetime.now(UTC))


def test_an_authority_is_copied_and_stopped_and_refused(operator: psycopg.Connection[Any], tmp_path: Path) -> None:
    """One telling for all of it: the families take longer to tell than to copy."""
    before, first = set(broken()), {table: _rows(operator, table) for table in OF_THE_FIRST}
    children = _children(operator)
    _stops_half_way(operator, tmp_path, first)
    _is_refused(operator, tmp_path)
    changes: list[Change] = []
    made = replicate(operator, wished(tmp_path), say=lambda _: None, keep=changes.append)
    assert made.copies == COPIES
    assert made.rows > 100
    assert set(broken()) <= before
    assert _children(operator) == children * (COPIES + 1)
    for table, rows in first.items():
        assert rows <= _rows(operator, table), f"the first {table} is not as it was"
    _nobody_is_anybody_else(operator)
    _texts_and_register_agree(operator, changes)
    _names_are_found(operator)
    _worker_reads_the_copied_child_alone(operator, changes[0])


def _rows(operator: psycopg.Connection[Any], table: str) -> set[str]:
    return {row[0] for row in asked(operator, f'SELECT one::text FROM "{table}" one')}  # noqa: S608 - the tables above


def _children(operator: psycopg.Connection[Any]) -> int:
    return int(asked(operator, "SELECT count(*) FROM people_person WHERE kind = 'child'")[0][0])


def _stops_half_way(operator: psycopg.Connection[Any], folder: Path, first: dict[str, set[str]]) -> None:
    def stop(words: str) -> None:
        if words.endswith(" rows") and not words.endswith(" 0 rows"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        replicate(operator, wished(folder), say=stop)
    assert "It stopped at copy 2 of 2, after" in stopped.value.__notes__[0]
    assert {table: _rows(operator, table) for table in first} == first


def _is_refused(operator: psycopg.Connection[Any], folder: Path) -> None:
    with pytest.raises(TooLarge, match="GB are free"):
        replicate(operator, wished(folder, copies=100_000_000), say=lambda _: None)
    with operator.transaction(force_rollback=True):
        operator.execute("ALTER TABLE people_name ADD COLUMN nickname varchar(20), ADD COLUMN shoe money")
        operator.execute("CREATE TABLE people_pet (id uuid PRIMARY KEY, name text)")
        with pytest.raises(Unclassified, match=r"people_name\.nickname, people_name\.shoe, people_pet"):
            tables_of(operator)


def _nobody_is_anybody_else(operator: psycopg.Connection[Any]) -> None:
    alike = asked(
        operator,
        "SELECT n.given, n.family, p.birth_date FROM people_name n JOIN people_particulars p USING (person_id)"
        " WHERE p.birth_date IS NOT NULL GROUP BY 1, 2, 3 HAVING count(DISTINCT person_id) > 1",
    )
    assert alike == []
    numbers = asked(operator, "SELECT value FROM people_identifier GROUP BY 1 HAVING count(DISTINCT person_id) > 1")
    assert numbers == []
    assert asked(operator, "SELECT match_key FROM people_home GROUP BY 1 HAVING count(*) > 1") == []


def _texts_and_register_agree(operator: psycopg.Connection[Any], changes: list[Change]) -> None:
    """Where a passage names whom it is about, the copy's passage names them as the copy's register does."""
    named = asked(
        operator,
        "SELECT s.passage_id::text, s.person_id::text, n.given FROM record_passagesubject s"
        " JOIN record_passage p ON p.id = s.passage_id JOIN people_name n ON n.person_id = s.person_id"
        r" WHERE length(n.given) > 2 AND p.text ~ ('\m' || n.given || '\M')",
    )
    told = {(passage, person): given for passage, person, given in named}
    texts = dict(asked(operator, "SELECT id::text, text FROM record_passage"))
    first = {pair for pair in told if changes[0].key(pair[0]) in texts and changes[1].key(pair[0]) in texts}
    assert len(first) > 3
    for change in changes:
        for passage, person in first:
            other = told.get((change.key(passage), change.key(person)))
            assert other is not None, f"{texts[passage]!r} became {texts[change.key(passage)]!r}"
            assert other != told[passage, person]
            assert told[passage, person] not in texts[change.key(passage)].replace("'", " ").split()


def _names_are_found(operator: psycopg.Connection[Any]) -> None:
    words = (
        "SELECT n.given FROM people_name n WHERE NOT EXISTS"
        " (SELECT FROM people_nametoken t JOIN people_word w ON w.word = t.token WHERE t.name_id = n.id)"
    )
    assert asked(operator, words) == []


def _worker_reads_the_copied_child_alone(operator: psycopg.Connection[Any], change: Change) -> None:
    child, worker = next(
        (child, worker) for child, worker in asked(operator, CARRIED) if change.key(str(worker)) != str(worker)
    )
    theirs, copied = UUID(change.key(str(child))), UUID(change.key(str(worker)))
    assert _reads(worker) >= {child}
    assert theirs not in _reads(worker)
    assert _reads(copied) >= {theirs}
    assert child not in _reads(copied)


def _reads(worker: UUID) -> set[UUID]:
    with transaction.atomic(), acting(worker), connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM people_name")
        return {row[0] for row in cursor.fetchall()}
