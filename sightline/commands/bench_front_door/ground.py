"""The bench's own databases, and speaking to one or the other as the serving role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sightline.commands.bench_front_door.empty import copied
from sightline.commands.bench_front_door.loader import load, progress
from sightline.commands.postgres import privileges, roles, url

WHOLE = "Sightline bench, loaded"


@contextmanager
def record_of(people: int, *, keep: bool) -> Iterator[str]:
    """A database with a record of that size; dropped at the end, or kept and used again."""
    name = f"sightline_bench_{people}" if keep else f"sightline_bench_{os.getpid()}_{people}"
    try:
        if not (keep and roles.exists(name) and roles.description(name) == WHOLE):
            _make(name, people)
        elif keep:
            bring_up_to_date(name)
        yield name
    finally:
        _leave()
        if not keep:
            roles.drop_database(name)


def prepare(name: str) -> None:
    """A database of that name with every table and nobody in it. One that was there is dropped."""
    roles.prepare_server()
    roles.drop_database(name)
    with copied(bring_up_to_date) as empty:
        roles.prepare_database(name, template=empty)
    if not empty:
        bring_up_to_date(name)
    # Once in a process Django asks the database that it stands on for its types: let it stand on one that is there.
    stand_on(wrapper := open_wrapper(name))
    wrapper.ensure_connection()
    _leave()


def _make(name: str, people: int) -> None:
    prepare(name)
    with roles.connect(name) as connection:
        load(connection, people=people, now=datetime.now(UTC), say=progress(f"{people:,} people"))
    with roles.connect(name) as connection:
        connection.execute("VACUUM")
    roles.describe(name, WHOLE)


def bring_up_to_date(name: str) -> None:
    """Every table, policy and practice pack of this version, in the database of that name."""
    from sightline.commands.migrating import migrate
    from sightline.practice.operations import publish_shipped_packs

    stand_on(open_wrapper(name, "owner"))
    migrate(["--verbosity", "0", "--no-input"])
    publish_shipped_packs(at=datetime.now(UTC))
    _leave()
    with roles.connect(name) as connection:
        privileges.grant_libraries(connection)


def open_wrapper(name: str, role: str = "serving") -> Any:
    """Django's connection to a database of the bench, kept open for as long as the bench runs."""
    from django.db import connections
    from django.db.utils import load_backend

    settings = connections.configure_settings(
        {"default": url.connection_settings(role, database=name) | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}}
    )
    return load_backend(settings["default"]["ENGINE"]).DatabaseWrapper(settings["default"], "default")


def stand_on(wrapper: Any) -> None:
    """Everything in this process now speaks to that database."""
    from django.db import connections

    connections["default"] = connections["denials"] = wrapper


def _leave() -> None:
    from django.db import connections

    connections.close_all()
