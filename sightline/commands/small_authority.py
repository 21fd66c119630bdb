"""The small authority that the demonstration is: a year of it is played, copied, and the families are told in it.

The families come last, so that no copy has anything of them. Each part says how long it took. Stopped half-way, or
refused, the database goes: what is half there is no answer to what was asked for.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connections

from sightline.commands.bench_front_door.loader import progress
from sightline.commands.demo import HALF_MADE, MARK
from sightline.commands.demonstration.building import diary_of, is_there, tell_families
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster
from sightline.commands.simulation.play import Say, play, played_quickly
from sightline.commands.simulation.playing import DAYS_A_YEAR, wanted_of
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.replication import Wished, refuse_beyond_the_disk, replicate, shares
from sightline.commands.simulation.service import Service

SEED = 7


def load(*, children: int, at: datetime | None = None) -> None:
    """So many children and a year of what happened to them; once it is there, it is left alone.

    Refused where the disk will not hold it.
    """
    if is_there():
        print("It is there already; --fresh makes it anew.", flush=True)
        return
    played, copies = shares(children, most=int(rate("replication", "size", "demonstrated_most")))
    wished = Wished(copies, played, 1.0, SEED, current_cluster().folder)
    refuse_beyond_the_disk(children=children, years=1, folder=wished.folder)
    with _whole_or_not_at_all():
        _make(wished, at or datetime.now(UTC))


def _make(wished: Wished, at: datetime) -> None:
    with _part(f"A year of {wished.children:,} children, played day by day") as say:
        wanted = wanted_of(children=wished.children, days=DAYS_A_YEAR, seed=wished.seed, until=None)
        service = play(wanted, say=say, opening=diary_of(at).opening)
    if wished.copies:
        with _part(_copies(wished.copies)) as say:
            connections.close_all()
            with roles.connect(url.database_name()) as connection:
                replicate(connection, wished, say=say)
    with _part("The families whose stories are told"):
        _tell(service, at)


def _copies(many: int) -> str:
    return (
        f"{many} copies of it under other names, homes and dates"
        if many > 1
        else ("A copy of it under other names, homes and dates")
    )


def _tell(service: Service, at: datetime) -> None:
    with played_quickly():
        tell_families(service.story.authority, at=at)


@contextmanager
def _whole_or_not_at_all() -> Iterator[None]:
    name = url.database_name()
    roles.describe(name, HALF_MADE)
    try:
        yield
    except BaseException:
        connections.close_all()
        roles.drop_database(name)
        raise
    roles.describe(name, MARK)


@contextmanager
def _part(what: str) -> Iterator[Say]:
    began = time.monotonic()
    print(f"{what} ...", flush=True)
    yield progress("  so far")
    print(f"  {time.monotonic() - began:.0f} s", flush=True)
