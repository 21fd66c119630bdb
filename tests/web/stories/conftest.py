"""The stories' stage: Hallowby with its families, served by gunicorn and the worker, and the system's browser.

One stage for all stories that a process plays, with a database of its own. Each story has children
of its own in it, so that they may be played in any order.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, sync_playwright

from sightline.commands import serving
from sightline.commands.postbox import Postbox
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import ROOT
from tests import template
from tests.conftest import Mailbox, _migrate
from tests.web.stories.looking import Album
from tests.web.stories.steps import Stage

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
Environment = dict[str, str]


@pytest.fixture(scope="package")
def hallowby_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the template that no other test sees."""
    name = f"test_sightline_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_stories"
    with django_db_blocker.unblock(), template.standing(_migrate) as made:
        with template.turn():
            roles.prepare_database(name, template=made)
        try:
            yield name
        finally:
            roles.drop_database(name)


@pytest.fixture(scope="package")
def environment(hallowby_database: str, _postbox: Postbox, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """What the processes beside the stories are told."""
    return {
        **os.environ,
        "DATABASE_URL": _database_url(hallowby_database),
        "DJANGO_SETTINGS_MODULE": "tests.web.stories.served_settings",
        "SIGHTLINE_AS": "serving",
        "SIGHTLINE_DEMONSTRATION": "1",
        "SIGHTLINE_EMAIL_HOST": "127.0.0.1",
        "SIGHTLINE_EMAIL_PORT": str(_postbox.port),
        "SIGHTLINE_STORY_CACHE": str(tmp_path_factory.mktemp("cache")),
    }


@pytest.fixture(scope="package")
def names(environment: Environment) -> frozenset[str]:
    """The fictional authority with all its families is there; everybody in the register, by name."""
    told = subprocess.run(_aside("build"), env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return frozenset(json.loads(told.stdout))


@pytest.fixture(scope="package")
def stage(environment: Environment, names: frozenset[str], _postbox: Postbox, browser_program: str) -> Iterator[Stage]:
    """Where workers sign in, each in a browser of their own."""
    mailbox, album = Mailbox(_postbox.folder), Album(takes=bool(os.environ.get("SIGHTLINE_PICTURES")))
    with _served(environment) as address, _browsing(browser_program) as browser:
        made = Stage(browser=browser, address=address, names=set(names), mailbox=mailbox, album=album)
        made.strike = lambda: subprocess.run(_aside("strike"), env=environment, cwd=ROOT, check=True)
        made.aside = lambda what, **told: (
            subprocess.run(
                _aside(what), env=environment | told, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
            ).stdout
        )
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _leaves_the_stage(stage: Stage) -> Iterator[None]:
    """Whoever came on in one story is gone before the next."""
    yield
    stage.close()


@contextmanager
def _served(environment: Environment) -> Iterator[str]:
    port = _free_port()
    where = f"http://127.0.0.1:{port}"
    told = environment | {"SIGHTLINE_ADDRESS": where}
    gunicorn = ["gunicorn", "sightline.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                "--log-level", "warning", "--preload"]  # fmt: skip
    running = {
        "The web server": serving._begin(gunicorn, told),
        "The worker": subprocess.Popen(_aside("work"), env=told, cwd=ROOT),
    }
    try:
        serving._wait_for_pages(port, running)
        yield where
        serving._refuse_the_dead(running)
    finally:
        serving._end(running)


@contextmanager
def _browsing(program: str) -> Iterator[Browser]:
    """The system's Chromium. Playwright runs a loop beside the test, which Django would take for its own."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield opened
            opened.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _aside(what: str) -> list[str]:
    return [
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path.insert(0, '.'); from tests.web.stories.hallowby import {what}; {what}()",
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _database_url(name: str) -> str:
    """The stories' own database, as the serving role reaches it."""
    reached = url.connection_settings("serving", database=name)
    login = f"{quote(reached['USER'], safe='')}:{quote(reached['PASSWORD'], safe='')}"
    return f"postgresql://{login}@/{name}?host={quote(reached['HOST'], safe='')}&port={reached['PORT']}"
