"""What the serving role may do to the tables of the libraries: second factors, the queue.

Our own rooms grant in their migrations. A library's new version may bring a table that no
migration of ours knows, so these are granted again after every migrate.
"""

from psycopg import sql

from sightline.commands.postgres.roles import Connection

ALL = "SELECT, INSERT, UPDATE, DELETE"
# Table names as LIKE patterns: a library's tables share a beginning.
LIBRARIES = {
    "account_email%": ALL,
    "mfa_%": ALL,
    "procrastinate_%": ALL,
    "auth_%": "SELECT",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
}
FOUND = """
SELECT relname, relkind = 'S' FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname LIKE %s
"""


def grant_libraries(connection: Connection) -> None:
    """Run as whoever may act as the owner; may be repeated."""
    connection.execute("SET ROLE sightline_owner")
    for pattern, privileges in LIBRARIES.items():
        beginning = pattern.replace("_", r"\_")
        if not pattern.endswith("%"):
            beginning += "%"
        for name, is_sequence in connection.execute(FOUND, [beginning]).fetchall():
            words = "USAGE" if is_sequence else privileges
            kind = "SEQUENCE" if is_sequence else "TABLE"
            if is_sequence and privileges != ALL:
                continue
            connection.execute(
                sql.SQL(f"GRANT {words} ON {kind} {{}} TO sightline_serving").format(sql.Identifier(name))
            )
    connection.execute("RESET ROLE")
