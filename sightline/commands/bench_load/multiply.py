"""Makes a loaded record larger where it stands: each table copied in the database, with keys, names and homes anew.

A key's copy is the key with other digits where every key has a 7 (its version), so that it is nobody's yet, keeps its
moment, and what leans on what still does, without a list of pairs.
Teams of casework, their posts and their people are copied with their families; the front door is everybody's.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from psycopg import sql

from sightline.commands.bench_front_door.chance import BOYS, GIRLS, Chance
from sightline.commands.bench_front_door.loader import Say
from sightline.commands.bench_front_door.people import words_of
from sightline.commands.bench_front_door.sink import TABLES
from sightline.commands.postgres.roles import Connection

SHARED_TABLES = ("workforce_account", "workforce_team", "workforce_post", "workforce_occupancy")
NEVER_COPIED = ("partnership_agency", "partnership_agencypost")
GIVEN_NEAR, FAMILY_NEAR = 8, 64
"""A name becomes one that is about as common: so many ranks are turned round among themselves."""

COPIED = "overlay({key}::text PLACING '{digits}' FROM 15 FOR 4)::uuid"
NUMBERED = "900000000 + (substr(t.value, 1, 9)::bigint - 900000000 + {copy} * 12345701::bigint) % 100000000"
WEIGHED = "SELECT sum(substr(n::text, i, 1)::int * (11 - i))::int FROM generate_series(1, 9) i"
# A number whose check would be ten is never given: the next one (or the last) is.
NHS = (
    f"(SELECT whole.n::text || ((11 - ({WEIGHED}) % 11) % 11)::text FROM (SELECT CASE"  # noqa: S608 (of constants)
    f" WHEN ({WEIGHED}) % 11 <> 1 THEN n WHEN n % 10 = 9 THEN n - 1 ELSE n + 1 END AS n"
    f" FROM (SELECT {NUMBERED} AS n) AS turned) AS whole)"
)
TOWN = "regexp_replace(t.{column}, '^[0-9]+', (substring(t.{column} FROM '^[0-9]+')::int + 120 * {copy})::text)"
ANEW: dict[tuple[str, str], str] = {
    ("workforce_account", "email"): "'c{copy}-' || t.email",
    ("workforce_team", "key"): "t.key || '-c{copy}'",
    ("workforce_team", "name"): "t.name || '.{copy}'",
    ("workforce_post", "key"): "t.key || '-c{copy}'",
    ("people_name", "given"): "coalesce(given.becomes, t.given)",
    ("people_name", "family"): "coalesce(family.becomes, t.family)",
    ("people_home", "lines"): TOWN.replace("{column}", "lines"),
    ("people_home", "match_key"): TOWN.replace("{column}", "match_key"),
    ("people_identifier", "value"): f"CASE t.scheme WHEN 'nhs' THEN {NHS} ELSE t.value || '{{copy}}' END",
}
"""What is not the same in a copy, beside its keys. `t` is the row, `{copy}` the copy's number."""
TURNED = (
    " LEFT JOIN pg_temp.turned given ON given.copy = {copy} AND given.kind = 'given' AND given.was = t.given"
    " LEFT JOIN pg_temp.turned family ON family.copy = {copy} AND family.kind = 'family' AND family.was = t.family"
)
LOOKS = """
INSERT INTO pg_temp.more SELECT
    (s.stamp || '7' || substr(s.one, 1, 3) || '8' || substr(s.one, 4, 15))::uuid,
    (s.stamp || '7' || substr(s.one, 16, 3) || '8' || substr(s.one, 19, 14) || '0')::uuid, s.at, s.author, s.person
FROM (SELECT lpad(to_hex((extract(epoch FROM d.at) * 1000)::bigint), 12, '0') AS stamp,
             md5(d.id::text || d.number) AS one, d.at, d.author, d.person
      FROM (SELECT e.id, e.author, about.person_id AS person, n AS number,
                   least(e.recorded_at + n * interval '19 hours', %s) AS at
            FROM record_entry e
            CROSS JOIN LATERAL (SELECT person_id FROM record_entrysubject s WHERE s.entry_id = e.id LIMIT 1) AS about
            CROSS JOIN generate_series(1, %s) n LIMIT %s) AS d) AS s
"""
EVENT = (
    "INSERT INTO audit_event (id, at, kind, what, actor, role, section, because, via, request, facts) SELECT event, at,"
    " 'look', 'record', actor, 'social_worker', 'ordinary', 'allocation', 'post', '', '{}' FROM pg_temp.more"
)
WHOM = "INSERT INTO audit_eventperson (id, event_id, person, at) SELECT whom, event, person, at FROM pg_temp.more"


