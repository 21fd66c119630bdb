"""Sets everything up with a fictional authority, serves it, and prints how to sign in."""

import argparse
import os
import shutil
from datetime import UTC, datetime

from sightline.commands import serving
from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.migrate import prepare
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import var_folder
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.serve import announce, refuse_unguarded

SUMMARY = "Set everything up with fictional people, serve it, and print how to sign in."
MARK = "Sightline demonstration"
HALF_MADE = f"{MARK}, half made"
USUAL = 2000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="prepare, and stop there")
    parser.add_argument("--fresh", action="store_true", help="throw the old demonstration away first")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--children", type=int, default=USUAL, metavar="N", help=f"how many live there ({USUAL:,})")
    size.add_argument("--families-only", action="store_true", help="the families with a story and nobody else")
    size.add_argument("--empty", action="store_true", help="teams and posts, but no children or families")
    parser.add_argument("--port", type=int, help="8000, or a free one, when not given")


def run(arguments: argparse.Namespace) -> int:
    if not url.is_on_this_machine():
        raise DatabaseRefused("A demonstration is only ever made on this machine. Unset DATABASE_URL.")
    port = None if arguments.no_serve else serving.choose_port(arguments.port)
    os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
    # The letters of the stories link to where the pages will be.
    os.environ.setdefault("SIGHTLINE_ADDRESS", f"http://127.0.0.1:{port or arguments.port or serving.USUAL_PORT}")
    with server(), serving.mail():
        refuse_old_server()
        _claim(fresh=arguments.fresh)
        prepare()
        refuse_unguarded()
        _load(arguments)
        if port is not None:
            serving.serve_until_stopped(port, lambda: _welcome(port))
    if port is None:
        print("It is ready. Serve it with: ./run demo (which prints the sign-ins) or ./run serve", flush=True)
    return 0


def _claim(*, fresh: bool) -> None:
    """Takes the database for fiction: one that was not made by a demonstration is never touched."""
    name = url.database_name()
    # Which database the login may write to is only known once the roles are there.
    roles.prepare_server()
    if roles.exists(name) and not url.is_embedded() and not _is_ours(name):
        raise DatabaseRefused(
            f"The database `{name}` was not made by a demonstration, so it is left alone. "
            "Name another, that does not exist yet, in DATABASE_URL."
        )
    half_made = roles.exists(name) and roles.description(name) == HALF_MADE
    if half_made or (fresh and roles.exists(name)):
        print("Throwing the old demonstration away ...", flush=True)
        roles.drop_database(name)
        # Its seals are of views that are gone.
        shutil.rmtree(var_folder() / "seals", ignore_errors=True)
        # Its letters lead to messages that are gone.
        for letter in (var_folder() / "mail").glob("*.eml"):
            letter.unlink()
    if not roles.exists(name):
        roles.prepare_database(name)
        roles.describe(name, MARK)


def _is_ours(name: str) -> bool:
    return roles.description(name) in {MARK, HALF_MADE}


def _load(arguments: argparse.Namespace) -> None:
    ready("serving")
    from django.db import connections

    from sightline.commands import demonstration, small_authority

    if arguments.empty or arguments.families_only:
        print("The fictional authority ...", flush=True)
        demonstration.load(empty=arguments.empty)
    else:
        small_authority.load(children=arguments.children)
    connections.close_all()


def _welcome(port: int) -> None:
    announce(port)
    from django.db import connections

    from sightline.commands import demonstration
    from sightline.journeys.hand_over import is_closed

    lines = demonstration.sign_ins(night=is_closed(datetime.now(UTC)))
    connections.close_all()
    for line in lines:
        print(line, flush=True)
