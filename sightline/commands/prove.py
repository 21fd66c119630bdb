"""Proves what no single test can: that the tests can fail (`faults`), that nobody sees more than the rule says
(`access`), the census by others' judges (`census`), and that those who look at what is not theirs are told of
(`snoopers`), and that no import makes a second record of somebody restricted (`twins`).
"""

import argparse
import json
import os
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.commands.faults.planting import Outcome

SUMMARY = "Prove that tests catch faults (faults), who may see what (access), a census, snoopers, and twins."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=["faults", "access", "census", "snoopers", "twins"], help="what is to be proved"
    )
    parser.add_argument("--only", metavar="WORDS", default="", help="only what has these words in its name or guard")
    parser.add_argument("--json", action="store_true", help="the same as one JSON object")
    parser.add_argument("--skip-sound", action="store_true", help="faults: do not first run the tests without any")
    parser.add_argument("--decisions", type=int, metavar="NUMBER", help="access: how many answers are compared")
    parser.add_argument("--children", type=int, metavar="NUMBER", help="twins: how many are brought in again (10,000)")
    parser.add_argument("--judge", type=Path, metavar="FILE", help="census: the script validate_cin.py")
    parser.add_argument("--samples", type=Path, metavar="FOLDER", help="census: where schemas and the sample file are")


def run(arguments: argparse.Namespace) -> int:
    """0 when it is proved, else 1."""
    if arguments.what == "census":
        from sightline.commands import census_proof

        return census_proof.run(arguments)
    if arguments.what == "snoopers":
        return _prove_snoopers(as_json=arguments.json)
    if arguments.what == "access":
        from sightline.commands import access_proof

        return access_proof.run(arguments)
    if arguments.what == "twins":
        from sightline.commands import twins_proof

        return twins_proof.run(arguments)
    return _prove_faults(arguments)


def _prove_snoopers(*, as_json: bool) -> int:
    from sightline.commands.database import ready, refuse_old_server, server

    os.environ.setdefault("SIGHTLINE_CLUSTER", "bench-postgres")
    with server(durable=False):
        refuse_old_server()
        ready("serving")
        from sightline.commands.snoopers import proving

        return proving.run(as_json=as_json)


def _prove_faults(arguments: argparse.Namespace) -> int:
    """0 when every fault was caught; 1 when one was not, or when the tests fail without any."""
    from sightline.commands.faults.planting import prove, read_faults, run_tests, scratch

    faults = [fault for fault in read_faults() if arguments.only.lower() in f"{fault.guard}: {fault.name}".lower()]
    if not faults:
        print(f"No fault has “{arguments.only}” in its name or its guard.")
        return 1
    outcomes: list[Outcome] = []
    began = time.monotonic()
    with scratch() as copy, _held_open(copy):
        if not arguments.skip_sound:
            if not arguments.json:
                print("The tests without any fault ...", flush=True)
            code, failed = run_tests(copy, sorted({fault.test for fault in faults}))
            if code:
                print(f"Without any fault the tests do not pass, so nothing is proved: {', '.join(failed) or code}.")
                return 1
        for number, fault in enumerate(faults, 1):
            outcomes.append(prove(copy, fault))
            if not arguments.json:
                print(f"{number:>2}/{len(faults)} {_line(outcomes[-1])}", flush=True)
    missed = [outcome for outcome in outcomes if not outcome.caught]
    print(_as_json(outcomes) if arguments.json else _sum(outcomes, time.monotonic() - began))
    return 1 if missed else 0


def _sum(outcomes: "list[Outcome]", seconds: float) -> str:
    caught = sum(outcome.caught for outcome in outcomes)
    return f"{caught} of {len(outcomes)} faults caught, in {seconds / 60:.0f} minutes."


def _held_open(copy: Path) -> AbstractContextManager[None]:
    """One embedded server for all of it: started once, in the copy's own folder."""
    from sightline.commands.database import server

    os.environ |= {"SIGHTLINE_VAR": str(copy / "var"), "SIGHTLINE_CLUSTER": "test-postgres"}
    return server(durable=False)


def _line(outcome: "Outcome") -> str:
    verdict = "caught    " if outcome.caught else "NOT CAUGHT"
    fault, by = outcome.fault, [f"by {name}" for name in outcome.by]
    said = "".join(f"\n        {words}" for words in [*by, outcome.words] if words)
    return f"{verdict} {outcome.seconds:4.0f} s  {fault.guard}: {fault.name}{said}"


def _as_json(outcomes: "list[Outcome]") -> str:
    faults = [
        {
            "guard": outcome.fault.guard,
            "fault": outcome.fault.name,
            "file": outcome.fault.file,
            "test": outcome.fault.test,
            "caught": outcome.caught,
            "by": list(outcome.by),
            "said": outcome.words,
            "seconds": round(outcome.seconds, 1),
        }
        for outcome in outcomes
    ]
    return json.dumps({"caught": all(one["caught"] for one in faults), "faults": faults}, indent=2)
