"""What was played, read once: every row as it stands, in a file for each table, and what copies need to know of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from psycopg import sql

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.replication import lines
from sightline.commands.simulation.replication.change import Played, Row
from sightline.commands.simulation.replication.households import households
from sightline.commands.simulation.replication.mapping import Table, tables_of, told
from sightline.commands.simulation.replication.naming import Names, words_of
from sightline.commands.simulation.replication.numbering import POSTCODE, Numbers
from sightline.commands.simulation.replication.writing import CAPITAL, KEY

SMALL = re.compile(r"(?<![\w@.'\u2019-])[a-zà-ÿ]{2,}(?![\w@])")
RUN = re.compile(rf"{CAPITAL}(?: {CAPITAL})*")
SINCE, HORIZON = 1_577_836_800_000, 4_102_444_800_000
"""2020 and 2100 in milliseconds: a key outside was not made by a clock."""
STANDS = ("post_id", "account_id", "user_id")
"""By which of its columns a row of the staff's belongs to a copied or a shared part: the first that it has."""
SHARED_NAMES = """
SELECT name FROM workforce_account WHERE id <> ALL (%(copied)s::uuid[])
UNION SELECT email FROM workforce_account WHERE id <> ALL (%(copied)s::uuid[])
UNION SELECT name FROM workforce_team WHERE id <> ALL (%(teams)s::uuid[])
UNION SELECT title FROM workforce_post WHERE team_id <> ALL (%(teams)s::uuid[])
UNION SELECT name FROM partnership_agency
UNION SELECT unnest(ARRAY[title, manager_title, email, manager_email]) FROM partnership_agencypost
"""
TEAMS = """
SELECT t.id::text FROM workforce_team t
WHERE t.kind = %s AND EXISTS (SELECT FROM workforce_post p WHERE p.team_id = t.id AND p.id = ANY (%s::uuid[]))
"""
"""A team that has never carried a child has nothing that a copy would need one of its own for."""
ACCOUNTS = """
SELECT o.account_id::text FROM workforce_occupancy o JOIN workforce_post p ON p.id = o.post_id
GROUP BY 1 HAVING bool_and(p.team_id = ANY (%s::uuid[]))
"""


@dataclass
class Core:
    """The tables that are copied, their rows in files, and what is known of the whole."""

    tables: list[Table]
    folder: Path
    played: Played
    rows: int
    size: int
    """Bytes that its tables take, with their indexes."""

    def read(self, table: Table) -> Iterator[Row]:
        """Its rows, those only that a copy has too."""
        for row in lines.read(self.folder / table.name):
            if not table.parted or _is_copied(table, row, self.played.shared):
                yield row


HAS_KEY = "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id' AND atttypid = 'uuid'::regtype"
STAND_INS = """
SELECT late.id::text, late.name, early.id::text, early.name FROM workforce_account late
CROSS JOIN LATERAL (
    SELECT e.id, e.name FROM workforce_account e JOIN workforce_occupancy o ON o.account_id = e.id
    JOIN workforce_occupancy mine ON mine.account_id = late.id
    JOIN workforce_post here ON here.id = o.post_id JOIN workforce_post there ON there.id = mine.post_id
    WHERE e.role = late.role AND e.id <> ALL (%(copied)s::uuid[]) AND e.left_at IS NULL AND o.to_at IS NULL
      AND here.team_id = there.team_id AND here.kind = there.kind AND e.joined_at < late.joined_at
    ORDER BY e.joined_at, e.id LIMIT 1) early
WHERE late.id <> ALL (%(copied)s::uuid[])
  AND late.joined_at > %(begins)s - interval '4 weeks'
"""


