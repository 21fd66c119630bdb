"""The stories' stage: Hallowby with its families, served by gunicorn and the worker, and the system's browser."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from sightline.commands import serving
from sightline.commands.demonstration.building import build
from sightline.commands.postbox import Postbox
from sightline.commands.postgres import url
from sightline.commands.postgres.lifecycle import ROOT
from sightline.practice.operations import publish_shipped_packs
from tests.conftest import Mailbox
from tests.web.stories.looking import Album
from tests.web.stories.steps import Stage

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser(browser_program: str) -> Iterator[Browser]:
    """The system's Chromium. Playwright runs a loop beside the test, which Django would otherwise take for its own."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser_program, args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def hallowby(transactional_db: None, quick_passwords: None) -> Any:
    """The fictional authority with all its families, committed; told by operations alone."""
    now = datetime.now(UTC)
    publish_shipped_packs(at=now)
    story = build(empty=False, at=now)
    connections.close_all()
    return story


@pytest.fixture
def address(hallowby: Any, _postbox: Postbox, tmp_path: Path) -> Iterator[str]:
    """Where the product answers, with its worker, on the story's own database."""
    port = _free_port()
    where = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.web.stories.served_settings",
        "SIGHTLINE_ADDRESS": where,
        "SIGHTLINE_AS": "serving",
        "SIGHTLINE_DEMONSTRATION": "1",
        "SIGHTLINE_EMAIL_HOST": "127.0.0.1",
        "SIGHTLINE_EMAIL_PORT": str(_postbox.port),
        "SIGHTLINE_STORY_CACHE": str(tmp_path / "cache"),
    }
    gunicorn = ["gunicorn", "sightline.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                "--log-level", "warning", "--preload"]  # fmt: skip
    running = {
        "The web server": serving._begin(gunicorn, environment),
        "The worker": _begin_worker(environment),
    }
    try:
        serving._wait_for_pages(port, running)
        yield where
        serving._refuse_the_dead(running)
    finally:
        serving._end(running)


def _begin_worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-P", "-c", "from tests.web.stories.worker import run; run()"]
    return subprocess.Popen(words, env=environment, cwd=ROOT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _database_url() -> str:
    """The test's own database, as the serving role reaches it."""
    reached = url.connection_settings("serving", database=connections["default"].settings_dict["NAME"])
    login = f"{quote(reached['USER'], safe='')}:{quote(reached['PASSWORD'], safe='')}"
    return f"postgresql://{login}@/{reached['NAME']}?host={quote(reached['HOST'], safe='')}&port={reached['PORT']}"


@pytest.fixture
def stage(address: str, browser: Browser, hallowby: Any, mailbox: Mailbox, album: Album) -> Iterator[Stage]:
    """Where workers sign in, each in a browser of their own."""
    made = Stage(browser=browser, address=address, telling=hallowby, mailbox=mailbox, album=album)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Album:
    """Pictures for the manual: taken only when they are asked for."""
    return Album(takes=bool(os.environ.get("SIGHTLINE_PICTURES")))
