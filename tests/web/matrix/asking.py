"""Every address out of Django's resolver, and what comes back when a persona asks for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.matrix.world import World, undone

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NOT_PAGES = {"static"}

_KEY = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<named>\w+)>(?P<choices>[^)]*)\)")


@dataclass(frozen=True)
class Address:
    """One route of the resolver: its name, its pattern, and the names of the keys in it."""

    name: str
    pattern: str
    keys: tuple[str, ...]


def addresses() -> list[Address]:
    """Every route there is, the sign-in library's among them."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda address: address.pattern)


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern) and pattern.name not in NOT_PAGES:
            keys = tuple(found["name"] or found["named"] for found in _KEY.finditer(here))
            yield Address(pattern.name or here, here, keys)


def path_of(address: Address, given: dict[str, str]) -> str:
    """The address with its keys filled in."""
    filled = _KEY.sub(lambda found: given[found["name"] or found["named"]], address.pattern)
    return "/" + filled.replace("^", "").replace("$", "").replace("\\", "")


def ask(world: World, persona: str, method: str, path: str, body: dict[str, str] | None = None) -> HttpResponse:
    """One request, whose effects are taken back."""
    # Signed in before: signing in stands, what is asked is taken back.
    client = world.browser(persona)
    with undone():
        given = dict(body or {})
        if method == "POST":
            given.setdefault("key", str(uuid4()))
        kept = client.cookies.copy()
        try:
            return _send(client, method, path, given)
        finally:
            client.cookies = kept


def _send(client: Any, method: str, path: str, given: dict[str, str]) -> HttpResponse:
    if method in {"GET", "HEAD", "POST"}:
        return getattr(client, method.lower())(path, given)
    return client.generic(method, path)


def outcome(response: HttpResponse) -> str:
    """What became of a request, in the words of the table."""
    status = response.status_code
    if status == 302:
        return _where_to(response["Location"])
    words = {401: "sign-in", 403: "no", 404: "gone", 405: "not a method"}
    if status in words:
        return words[status]
    return "yes" if status < 500 else f"fault {status}"


def _where_to(location: str) -> str:
    if location.startswith("/account/login/"):
        return "sign-in"
    return "code" if location.startswith("/account/code/totp/activate") else "yes"


_OF_THE_REQUEST = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'value="[0-9a-f]{8}-[0-9a-f-]{27}"'),
)


def body_of(response: HttpResponse) -> bytes:
    """The body without what is different in every request: the form's token and a fresh form's key."""
    body: bytes = response.content
    for pattern in _OF_THE_REQUEST:
        body = pattern.sub(b"", body)
    return body