def read_core(connection: Connection, folder: Path) -> Core:
    """All that a copy is made from. The connection is the operator's, inside a transaction."""
    tables = tables_of(connection)
    _become(connection, "sightline_steward")
    carrying = _list(connection, "SELECT DISTINCT post_id::text FROM record_allocation WHERE post_id IS NOT NULL")
    _become(connection, "sightline_owner")
    teams = _list(connection, TEAMS, told()["staff"]["copied_kind"], carrying)
    copied = _list(connection, ACCOUNTS, teams)
    rows = sum(_write(connection, table, folder) for table in tables)
    _become(connection, "sightline_owner")
    names = tuple(name for (name,) in connection.execute(SHARED_NAMES, {"copied": copied, "teams": teams}))
    shared = _shared(connection, tables, folder, set(teams), set(copied))
    played = _played(tables, folder, shared, names)
    late = connection.execute(STAND_INS, {"copied": copied, "begins": played.begins}).fetchall()
    played = replace(
        played,
        stand_ins={one: other for one, _, other, _ in late},
        stand_in_names={name: other for _, name, _, other in late},
    )
    return Core(tables, folder, played, rows, _size(connection, tables))


def _write(connection: Connection, table: Table, folder: Path) -> int:
    words = sql.SQL("COPY (SELECT {columns} FROM {table}) TO STDOUT").format(
        columns=sql.SQL(", ").join(sql.Identifier(one.name) for one in table.columns), table=sql.Identifier(table.name)
    )
    _become(connection, table.role)
    count = 0
    with (folder / table.name).open("wb") as file, connection.cursor() as cursor, cursor.copy(words) as copy:
        for part in copy:
            file.write(part)
            count += 1
    return count


def _become(connection: Connection, role: str) -> None:
    connection.execute("SET LOCAL ROLE sightline_owner")
    if role != "sightline_owner":
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))


def _list(connection: Connection, words: str, *values: object) -> list[str]:
    return [row[0] for row in connection.execute(words.encode(), values)]


def _size(connection: Connection, tables: Iterable[Table]) -> int:
    names = [table.name for table in tables]
    row = connection.execute("SELECT sum(pg_total_relation_size(one::regclass)) FROM unnest(%s::text[]) one", [names])
    return int((row.fetchone() or (0,))[0] or 0)


# --- what is shared -----------------------------------------------------------------------------


def _shared(
    connection: Connection, tables: list[Table], folder: Path, teams: set[str], accounts: set[str]
) -> frozenset[str]:
    """Keys that name what every copy leans on: desks and whoever stands there, agencies, packs."""
    keys: set[str] = set()
    for table in told()["tables"]["shared"].split():
        if _has_key(connection, table):
            keys |= set(_list(connection, f'SELECT id::text FROM "{table}"'))  # noqa: S608 - a table's own name
    named = {table.name: table for table in tables}
    for name, is_copied in _staff(teams, accounts):
        table = named[name]
        own = table.key
        if own is not None:
            keys |= {row[own] or "" for row in lines.read(folder / name) if not is_copied(table, row, keys)}
    events, people = named["audit_event"], named["audit_eventperson"]
    about = {row[people.at("event_id")] for row in lines.read(folder / people.name)}
    own = events.at("id")
    for row in lines.read(folder / events.name):
        if row[own] not in about and not _names_copied(row, own, keys):
            keys.add(row[own] or "")
    return frozenset(keys)


def _staff(teams: set[str], accounts: set[str]) -> list[tuple[str, Callable[[Table, Row, set[str]], bool]]]:
    return [
        ("workforce_team", lambda table, row, _: row[table.at("id")] in teams),
        ("workforce_post", lambda table, row, _: row[table.at("team_id")] in teams),
        ("workforce_account", lambda table, row, _: row[table.at("id")] in accounts),
        *((name, _stands_apart) for name in ("workforce_occupancy", "workforce_cover", "workforce_absence")),
    ]


def _stands_apart(table: Table, row: Row, shared: set[str] | frozenset[str]) -> bool:
    names = {one.name for one in table.columns}
    return next(row[table.at(column)] not in shared for column in STANDS if column in names)


def _is_copied(table: Table, row: Row, shared: frozenset[str]) -> bool:
    own = table.key
    if own is not None and table.columns[own].name == "id":
        return row[own] not in shared
    return _stands_apart(table, row, shared)


def _names_copied(row: Row, own: int, shared: set[str]) -> bool:
    keys = (key for at, cell in enumerate(row) if cell and at != own for key in re.findall(KEY, cell))
    return any(key not in shared for key in keys)


