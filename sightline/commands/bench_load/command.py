"""`./run bench load`: its options, and its course from an empty database to the page."""

import argparse
import json
import os

from sightline.commands.bench_load.sizes import ENTRIES, PEOPLE, PLAYED, VIEWS, Size, refuse_nonsense, refuse_too_small
from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import DatabaseRefused


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"people in the record ({PEOPLE:,})")
    parser.add_argument("--entries", type=int, default=ENTRIES, help=f"entries ({ENTRIES:,})")
    parser.add_argument("--views", type=int, default=VIEWS, help=f"rows of the view log ({VIEWS:,})")
    parser.add_argument(
        "--played", type=int, default=PLAYED, help=f"people whose lives are drawn; the rest are copies ({PLAYED:,})"
    )
    parser.add_argument("--sessions", type=int, default=1500, help="browsers that are signed in (1,500)")
    parser.add_argument("--rate", type=float, default=50, help="requests a second (50)")
    parser.add_argument("--minutes", type=float, default=10, help="how long at that pace (10)")
    parser.add_argument("--spike", type=float, default=150, help="requests a second in the rush (150)")
    parser.add_argument("--spike-minutes", type=float, default=1, help="how long the rush is (1)")
    parser.add_argument(
        "--exactly", action="store_true", help="ask at that pace whether it holds or not; else paces are tried first"
    )
    parser.add_argument("--one", action="store_true", help="leave out the record of a tenth of the size")
    parser.add_argument("--keep", action="store_true", help="keep the databases, and use those that were kept")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    parser.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")


def run(arguments: argparse.Namespace) -> int:
    """Loads what is not there, without waiting for the disk; then serves it as a server that does, and asks."""
    sizes = _sizes(arguments)
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        roles.prepare_server()
        # What follows knows the product's tables, and so needs Django.
        from sightline.commands.bench_load import course, ground, page, report

        names = [ground.database_of(size, keep=arguments.keep) for size in sizes]
        loading = course.load(sizes, names, keep=arguments.keep)
    # What was loaded without waiting is on the disk before anything is measured that waits for it.
    os.sync()
    try:
        with server():
            told = course.measure(arguments, sizes, names, loading)
    finally:
        with server(durable=False):
            ground.throw_away(names, keep=arguments.keep)
    print(json.dumps(told | {"said": report.said(told)}, indent=2) if arguments.json else report.in_words(told))
    if arguments.write:
        page.write(told)
    return 0


def _sizes(arguments: argparse.Namespace) -> list[Size]:
    whole = Size(arguments.people, arguments.entries, arguments.views, max(1_000, arguments.played))
    if arguments.sessions < 4 or arguments.rate <= 0 or arguments.minutes <= 0:
        raise DatabaseRefused("Ask for at least four sessions, one of each role, and a pace and a time above nought.")
    if arguments.one:
        refuse_too_small(whole)
        return [whole]
    refuse_nonsense(whole)
    return [whole, whole.tenth]
