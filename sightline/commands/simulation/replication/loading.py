"""Copies on their way into the database: as many rows a second as it takes, and all of them or none.

A table behind the fence takes no COPY from a role that the fence holds, so rows are copied to a table of the
session's own and moved in one statement as the steward. What leans on what is checked when a copy is whole.
"""

from collections.abc import Iterable
from itertools import chain, islice

from psycopg import sql

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.replication import lines
from sightline.commands.simulation.replication.change import Row
from sightline.commands.simulation.replication.mapping import Column, Table

TOKENS = Table(
    "people_nametoken",
    tuple(
        Column(name, kind, is_list=False, is_key=name == "id")
        for name, kind in zip(
            ("id", "name_id", "person_id", "token", "is_family"), ("key", "key", "key", "name", "same"), strict=True
        )
    ),
    parted=False,
)
AT_ONCE = 5000


class Loading:
    """Takes a copy's rows, table by table. `connection` is the operator's, inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows = 0
        self._staged: set[str] = set()

    def take(self, table: Table, rows: Iterable[Row]) -> int:
        """Writes those rows; says how many they were."""
        source = iter(rows)
        first = next(source, None)
        if first is None:
            return 0
        if table.fenced:
            self._stage(table)
        self.connection.execute("SET LOCAL ROLE sightline_owner")
        into = "COPY {stage} FROM STDIN" if table.fenced else "COPY {table} ({columns}) FROM STDIN"
        count, source = 0, chain((first,), source)
        with self.connection.cursor() as cursor, cursor.copy(_words(into, table)) as copy:
            while part := [lines.line(row) for row in islice(source, AT_ONCE)]:
                copy.write("".join(part))
                count += len(part)
        if table.fenced:
            self.connection.execute("SET LOCAL ROLE sightline_steward")
            self.connection.execute(_words("INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage}", table))
            self.connection.execute("SET LOCAL ROLE sightline_owner")
            self.connection.execute(_words("TRUNCATE {stage}", table))
        self.rows += count
        return count

    def whole(self) -> None:
        """The copy is complete: what leans on what is checked now, and not of all copies at the end."""
        self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.connection.execute("SET CONSTRAINTS ALL DEFERRED")

    def _stage(self, table: Table) -> None:
        if table.name in self._staged:
            return
        self._staged.add(table.name)
        self.connection.execute("SET LOCAL ROLE sightline_owner")
        self.connection.execute(
            _words("CREATE TEMPORARY TABLE {stage} AS SELECT {columns} FROM {table} WITH NO DATA", table)
        )
        self.connection.execute(_words("GRANT ALL ON {stage} TO sightline_steward", table))


def _words(words: str, table: Table) -> sql.Composed:
    return sql.SQL(words).format(  # type: ignore[arg-type]  # every caller's words are literal
        table=sql.Identifier(table.name),
        stage=sql.Identifier("pg_temp", f"copied_{table.name}"),
        columns=sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns),
    )
