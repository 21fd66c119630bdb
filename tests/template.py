"""The tests' template database: every table, built as the owner, once for each state of the code."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sightline.commands.postgres import lifecycle, roles, url

PREFIX = "test_sightline_template_"
SOURCES = ("*.py", "*.sql", "*.toml")


def fingerprint() -> str:
    """Changes whenever anything that could change the tables does: all of the package's code."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted((lifecycle.ROOT / "sightline").rglob(pattern)):
            if not path.is_relative_to(lifecycle.ROOT / "sightline" / "web"):
                digest.update(f"{path.relative_to(lifecycle.ROOT)}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def build(migrate: Callable[[str], None]) -> str:
    """The template's name; built by the first worker to come, while the others wait."""
    name = PREFIX + fingerprint()
    with turn():
        roles.prepare_server()
        if not _is_finished(name):
            _drop_old()
            roles.drop_database(name)
            roles.prepare_database(name)
            migrate(name)
            _mark_finished(name)
        _using().write_text("")
    return name


def clear(name: str) -> None:
    """On a server nothing of ours stays behind; the embedded cluster keeps it for the next run."""
    if not url.is_embedded():
        with turn():
            roles.drop_database(name)


@contextmanager
def turn() -> Iterator[None]:
    """A template may not be copied by two at once, nor while it is being built."""
    with (lifecycle.var_folder() / "test-template.turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _using() -> Path:
    return lifecycle.var_folder() / "test-template.used"


def _is_finished(name: str) -> bool:
    with roles.connect(_home()) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return row == ("finished",)


def _mark_finished(name: str) -> None:
    with roles.connect(_home()) as connection:
        connection.execute(f"COMMENT ON DATABASE {name} IS 'finished'".encode())


def _drop_old() -> None:
    if not url.is_embedded():
        return
    with roles.connect(_home()) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database d WHERE datname LIKE 'test_sightline_%'"
            " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)"
        ).fetchall()
    for (old,) in rows:
        roles.drop_database(old)


def _home() -> str:
    return "postgres" if url.is_embedded() else url.database_name()
