"""Proves that the tests can fail: `faults` plants each known fault in a scratch copy and runs its test."""

import argparse
import json
import os

SUMMARY = "Plant known faults in a scratch copy and show that the tests catch them (prove faults)."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["faults"], help="what is to be proved")
    parser.add_argument("--only", metavar="WORDS", default="", help="only faults whose name has these words in it")
    parser.add_argument("--json", action="store_true", help="the same as one JSON object")
    parser.add_argument("--skip-sound", action="store_true", help="do not first run the tests without a fault")


def run(arguments: argparse.Namespace) -> int:
    """0 when every fault was caught; 1 when one was not, or when the tests fail without any."""
    from sightline.commands.faults.planting import Outcome, prove, read_faults, run_tests, scratch

    faults = [fault for fault in read_faults() if arguments.only in fault.name]
    if not faults:
        print(f"No fault has “{arguments.only}” in its name.")
        return 1
    outcomes: list[Outcome] = []
    with scratch() as copy, _held_open(copy):
        if not arguments.skip_sound:
            code, failed = run_tests(copy, sorted({fault.test for fault in faults}))
            if code:
                print(f"Without any fault the tests do not pass, so nothing is proved: {failed or code}.")
                return 1
        for number, fault in enumerate(faults, 1):
            outcomes.append(prove(copy, fault))
            if not arguments.json:
                print(f"{number:>2}/{len(faults)} {_line(outcomes[-1])}", flush=True)
    missed = [outcome for outcome in outcomes if not outcome.caught]
    print(_as_json(outcomes) if arguments.json else f"{len(outcomes) - len(missed)} of {len(outcomes)} faults caught.")
    return 1 if missed else 0


def _held_open(copy):
    """One embedded server for all of it: started once, in the copy's own folder."""
    from sightline.commands.database import server

    os.environ |= {"SIGHTLINE_VAR": str(copy / "var"), "SIGHTLINE_CLUSTER": "test-postgres"}
    return server(durable=False)


def _line(outcome) -> str:
    verdict = "caught    " if outcome.caught else "NOT CAUGHT"
    by = ", ".join(outcome.by) or outcome.words
    return f"{verdict} {outcome.seconds:5.0f} s  {outcome.fault.name}\n      by {outcome.fault.test.split('::')[0]}: {by}"


def _as_json(outcomes) -> str:
    return json.dumps(
        [
            {
                "fault": outcome.fault.name,
                "file": outcome.fault.file,
                "test": outcome.fault.test,
                "caught": outcome.caught,
                "by": list(outcome.by),
                "seconds": round(outcome.seconds, 1),
            }
            for outcome in outcomes
        ],
        indent=2,
    )
