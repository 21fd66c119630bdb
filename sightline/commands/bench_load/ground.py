"""The bench's databases: loaded once, perhaps kept, and how another process is told of them."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from sightline.commands.bench_front_door.chance import Chance
from sightline.commands.bench_front_door.ground import prepare
from sightline.commands.bench_front_door.loader import Say, learn_words, load, progress
from sightline.commands.bench_load.multiply import Copier, add_looks
from sightline.commands.bench_load.sizes import Size
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster, var_folder
from sightline.commands.postgres.roles import Connection

WHOLE = "Sightline bench, loaded for use by many"


def database_of(size: Size, *, keep: bool) -> str:
    """One that is kept is found again by its size."""
    return f"sightline_load_{size.name}" if keep else f"sightline_load_{os.getpid()}_{size.people}"


def is_loaded(name: str) -> bool:
    return roles.exists(name) and (roles.description(name) or "").startswith(WHOLE)


def loading_took(name: str) -> float:
    """Seconds, as they were written down when it was loaded."""
    return float((roles.description(name) or "0").rpartition(" ")[2])


def throw_away(names: list[str], *, keep: bool) -> None:
    """Drops the databases, unless they are whole and to be kept."""
    for name in names:
        if not (keep and is_loaded(name)):
            roles.drop_database(name)


def fill(name: str, size: Size) -> float:
    """Loads an empty database of that name; the seconds that it took."""
    began, say = time.monotonic(), progress(f"{size.people:,} people")
    prepare(name)
    with roles.connect(name) as connection:
        _fill(connection, size, say)
    # A connection of its own: the tables of the session are gone with the last one.
    with roles.connect(name) as connection:
        say("working out statistics")
        connection.execute("VACUUM ANALYZE")
    took = time.monotonic() - began
    roles.describe(name, f"{WHOLE}: seconds {took:.0f}")
    say(f"loaded in {took:.0f} s\n")
    return took


def _fill(connection: Connection, size: Size, say: Say) -> None:
    now, times = datetime.now(UTC), size.times
    people, entries = size.people // times, size.entries // times
    load(connection, people=people, entries=entries, waiting=0, now=now, say=say)
    connection.execute("RESET ROLE")
    _spare_checks(connection)
    say("views")
    row = connection.execute("SELECT count(*) FROM audit_event").fetchone()
    add_looks(connection, size.views // times - (row[0] if row else 0), now)
    if times == 1:
        return
    Copier(connection, Chance(f"copies of {people}", now), say).copy(times - 1)
    row = connection.execute("SELECT id FROM workforce_account WHERE role = 'administrator' LIMIT 1").fetchone()
    learn_words(connection, str(row[0]) if row else "")


def _spare_checks(connection: Connection) -> None:
    """What a copy leans on is copied with it, so nothing is looked up again where the login may say so."""
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user").fetchone()
    if row and row[0]:
        connection.execute("SET session_replication_role = replica")


def disk() -> Path | None:
    """A folder on the database's disk; None where the server is not ours to look into."""
    if not url.is_embedded():
        return None
    folder = current_cluster().folder
    return folder.resolve() if folder.exists() else var_folder()


def address(name: str) -> str:
    """DATABASE_URL of a process that serves from that database. A password is in it: it is never printed."""
    if url.is_embedded():
        cluster = current_cluster()
        password = quote(cluster.secrets()["sightline_serving"], safe="")
        return f"postgresql://sightline_serving:{password}@127.0.0.1:{cluster.running()['port']}/{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
