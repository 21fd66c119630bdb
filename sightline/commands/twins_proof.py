"""Proves that no import makes a second record that anybody finds beside a restricted one: ten thousand children."""

import argparse
import json
import os
import subprocess
import sys
import time

from sightline.commands.database import server
from sightline.commands.postgres.lifecycle import ROOT

CHILDREN = 10_000
TESTS = "tests/returns/test_twins.py"


def run(arguments: argparse.Namespace) -> int:
    """0 when every restricted child who was brought in again was known, or found by nobody; else 1."""
    os.environ["SIGHTLINE_CLUSTER"] = "test-postgres"
    children = CHILDREN if arguments.children is None else arguments.children
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sightline.settings", "SIGHTLINE_TWINS": str(children)}
    begun = time.monotonic()
    with server(durable=False):
        command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--tb", "short", TESTS]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    found = {"children": children, "proved": done.returncode == 0, "seconds": round(time.monotonic() - begun)}
    if arguments.json:
        print(json.dumps(found, indent=2))
    elif done.returncode:
        print("\n".join(done.stdout.splitlines()[-30:]))
    else:
        print(f"{children:,} restricted children were brought in again: none is found twice, in {found['seconds']} s.")
    return done.returncode and 1
