"""Which rows are about some people and nobody else, through every table there is, and their deletion.

A row goes when a column of it holds the key of something that goes. What is about several (an entry, a step, a
message, a home) goes when everybody whom it is about does. Tables are found in the database's own catalogue, so that
a room which is added later is followed too; only how several share a row is listed here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from psycopg import sql

from sightline.commands.postgres.roles import Connection

SHARED = (
    ("record_entrysubject", "entry_id", "record_entry"),
    ("record_passagesubject", "passage_id", "record_passage"),
    ("record_stepsubject", "step_id", "record_step"),
    ("partnership_messageabout", "message_id", "partnership_message"),
    ("documents_documentsubject", "document_id", "documents_document"),
    ("documents_document", "blob_id", "documents_blob"),
    ("people_residence", "home_id", "people_home"),
    ("plans_planchild", "plan_id", "plans_plan"),
    ("assessments_assessedchild", "assessment_id", "assessments_assessment"),
    ("assessments_roundchild", "round_id", "assessments_round"),
    ("assessments_partabout", "part_id", "assessments_partversion"),
    ("assessments_conclusionchild", "conclusion_id", "assessments_conclusion"),
    ("enquiries_discussionchild", "discussion_id", "enquiries_discussion"),
    ("enquiries_enquirychild", "enquiry_id", "enquiries_enquiry"),
    ("conferences_meetingchild", "meeting_id", "conferences_meeting"),
)
"""A table whose rows say whom a row of another is about: the column, and that other."""
ONLY_WITH_THEM = """
SELECT DISTINCT s.person_id FROM record_entrysubject s
WHERE s.entry_id IN (SELECT entry_id FROM record_entrysubject WHERE person_id = ANY(%(keys)s))
  AND s.person_id <> ALL(%(keys)s)
  AND NOT EXISTS (
    SELECT 1 FROM record_entrysubject own WHERE own.person_id = s.person_id AND NOT EXISTS (
        SELECT 1 FROM record_entrysubject beside
        WHERE beside.entry_id = own.entry_id AND beside.person_id = ANY(%(keys)s)))
