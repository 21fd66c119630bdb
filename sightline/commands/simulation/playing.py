"""A play as the terminal asks for it: how long, how far it is, and what it made.

More children than are sensibly played one by one are a play of fewer, and copies of it.
"""

import argparse
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connections

from sightline.commands.bench_front_door.loader import progress
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster, var_folder
from sightline.commands.simulation import writing_out
from sightline.commands.simulation.calibration import report
from sightline.commands.simulation.calibration.measured import Played
from sightline.commands.simulation.invariants import reading_all
from sightline.commands.simulation.play import Wanted, how_far, play
from sightline.commands.simulation.replication import Wished, refuse_beyond_the_disk, replicate, shares, truths
from sightline.commands.simulation.service import Service
from sightline.kernel.london import at_local_time, local_day

DAYS_A_YEAR = 365.25


def wanted_of(*, children: int, days: float, seed: int, until: date | None) -> Wanted:
    """A play begins and ends at midnight, so that the hour at which it is asked for changes nothing in it."""
    last = until or local_day(datetime.now(UTC)) - timedelta(days=1)
    ends = last + timedelta(days=1)
    begins = ends - timedelta(days=max(1, round(days)))
    return Wanted(children, at_local_time(begins, clock.min), at_local_time(ends, clock.min), seed)


def run(arguments: argparse.Namespace) -> int:
    """Play it, copy it where more is asked for, and say what came of it."""
    days = arguments.months / 12 * DAYS_A_YEAR if arguments.months else arguments.years * DAYS_A_YEAR
    played, copies = shares(arguments.children)
    wished = Wished(copies, played, days / DAYS_A_YEAR, arguments.seed, current_cluster().folder)
    refuse_beyond_the_disk(children=arguments.children, years=wished.years, folder=wished.folder)
    if arguments.out:
        writing_out.refuse_unless_empty(arguments.out)
    wanted = wanted_of(children=played, days=days, seed=arguments.seed, until=arguments.until)
    try:
        service = _play(wanted)
        if copies:
            _copy(wished, service)
        _keep(arguments, wanted, service)
        if arguments.report:
            _report(replace(wanted, children=arguments.children), write=arguments.write)
    except KeyboardInterrupt as stopped:
        print(" ".join(getattr(stopped, "__notes__", ["Stopped before it began."])), file=sys.stderr)
        raise
    finally:
        connections.close_all()
    return 0


def _play(wanted: Wanted) -> Service:
    began, say = time.monotonic(), progress("playing")
    service = play(wanted, say=say)
    say("done\n")
    print(f"Played to {how_far(service)}, in {time.monotonic() - began:.0f} s.")
    return service


def _copy(wished: Wished, service: Service) -> None:
    """All the copies, or an empty place: what was played is no answer to what was asked for."""
    connections.close_all()
    say, played = progress("copying"), tuple(service.truth.rows)
    try:
        with roles.connect(url.database_name()) as connection:
            made = replicate(
                connection, wished, say=say, keep=lambda change: truths.tell(service.truth, played, change)
            )
    except BaseException:
        roles.drop_database(url.database_name())
        raise
    say("done\n")
    print(
        f"Copied {made.copies} times: {made.rows:,} rows in {made.seconds:.0f} s, {made.rows_a_second:,.0f} a second. "
        f"A child takes {made.bytes_a_child_year / 1000:,.0f} kB a year, with indexes."
    )


def _keep(arguments: argparse.Namespace, wanted: Wanted, service: Service) -> None:
    """Who is truly who is kept beside what is loaded; with --out all of it goes into files."""
    if arguments.load:
        print(f"Who is truly who: {service.truth.write(var_folder() / 'played')}")
    if not arguments.out:
        return
    connections.close_all()
    said = {"children": arguments.children, "seed": wanted.seed, "begins": str(wanted.begins), "ends": str(wanted.ends)}
    with roles.connect(url.database_name()) as connection:
        tables = writing_out.write_out(connection, arguments.out, service.truth, played=said)
    print(f"{tables} tables, who is truly who, and what was played: {arguments.out}")


def _report(wanted: Wanted, *, write: bool) -> None:
    """What came of it beside England's figures, read by the operator, for whom every row is there."""
    played = Played(wanted.children, wanted.begins, wanted.ends)
    with reading_all(url.database_name()) as connection:
        lines = report.compare(connection, played)
    print(report.in_words(lines, played))
    if write:
        report.write(lines, played, _command(wanted))


def _command(wanted: Wanted) -> str:
    """What plays the same again on any machine."""
    last, years = local_day(wanted.ends) - timedelta(days=1), (wanted.ends - wanted.begins).days / DAYS_A_YEAR
    asked = f"--children {wanted.children} --years {round(years, 2):g} --seed {wanted.seed} --until {last}"
    return f"./run simulate report {asked}"
