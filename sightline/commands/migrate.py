"""Prepares the database: roles, extensions, tables and policies, and the practice packs."""

import argparse
import os
import subprocess
import sys

from sightline.commands.database import server
from sightline.commands.postgres import privileges, roles, url

SUMMARY = "Prepare the database: roles, extensions, tables, policies and practice packs."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing while all goes well")


def run(arguments: argparse.Namespace) -> int:
    with server():
        prepare(quiet=arguments.quiet)
    return 0


def prepare(*, quiet: bool = False) -> None:
    """Brings the current database up to this version; repeating it changes nothing."""
    say = _silence if quiet else _say
    say("Roles and extensions ...")
    roles.prepare_server()
    roles.prepare_database(url.database_name())
    say("Tables and policies ...")
    # As another process: this one may already be the serving role, and a process is one role.
    _as_owner("sightline.commands.migrating", ["--no-input", "--verbosity", "0"])
    with roles.connect(url.database_name()) as connection:
        privileges.grant_libraries(connection)
    say("Practice packs ...")
    _as_owner("django", ["shell", "--no-imports", "--command", PUBLISH])


PUBLISH = (
    "from datetime import UTC, datetime; from sightline.practice.operations import publish_shipped_packs; "
    "publish_shipped_packs(at=datetime.now(UTC))"
)


def _as_owner(module: str, words: list[str]) -> None:
    environment = os.environ | {"SIGHTLINE_AS": "owner", "DJANGO_SETTINGS_MODULE": "sightline.settings"}
    done = subprocess.run([sys.executable, "-P", "-m", module, *words], env=environment)
    if done.returncode != 0:
        raise roles.DatabaseRefused(f"`{module}` stopped; the lines above say why. Nothing further was done.")


def _say(line: str) -> None:
    print(line, flush=True)


def _silence(line: str) -> None:
    pass