"""
"""Of whom nothing was ever recorded but beside somebody who goes: an aunt whom a learner registered."""
KNOWS_PEOPLE = (
    ("people_relationship", "person_id", "to_id"),
    ("record_mention", "adult_id", "child_id"),
)
"""Ties by which somebody stays who is known to the record through somebody who stays."""
STAYS = ("audit_", "django_", "auth_", "practice_", "procrastinate_")
"""What was viewed and changed is never deleted; the queue is searched for keys in words; the rest names nobody."""


_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass
class _Table:
    """A table: its key's column, whether that is a UUID, and every column that may hold somebody's key."""

    name: str
    pk: str
    role: str
    columns: list[str] = field(default_factory=list)
    uuid_key: bool = False
    gone: set[object] = field(default_factory=set)


class Closure:
    """Follows keys from table to table; `delete` then takes out what it found."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables = {table.name: table for table in _tables(connection)}
        self.keys: set[UUID] = set()

    def follow(self, seeds: Iterable[UUID]) -> None:
        """From these keys to every row that goes with them."""
        fresh = {*seeds} - self.keys
        while fresh:
            self.keys |= fresh
            found = self._holding(fresh) | self._shared() | self._only_with_them()
            fresh = found - self.keys

    def agency_goes(self, agency: UUID) -> bool:
        """Whether nothing that stays names this agency or a post of it; then they go too."""
        posts = {row[0] for row in self._rows("partnership_agencypost", "agency_id", {agency})}
        named = {agency, *posts}
        for table in self._tables.values():
            if table.name in {"partnership_agency", "partnership_agencypost"} or not table.columns:
                continue
            if self._holders(table, named) - table.gone:
                return False
        self._tables["partnership_agency"].gone.add(agency)
        self._tables["partnership_agencypost"].gone |= posts
        self.keys |= named
        return True

    def delete(self) -> dict[str, int]:
        """Delete what was found, and what the queue holds for it. How many rows of which table."""
        words = self._words_of_names()
        told = {}
        for table in self._tables.values():
            if table.gone:
                become(self._connection, table.role)
                self._connection.execute(
                    sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(*map(sql.Identifier, (table.name, table.pk))),
                    [list(table.gone)],
                )
                told[table.name] = len(table.gone)
        self._forget_words(words)
        self._forget_jobs()
        return told

    # --- finding -----------------------------------------------------------------------------------

    def _holding(self, keys: set[UUID]) -> set[UUID]:
        fresh: set[UUID] = set()
        for table in self._tables.values():
            found = self._holders(table, keys) - table.gone
            table.gone |= found
            fresh |= {key for key in found if isinstance(key, UUID)}
        return fresh

    def _holders(self, table: _Table, keys: set[UUID]) -> set[object]:
        columns = [*table.columns, *([table.pk] if table.uuid_key else [])]
        if not columns:
            return set()
        become(self._connection, table.role)
        asked = sql.SQL(" OR ").join(sql.SQL("{} = ANY(%(keys)s)").format(sql.Identifier(one)) for one in columns)
        query = sql.SQL("SELECT {} FROM {} WHERE ").format(sql.Identifier(table.pk), sql.Identifier(table.name)) + asked
        return {row[0] for row in self._connection.execute(query, {"keys": list(keys)})}

    def _shared(self) -> set[UUID]:
        fresh: set[UUID] = set()
        for below, column, above in SHARED:
            table, whole = self._tables[below], self._tables[above]
            if not table.gone:
                continue
            become(self._connection, table.role)
            names = [sql.Identifier(one) for one in (column, below, table.pk, below, table.pk, column)]
            query = sql.SQL(
                "SELECT DISTINCT {} FROM {} t WHERE {} = ANY(%(gone)s) AND NOT EXISTS (SELECT 1 FROM {} o"
                " WHERE o.{} <> ALL(%(gone)s) AND o.{} = t.{})"
            ).format(*names, sql.Identifier(column))
            found = {row[0] for row in self._connection.execute(query, {"gone": list(table.gone)}) if row[0]}
            fresh |= found - whole.gone
            whole.gone |= found
        return {key for key in fresh if isinstance(key, UUID)}

    def _only_with_them(self) -> set[UUID]:
        """Whoever came into the register with those who go, and is tied to nobody who stays."""
        as_steward(self._connection)
        found = {row[0] for row in self._connection.execute(ONLY_WITH_THEM, {"keys": list(self.keys)})}
        while tied := {person for person in found if self._ties_of(person) - self.keys - found}:
            found -= tied
        return found

    def _ties_of(self, person: UUID) -> set[UUID]:
        return {
            row[0]
            for name, one, other in KNOWS_PEOPLE
            for here, there in ((one, other), (other, one))
            for row in self._rows(name, here, {person}, there)
        }

    def _rows(self, table: str, column: str, keys: set[UUID], wanted: str = "") -> list[tuple[UUID]]:
        become(self._connection, self._tables[table].role)
        names = [sql.Identifier(one) for one in (wanted or self._tables[table].pk, table, column)]
        return self._connection.execute(
            sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s)").format(*names), [list(keys)]
        ).fetchall()

    # --- what holds no key of its own ---------------------------------------------------------------

    def _words_of_names(self) -> list[str]:
        gone = self._tables["people_nametoken"].gone
        become(self._connection, "sightline_steward")
        rows = self._connection.execute("SELECT DISTINCT token FROM people_nametoken WHERE id = ANY(%s)", [list(gone)])
        return [row[0] for row in rows]

    def _forget_words(self, words: list[str]) -> None:
        become(self._connection, "sightline_steward")
        self._connection.execute(
            "DELETE FROM people_word w WHERE w.word = ANY(%s)"
            " AND NOT EXISTS (SELECT 1 FROM people_nametoken t WHERE t.token = w.word)",
            [words],
        )

    def _forget_jobs(self) -> None:
        """Letters and tellings that wait, and drafts that name somebody among their words."""
        become(self._connection, "sightline_owner")
        jobs = [row[0] for row in self._connection.execute("SELECT id, args::text FROM procrastinate_jobs")
                if self._names(row[1])]  # fmt: skip
        for table, column in (("procrastinate_events", "job_id"), ("procrastinate_periodic_defers", "job_id"),
                              ("procrastinate_jobs", "id")):  # fmt: skip
            query = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(sql.Identifier(table), sql.Identifier(column))
            self._connection.execute(query, [jobs])
        become(self._connection, "sightline_steward")
        for table, key, words in (("doorway_draft", "id", "body::text"), ("doorway_effect", "key", "key")):
            rows = self._connection.execute(f"SELECT {key}, {words} FROM {table}".encode())  # noqa: S608 (names of the line above)
            named = [row[0] for row in rows if self._names(row[1])]
            self._connection.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)".encode(), [named])  # noqa: S608 (as above)

    def _names(self, words: str) -> bool:
        return any(UUID(found) in self.keys for found in _KEY.findall(words))


def as_steward(connection: Connection) -> None:
    """See past everybody's sight, until the transaction ends."""
    become(connection, "sightline_steward")


def become(connection: Connection, role: str) -> None:
    """Take a role until the transaction ends."""
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))


_CATALOGUE = """
SELECT t.relname, k.attname, kt.typname = 'uuid',
    CASE WHEN has_table_privilege('sightline_steward', t.oid, 'DELETE') THEN 'sightline_steward'
         ELSE 'sightline_owner' END,
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0
          AND NOT a.attisdropped AND a.atttypid = 'uuid'::regtype AND a.attnum <> k.attnum)
FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary AND i.indnkeyatts = 1
JOIN pg_attribute k ON k.attrelid = t.oid AND k.attnum = i.indkey[0] JOIN pg_type kt ON kt.oid = k.atttypid
WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace ORDER BY t.relname
"""


def _tables(connection: Connection) -> list[_Table]:
    become(connection, "sightline_owner")
    return [
        _Table(name, pk, role, list(columns), uuid_key)
        for name, pk, uuid_key, role, columns in connection.execute(_CATALOGUE)
        if not name.startswith(STAYS)
    ]
