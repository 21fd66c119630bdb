"""All that must hold before a change is taken: lint, types, floors, templates, and the tests.

`./run check cin` is another question: what the census would ask of the record as it stands.
"""

import argparse

from sightline.commands.lint import run_lint
from sightline.commands.test import run_tests

SUMMARY = "Everything that must hold before a change is taken; `check cin`: what the census requires."
CENSUS = "cin"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "tests", nargs="*", help="paths for pytest; all when none is given; `cin` alone judges the record"
    )
    of_census = parser.add_argument_group("the record by the census's rules (check cin)")
    of_census.add_argument("--year", type=int, help="the year in which the census ends; this one if left out")
    of_census.add_argument("--rule", metavar="CODE", help="list every child behind this rule")
    of_census.add_argument("--json", action="store_true", help="the same as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    if arguments.tests == [CENSUS]:
        from sightline.commands.check_census import run_census

        return run_census(arguments)
    read = run_lint()
    print("Tests ...", flush=True)
    return run_tests(arguments.tests) or read
