"""Hallowby in small: the demonstration's authority, and four of its families, for any test that wants them.

`authority` has teams, posts, accounts and agencies and no children; `universe` has four families as well, told by
the same calls of operations as the demonstration's. Both end a little before the test begins, since the row policies
ask the database's own clock: acts in a test are done at `universe.at`. The families are told once for a module, and
what a test does is taken back; so a module has either `authority` or `universe`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import override_settings

from sightline.commands.demonstration.authority import PASSWORD, Authority
from sightline.commands.demonstration.building import build
from sightline.commands.demonstration.families import demetriou, maddox, penhallow, whitcombe
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.actor import Actor
from sightline.practice.operations import publish_shipped_packs

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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def authority(db: None, quick_passwords: None) -> Universe:
    """Teams, posts, accounts, agencies and packs; everybody in post, and no children."""
    return make_universe(empty=True)


@pytest.fixture(scope="module")
def _four_families(django_db_setup: None, django_db_blocker: Any) -> Iterator[Universe]:
    with _told_once(django_db_blocker, FAMILIES) as told:
        yield told


@pytest.fixture(scope="module")
def _two_families(django_db_setup: None, django_db_blocker: Any) -> Iterator[Universe]:
    with _told_once(django_db_blocker, (penhallow, maddox)) as told:
        yield told


@contextmanager
def _told_once(django_db_blocker: Any, families: Sequence[Any]) -> Iterator[Universe]:
    """Told in a transaction that is never kept; each test of the module does what it does inside, and takes it back."""
    with (
        override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield make_universe(empty=False, families=families)
        transaction.set_rollback(True)


@pytest.fixture
def universe(_four_families: Universe, db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows, the Maddoxes, the Whitcombes and the Demetrious."""
    return deepcopy(_four_families)


@pytest.fixture
def two_families(_two_families: Universe, db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows and the Maddoxes alone: told in a third of the time."""
    return deepcopy(_two_families)


def make_universe(*, empty: bool, families: Sequence[Any] = FAMILIES) -> Universe:
    """Every act is over a little before now. Fewer families are told sooner."""
    begun = datetime.now(UTC)
    publish_shipped_packs(at=begun)
    story = build(empty=empty, at=begun, families=families)
    return Universe(story, story.diary.now)
