"""The tests' template database: every table, built as the owner, once for each state of the code."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

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


@contextmanager
def standing(migrate: Callable[[str], None]) -> Iterator[str]:
    """The template's name; built by the first worker to come, while the others wait.

    On a server the last worker to leave drops it; the embedded cluster keeps it for the next run.
    """
    name = PREFIX + fingerprint()
    with (lifecycle.var_folder() / "test-template.users").open("w") as users:
        with turn():
            if _is_alone(users):
                _drop_old(name)
            fcntl.flock(users, fcntl.LOCK_SH)
            _build_if_missing(name, migrate)
        try:
            yield name
        finally:
            with turn():
                if not url.is_embedded() and _is_alone(users):
                    roles.drop_database(name)


def _is_alone(users: IO[str]) -> bool:
    """Another run of the tests, with the code in another state, may be using its own template."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _build_if_missing(name: str, migrate: Callable[[str], None]) -> None:
    roles.prepare_server()
    if not _is_finished(name):
        roles.drop_database(name)
        roles.prepare_database(name)
        migrate(name)
        roles.offer_as_template(name)


@contextmanager
def turn() -> Iterator[None]:
    """A template may not be copied by two at once, nor while it is being built."""
    with (lifecycle.var_folder() / "test-template.turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_finished(name: str) -> bool:
    """A template is offered for copying only once it is whole."""
    with roles.connect(roles.maintenance_database()) as connection:
        row = connection.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row == (True,)


def _drop_old(current: str) -> None:
    """What runs that were killed, or older states of the code, have left."""
    with roles.connect(roles.maintenance_database()) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_sightline_%'").fetchall()
    for (old,) in rows:
        if old != current:
            roles.drop_database(old)
