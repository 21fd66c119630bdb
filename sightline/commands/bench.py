"""Benches: not tests of time, but figures that people can read and compare. Without a name, all of them."""

import argparse
import importlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.commands.bench_all import command as everything
from sightline.commands.bench_all.register import NAMED, minutes
from sightline.commands.bench_load import command
from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.postgres.roles import DatabaseRefused

if TYPE_CHECKING:
    from sightline.commands.bench_front_door.report import Subject

SUMMARY = (
    f"Measure everything (about {minutes(NAMED, quick=False)} minutes; --quick {minutes(NAMED, quick=True)}),"
    " or one bench by its name."
)
FEWEST = 2000
OWN_CLUSTER = "bench-postgres"
"""The bench's embedded server is its own, so that a demonstration is left alone."""
BENCHES = {
    "front-door": "search, contact, decision, record and my day",
    "protect": "a conference on four children with twelve invitees, the chair's desk, a protected child's record",
    "journey": "a visit to four children, an assessment with ten years behind it, my day with 25 and with 300 children",
}
YEARS = {"journey": 10, "protect": 5}
APART = {
    "others": ("saving, searching and the census beside other ways", "sightline.commands.bench_others.command"),
    "growth": ("every page and every command at three sizes", "sightline.commands.bench_growth.command"),
    "cost": ("memory, disk, start-up and an empty folder to the first page", "sightline.commands.bench_cost.command"),
}
"""Benches with a `command` of their own, which is light to import: `configure(parser)` and `run(arguments)`."""


def configure(parser: argparse.ArgumentParser) -> None:
    everything.configure(parser)
    benches = parser.add_subparsers(dest="bench", metavar="BENCH")
    for name, (told, module) in APART.items():
        importlib.import_module(module).configure(benches.add_parser(name, help=told))
    form = benches.add_parser("form", help="checking a form of 1,300 questions and 1,200 conditions; needs no database")
    form.add_argument("--rounds", type=int, default=40, help="samples at each size")
    form.add_argument("--json", action="store_true", help="the figures as one JSON object")
    census = benches.add_parser("census", help="writing the census from the record, and checking all of its rules")
    census.add_argument(
        "--file", type=Path, help="the census file whose children are copied; a made-up one if not given"
    )
    census.add_argument("--children", type=int, default=33_200, help="children in the record; and a tenth of them")
    census.add_argument("--json", action="store_true", help="the figures as one JSON object")
    census.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")
    access = benches.add_parser("access", help="reading with and without the policies, and writing down each view")
    access.add_argument("--notes", type=int, default=1_000_000, help="notes in the record; a tenth as many children")
    access.add_argument("--rounds", type=int, default=20, help="samples of each question")
    access.add_argument("--seconds", type=float, default=15, help="how long eight writers write views")
    access.add_argument("--json", action="store_true", help="the figures as one JSON object")
    access.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")
    load = benches.add_parser("load", help="1,500 people signed in, on a large record, through the real server")
    command.configure(load)
    for name, told in BENCHES.items():
        one = benches.add_parser(name, help=told)
        one.add_argument("--people", type=int, default=200_000, help="people in the record; entries are half more")
        one.add_argument("--rounds", type=int, default=40, help="samples of each measure at each size")
        if name in YEARS:
            one.add_argument(
                "--years", type=int, default=YEARS[name], help="years that the measured family has behind it"
            )
        one.add_argument("--keep", action="store_true", help="keep the databases, and use those that were kept")
        one.add_argument("--explain", action="store_true", help="show the plans of the slowest statements")
        one.add_argument("--json", action="store_true", help="the figures as one JSON object")
        one.add_argument("--write", action="store_true", help="write the bench's page in docs/reference")


def run(arguments: argparse.Namespace) -> int:
    if arguments.bench is None:
        return everything.run(arguments)
    if arguments.bench in APART:
        os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
        return int(importlib.import_module(APART[arguments.bench][1]).run(arguments))
    if arguments.bench == "form":
        from sightline.commands import bench_form

        return bench_form.run(max(arguments.rounds, 1), as_json=arguments.json)
    if arguments.bench == "load":
        os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
        return command.run(arguments)
    if arguments.bench in {"census", "access"}:
        return _measure_apart(arguments)
    if arguments.people < FEWEST or arguments.rounds < 1:
        raise DatabaseRefused(f"Measure at least {FEWEST:,} people, and one round.")
    os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
    # What is loaded is thrown away, so nothing waits for the disk where we start the server ourselves.
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        _measure(arguments, _subject(arguments))
    return 0


def _measure_apart(arguments: argparse.Namespace) -> int:
    """The benches that measure something else than pages at two sizes."""
    os.environ.setdefault("SIGHTLINE_CLUSTER", OWN_CLUSTER)
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        from sightline.commands.bench_access import trial as reading
        from sightline.commands.bench_census import trial

        return (reading if arguments.bench == "access" else trial).run(arguments)


def _subject(arguments: argparse.Namespace) -> "Subject":
    if arguments.bench == "journey":
        from sightline.commands.bench_journey.measures import subject

        return subject(arguments.years)
    if arguments.bench == "protect":
        from sightline.commands.bench_protect.measures import subject as protecting

        return protecting(arguments.years)
    from sightline.commands.bench_front_door.subject import SUBJECT

    return SUBJECT


def _measure(arguments: argparse.Namespace, subject: "Subject") -> None:
    from sightline.commands.bench_front_door import report, trial
    from sightline.commands.bench_front_door.ground import open_wrapper, record_of
    from sightline.commands.bench_front_door.loader import ENTRIES_TO_PEOPLE, progress
    from sightline.commands.bench_front_door.world import World

    people = arguments.people
    with record_of(people, keep=arguments.keep) as whole, record_of(people // 10, keep=arguments.keep) as tenth:
        sizes = {people: whole, people // 10: tenth}
        worlds = [World(name, size, open_wrapper(name)) for size, name in sizes.items()]
        try:
            results, listener = trial.run(subject.measures, worlds, arguments.rounds, progress("measuring"))
            plans = trial.explain(listener, worlds[0]) if arguments.explain else ""
            version = worlds[0].wrapper.pg_version
        finally:
            for world in worlds:
                world.wrapper.close()
    judged = report.judge(
        results, subject, people=people, entries=int(people * ENTRIES_TO_PEOPLE), on=datetime.now(UTC).date(),
        rounds=arguments.rounds, server=f"{version // 10_000}.{version % 10_000}",
    )  # fmt: skip
    print(json.dumps(judged, indent=2) if arguments.json else report.in_words(judged) + plans)
    if arguments.write:
        report.write(judged, subject.page)
