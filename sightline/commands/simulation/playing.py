"""A play as the terminal asks for it: how long, how far it is, and what it made."""

import argparse
import sys
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connections

from sightline.commands.bench_front_door.loader import progress
from sightline.commands.simulation.play import Wanted, how_far, play
from sightline.kernel.london import at_local_time, local_day

DAYS_A_YEAR = 365.25


def wanted_of(*, children: int, days: float, seed: int, until: date | None) -> Wanted:
    """A play begins and ends at midnight, so that the hour at which it is asked for changes nothing in it."""
    last = until or local_day(datetime.now(UTC)) - timedelta(days=1)
    ends = last + timedelta(days=1)
    begins = ends - timedelta(days=max(1, round(days)))
    return Wanted(children, at_local_time(begins, clock.min), at_local_time(ends, clock.min), seed)


def run(arguments: argparse.Namespace) -> int:
    """Play it and say what came of it."""
    days = arguments.months / 12 * DAYS_A_YEAR if arguments.months else arguments.years * DAYS_A_YEAR
    wanted = wanted_of(children=arguments.children, days=days, seed=arguments.seed, until=arguments.until)
    began, say = time.monotonic(), progress("playing")
    try:
        service = play(wanted, say=say)
    except KeyboardInterrupt as stopped:
        say("stopped\n")
        print(" ".join(getattr(stopped, "__notes__", ["Stopped before it began."])), file=sys.stderr)
        raise
    finally:
        connections.close_all()
    took = time.monotonic() - began
    say("done\n")
    print(f"Played to {how_far(service)}, in {took:.0f} s.")
    return 0
