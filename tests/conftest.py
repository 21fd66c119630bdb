"""The tests' world: a database made as the owner and used as the serving role, real mail, no network.

The tables are built once, as a template, and each worker takes a copy. A test that commits for
real gets a fresh copy afterwards: the serving role may not empty tables, and must not.
"""

import itertools
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from django.utils import timezone
from xdist.scheduler import LoadScopeScheduling

from sightline.commands import migrating
from sightline.commands.postbox import Postbox, open_postbox
from sightline.commands.postgres import lifecycle, privileges, roles, url
from sightline.kernel.dates import local
from tests import template

pytest_plugins = ["tests.universe"]

SHARING = (
    "tests/web/matrix/",
    "tests/web/stories/",
    "tests/access/test_every_table.py",
    "tests/commands/test_demonstration.py",
    "tests/commands/test_prove.py",
    "tests/returns/test_built_families.py",
    "tests/simulation/test_truth.py",
)
"""Tests that share what takes long to make: a walk, a stage, an authority with all its families."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser the browser stories are left out, aloud; under CI that is a failure."""
    stories = [item for item in items if item.get_closest_marker("browser")]
    if not stories or find_browser():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("CI needs a browser for the browser stories: apt install chromium")
    items[:] = [item for item in items if item not in stories]
    config.hook.pytest_deselected(items=stories)
    print("No browser here, so the browser stories are left out. Install one: apt install chromium", file=sys.stderr)


class _Together(LoadScopeScheduling):
    """One worker has all the tests that share something, so that it is made once; any other goes to whoever is free.

    What there is most of begins first, so that no worker is left with a long one at the end.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in SHARING if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """By address and not by mark: a mark's group did not reach the scheduler."""
    return _Together(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test begins around midnight in England: what is told happened "five minutes ago", which is then yesterday.

    A test says how many days ago something was, and a page counts days as the calendar does.
    """
    wait = _until_clear_of_midnight(local(timezone.now()))
    if wait:
        time.sleep(wait.total_seconds())


def _until_clear_of_midnight(now: datetime) -> timedelta:
    begins = now.replace(hour=23, minute=59, second=0, microsecond=0)
    ends = now.replace(hour=0, minute=5, second=30, microsecond=0)
    if now >= begins:
        return ends + timedelta(days=1) - now
    return max(ends - now, timedelta())


@pytest.fixture(scope="session")
def browser_program() -> str:
    """The path of the system's browser; stories that ask for it are only collected where there is one."""
    found = find_browser()
    assert found is not None
    return found


# --- the database -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Each worker's database: a copy of the template, reached as `sightline_serving`."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    # The process's own number, so that two runs at once on one machine do not meet.
    name = f"test_sightline_{os.getpid()}_{worker}"
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if url.is_embedded():
            stack.enter_context(lifecycle.use_server(lifecycle.current_cluster(), durable=False))
        made = stack.enter_context(template.standing(_migrate))
        renew = _Renewal(name, made)
        stack.enter_context(renew.in_place())
        # A test is one transaction that is taken back, denials with it; that they stay is shown with their own.
        settings.DENIALS_DATABASE = "default"
        stack.enter_context(django_db_blocker.block())
        yield


def _migrate(name: str) -> None:
    from django.core.management import call_command

    _speak_as("owner", name)
    with migrating.drawing_alone():
        call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
    with roles.connect(name) as connection:
        privileges.grant_libraries(connection)


def _speak_as(role: str, name: str) -> None:
    for alias in connections:
        _speak_on(connections[alias], role, name)


def _speak_on(connection: BaseDatabaseWrapper, role: str, name: str) -> None:
    connection.close()
    # Filled in by Django when it first reads its settings; kept, since ours do not name them.
    defaults = {key: value for key, value in connection.settings_dict.items() if key in {"TEST", "TIME_ZONE"}}
    defaults |= {"AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    fresh = connection.settings_dict | url.connection_settings(role, database=name) | defaults
    connection.settings_dict.clear()
    connection.settings_dict.update(fresh)


class _Renewal:
    """Makes the worker's database afresh from the template, before the first test and after each that commits."""

    def __init__(self, name: str, made: str) -> None:
        self.name, self.template = name, made

    def __call__(self) -> None:
        connections.close_all()
        roles.drop_database(self.name)
        with template.turn():
            roles.prepare_database(self.name, template=self.template)
        _speak_as("serving", self.name)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        self()
        flush = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda _case: self()
        try:
            yield
        finally:
            TransactionTestCase._fixture_teardown = flush
            connections.close_all()
            roles.drop_database(self.name)


@pytest.fixture
def as_owner(db: None) -> Iterator[Any]:
    """A psycopg connection as the administrator, to look behind the fence. It sees committed rows only."""
    name = connections["default"].settings_dict["NAME"]
    with roles.connect(name) as connection:
        yield connection


# --- the mail server ----------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _postbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postbox]:
    with open_postbox(tmp_path_factory.mktemp("mail")) as postbox:
        yield postbox


@pytest.fixture(autouse=True)
def _real_mail(settings: Any, _postbox: Postbox) -> None:
    """Letters go over SMTP to a server in this process; nothing stands in for Django's mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _postbox.port
    settings.EMAIL_USE_TLS = False


@pytest.fixture(autouse=True)
def _own_cache(settings: Any) -> None:
    """Attempts at a password are counted afresh in each test."""
    location = f"{os.getpid()}-{next(_COUNTER)}"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": location}}


_COUNTER = itertools.count()


class Mailbox:
    """What the mail server has accepted, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def letters(self) -> list[EmailMessage]:
        return list(Postbox.read(self.folder))

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters() if letter["X-RcptTo"] == address]


@pytest.fixture
def mailbox(_postbox: Postbox) -> Mailbox:
    """An empty mailbox, in which this test's letters arrive."""
    for letter in _postbox.folder.glob("*.eml"):
        letter.unlink()
    return Mailbox(_postbox.folder)


# --- no network ---------------------------------------------------------------------------------


def _refuse_far_away(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    here, address = arguments
    if here.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise PermissionError("A test reached for the network. Only this machine may be spoken to.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# An audit hook sees every connection that Python makes, whichever library makes it.
sys.addaudithook(_refuse_far_away)
