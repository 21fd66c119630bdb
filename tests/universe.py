"""Hallowby in small: the demonstration's authority, and four of its families, for any test that wants them.

`authority` has teams, posts, accounts and agencies and no children; `universe` has four families as well, told by
the same calls of operations as the demonstration's. Both end a little before the test begins, since the row policies
ask the database's own clock: acts in a test are done at `universe.at`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

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


@pytest.fixture
def universe(db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows, the Maddoxes, the Whitcombes and the Demetrious."""
    return make_universe(empty=False)


@pytest.fixture
def two_families(db: None, quick_passwords: None) -> Universe:
    """The authority with the Penhallows and the Maddoxes alone: told in a third of the time."""
    return make_universe(empty=False, families=(penhallow, maddox))


def make_universe(*, empty: bool, families: Sequence[Any] = FAMILIES) -> Universe:
    """Every act is over a little before now. Fewer families are told sooner."""
    begun = datetime.now(UTC)
    publish_shipped_packs(at=begun)
    story = build(empty=empty, at=begun, families=families)
    return Universe(story, story.diary.now)
