"""Rows on their way into the database in bulk: copied as the owner, put in place as the steward.

A table behind the fence takes no COPY from a role that the fence holds, so rows are copied to a
table of the session's own and moved in one statement for each table, in the order of their keys.
"""

from typing import Any

from psycopg import sql

from sightline.commands.postgres.roles import Connection

NOTHING = "\\N"
BATCH = 250_000

# In the order in which rows lean on each other.
TABLES: dict[str, str] = {
    "workforce_account": "id password email name role registration phone is_active joined_at closed_because",
    "workforce_team": "id key name kind phone",
    "workforce_post": "id key team_id title kind manager_id opened_at",
    "workforce_occupancy": "id post_id account_id from_at",
    "partnership_agency": "id key kind name",
    "partnership_agencypost": "id key agency_id title email phone manager_title manager_email",
    "access_grant": "id person reader sections because because_of from_at until_at",
    "people_person": "id kind registered_at registered_by",
    "people_particulars": "id person_id birth birth_date sex ethnicity disabilities upn_unknown believed_from",
    "people_name": "id person_id kind given family believed_from",
    "people_nametoken": "id name_id person_id token is_family",
    "people_identifier": "id person_id scheme value verified believed_from",
    "people_home": "id lines postcode match_key",
    "people_residence": "id person_id home_id section protects believed_from",
    "people_relationship": "id person_id to_id kind parental_responsibility words believed_from",
    "record_entry": "id root kind occurred_from occurred_to precision recorded_at author author_post_id form answers"
    " correction_reason",
    "record_entrysubject": "id entry_id person_id part kind occurred_from recorded_at seen",
    "record_passage": "id entry_id position heading section told_by handling text disagrees",
    "record_passagesubject": "id passage_id entry_id person_id section",
    "record_episode": "id child_id arose_from_id opened_on opened_at source need no_further_action closed_on"
    " closed_at closure_reason",
    "record_allocation": "id episode_id child_id post_id unallocated from_at to_at by reason",
    "record_step": "id kind post_id words opened_at due_at due_rule closed_at closed_by_id outcome arose_from_id"
    " subject late_because",
    "record_stepsubject": "id step_id person_id",
    "record_stepcarrier": "id step_id post_id from_at by",
    "record_notice": "id post_id kind person_id at",
    "front_door_contact": "entry_id received_at channel source capacity professional referrer_name agency_post_id"
    " danger incident",
    "front_door_decision": "entry_id contact_id outcome need source immediate agreement other_authority decided_by"
    " decided_at",
    "partnership_message": "id kind means agency_post_id subject text sent_by sent_by_post composed_at sent_at"
    " delivered_at acknowledged_at acknowledged_how failure ring",
    "partnership_messageabout": "id message_id person",
    "audit_event": "id at kind what actor because request facts role section via",
    "audit_eventperson": "id event_id person at",
}


class Sink:
    """Takes rows as text, a value for each column of `TABLES`, and writes them in batches."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.waiting: dict[str, list[str]] = {table: [] for table in TABLES}
        self.held = self.written = 0
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET ROLE sightline_owner")
        for table, columns in TABLES.items():
            self._execute(
                "CREATE TEMPORARY TABLE {stage} AS SELECT {columns} FROM {table} WITH NO DATA", table, columns
            )
            self._execute("GRANT ALL ON {stage} TO sightline_steward", table, columns)

    def add(self, table: str, *values: str) -> None:
        self.waiting[table].append("\t".join(values))
        self.held += 1

    def rest(self) -> None:
        """Called where everything that was added leans on nothing still to come."""
        if self.held >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what waits, in one transaction: what leans on what is checked at its end."""
        with self.connection.transaction():
            for table, columns in TABLES.items():
                if self.waiting[table]:
                    self._write(table, columns, self.waiting[table])
                    self.waiting[table] = []
        self.written += self.held
        self.held = 0

    def _write(self, table: str, columns: str, rows: list[str]) -> None:
        self.connection.execute("SET LOCAL ROLE sightline_owner")
        with self.connection.cursor() as cursor, cursor.copy(_words("COPY {stage} FROM STDIN", table, columns)) as copy:
            for start in range(0, len(rows), 5000):
                copy.write("\n".join(rows[start : start + 5000]) + "\n")
        self.connection.execute("SET LOCAL ROLE sightline_steward")
        self._execute("INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage}", table, columns)
        self._execute("TRUNCATE {stage}", table, columns)

    def _execute(self, words: str, table: str, columns: str) -> Any:
        return self.connection.execute(_words(words, table, columns))


def _words(words: str, table: str, columns: str) -> sql.Composed:
    return sql.SQL(words).format(  # type: ignore[arg-type]  # every caller's words are literal
        table=sql.Identifier(table),
        stage=sql.Identifier("pg_temp", f"coming_{table}"),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns.split())),
    )
