"""Inside `database()` there is a database and Django is ready; outside there is neither.

Used by every command that reads or writes: `with database(): ...` for the serving role, and
`with database("owner")` for the few that migrate.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sightline.commands.postgres import lifecycle, roles, url

FLOOR = 150_000


@contextmanager
def server(*, durable: bool = True) -> Iterator[None]:
    """A PostgreSQL to talk to: the one DATABASE_URL names, or the embedded one, started if need be."""
    if url.is_embedded():
        with lifecycle.use_server(lifecycle.current_cluster(), durable=durable):
            yield
    else:
        yield


@contextmanager
def database(role: str = "serving") -> Iterator[None]:
    """`server`, with Django set up to speak to it as `role`."""
    with server():
        ready(role)
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def ready(role: str = "serving") -> None:
    """Sets Django up in this process for `role`. The server must be running by now."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.settings"
    os.environ["SIGHTLINE_AS"] = role
    import django

    django.setup()


def refuse_old_server() -> None:
    """Refuses a server below 15, where row security has not got what the fence needs."""
    with roles.connect(roles.maintenance_database()) as connection:
        version = roles.server_version(connection)
    if version < FLOOR:
        raise roles.DatabaseRefused(
            f"This server is PostgreSQL {version // 10_000}. Sightline needs 15 or later: upgrade it first."
        )
