"""`./run serve`: it answers, stops in order when it is interrupted, and refuses with a sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connections

from sightline.commands.postgres import url
from sightline.commands.postgres.lifecycle import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Served is the test's own database, as if it stood on a server."""
    reached = url.connection_settings("serving", database=connections["default"].settings_dict["NAME"])
    login = f"{quote(reached['USER'], safe='')}:{quote(reached['PASSWORD'], safe='')}"
    where = f"host={quote(reached['HOST'], safe='')}&port={reached['PORT']}"
    return os.environ | {
        "DATABASE_URL": f"postgresql://{login}@/{reached['NAME']}?{where}",
        "SIGHTLINE_SECRET_KEY": "only-for-this-test-" * 4,
        "SIGHTLINE_VAR": str(tmp_path),
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def begin(environment: dict[str, str], port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "sightline.commands", "serve", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def serving(environment: dict[str, str], port: int) -> Iterator["subprocess.Popen[str]"]:
    """A running `./run serve`, once it has said where it answers."""
    running = begin(environment, port)
    try:
        said = _until_it_says(running, f"http://127.0.0.1:{port}/")
        assert "Ctrl-C stops it" in said
        yield running
    finally:
        running.kill()
        running.communicate()


def _until_it_says(running: "subprocess.Popen[str]", words: str) -> str:
    assert running.stdout is not None
    for line in running.stdout:
        if words in line:
            return line
    assert running.stderr is not None
    raise AssertionError(running.stderr.read())


def test_it_answers_and_an_interruption_leaves_nothing_running(serving: "subprocess.Popen[str]", port: int) -> None:
    # As a proxy in front of it asks, which has taken the encryption off.
    asked = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    asked.request("GET", "/healthy", headers={"X-Forwarded-Proto": "https"})
    assert asked.getresponse().status == 200
    asked.close()
    begun = _descendants(serving.pid)
    assert len(begun) >= 3, "a web server, its own processes, and the worker"
    serving.send_signal(signal.SIGINT)
    assert serving.wait(timeout=PATIENCE_SECONDS) == 130
    assert not [process for process in begun if _is_running(process)]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_when_it_is_killed_outright_what_it_began_stops_too(serving: "subprocess.Popen[str]") -> None:
    begun = _descendants(serving.pid)
    serving.kill()
    until = time.monotonic() + PATIENCE_SECONDS
    while any(_is_running(process) for process in begun) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [process for process in begun if _is_running(process)]


def test_a_port_that_is_taken_is_refused_with_a_sentence(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = int(taken.getsockname()[1])
        refused = begin(environment, number)
        _, said = refused.communicate(timeout=PATIENCE_SECONDS)
    assert refused.returncode == 1
    assert said.strip() == f"Port {number} is taken by another program. Choose another with --port."


def _descendants(parent: int) -> list[int]:
    """Every process that was begun by this one, or by one that it began."""
    parents = {int(path.name): _parent_of(path) for path in Path("/proc").glob("[0-9]*")}
    found, waiting = [], [parent]
    while waiting:
        above = waiting.pop()
        below = [process for process, its_parent in parents.items() if its_parent == above]
        found += below
        waiting += below
    return found


def _parent_of(process: Path) -> int:
    try:
        # Behind the name, which stands in brackets and may hold anything: the state, then the parent.
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _is_running(process: int) -> bool:
    try:
        state = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
