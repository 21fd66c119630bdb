"""`./run bench growth`: its options, and its course from an empty database to the page."""

import argparse
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime

from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused

OWN_CLUSTER = "bench-postgres"
CHILDREN, ROUNDS = 100, 5


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--children",
        type=int,
        default=CHILDREN,
        help=f"who live in what is played and copied 99 times ({CHILDREN})",
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"samples of each page at each size ({ROUNDS})")
    parser.add_argument("--only", default="", metavar="WORDS", help="only pages with these words in their name")
    parser.add_argument("--quick", action="store_true", help="a handful of copies and one sample: to see that it works")
    parser.add_argument("--keep", action="store_true", help="keep the databases, and use those that were kept")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    parser.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")


@dataclass(frozen=True)
class Asked:
    """What was asked for, in figures."""

    children: int
    steps: tuple[int, ...]
    rounds: int
    only: str
    keep: bool
    of_each: int = 2
    """How many people of each role walk through the pages."""


def run(arguments: argparse.Namespace) -> int:
    """Tells, plays and copies what is not kept; walks through the smallest, and measures all three."""
    asked = _asked(arguments)
    os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
    os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
    if not url.is_on_this_machine():
        raise DatabaseRefused("An authority is only ever played on this machine. Unset DATABASE_URL.")
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        roles.prepare_server()
        # What follows knows the product's tables, and so needs Django.
        from sightline.commands.bench_all import table
        from sightline.commands.bench_growth import course, page

        told = course.run(asked, on=datetime.now(UTC).date())
    print(json.dumps(told.part.as_json(), indent=2) if arguments.json else table.in_words([told.part]))
    if arguments.write:
        page.write(told)
    return 0


def _asked(arguments: argparse.Namespace) -> Asked:
    if arguments.children < 1 or arguments.rounds < 1:
        raise DatabaseRefused("Play at least one child, and measure at least once.")
    if arguments.quick:
        return Asked(min(arguments.children, 10), (1, 2, 4), 1, arguments.only, arguments.keep, of_each=1)
    return Asked(arguments.children, (1, 10, 100), arguments.rounds, arguments.only, arguments.keep)
