"""Three authorities that differ in size alone: one that was told and played, and the same among its copies.

Whoever is measured, and whatever they open, is the same in all three, under the same keys: what differs is how much
else there is. Casework teams are copied with their children, as a larger authority has more teams and not larger ones;
desks (the front door, emergency, conferences, the service manager) are shared, and so have a hundred times as much.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections, transaction

from sightline.commands.bench_front_door.ground import open_wrapper, prepare, stand_on
from sightline.commands.bench_front_door.loader import Say, progress
from sightline.commands.demonstration.building import build
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster, var_folder
from sightline.commands.simulation.play import played_quickly
from sightline.commands.simulation.play import prepare as begin_play
from sightline.commands.simulation.playing import wanted_of
from sightline.commands.simulation.replication import Wished, replicate
from sightline.journeys.chase_silence import chase_silence

SEED, YEARS = 7, 1.0
DAYS = round(365.25 * YEARS)
WHOLE = "Sightline bench, a played authority and its copies"
STEPS = (1, 10, 100)
"""How often what was played stands in each."""


@dataclass(frozen=True)
class Loaded:
    """A database, how often what was played stands in it, and what is in it."""

    name: str
    times: int
    children: int
    """Who are known, and not who live there."""
    people: int
    entries: int
    views: int
    bytes: int
    took: float
    """Seconds that telling, playing or copying it took; nought where it was kept from before."""

    @property
    def words(self) -> str:
        return f"{self.children:,} children"


@contextmanager
def authorities(children: int, *, steps: tuple[int, ...] = STEPS, keep: bool) -> Iterator[list[Loaded]]:
    """The three, the smallest first; dropped at the end, or kept and used again."""
    mark = "" if keep else f"_{os.getpid()}"
    names = {times: f"sightline_growth{mark}_{children}_{times}" for times in steps}
    try:
        yield [_loaded(names[times], times, children, core=names[steps[0]], keep=keep) for times in steps]
    finally:
        connections.close_all()
        for name in names.values():
            if not (keep and _is_whole(name)):
                roles.drop_database(name)


def _is_whole(name: str) -> bool:
    return roles.exists(name) and roles.description(name) == WHOLE


def _loaded(name: str, times: int, children: int, *, core: str, keep: bool) -> Loaded:
    began = time.monotonic()
    if not (keep and _is_whole(name)):
        _make(name, times, children, core)
    took = time.monotonic() - began
    with roles.connect(name) as connection:
        connection.execute("SET ROLE sightline_owner")
        connection.execute("SET ROLE sightline_steward")
        counts = [int(count) for count in connection.execute(COUNTED).fetchone() or ()]
    known, people, entries, views, size = counts
    return Loaded(name, times, known, people, entries, views, size, took)


def _make(name: str, times: int, children: int, core: str) -> None:
    say = progress(f"{times} times what is played")
    if times == 1:
        prepare(name)
        tell(name, children, say)
    else:
        roles.drop_database(name)
        roles.prepare_database(name, template=core)
        with roles.connect(name) as connection:
            replicate(connection, Wished(times - 1, children, YEARS, SEED, _disk()), say=say)
    with roles.connect(name) as connection:
        say("working out statistics")
        connection.execute("VACUUM ANALYZE")
    roles.describe(name, WHOLE)
    say("done\n")


def tell(name: str, children: int, say: Say) -> None:
    """The named families, so that of everything there is some, and around them a year that is played."""
    stand_on(open_wrapper(name))
    wanted = wanted_of(children=children, days=DAYS, seed=SEED, until=None)
    try:
        with transaction.atomic(), played_quickly():
            say("telling the families")
            service = begin_play(build(empty=False, at=datetime.now(UTC)), wanted, say=say)
            service.engine.run()
            chase_silence(at=wanted.ends)
    finally:
        connections.close_all()


def _disk() -> Path:
    return current_cluster().folder if url.is_embedded() else var_folder()


COUNTED = """
SELECT (SELECT count(*) FROM people_person WHERE kind = 'child'), (SELECT count(*) FROM people_person),
(SELECT count(*) FROM record_entry), (SELECT count(*) FROM audit_event), pg_database_size(current_database())
"""
