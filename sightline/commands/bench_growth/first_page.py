"""How long it is until the first page: the product's own server is started, and asked until it answers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from sightline.commands.postgres.lifecycle import ROOT
from sightline.commands.serving import CannotServe, choose_port

PATIENCE_SECONDS = 60.0


@contextmanager
def serving(around: dict[str, str]) -> Iterator[float]:
    """`./run serve` inside the block, which is told the milliseconds until it answered its first page."""
    began, port = time.monotonic(), choose_port(None, first=8700)
    words = [sys.executable, "-P", "-m", "sightline.commands", "serve", "--port", str(port)]
    child = subprocess.Popen(words, env=around, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for_page(port, child, PATIENCE_SECONDS)
        yield 1000 * (time.monotonic() - began)
    finally:
        child.terminate()
        child.wait()


def wait_for_page(port: int, child: subprocess.Popen[Any], patience: float) -> None:
    """Until signing in is answered with its page. Refused (`CannotServe`) where the process ended, or nothing came."""
    until = time.monotonic() + patience
    asked = Request(f"http://127.0.0.1:{port}/account/login/", headers={"X-Forwarded-Proto": "https"})
    while time.monotonic() < until and child.poll() is None:
        try:
            with urlopen(asked, timeout=30) as answer:  # noqa: S310 (the address is this machine's own)
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    if child.poll() is not None:
        raise CannotServe(f"It ended by itself, with {child.returncode}, before a page was answered.")
    raise CannotServe(f"No page was answered within {patience:.0f} seconds.")
