"""The course of the bench: load what is missing, ask each size in its turn, and judge."""

import argparse
from datetime import UTC, datetime
from typing import Any

from sightline.commands.bench_front_door.ground import bring_up_to_date
from sightline.commands.bench_load import ground, report, trial
from sightline.commands.bench_load.sizes import Size, refuse_what_does_not_fit
from sightline.commands.bench_load.trial import Pace
from sightline.commands.postgres import roles

STEPS = (2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0)
STEP_SECONDS = 40.0
TENTH_FOR = 0.4
"""The smaller record is asked for so much of the time: enough to set it beside the larger."""
REST_SECONDS = 20.0


def load(sizes: list[Size], names: list[str], *, keep: bool) -> list[float]:
    """Loads what is not kept from before, and brings what is to this version; the seconds that each took to load.

    Refuses what the disk has no room for.
    """
    missing = [size for size, name in zip(sizes, names, strict=True) if not (keep and ground.is_loaded(name))]
    place = ground.disk()
    if missing and place is not None:
        refuse_what_does_not_fit(missing, place)
    for size, name in zip(sizes, names, strict=True):
        if size not in missing:
            bring_up_to_date(name)
            continue
        try:
            ground.fill(name, size)
        except BaseException:
            roles.drop_database(name)
            raise
    return [ground.loading_took(name) for name in names]


def measure(arguments: argparse.Namespace, sizes: list[Size], names: list[str], loading: list[float]) -> dict[str, Any]:
    """The judged figures of every size."""
    pace = _pace(arguments)
    whole = trial.run(names[0], sizes[0], pace)
    steady = whole.phase(report.STEADY)
    tenth = None
    if len(sizes) > 1:
        # At the pace at which the larger one was asked, so that only the size is another.
        tenth = trial.run(names[1], sizes[1], pace.at(steady.rate if steady else pace.rate, shorter=TENTH_FOR))
    version, buffers = _server(names[0])
    return report.judge(
        whole, tenth, pace, on=datetime.now(UTC).date(), server=f"{version // 10_000}.{version % 10_000}",
        buffers=buffers, loading=loading,
    )  # fmt: skip


def _server(name: str) -> tuple[int, str]:
    """Its version, and the memory that it keeps for pages of tables."""
    with roles.connect(name) as connection:
        row = connection.execute("SHOW shared_buffers").fetchone()
        return roles.server_version(connection), str(row[0]) if row else ""


def _pace(arguments: argparse.Namespace) -> Pace:
    seconds = 60 * arguments.minutes
    step = min(STEP_SECONDS, seconds)
    return Pace(
        rate=arguments.rate, spike=arguments.spike, seconds=seconds, spike_seconds=60 * arguments.spike_minutes,
        rest_seconds=min(REST_SECONDS, seconds), sessions=arguments.sessions,
        steps=() if arguments.exactly else steps_to(arguments.rate), step_seconds=step,
    )  # fmt: skip


def steps_to(rate: float) -> tuple[float, ...]:
    """Paces to try below the one that was asked for, and at last that one."""
    return (*(step for step in STEPS if step < rate), rate)
