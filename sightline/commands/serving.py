"""The processes behind `serve` and `demo`: the web server and the worker, started and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from sightline.commands.postgres import url
from sightline.commands.postgres.lifecycle import ROOT, var_folder

WORKERS = 2
USUAL_PORT = 8000
PATIENCE_SECONDS = 25.0
STOPPING_SECONDS = 20.0
"""How long each process has to stop in order before it is stopped outright."""
PR_SET_PDEATHSIG = 1


class CannotServe(Exception):
    """The port is taken, or a process ended by itself; the message says which."""


def choose_port(wanted: int | None, *, first: int = USUAL_PORT) -> int:
    """The port asked for, or refused when it is taken; without a wish, `first` or any free one."""
    if wanted is not None:
        if not _is_free(wanted):
            raise CannotServe(f"Port {wanted} is taken by another program. Choose another with --port.")
        return wanted
    if _is_free(first):
        return first
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn binds: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def mail() -> Iterator[None]:
    """Letters go where SIGHTLINE_EMAIL_HOST says; without it, into `mail` of the var folder through a server here."""
    if os.environ.get("SIGHTLINE_EMAIL_HOST") or not url.is_on_this_machine():
        yield
        return
    from sightline.commands.postbox import open_postbox

    with open_postbox(var_folder() / "mail") as postbox:
        os.environ["SIGHTLINE_EMAIL_HOST"] = "127.0.0.1"
        os.environ["SIGHTLINE_EMAIL_PORT"] = str(postbox.port)
        try:
            yield
        finally:
            del os.environ["SIGHTLINE_EMAIL_HOST"], os.environ["SIGHTLINE_EMAIL_PORT"]


PAGES, JOBS, SEALING = "The web server", "The worker", "The sealer"


def serve_until_stopped(port: int, announce: Callable[[], None]) -> None:
    """Serves on 127.0.0.1:`port` until Ctrl-C or SIGTERM; `announce` is called once pages are answered."""
    environment = os.environ | {"SIGHTLINE_AS": "serving", "DJANGO_SETTINGS_MODULE": "sightline.settings"}
    environment.setdefault("SIGHTLINE_ADDRESS", f"http://127.0.0.1:{port}")
    with served(port, commands(port), environment) as children:
        announce()
        _watch(children)


def commands(port: int, *, application: str = "sightline.wsgi:application") -> dict[str, list[str]]:
    """What is run for pages, for jobs and for sealing, each as words after `python -m`."""
    return {
        PAGES: ["gunicorn", application, "--bind", f"127.0.0.1:{port}",
                "--workers", str(WORKERS), "--worker-class", "sync", "--timeout", "60",
                "--log-level", "warning", "--preload"],
        JOBS: ["django", "procrastinate", "worker", "--concurrency", "2"],
        SEALING: ["sightline.commands", "audit", "seal"],
    }  # fmt: skip


@contextmanager
def served(
    port: int, wanted: dict[str, list[str]], environment: dict[str, str], *, said: IO[str] | None = None
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The processes run inside the block, from the moment that pages are answered; all are stopped at its end.

    What they print goes where this command prints, or to `said`.
    """
    children = {name: _begin(words, environment, said) for name, words in wanted.items()}
    try:
        _wait_for_pages(port, children)
        yield children
    finally:
        _end(children)


def _begin(words: list[str], environment: dict[str, str], said: IO[str] | None = None) -> subprocess.Popen[bytes]:
    libc = ctypes.CDLL(None)

    def end_with_parent() -> None:
        # When this command is killed outright, the kernel tells its children to stop.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    # A session of their own: Ctrl-C reaches this command alone, which stops them in order.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", *words], stdout=said,
        env=environment, cwd=ROOT, start_new_session=True, preexec_fn=end_with_parent,  # noqa: PLW1509 (it makes one system call and takes no lock)
    )  # fmt: skip


def _wait_for_pages(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        _refuse_the_dead(children)
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise CannotServe(f"The web server did not answer within {PATIENCE_SECONDS:.0f} seconds.")


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    while True:
        _refuse_the_dead(children)
        time.sleep(0.5)


def _refuse_the_dead(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotServe(f"{name} stopped by itself (exit {child.returncode}); the lines above say why.")


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            # What a killed worker was at is done again: a job's effect is keyed, and happens once.
            child.wait(timeout=STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
