"""What runs beside the stories: Hallowby is built by one process and its jobs are done by another.

What the clock does depends on the hour and the day of the week; it has tests of its own. Here the
front door hands over by hand, so that the story is the same at noon on a Tuesday and on a Sunday night.
"""

import json
import os
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


def put_in_force() -> None:
    """The practice of another era, from so many days ago on. The shipped one, put in force last, is as before."""
    django.setup()
    from tests.packs import in_force

    days_ago = int(os.environ["SIGHTLINE_DAYS_AGO"])
    pin = in_force.put_in_force(os.environ["SIGHTLINE_ERA"], at=datetime.now(UTC), days_ago=days_ago)
    print(json.dumps([pin.pack, pin.version]))


def clocks() -> None:
    """What was ever owed for each child, how often the child was assessed, and the child's places on plans.

    A step is its kind, words, when it was opened and is due, and its rule; a place is its plan, its kind, and
    whether it goes on. Read as whoever carries the child.
    """
    django.setup()
    from sightline.doorway.acts import acting
    from sightline.workforce.queries import list_accounts

    accounts = {one.email: one.id for one in list_accounts()}
    told = {}
    for child, worker in json.loads(os.environ["SIGHTLINE_CARRIED"]).items():
        with acting(accounts[worker]):
            told[child] = _owed_for(child)
    print(json.dumps(told))


def _owed_for(child: str) -> dict[str, Any]:
    from sightline.assessments.models import SignedAssessment
    from sightline.people.models import Name
    from sightline.plans.models import PlanChild
    from sightline.record.models import Step, StepSubject

    given, family = child.split()
    person = Name.objects.filter(given=given, family=family).values_list("person", flat=True)[0]
    steps = Step.objects.filter(id__in=StepSubject.objects.filter(person=person).values("step"))
    return {
        "steps": [
            [one.kind, one.words, one.opened_at.isoformat(), one.due_at and one.due_at.isoformat(), one.due_rule]
            for one in steps.order_by("opened_at", "id")
        ],
        "signed": SignedAssessment.objects.filter(round__children__child=person).count(),
        "places": [
            [str(one.plan_id), one.kind, one.to_on is None]
            for one in PlanChild.objects.filter(child=person).order_by("recorded_at", "from_on")
        ],
    }


def work() -> None:
    """Does the jobs that pages ask for, and none of the clock's, until it is told to stop."""
    django.setup()
    from procrastinate.contrib.django import app

    ready = app.with_connector(app.connector.get_worker_connector())
    ready.periodic_registry.periodic_tasks.clear()
    ready.run_worker(concurrency=1)
