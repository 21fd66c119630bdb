"""The database's address, for Django and for the terminal: a server's, or the embedded one's.

DATABASE_URL         a server; when it is not set, the embedded cluster is used
DATABASE_OWNER_URL   the login that migrates there; DATABASE_URL when it is not set
SIGHTLINE_AS         `serving` (the default) or `owner`: whose rights this process takes
"""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sightline.commands.postgres.lifecycle import current_cluster

DATABASE_NAME = "sightline"


class AddressRefused(Exception):
    """The environment names no database that can be used; the message says what to set."""


ROLES = {"serving": "sightline_serving", "owner": "sightline_owner"}


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def is_on_this_machine() -> bool:
    """The embedded database, or a server reached by a socket or by this machine's own address."""
    host = "" if is_embedded() else str(_server("serving")["HOST"])
    return host.startswith("/") or host in {"", "127.0.0.1", "::1", "localhost"}


def acting_as() -> str:
    """`serving` or `owner`; anything else is refused rather than guessed at."""
    role = os.environ.get("SIGHTLINE_AS", "serving")
    if role not in ROLES:
        raise AddressRefused("SIGHTLINE_AS must be `serving` or `owner`.")
    return role


def connection_settings(role: str | None = None, *, database: str | None = None) -> dict[str, Any]:
    """Django's entry for a database in which every session has taken `role`."""
    chosen = role or acting_as()
    settings = _embedded(ROLES[chosen]) if is_embedded() else _server(chosen)
    # Taken at the start of the session, so that a login need only be a member of the role.
    options = settings["OPTIONS"].get("options", "")
    settings["OPTIONS"]["options"] = f"{options} -c role={ROLES[chosen]}".strip()
    return settings | ({"NAME": database} if database else {})


def admin_parameters(database: str) -> dict[str, Any]:
    """Keywords for psycopg: the login that makes databases and roles, and takes no role."""
    settings = _embedded("postgres") if is_embedded() else _server("owner")
    names = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    found: dict[str, Any] = {ours: settings[theirs] for theirs, ours in names.items() if settings[theirs]}
    options: dict[str, Any] = settings["OPTIONS"]
    return found | options | {"dbname": database}


def database_name() -> str:
    return DATABASE_NAME if is_embedded() else str(_server("owner")["NAME"])


def _embedded(login: str) -> dict[str, Any]:
    cluster = current_cluster()
    # No server runs while code is only read (types, the list of commands): the entry stands, and
    # a connection would be refused.
    port = cluster.running().get("port", 1)
    return _entry(DATABASE_NAME, login, cluster.secrets().get(login, ""), "127.0.0.1", port, options={})


def _server(role: str) -> dict[str, Any]:
    serving = os.environ["DATABASE_URL"]
    parts = urlsplit(os.environ.get("DATABASE_OWNER_URL", serving) if role == "owner" else serving)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise AddressRefused("DATABASE_URL must begin with postgresql:// ; Sightline runs on PostgreSQL only.")
    return _entry(
        unquote(parts.path.lstrip("/")) or DATABASE_NAME,
        unquote(parts.username or ""), unquote(parts.password or ""),
        unquote(parts.hostname or ""), parts.port or "", options=dict(parse_qsl(parts.query)),
    )  # fmt: skip


def _entry(
    name: str, user: str, password: str, host: str, port: int | str, *, options: dict[str, str]
) -> dict[str, Any]:
    # A query such as ?host=/run/postgresql is libpq's way to name a socket.
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name, "USER": user, "PASSWORD": password,
        "HOST": options.pop("host", host), "PORT": str(options.pop("port", port)),
        "OPTIONS": options,
        # One transaction a request is opened by the doorway, which must set who acts inside it.
        "ATOMIC_REQUESTS": False,
        # A new session plans each statement anew: the first pages in one cost the database half as much again.
        "CONN_MAX_AGE": 1800, "CONN_HEALTH_CHECKS": True,
    }  # fmt: skip
