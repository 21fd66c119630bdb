"""A worker who acts, and people registered by calling operations."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.kernel.references import new_id
from sightline.people import operations
from sightline.workforce.models import Account

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

Register = Callable[..., UUID]


def open_account(name: str, role: Role = Role.SOCIAL_WORKER) -> Actor:
    email = f"{name.replace(' ', '.').lower()}@authority.example"
    account = Account(email=email, name=name, role=role, joined_at=AT)
    account.save(force_insert=True)
    return Actor(id=account.id, name=name, role=role)


@pytest.fixture
def worker(db: None) -> Actor:
    """Somebody who acts from here to the end of the test."""
    actor = open_account("Jane Smith")
    set_actor(actor.id)
    return actor


@pytest.fixture
def colleague(worker: Actor) -> Actor:
    return open_account("Ravi Colleague")


@pytest.fixture
def register(worker: Actor) -> Register:
    """Registers somebody whom the worker may see."""

    def registered(given: str = "", family: str = "", *, sections: Any = EVERYDAY, **facts: Any) -> UUID:
        person = new_id()
        give_sight(people=[person], reader=worker.id, because="test", because_of=None, at=AT, sections=sections)
        facts = {"kind": "child"} | facts
        return operations.register_person(by=worker, person=person, given=given, family=family, at=AT, **facts)

    return registered
