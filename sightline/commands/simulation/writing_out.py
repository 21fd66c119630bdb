"""A played authority as files: a table each, who is truly who, and by what it can be played again."""

import json
from pathlib import Path

from psycopg import sql

from sightline.commands.postgres.roles import Connection, DatabaseRefused
from sightline.commands.simulation.fingerprint import fingerprint
from sightline.commands.simulation.truth import Truth

TOLD = "authority.json"
TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(django|auth|account|procrastinate)_'
ORDER BY 1
"""


def refuse_unless_empty(folder: Path) -> None:
    """Refuses a folder in which something is already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DatabaseRefused(f"There is something in {folder} already. Name a folder that is empty or not there yet.")


def write_out(connection: Connection, folder: Path, truth: Truth, *, played: dict[str, object]) -> int:
    """Each table that holds a row as CSV, in UTF-8 with a line of names; how many. `played` is what was asked for.

    The connection is the operator's. What says what the folder holds is written last: without it, it is not whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    for (table,) in connection.execute(TABLES.encode()).fetchall():
        counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        if counted and counted[0]:
            rows[table] = counted[0]
            _copy(connection, table, folder / f"{table}.csv")
    truth.write(folder)
    told = {"played": played, "rows": rows, "fingerprint": fingerprint(connection)}
    (folder / TOLD).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return len(rows)


def _copy(connection: Connection, table: str, file: Path) -> None:
    words = sql.SQL("COPY {} TO STDOUT WITH (FORMAT csv, HEADER)").format(sql.Identifier(table))
    with file.open("wb") as lines, connection.cursor().copy(words) as told:
        lines.writelines(bytes(part) for part in told)
