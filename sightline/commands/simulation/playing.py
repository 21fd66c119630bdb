"""A play as the terminal asks for it: how long, how far it is, and what it made.

More children than are sensibly played one by one are a play of fewer, and copies of it.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from django.db import connections

from sightline.commands.bench_front_door.loader import progress
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster, var_folder
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.simulation import writing_out
from sightline.commands.simulation.calibration import report
from sightline.commands.simulation.calibration.counted import Found, Played
from sightline.commands.simulation.invariants import reading_all
from sightline.commands.simulation.play import Wanted, how_far, play
from sightline.commands.simulation.replication import Wished, refuse_beyond_the_disk, replicate, shares, truths
from sightline.commands.simulation.service import Service
from sightline.kernel.london import at_local_time, local_day
from sightline.practice.queries import list_published

DAYS_A_YEAR = 365.25
NOT_KEPT = """Nothing of it is kept. The same again with --load is there to look round in (then ./run serve), with
--out DIR it is written as files, and ./run simulate report compares it with England."""


def wanted_of(*, children: int, days: float, seed: int, until: date | None) -> Wanted:
    """A play begins and ends at midnight, so that the hour at which it is asked for changes nothing in it."""
    last = until or local_day(datetime.now(UTC)) - timedelta(days=1)
    ends = last + timedelta(days=1)
    begins = ends - timedelta(days=max(1, round(days)))
    return Wanted(children, at_local_time(begins, clock.min), at_local_time(ends, clock.min), seed)


def run(arguments: argparse.Namespace, seed: int) -> dict[str, Found]:
    """Play it and copy it where more is asked for; what was counted in it, where a report is wanted."""
    days = _days(arguments)
    played, copies = shares(arguments.children)
    wished = Wished(copies, played, days / DAYS_A_YEAR, seed, current_cluster().folder)
    refuse_beyond_the_disk(children=arguments.children, years=wished.years, folder=wished.folder)
    if arguments.out:
        writing_out.refuse_unless_empty(arguments.out)
    wanted = wanted_of(children=played, days=days, seed=seed, until=arguments.until)
    refuse_before_practice(wanted)
    try:
        service = _play(wanted)
        if copies:
            _copy(wished, service)
        _keep(arguments, wanted, service)
        return _measure(replace(wanted, children=arguments.children)) if arguments.report else {}
    except KeyboardInterrupt as stopped:
        print(" ".join(getattr(stopped, "__notes__", ["Stopped before it began."])), file=sys.stderr)
        raise
    finally:
        connections.close_all()


def refuse_before_practice(wanted: Wanted) -> None:
    """Nobody can decide anything on a day on which no practice pack was in force yet."""
    first = min(one.effective_from for one in list_published())
    if local_day(wanted.begins) < first:
        years = (local_day(wanted.ends) - first).days / DAYS_A_YEAR
        raise DatabaseRefused(
            f"The first practice pack is in force from {first:%-d %B %Y}, and nothing can be decided before. "
            f"Ask for {years - 0.05:.1f} years at most, or a later --until."
        )


def _days(arguments: argparse.Namespace) -> float:
    return DAYS_A_YEAR * (arguments.months / 12 if arguments.months else float(arguments.years))


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
    if not service.story.children and not arguments.report:
        print("Nobody became known to the service in it. Ask for more --children or more --months.")
    if not (arguments.load or arguments.out or arguments.report):
        print(NOT_KEPT)
    if arguments.load:
        print(f"Who is truly who: {service.truth.write(var_folder() / 'played')}")
    if not arguments.out:
        return
    connections.close_all()
    said = {"children": arguments.children, "seed": wanted.seed, "begins": str(wanted.begins), "ends": str(wanted.ends)}
    with roles.connect(url.database_name()) as connection:
        tables = writing_out.write_out(connection, arguments.out, service.truth, played=said)
    print(f"{tables} tables, who is truly who, and what was played: {arguments.out}")


def _measure(wanted: Wanted) -> dict[str, Found]:
    """Read by the operator, for whom every row is there."""
    with reading_all(url.database_name()) as connection:
        return report.measure(connection, _span(wanted))


def _span(wanted: Wanted) -> Played:
    return Played(wanted.children, wanted.begins, wanted.ends)


def report_on(arguments: argparse.Namespace, measured: Sequence[dict[str, Found]]) -> None:
    """What came of one play, or of several together, beside England's figures."""
    wanted = wanted_of(
        children=arguments.children, days=_days(arguments), seed=arguments.seed, until=arguments.until
    )  # fmt: skip
    lines = report.compare(measured, _span(wanted))
    print(report.in_words(lines, _span(wanted), len(measured)))
    if arguments.write:
        report.write(lines, _span(wanted), _command(wanted, len(measured)), plays=len(measured))


def _command(wanted: Wanted, plays: int) -> str:
    """What plays the same again on any machine."""
    last, years = local_day(wanted.ends) - timedelta(days=1), (wanted.ends - wanted.begins).days / DAYS_A_YEAR
    asked = f"--children {wanted.children} --years {round(years, 2):g} --seed {wanted.seed} --until {last}"
    asked += f" --seeds {plays}" if plays > 1 else ""
    return f"./run simulate report {asked}"
