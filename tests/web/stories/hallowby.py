"""What runs beside the stories: Hallowby is built by one process and its jobs are done by another.

What the clock does depends on the hour and the day of the week; it has tests of its own. Here the
front door hands over by hand, so that the story is the same at noon on a Tuesday and on a Sunday night.
"""

import json
from datetime import UTC, datetime
from typing import Any

import django


def build() -> None:
    """Tell all the families' stories, by operations alone; print everybody's names as one JSON list."""
    django.setup()
    from sightline.commands.demonstration import building
    from sightline.practice.operations import publish_shipped_packs

    now = datetime.now(UTC)
    publish_shipped_packs(at=now)
    built = building.build(empty=False, at=now)
    _seat_the_chair(built.authority, now)
    print(json.dumps(sorted(built.people)))


def _seat_the_chair(authority: Any, now: datetime) -> None:
    """Whoever chairs conferences stands in a post, to which what the chair has to do goes."""
    from sightline.workforce import operations as workforce

    by, chair = authority.who("anna"), authority.who("winston")
    if not chair.posts:
        team = workforce.open_team(by=by, key="conferences", name="Conferences", kind="other", at=now)
        post = workforce.open_post(by=by, team=team, key="chair-1", title="Conference chair", kind="other", at=now)
        workforce.place(by=by, post=post, account=chair.id, at=now)


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
