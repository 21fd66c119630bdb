"""`./run bench` without a name: everything, one after another."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from sightline.commands.bench_all.register import NAMED, chosen


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="without a name: small sizes, to see that all of it runs")
    parser.add_argument(
        "--only", action="append", default=[], choices=[one.name for one in NAMED], metavar="BENCH",
        help="without a name: only this one of the whole run; may be given again",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="without a name: the figures as one JSON object")
    parser.add_argument("--write", action="store_true", help="without a name: write docs/reference/performance.md")


def run(arguments: argparse.Namespace) -> int:
    """0 when all were run to their end, 1 when one stopped. What was measured until then is shown all the same."""
    # What follows is only needed by this one bench of many.
    from sightline.commands.bench_all import page, running, table
    from sightline.commands.bench_all.machine import this_machine

    benches, machine = chosen(arguments.only), this_machine()
    print(running.stated(benches, quick=arguments.quick), file=sys.stderr, flush=True)
    ran = []
    for one in benches:
        print(f"== {one.name}", file=sys.stderr, flush=True)
        ran.append(running.run(one, quick=arguments.quick))
        if arguments.write:
            # After each: a run that is stopped later keeps what it measured.
            page.write(ran, machine, on=datetime.now(UTC).date(), quick=arguments.quick)
    parts = [one.part for one in ran if one.part]
    if arguments.json:
        print(json.dumps({"machine": asdict(machine), "parts": [part.as_json() for part in parts]}, indent=2))
    else:
        print("\n".join([table.in_words(parts), "", f"On {machine.words()}. {running.took(ran)}"]))
    for stopped in (one.stopped for one in ran if not one.part):
        print(stopped, file=sys.stderr)
    return 0 if all(one.part for one in ran) else 1
