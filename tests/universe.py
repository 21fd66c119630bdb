"""Hallowby in small: the demonstration's authority, and four of its families, for any test that wants them.

`authority` has teams, posts, accounts and agencies and no children; `universe` has four families as well, told by
the same calls of operations as the demonstration's. Both end a little before the test begins, since the row policies
ask the database's own clock: acts in a test are done at `universe.at`. The families are told once for many tests, and
what each of them does is taken back.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any, TypeVar
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
from tests.journeys.world import World, make_world
from tests.plans.household import Household, make_household
from tests.staff import SOON, Staff, make_staff

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TOLD = {"_four_families", "_two_families", "journeys_world", "okafors", "told_staff", "staff_with_packs"}
FAMILIES = (penhallow, maddox, whitcombe, demetriou)


Told = TypeVar("Told")


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
    """What was told last, in a transaction that is never kept; each test takes back what it did.

    It is told anew for a test that wants something else, and when it has grown old: pages look at the clock.
    """

    OLD = 180.0

    def __init__(self) -> None:
        self.what = ""
        self.told: Any = None
        self.since = 0.0
        self._held = ExitStack()

    def tell(self, what: str, make: Callable[[], Told], blocker: Any) -> Told:
        """A copy of what this makes; what is told inside a test's own transaction is not kept."""
        if self.what != what or monotonic() - self.since > self.OLD:
            self.strike()
            with override_settings(PASSWORD_HASHERS=QUICK), blocker.unblock():
                if connection.in_atomic_block:
                    return make()
                undo = transaction.atomic()
                undo.__enter__()
                self._held.callback(_take_back, undo, blocker)
                told = make()
            self.what, self.told, self.since = what, told, monotonic()
        copied: Told = deepcopy(self.told)
        return copied

    def strike(self) -> None:
        """Take it all back, for a test that wants an empty database or one of its own."""
        self.what, self.told = "", None
        self._held.close()


def _take_back(undo: transaction.Atomic, blocker: Any) -> None:
    with blocker.unblock():
        if connection.connection is not None:
            transaction.set_rollback(True)
        undo.__exit__(None, None, None)


_STAGE = _Stage()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever asks for nothing that was told finds nothing."""
    if not TOLD & set(getattr(item, "fixturenames", ())) or _commits(item):
        _STAGE.strike()


def _commits(item: pytest.Item) -> bool:
    """Whether what a test does is seen by others, so that what was told for it must be too."""
    marked = item.get_closest_marker("django_db")
    asked = "transactional_db" in getattr(item, "fixturenames", ())
    return asked or bool(marked and marked.kwargs.get("transaction"))


@pytest.fixture
def _four_families(django_db_setup: None, django_db_blocker: Any) -> Universe:
    return _STAGE.tell("four families", partial(make_universe, empty=False), django_db_blocker)


@pytest.fixture
def _two_families(django_db_setup: None, django_db_blocker: Any) -> Universe:
    families = (penhallow, maddox)
    return _STAGE.tell("two families", partial(make_universe, empty=False, families=families), django_db_blocker)


@pytest.fixture
def journeys_world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> World:
    """The authority in which journeys are played. Asked for before `db`, else it is told for one test alone."""
    if "okafors" in request.fixturenames:
        world: World = request.getfixturevalue("okafors").world
        return world
    return _tell(request, "a world", make_world, django_db_blocker)


@pytest.fixture
def okafors(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Household:
    """The same authority, with Ayo, Bim and Chi, of two fathers."""
    return _tell(request, "the Okafors", lambda: make_household(make_world()), django_db_blocker)


@pytest.fixture
def told_staff(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Staff:
    """A smaller authority's workforce, and no packs."""
    return _tell(request, "staff", make_staff, django_db_blocker)


@pytest.fixture
def staff_with_packs(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Staff:
    """The same, with what is shipped in force."""
    return _tell(request, "staff with packs", _make_staff_with_packs, django_db_blocker)


def _make_staff_with_packs() -> Staff:
    publish_shipped_packs(at=SOON)
    return make_staff()


def _tell(request: pytest.FixtureRequest, what: str, make: Callable[[], Told], blocker: Any) -> Told:
    if not _commits(request.node):
        return _STAGE.tell(what, make, blocker)
    with override_settings(PASSWORD_HASHERS=QUICK), blocker.unblock():
        return make()


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
