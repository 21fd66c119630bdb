"""An empty database with every table, made once for each state of the code and copied from then on.

Making the tables takes many seconds, and copying them one. It is kept on the embedded server alone: on any other
nothing of the bench's stays, and each database is made from the beginning.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from sightline.commands.postgres import lifecycle, roles, url

PREFIX = "sightline_bench_empty_"
SOURCES = ("*.py", "*.sql", "*.toml")
APART = ("web", "commands")
"""Folders that no table and no practice pack depends on."""


@contextmanager
def copied(make: Callable[[str], None]) -> Iterator[str | None]:
    """The name to copy from, while nobody else copies; None where a database is made from the beginning."""
    if not url.is_embedded():
        yield None
        return
    with (lifecycle.var_folder() / "bench-empty.turn").open("w") as turn:
        # PostgreSQL copies no database that somebody else is in.
        fcntl.flock(turn, fcntl.LOCK_EX)
        name = PREFIX + _fingerprint()
        if name not in _finished():
            for old in (*_finished(), name):
                roles.drop_database(old)
            roles.prepare_database(name)
            make(name)
            roles.offer_as_template(name)
        yield name


def _finished() -> list[str]:
    """Those that are whole: one that was stopped half-way is never offered for copying."""
    words = "SELECT datname FROM pg_database WHERE datistemplate AND starts_with(datname, %s)"
    with roles.connect(roles.maintenance_database()) as connection:
        return [row[0] for row in connection.execute(words, [PREFIX])]


@cache
def _fingerprint() -> str:
    """Of the code as this process began with it, whatever is edited meanwhile."""
    digest, package = hashlib.sha256(), lifecycle.ROOT / "sightline"
    for pattern in SOURCES:
        for path in sorted(package.rglob(pattern)):
            if path.relative_to(package).parts[0] not in APART:
                digest.update(f"{path.relative_to(package)}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