def add_looks(connection: Connection, wanted: int, now: Any) -> None:
    """So many more looks at records, each by whoever wrote an entry there, in the hours and days after it."""
    if wanted <= 0:
        return
    with connection.transaction():
        connection.execute("SET LOCAL ROLE sightline_owner")
        connection.execute("CREATE TEMP TABLE more (event uuid, whom uuid, at timestamptz, actor uuid, person uuid)")
        connection.execute("GRANT ALL ON pg_temp.more TO sightline_steward")
        connection.execute("SET LOCAL ROLE sightline_steward")
        row = connection.execute("SELECT count(*) FROM record_entry").fetchone()
        each = -(-wanted // max(1, row[0] if row else 1))
        connection.execute(LOOKS.encode(), [now, each, wanted])
        connection.execute(EVENT.encode())
        connection.execute(WHOM.encode())
        connection.execute("SET LOCAL ROLE sightline_owner")
        connection.execute("DROP TABLE pg_temp.more")


class Copier:
    """Copies everything that is there so many times over. Made once for a record, before its first copy."""

    def __init__(self, connection: Connection, chance: Chance, say: Say) -> None:
        self.connection, self.say = connection, say
        self.families = chance.family_names
        self.columns = {table: self._columns(table) for table in TABLES}
        self._set_apart()

    def copy(self, times: int) -> None:
        """Copies numbered from 1; the record then stands `times` + 1 times."""
        self._turn_names(times)
        for number in range(1, times + 1):
            self.say(f"copy {number} of {times}")
            with self.connection.transaction():
                self.connection.execute("SET LOCAL synchronous_commit = off")
                self.connection.execute("SET LOCAL ROLE sightline_steward")
                for table in TABLES:
                    if table not in NEVER_COPIED:
                        self._copy(table, number)

    def _copy(self, table: str, number: int) -> None:
        if table == "people_nametoken":
            self._run(_of(TOKENS, number))
            return
        columns = self.columns[table]
        values = ", ".join(self._value(table, name, kind) for name, kind in columns.items())
        words = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM pg_temp.first_{table} t"  # noqa: S608 (names from the catalogue)
        words += TURNED if table == "people_name" else ""
        words += " WHERE NOT EXISTS (SELECT FROM pg_temp.shared s WHERE s.id = t.id)" if table in SHARED_TABLES else ""
        self._run(_of(words, number))

    def _value(self, table: str, name: str, kind: str) -> str:
        if (table, name) in ANEW:
            return ANEW[table, name]
        if kind != "uuid":
            return f"t.{name}"
        # Written out and not a function: the database works it out for millions of rows.
        copied = COPIED.replace("{key}", f"t.{name}")
        return f"CASE WHEN t.{name} IN (SELECT id FROM pg_temp.shared) THEN t.{name} ELSE {copied} END"  # noqa: S608 (as above)

    def _columns(self, table: str) -> dict[str, str]:
        """The columns that are loaded, each with its type."""
        rows = self.connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
        )
        kinds = dict(rows.fetchall())
        return {name: kinds[name] for name in TABLES[table].split()}

    def _set_apart(self) -> None:
        """What was loaded first stands in tables of this session, so that no copy is copied."""
        self._as_owner("CREATE TEMP TABLE shared (id uuid PRIMARY KEY)")
        self._run_as_steward(SHARED)
        for table in TABLES:
            if table in NEVER_COPIED:
                continue
            columns = ", ".join(self.columns[table])
            self._as_owner(f"CREATE TEMP TABLE first_{table} AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608 (names of tables)
            # In the order of their keys, so that each copy goes through the indexes once from end to end.
            self._run_as_steward(f"INSERT INTO pg_temp.first_{table} SELECT {columns} FROM {table} ORDER BY 1")  # noqa: S608 (as above)

    def _turn_names(self, times: int) -> None:
        self._as_owner("CREATE TEMP TABLE turned (copy int, kind text, was text, becomes text)")
        self._as_owner("CREATE TEMP TABLE spoken (part text, token text)")
        every = sorted({*self.families, *GIRLS, *BOYS})
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE sightline_owner")
            with self.connection.cursor() as cursor:
                with cursor.copy(sql.SQL("COPY pg_temp.turned FROM STDIN")) as copy:
                    for row in self._turned(times):
                        copy.write_row(row)
                with cursor.copy(sql.SQL("COPY pg_temp.spoken FROM STDIN")) as copy:
                    for part in every:
                        for token in words_of(part):
                            copy.write_row((part, token))
            self.connection.execute("ANALYZE pg_temp.turned")
            self.connection.execute("ANALYZE pg_temp.spoken")

    def _turned(self, times: int) -> Iterator[tuple[int, str, str, str]]:
        for number in range(1, times + 1):
            # Some names are girls' and boys'.
            given = dict(turned(BOYS, number, GIVEN_NEAR)) | dict(turned(GIRLS, number, GIVEN_NEAR))
            family = dict(turned(self.families, number, FAMILY_NEAR))
            for kind, names in (("given", given), ("family", family)):
                for was, becomes in names.items():
                    yield number, kind, was, becomes

    def _as_owner(self, words: str) -> None:
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE sightline_owner")
            self._run(words)
            if words.startswith("CREATE TEMP TABLE "):
                self._run(f"GRANT ALL ON pg_temp.{words.split()[3]} TO sightline_steward")

    def _run_as_steward(self, words: str) -> None:
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE sightline_steward")
            self._run(words)

    def _run(self, words: str) -> None:
        self.connection.execute(words.encode())


def _of(words: str, number: int) -> str:
    """The statement for the copy of that number."""
    return words.replace("{copy}", str(number)).replace("{digits}", f"8{number:03x}")


def turned(names: Iterable[str], number: int, near: int) -> Iterator[tuple[str, str]]:
    """Each name with the one that it becomes in a copy: another one that is about as common."""
    listed = list(dict.fromkeys(names))
    for start in range(0, len(listed), near):
        block = listed[start : start + near]
        for place, was in enumerate(block):
            yield was, block[(place + number) % len(block)]


SHARED = """
INSERT INTO pg_temp.shared
WITH kept AS (SELECT id FROM workforce_team WHERE kind <> 'casework'),
     posts AS (SELECT id FROM workforce_post WHERE team_id IN (SELECT id FROM kept))
SELECT id FROM kept UNION SELECT id FROM posts
UNION SELECT id FROM workforce_occupancy WHERE post_id IN (SELECT id FROM posts)
UNION SELECT a.id FROM workforce_account a WHERE NOT EXISTS (
    SELECT FROM workforce_occupancy o WHERE o.account_id = a.id AND o.post_id NOT IN (SELECT id FROM posts))
UNION SELECT id FROM partnership_agency UNION SELECT id FROM partnership_agencypost
"""
TOKENS = f"""
INSERT INTO people_nametoken (id, name_id, person_id, token, is_family)
SELECT (substr(n.id::text, 1, 14) || '7' || substr(md5(n.id::text || said.token || said.is_family), 1, 3) || '-8'
        || substr(md5(n.id::text || said.token || said.is_family), 4, 3) || '-'
        || substr(md5(n.id::text || said.token || said.is_family), 7, 12))::uuid,
    n.id, n.person_id, said.token, said.is_family
FROM (SELECT {COPIED.replace("{key}", "t.id")} AS id, {COPIED.replace("{key}", "t.person_id")} AS person_id,
             coalesce(given.becomes, t.given) AS given, coalesce(family.becomes, t.family) AS family
      FROM pg_temp.first_people_name t {TURNED}) AS n
CROSS JOIN LATERAL (
    SELECT token, false AS is_family FROM pg_temp.spoken WHERE part = n.given
    UNION ALL SELECT token, true FROM pg_temp.spoken WHERE part = n.family) AS said
"""  # noqa: S608 (of constants)
