"""The play at its full size, in a database of its own that is dropped afterwards."""

import json
from datetime import UTC, datetime, timedelta

WORKERS, SNOOPERS, WEEKS, LEAST = 1000, 50, 13, 0.8
"""How many workers and snoopers there are, for how many weeks, and the share that must be named."""


def run(*, as_json: bool) -> int:
    """0 when at least four in five snoopers are named for what they did, else 1."""
    from django.db import connections

    from sightline.commands.bench_front_door import ground
    from sightline.commands.postgres import roles
    from sightline.commands.snoopers.judging import judge
    from sightline.commands.snoopers.playing import Play
    from sightline.commands.snoopers.writing import Writing
    from sightline.journeys.weeks_views import monday_of

    now = datetime.now(UTC)
    last = monday_of(now.date()) - timedelta(weeks=1)
    weeks = [last - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS)]
    played = Play(seed=6, workers=WORKERS, snoopers=SNOOPERS, weeks=weeks).played()
    name = "sightline_prove_snoopers"
    try:
        ground.prepare(name)
        with roles.connect(name) as connection:
            managers = Writing(connection, played).write()
        ground.stand_on(ground.open_wrapper(name))
        judged = judge(played, managers, at=now)
    finally:
        connections.close_all()
        roles.drop_database(name)
    if as_json:
        print(json.dumps({"recall": judged.recall, "lines": judged.lines()}, indent=2))
    else:
        print(f"{WORKERS:,} workers, {WEEKS} weeks, {len(played.views):,} views.", *judged.lines(), sep="\n")
    return 0 if judged.recall >= LEAST else 1
