"""Runs the tests on every core there is, against the embedded database or the server DATABASE_URL names."""

import argparse
import os
import subprocess
import sys

from sightline.commands.database import server
from sightline.commands.postgres.lifecycle import ROOT

SUMMARY = "Run the tests (words after it go to pytest, such as: -k contact)."
PASSES_THE_REST_ON = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", help="paths and options for pytest")


def run(arguments: argparse.Namespace) -> int:
    return run_tests(arguments.words)


def run_tests(words: list[str]) -> int:
    """pytest's exit code. A cluster of the tests' own, so that a running demonstration is left alone."""
    os.environ["SIGHTLINE_CLUSTER"] = "test-postgres"
    spread = [] if any(word.startswith(("-n", "--pdb")) for word in words) else ["-n", "2"]
    # Held here for the whole run, so that the workers share one server and it stops once.
    with server(durable=False):
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sightline.settings"}
        command = [sys.executable, "-m", "pytest", *spread, *words]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode
