"""The three database roles, the extensions and the database itself; all of it may be repeated.

`sightline_owner` migrates and owns the tables. It does not inherit: it may give a function to
the steward, and cannot see with the steward's eyes meanwhile. `sightline_serving` answers
requests and owns nothing. `sightline_steward` cannot sign in.
"""

from typing import Any

import psycopg
from psycopg import sql

from sightline.commands.postgres import lifecycle, url

EXTENSIONS = ("pg_trgm", "btree_gist", "fuzzystrmatch", "unaccent", "citext")
PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
ROLES = {
    "sightline_owner": f"NOINHERIT {PLAIN}",
    "sightline_serving": f"NOINHERIT {PLAIN}",
    "sightline_steward": f"NOINHERIT NOLOGIN {PLAIN}",
}
Connection = psycopg.Connection[Any]


class DatabaseRefused(Exception):
    """The server would not let this login prepare it; the message is for its administrator."""


def connect(database: str) -> Connection:
    return psycopg.connect(**url.admin_parameters(database), autocommit=True, connect_timeout=10)


def prepare_server() -> None:
    """Roles and memberships, once for the whole server."""
    with connect(maintenance_database()) as connection:
        try:
            _ensure_roles(connection)
        except psycopg.errors.InsufficientPrivilege as refusal:
            raise DatabaseRefused(_sentence()) from refusal


def prepare_database(name: str, *, template: str | None = None) -> None:
    """Makes the database if it is missing, hands it to the owner role, adds the extensions."""
    try:
        if not exists(name):
            make_database(name, template=template)
        with connect(name) as connection:
            _hand_over(connection, name)
            _ensure_extensions(connection)
    except psycopg.errors.InsufficientPrivilege as refusal:
        raise DatabaseRefused(_sentence()) from refusal


def exists(name: str) -> bool:
    try:
        connect(name).close()
    except psycopg.OperationalError as refusal:
        if f'database "{name}" does not exist' in str(refusal):
            return False
        raise
    return True


def make_database(name: str, *, template: str | None = None) -> None:
    words = sql.SQL("CREATE DATABASE {} OWNER sightline_owner").format(sql.Identifier(name))
    if template:
        words += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    with connect(maintenance_database()) as connection:
        connection.execute(words)


def drop_database(name: str) -> None:
    """Drops it if it is there; sessions in it are ended first."""
    with connect(maintenance_database()) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )
        _take_ownership_role(connection)
        if connection.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone() == (True,):
            connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def offer_as_template(name: str) -> None:
    """Lets any login that may make databases copy this one, without owning it."""
    with connect(maintenance_database()) as connection:
        _take_ownership_role(connection)
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))


def _take_ownership_role(connection: Connection) -> None:
    # A member of a role that does not inherit has to step into it to do what an owner may.
    if not _is_superuser(connection):
        connection.execute("SET ROLE sightline_owner")


def server_version(connection: Connection) -> int:
    """Such as 150018 for 15.18."""
    return connection.info.server_version


def maintenance_database() -> str:
    """A database to stand in while another is made: `postgres`, or ours where that is closed."""
    if url.is_embedded():
        return "postgres"
    try:
        connect("postgres").close()
    except psycopg.OperationalError:
        return url.database_name()
    return "postgres"


def _ensure_roles(connection: Connection) -> None:
    present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    for role, attributes in ROLES.items():
        if role not in present:
            connection.execute(f"CREATE ROLE {role} {attributes}".encode())
    _ensure_member(connection, "sightline_steward", "sightline_owner")
    if url.is_embedded():
        _open_logins(connection)
        return
    login = connection.info.user
    if not _is_superuser(connection):
        for role in ("sightline_owner", "sightline_serving"):
            _ensure_member(connection, role, login)


def _ensure_member(connection: Connection, role: str, member: str) -> None:
    # MEMBER, not USAGE: a role that does not inherit is a member all the same.
    held = connection.execute(
        "SELECT 1 FROM pg_auth_members WHERE roleid = %s::regrole AND member = %s::regrole", [role, member]
    ).fetchone()
    if held is None:
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))


def _open_logins(connection: Connection) -> None:
    """On the embedded server each role signs in as itself, so serving can never become owner."""
    secrets = lifecycle.current_cluster().secrets()
    for role in ("sightline_owner", "sightline_serving"):
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(secrets[role]))
        )


def _is_superuser(connection: Connection) -> bool:
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user").fetchone()
    return bool(row and row[0])


def _hand_over(connection: Connection, name: str) -> None:
    owner = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if owner != ("sightline_owner",):
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO sightline_owner").format(sql.Identifier(name)))
    # From 15 on `public` belongs to whoever owns the database; but on 15 a role that does not
    # inherit has no use of that, so it is given what it needs by name.
    connection.execute("SET ROLE pg_database_owner")
    connection.execute("GRANT USAGE, CREATE ON SCHEMA public TO sightline_owner WITH GRANT OPTION")
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute("GRANT USAGE ON SCHEMA public TO sightline_serving")
    # A function can only be given to a role that may make functions there.
    connection.execute("GRANT USAGE, CREATE ON SCHEMA public TO sightline_steward")
    connection.execute("RESET ROLE")
    connection.execute("SET ROLE sightline_owner")
    connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute("RESET ROLE")


def _ensure_extensions(connection: Connection) -> None:
    present = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    missing = [name for name in EXTENSIONS if name not in present]
    if missing and not _is_superuser(connection):
        # All five are trusted: whoever may create in the database may add them.
        connection.execute("SET ROLE sightline_owner")
    for name in missing:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    connection.execute("RESET ROLE")


def _sentence() -> str:
    login = url.admin_parameters(url.database_name()).get("user", "this login")
    words = [f"CREATE ROLE {name} {attributes}" for name, attributes in ROLES.items()]
    words += [
        "GRANT sightline_steward TO sightline_owner",
        f'GRANT sightline_owner, sightline_serving TO "{login}"',
        f'CREATE DATABASE "{url.database_name()}" OWNER sightline_owner',
    ]
    return f"This login may not prepare the server. Ask its administrator to run: {'; '.join(words)};"


def describe(name: str, words: str) -> None:
    """Writes `words` on the database itself, where `description` reads them."""
    with connect(name) as connection:
        _take_ownership_role(connection)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(words)))


def description(name: str) -> str | None:
    with connect(name) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row[0] if row else None
