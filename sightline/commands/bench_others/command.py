"""`./run bench others`: its options, and what it runs."""

import argparse
import json

from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.postgres.roles import DatabaseRefused

FEWEST, FEWEST_CHILDREN = 2_000, 20


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=50_000, help="people in the record that is saved to and searched")
    parser.add_argument("--children", type=int, default=2_000, help="children in the census")
    parser.add_argument("--rounds", type=int, default=25, help="samples of each save")
    parser.add_argument("--questions", type=int, default=60, help="searches of each kind")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Measures, and prints the table. What the others need and cannot be had is said, and left out."""
    least = min(arguments.rounds, arguments.questions)
    if arguments.people < FEWEST or arguments.children < FEWEST_CHILDREN or least < 1:
        raise DatabaseRefused(
            f"Ask for at least {FEWEST:,} people, {FEWEST_CHILDREN} children, one round and one question."
        )
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        # What follows knows the product's tables, and so needs Django.
        from sightline.commands.bench_all.table import in_words
        from sightline.commands.bench_others.trial import measure

        part = measure(arguments)
    print(json.dumps(part.as_json(), indent=2) if arguments.json else in_words([part]))
    return 0
