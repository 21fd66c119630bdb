"""Plays a fictional authority forward in time, event by event, and shows or loads what came of it."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.demo import MARK
from sightline.commands.migrate import prepare
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.simulation.calibration.counted import Found

SUMMARY = "Play a fictional authority forward in time, and load it, write it out or report on it."
OWN_CLUSTER = "play-postgres"
"""Where nothing is loaded, the server is the play's own, so that a demonstration is left alone."""
MOST_YEARS = 25


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", choices=["report"], help="compare what came of it with England's figures")
    parser.add_argument("--children", type=int, default=400, metavar="N", help="how many children live there (400)")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--years", type=float, default=1.0, metavar="Y", help="how long it is played (1)")
    length.add_argument("--months", type=float, metavar="M", help="the same in months")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same authority (7)")
    parser.add_argument("--seeds", type=int, default=1, metavar="K", help="with report: so many plays, as one")
    parser.add_argument("--until", type=_day, metavar="DATE", help="its last day; yesterday if not given")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--load", action="store_true", help="into the demonstration's database, to look at it")
    kept.add_argument("--out", type=Path, metavar="DIR", help="as files, a table each")
    parser.add_argument("--write", action="store_true", help="with report: write its page in docs/reference")
    parser.add_argument("--fresh", action="store_true", help="with --load: throw away what the database held before")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is no day of the calendar. Write it as 2026-03-31.") from None


def run(arguments: argparse.Namespace) -> int:
    if not url.is_on_this_machine():
        raise DatabaseRefused("An authority is only ever played on this machine. Unset DATABASE_URL.")
    _refuse_unplayable(arguments)
    os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
    measured: list[dict[str, Found]] = []
    with _stage(arguments):
        for seed in range(arguments.seed, arguments.seed + arguments.seeds):
            if measured:  # nothing of one play is there in the next
                roles.drop_database(url.database_name())
            print("Making a database to play in, with its tables and practice packs ...", file=sys.stderr, flush=True)
            prepare(quiet=True)
            ready("serving")
            from sightline.commands.simulation import playing

            measured.append(playing.run(arguments, seed))
    if arguments.report:
        playing.report_on(arguments, measured)
    return 0


def _refuse_unplayable(arguments: argparse.Namespace) -> None:
    years = arguments.months / 12 if arguments.months else arguments.years
    if arguments.children < 1 or not 0 < years <= MOST_YEARS:
        raise DatabaseRefused(f"Play at least one child, and no longer than {MOST_YEARS} years.")
    if arguments.until and arguments.until >= date.today():  # noqa: DTZ011 - the operator's own day, for a sentence
        raise DatabaseRefused("A play ends before today: nothing in a record is yet to come. Give an earlier --until.")
    if arguments.write and not arguments.report:
        raise DatabaseRefused("--write goes with report: it writes the page that compares.")
    if arguments.seeds < 1 or (arguments.seeds > 1 and (not arguments.report or arguments.load or arguments.out)):
        raise DatabaseRefused("--seeds goes with report: each play is measured and thrown away. Ask for one or more.")
    if arguments.fresh and not arguments.load:
        raise DatabaseRefused("--fresh goes with --load. Without it nothing that is there is touched.")


@contextmanager
def _stage(arguments: argparse.Namespace) -> Iterator[None]:
    """Where it is played: in the demonstration's database, or on a server of its own, and then thrown away."""
    if arguments.load:
        with server():
            refuse_old_server()
            _claim(fresh=arguments.fresh)
            yield
        return
    os.environ.pop("DATABASE_URL", None)
    os.environ["SIGHTLINE_CLUSTER"] = OWN_CLUSTER
    # What is played is thrown away, so nothing waits for the disk.
    with server(durable=False):
        roles.prepare_server()
        roles.drop_database(url.database_name())
        try:
            yield
        finally:
            roles.drop_database(url.database_name())


def _claim(*, fresh: bool) -> None:
    """The database is taken for a fiction only where it is one already, or where nobody works in it yet."""
    name = url.database_name()
    roles.prepare_server()
    if roles.exists(name):
        ours = roles.description(name) == MARK
        if not ours and _is_used(name):
            raise DatabaseRefused(
                f"Somebody works in the database `{name}`, which no demonstration made. It is left alone. "
                "Name another, that does not exist yet, in DATABASE_URL."
            )
        if ours and _is_used(name) and not fresh:
            raise DatabaseRefused("There is a fictional authority in it already. --fresh throws that away first.")
        if ours and fresh:
            roles.drop_database(name)
    if not roles.exists(name):
        roles.prepare_database(name)
    roles.describe(name, MARK)


def _is_used(name: str) -> bool:
    with roles.connect(name) as connection:
        if connection.execute("SELECT to_regclass('workforce_account') IS NOT NULL").fetchone() != (True,):
            return False
        connection.execute("SET ROLE sightline_owner")
        return connection.execute("SELECT EXISTS (SELECT FROM workforce_account)").fetchone() == (True,)
