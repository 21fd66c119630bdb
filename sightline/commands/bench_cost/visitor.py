"""Somebody at a browser: signs in with a password and a code, and opens one page after another as links lead."""

import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'href="(/(?:my-day|newest|people|contacts|plans|assessments|conferences|steps)[^"#?]*)"')
FIRST = "/my-day"


class Visitor:
    """One browser, with its own cookies."""

    def __init__(self, port: int, number: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.random = random.Random(number)  # noqa: S311 (which link is followed is no secret)

    def sign_in(self, email: str, password: str, code: str) -> bool:
        """Whether a page of their own was answered after it."""
        page = self._send("/account/login/", {"login": email, "password": password})
        if 'name="code"' not in page:
            return False
        self._send("/account/code/authenticate/", {"code": code})
        return 'name="code"' not in self.get(FIRST)

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=120) as answer:
            return str(answer.read().decode(errors="replace"))

    def _send(self, path: str, body: dict[str, str]) -> str:
        token = TOKEN.search(self.get(path))
        sent = urlencode(body | {"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        headers = {"Referer": self.address + path}
        with self.opener.open(Request(self.address + path, sent, headers), timeout=120) as answer:  # noqa: S310 (this machine's own address)
            return str(answer.read().decode(errors="replace"))


@dataclass
class Visits:
    """What came of it: milliseconds of each page, and pages that were answered otherwise."""

    taken: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0


def visit(visitors: Sequence[Visitor], seconds: float) -> tuple[Visits, list[threading.Thread]]:
    """Each opens a page as soon as the one before has come. Ends by itself; the threads tell when."""
    visits, until = Visits(seconds=seconds), time.monotonic() + seconds
    threads = [threading.Thread(target=_browse, args=[one, until, visits], daemon=True) for one in visitors]
    for one in threads:
        one.start()
    return visits, threads


def _browse(visitor: Visitor, until: float, visits: Visits) -> None:
    path = FIRST
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            page = visitor.get(path)
            visits.taken.append(1000 * (time.monotonic() - began))
        except (URLError, HTTPException, OSError):
            # A link to what only a colleague may open.
            visits.failed += 1
            page = ""
        links = LINK.findall(page)
        path = visitor.random.choice(links) if links else FIRST
