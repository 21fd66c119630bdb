"""Hallowby in small: the demonstration's authority, and four of its families, for any test that wants them.

`authority` has teams, posts, accounts and agencies and no children; `universe` has four families as well, told by
the same calls of operations as the demonstration's. Both end a little before the test begins, since the row policies
ask the database's own clock: acts in a test are done at `universe.at`. The families are told once for many tests, and
what each of them does is taken back.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import override_settings

from sightline.commands.demonstration.authority import PASSWORD, Authority
from sightline.commands.demonstration.building import build
from sightline.commands.demonstration.families import demetriou, maddox, penhallow, whitcombe
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.actor import Actor
from sightline.practice.operations import publish_shipped_packs

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FAMILIES = (penhallow, maddox, whitcombe, demetriou)


@dataclass(frozen=True)
class Universe:
    """People, contacts and entries by the words of the stories; workers by their key word ("jane")."""

    story: Telling
    at: datetime

    @property
    def authority(self) -> Authority:
        return self.story.authority

    @property
    def password(self) -> str:
        return PASSWORD

    def who(self, key: str) -> Actor:
        """A worker as they stand now."""
        return self.authority.who(key)

    def post(self, key: str) -> UUID:
        return self.authority.posts[key]

    def mailbox(self, key: str) -> UUID:
        """A post at an agency."""
        return self.authority.mailboxes[key]

    def person(self, name: str) -> UUID:
        return self.story.people[name]

    def contact(self, title: str) -> UUID:
        return self.story.contacts[title]

    def entry(self, title: str) -> UUID:
        return self.story.entries[title]


@pytest.fixture
def quick_passwords(settings: Any) -> None:
    """The tests are not about how passwords are kept."""
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def authority(db: None, quick_passwords: None) -> Universe:
    """Teams, posts, accounts, agencies and packs; everybody in post, and no children."""
    return make_universe(empty=True)


class _Stage:
    """The families that were told last, in a transaction that is never kept; each test takes back what it did.

    They are told anew for a test that wants others, and when they have grown old: pages look at the clock.
    """

    OLD = 180.0

    def __init__(self) -> None:
        self.families: Sequence[Any] = ()
        self.told: Universe | None = None
        self.since = 0.0
        self._held = ExitStack()

    def tell(self, families: Sequence[Any], blocker: Any) -> Universe:
        """A copy of the universe with these families; what is told inside a test's own transaction is not kept."""
        if self.told is None or self.families != families or monotonic() - self.since > self.OLD:
            self.strike()
            kept = not connection.in_atomic_block
            with override_settings(PASSWORD_HASHERS=QUICK), blocker.unblock():
                undo = transaction.atomic()
                undo.__enter__()
                told = make_universe(empty=False, families=families)
            if not kept:
                return told
            self.families, self.told, self.since = families, told, monotonic()
            self._held.callback(_take_back, undo, blocker)
        assert self.told is not None
        return deepcopy(self.told)

    def strike(self) -> None:
        """Take it all back, for a test that wants an empty database or one of its own."""
        self.families, self.told = (), None
        self._held.close()


def _take_back(undo: transaction.Atomic, blocker: Any) -> None:
    with blocker.unblock():
        if connection.connection is not None:
            transaction.set_rollback(True)
        undo.__exit__(None, None, None)


_STAGE = _Stage()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever asks for no families finds none."""
    if not {"universe", "two_families"} & set(getattr(item, "fixturenames", ())):
        _STAGE.strike()


@pytest.fixture
def _four_families(django_db_setup: None, django_db_blocker: Any) -> Universe:
    return _STAGE.tell(FAMILIES, django_db_blocker)


@pytest.fixture
def _two_families(django_db_setup: None, django_db_blocker: Any) -> Universe:
    return _STAGE.tell((penhallow, maddox), django_db_blocker)


@pytest.fixture
def universe(_four_families: Universe, db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows, the Maddoxes, the Whitcombes and the Demetrious."""
    return _four_families


@pytest.fixture
def two_families(_two_families: Universe, db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows and the Maddoxes alone: told in a third of the time."""
    return _two_families


def make_universe(*, empty: bool, families: Sequence[Any] = FAMILIES) -> Universe:
    """Every act is over a little before now. Fewer families are told sooner."""
    begun = datetime.now(UTC)
    publish_shipped_packs(at=begun)
    story = build(empty=empty, at=begun, families=families)
    return Universe(story, story.diary.now)
