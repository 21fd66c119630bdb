"""All that must hold before a change is taken: lint, types, floors, templates, and the tests."""

import argparse

from sightline.commands.lint import run_lint
from sightline.commands.test import run_tests

SUMMARY = "Everything that must hold before a change is taken: lint, types, floors, tests."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tests", nargs="*", help="paths for pytest; all when none is given")


def run(arguments: argparse.Namespace) -> int:
    read = run_lint()
    print("Tests ...", flush=True)
    return run_tests(arguments.tests) or read
