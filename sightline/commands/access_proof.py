"""Proves the rule of who may see what: a million answers, asked three ways, and faults in it that the proof must see.

What is asked and of whom is in `tests/access`; here it is only run for longer, and told.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sightline.commands.database import server
from sightline.commands.postgres.lifecycle import ROOT

DECISIONS = 1_000_000
RULE = "tests/access/test_rule.py"
FAULTS = "tests/access/test_planted_faults.py"


def run(arguments: argparse.Namespace) -> int:
    """0 when no answer differed and every fault was seen, else 1."""
    os.environ["SIGHTLINE_CLUSTER"] = "test-postgres"
    decisions = arguments.decisions or DECISIONS
    if not arguments.json:
        print(f"{decisions:,} decisions, then the same with faults planted one at a time ...", flush=True)
    with server(durable=False), tempfile.TemporaryDirectory() as folder:
        proof, said = _asked(Path(folder) / "proof.json", RULE, "PROOF", decisions)
        faults, said_of_faults = _asked(Path(folder) / "faults.json", FAULTS, "FAULTS", decisions)
    found = {"proof": proof, "faults": faults}
    print(json.dumps(found, indent=2) if arguments.json else "\n".join(_lines(proof, faults)))
    proved = bool(proof and faults) and not proof["differs"] and all(one["said"] for one in faults)
    if not proved and not arguments.json:
        print("\n".join([*said, *said_of_faults]))
    return 0 if proved else 1


def _asked(report: Path, tests: str, what: str, decisions: int) -> tuple[Any, list[str]]:
    """What the tests wrote down, and the last that pytest said."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sightline.settings",
        "SIGHTLINE_DECISIONS": str(decisions),
        f"SIGHTLINE_{what}_REPORT": str(report),
    }
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--tb", "short", tests]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    found = json.loads(report.read_text("utf-8")) if report.exists() else None
    return found, done.stdout.splitlines()[-30:] if done.returncode else []


def _lines(proof: dict[str, Any] | None, faults: list[dict[str, Any]] | None) -> Iterator[str]:
    if proof:
        yield f"{proof['decisions']:,} decisions in {proof['worlds']:,} worlds, in {proof['seconds']:.0f} s:"
        yield from (f"  {number:>9,} {kind}" for kind, number in proof["by_kind"].items())
        yield f"  {proof['differs'] or '0 differences'}"
    if faults:
        yield "Faults in the rule, and how soon each was seen:"
        yield from (_fault(one) for one in faults)
        seen = sum(bool(one["said"]) for one in faults)
        slowest = max(one["decisions"] for one in faults)
        yield f"{seen} of {len(faults)} seen, the slowest after {slowest:,} decisions."


def _fault(one: dict[str, Any]) -> str:
    worlds = f"{one['worlds']:>3} world{' ' if one['worlds'] == 1 else 's'}"
    verdict = f"seen in {worlds} {one['decisions']:>7,} decisions" if one["said"] else "NOT SEEN".ljust(37)
    return f"  {verdict} {one['seconds']:5.1f} s  {one['name']}"