def _has_key(connection: Connection, table: str) -> bool:
    return connection.execute(HAS_KEY, [table]).fetchone() is not None


# --- what is known of it ------------------------------------------------------------------------


def _played(tables: list[Table], folder: Path, shared: frozenset[str], fixed: tuple[str, ...]) -> Played:
    named = {table.name: table for table in tables}

    def column(table: str, name: str) -> list[str]:
        at = named[table].at(name)
        return [row[at] or "" for row in lines.read(folder / table)]

    people = frozenset(zip(column("people_name", "given"), column("people_name", "family"), strict=True))
    staff = named["workforce_account"]
    accounts = [row for row in lines.read(folder / staff.name) if row[staff.at("id")] not in shared]
    called = {text for pair in people for text in pair} | {row[staff.at("name")] or "" for row in accounts}
    ordinary, districts = _of_texts(tables, folder)
    moments = sorted(column("people_person", "registered_at")) or [date.today().isoformat()]  # noqa: DTZ011 - nobody is registered
    return Played(
        shared=shared, apart=_apart(tables, folder),
        names=Names(frozenset(word for text in called for word in words_of(text)), people),
        numbers=Numbers((one for one in column("people_identifier", "value") if one), districts),
        births=frozenset(date.fromisoformat(one) for one in column("people_particulars", "birth_date") if one),
        begins=date.fromisoformat(moments[0][:10]),
        ends=max(date.fromisoformat(one[:10]) for one in [*column("audit_event", "at"), moments[-1]]),
        teams=_teams(named["workforce_team"], folder, shared),
        fixed=frozenset(run for name in fixed for run in _fixed(name)),
        registrations=tuple(sorted({row[staff.at("registration")] or "" for row in accounts} - {""})),
        stand_ins={}, stand_in_names={},
        staff=frozenset(row[staff.at("name")] or "" for row in accounts), households=households(tables, folder, shared),
        phones=_phones((named["workforce_team"], named["workforce_account"]), folder, shared), ordinary=ordinary,
    )  # fmt: skip


def _fixed(name: str) -> list[str]:
    """A shared name as texts have it: each run of words with a capital letter, and an address whole."""
    return [name] if "@" in name else [run for run in RUN.findall(name) if run]


def _teams(table: Table, folder: Path, shared: frozenset[str]) -> tuple[tuple[str, str], ...]:
    at = table.at("id"), table.at("key"), table.at("name")
    rows = [row for row in lines.read(folder / table.name) if row[at[0]] not in shared]
    return tuple(sorted((row[at[1]] or "", row[at[2]] or "") for row in rows))


def _phones(tables: tuple[Table, ...], folder: Path, shared: frozenset[str]) -> frozenset[str]:
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for table in tables:
        for row in lines.read(folder / table.name):
            found[row[table.at("id")] in shared].add(row[table.at("phone")] or "")
    return frozenset(found[False] - found[True] - {""})


def _of_texts(tables: list[Table], folder: Path) -> tuple[frozenset[str], set[str]]:
    """The small words of all texts, and the first half of each postcode."""
    small: set[str] = set()
    districts: set[str] = set()
    for table in tables:
        texts = [at for at, one in enumerate(table.columns) if one.kind in {"words", "postcode"}]
        for row in lines.read(folder / table.name) if texts else ():
            for at in texts:
                cell = row[at]
                if cell:
                    small.update(SMALL.findall(cell))
                    districts.update(one.group() for one in POSTCODE.finditer(cell))
    return frozenset(small), districts


def _apart(tables: list[Table], folder: Path) -> int:
    """Over how many milliseconds the keys of what is copied were made, and one more."""
    low, high = HORIZON, 0
    for table in tables:
        own = table.key
        for row in lines.read(folder / table.name) if own is not None else ():
            value = row[own] or ""  # type: ignore[index]  # asked in the line above
            moment = int(value[:8] + value[9:13], 16)
            if value[14:15] == "7" and SINCE <= moment < HORIZON:
                low, high = min(low, moment), max(high, moment)
    return max(high - low + 1, 1)
