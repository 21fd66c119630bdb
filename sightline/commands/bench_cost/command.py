"""`./run bench cost`: its options, and what it prints."""

import argparse
import json
from datetime import UTC, datetime

from sightline.commands.postgres.roles import DatabaseRefused

CHILDREN, SECONDS, BROWSERS = 2000, 60, 8
QUICK_CHILDREN, QUICK_SECONDS = 30, 5


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--children", type=int, default=CHILDREN, help=f"who live where the demonstration is ({CHILDREN:,})"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"how long pages are asked for ({SECONDS})")
    parser.add_argument(
        "--browsers", type=int, default=BROWSERS, help=f"people signed in, each asking without a pause ({BROWSERS})"
    )
    parser.add_argument("--installed", action="store_true", help="leave out the installation, which needs the network")
    parser.add_argument("--quick", action="store_true", help="few children, some seconds, installed: does it work?")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    parser.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")


def run(arguments: argparse.Namespace) -> int:
    """Makes a demonstration in an empty folder, and weighs it. Nothing of it is left."""
    if arguments.children < 1 or arguments.seconds <= 0 or arguments.browsers < 1:
        raise DatabaseRefused("Ask for at least one child, one browser and a time above nought.")
    from sightline.commands.bench_all.table import in_words
    from sightline.commands.bench_cost import course, page

    wanted = course.Wanted(
        min(arguments.children, QUICK_CHILDREN) if arguments.quick else arguments.children,
        min(arguments.seconds, QUICK_SECONDS) if arguments.quick else arguments.seconds,
        arguments.browsers, installed=arguments.installed or arguments.quick,
    )  # fmt: skip
    told = course.run(wanted, on=datetime.now(UTC).date())
    part = page.part_of(told)
    print(json.dumps(part.as_json(), indent=2) if arguments.json else in_words([part]))
    if arguments.write:
        page.write(told)
    return 0
