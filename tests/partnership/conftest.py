"""A school, a child whom the front door sees, and the jobs run as the worker runs them."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.access.operations import give_sight
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.references import new_id
from sightline.partnership import operations
from sightline.partnership.operations import Composed
from sightline.practice.operations import publish_shipped_packs
from tests.staff import AT, SOON, Staff

SECRET_WORDS = "Rowan was collected by his aunt."


@dataclass(frozen=True)
class Desk:
    """The duty worker, one child, and the school's post that is written to."""

    staff: Staff
    tom: Actor
    child: UUID
    school: UUID
    lead: UUID
    subject: UUID

    def compose(self, **changes: Any) -> Composed:
        said = {
            "kind": "outcome", "means": "link", "agency_post": self.lead, "subject": self.subject,
            "text": SECRET_WORDS, "about": [self.child], "post": self.staff.posts["duty"],
            "ring": "the front door on 01632 960123", "at": SOON,
        }  # fmt: skip
        return operations.compose_message(by=self.tom, **(said | changes))


@pytest.fixture
def staff(told_staff: Staff, db: None, settings: Any) -> Staff:
    """Made by operations, with a quick hasher: the tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return told_staff


@pytest.fixture
def desk(staff: Staff) -> Desk:
    publish_shipped_packs(at=AT)
    tom, child = staff.actor("Tom Bell"), new_id()
    with acting(tom.id):
        give_sight(people=[child], reader=staff.posts["duty"], because="contact", because_of=None, at=AT)
    school = operations.add_agency(by=tom, key="weir-primary", kind="school", name="Weir Primary School", at=AT)
    lead = operations.add_agency_post(
        by=tom, agency=school, key="weir-lead", title="Safeguarding lead", email="lead@weir.example",
        manager_title="Head", manager_email="head@weir.example", at=AT,
    )  # fmt: skip
    set_actor(tom.id)
    return Desk(staff, tom, child, school, lead, new_id())


@pytest.fixture
def run_jobs() -> Callable[..., None]:
    """Run what is enqueued, each job as often as it is there; `attempts` is how often it has failed before."""

    def run(attempts: int = 0) -> None:
        context = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
        for job in ProcrastinateJob.objects.filter(queue_name="mail").order_by("id"):
            app.tasks[job.task_name].func(context, **job.args)

    return run
