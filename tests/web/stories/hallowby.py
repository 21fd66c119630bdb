"""What runs beside the stories: Hallowby is built by one process and its jobs are done by another.

What the clock does depends on the hour and the day of the week; it has tests of its own. Here the
front door hands over by hand, so that the story is the same at noon on a Tuesday and on a Sunday night.
"""

import json
from datetime import UTC, datetime

import django


def build() -> None:
    """Tell all the families' stories, by operations alone; print everybody's names as one JSON list."""
    django.setup()
    from sightline.commands.demonstration import building
    from sightline.practice.operations import publish_shipped_packs

    now = datetime.now(UTC)
    publish_shipped_packs(at=now)
    print(json.dumps(sorted(building.build(empty=False, at=now).people)))


def strike() -> None:
    """What the clock does every few minutes, at any hour: what came back reaches those who must read it."""
    django.setup()
    from sightline.journeys.chase_silence import chase_silence

    chase_silence(at=datetime.now(UTC))


def work() -> None:
    """Does the jobs that pages ask for, and none of the clock's, until it is told to stop."""
    django.setup()
    from procrastinate.contrib.django import app

    ready = app.with_connector(app.connector.get_worker_connector())
    ready.periodic_registry.periodic_tasks.clear()
    ready.run_worker(concurrency=1)
