"""Every address out of Django's resolver, and what comes back when a persona asks for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.matrix.world import World

_KEY = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<named>\w+)>(?P<choices>[^)]*)\)")

# Which of the world's keys stands in an address, where it is not the one of the same name.
_KEYS: dict[str, str | dict[str, str]] = {
    "key": "draft",
    "token": "link",
    "uidb36": "uidb",
    "notice-tick": {"notice": "notice"},
    "adult-identify": {"adult": "unidentified"},
    "unidentified-adult": {"person": "unidentified"},
    "entry-original": {"entry": "withdrawn"},
    "child-wish": {"entry": "kept"},
    "same-compare": {"other": "second"},
    "same-end": {"link": "identity"},
    "visit-cancel": {"step": "planned"},
    "assessment-section-child": {"section": "section_of_child", "child": "person"},
    "assessment-earlier": {"part": "part"},
    "assessment-earlier-child": {"part": "part_of_child", "child": "person"},
    "assessment-signed": {"entry": "signed"},
    "assessment-family": {"entry": "signed"},
    "assessment-family-write": {"entry": "signed"},
    "assessment-family-given": {"entry": "signed"},
    "assessment-family-print": {"entry": "signed"},
    "birth": {"person": "unborn"},
    "core-group-record": {"person": "unborn", "plan": "protection_plan"},
    "medical-record": {"step": "medical"},
    "ending": {"step": "ending"},
    "restriction": {"bar": "restriction"},
    "restriction-readers": {"bar": "restriction"},
    "restriction-reviewer": {"bar": "restriction"},
    "conflict": {"bar": "conflict"},
    "possible-twin": {"step": "twin"},
    "ending-return": {"step": "ending"},
}
# What is done with a contact needs one that is not decided yet; handing it over, one that still is at the desk.
_KEYS |= {
    f"contact-{act}": {"contact": "contact_again"} for act in ("decide", "recommend", "tell", "check", "together")
} | {"contact-hand-over": {"contact": "contact_late"}}
_KEYS |= {
    name: {"step": kind, **more}
    for kind, names, more in (
        ("strategy", ("strategy", "strategy-record"), {}),
        ("strategy_held", ("strategy-add", "strategy-decide"), {}),
        ("enquiry", ("enquiry", "enquiry-add", "enquiry-conclude"), {}),
        ("enquiry_over", ("enquiry-not-told", "enquiry-no-conference"), {}),
        ("enquiry_over", ("enquiry-tell",), {"agency_post": "took_part"}),
        ("order", ("order-extend", "order-end"), {}),
        ("spell", tuple(f"before-court-{act}" for act in ("letter", "family", "meeting", "decide", "applied")), {}),
        (
            "conference",
            tuple(f"conference{page}" for page in (
                "", "-invitees", "-invitee", "-move", "-part", "-report", "-view", "-outcome",
            )),
            {"child": "person"},
        ),
        ("conference_held", ("conference-letters", "conference-letter", "conference-letter-pdf"), {}),
        ("disagreement", tuple(f"disagreement{page}" for page in ("", "-say", "-safety", "-escalate", "-resolve")), {}),
        ("disagreement_over", ("disagreement-tell",), {"agency_post": "side"}),
    )
    for name in names
}  # fmt: skip
_WORDS = {"what": "need", "tab": "checks"}


@dataclass(frozen=True)
class Address:
    """One route of the resolver: its name, its pattern, and the names of the keys in it."""

    name: str
    pattern: str
    keys: tuple[str, ...]

    def path(self, world: World, whose: str) -> str:
        """The address with the keys of something of theirs filled in."""
        filled = _KEY.sub(
            lambda found: "7" if found["kind"] == "int" else self._key(found["name"] or found["named"], world, whose),
            self.pattern,
        )
        return "/" + filled.replace("^", "").replace("$", "").replace("\\", "")

    def _key(self, name: str, world: World, whose: str) -> str:
        return _WORDS.get(name) or world.key(self._kind(name), whose)

    def _kind(self, name: str) -> str:
        own = _KEYS.get(self.name, {})
        named = own.get(name) if isinstance(own, dict) else None
        return str(named or _KEYS.get(name, name))

    def belongs(self, world: World, whose: str) -> bool:
        """Whether there is something of theirs for each key in it."""
        kinds = [self._kind(name) for name in self.keys if name not in _WORDS]
        if not kinds:
            return whose == "own"
        return all(world.has(kind, whose) for kind in kinds)


def addresses() -> list[Address]:
    """Every route there is, the sign-in library's among them."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda address: address.pattern)


def _walk(patterns: list[Any], before: str) -> Iterator[Address]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            keys = tuple(found["name"] or found["named"] for found in _KEY.finditer(here))
            yield Address(pattern.name or here, here, keys)


Body = Mapping[str, str | list[str]]


def ask(world: World, persona: str, method: str, path: str, body: Body | None = None) -> HttpResponse:
    """One request. A form carries a key of its own, as a page's would."""
    client = world.browser(persona)
    kept = client.cookies.copy()
    try:
        if method == "POST":
            response: HttpResponse = client.post(path, {"key": str(uuid4()), **(body or {})})
        elif method == "GET":
            response = client.get(path)
        else:
            response = client.generic(method, path)
    finally:
        client.cookies = kept
    return response


def outcome(response: HttpResponse) -> str:
    """What became of a request, in the words of the table."""
    status = response.status_code
    if status == 302:
        return _where_to(response["Location"])
    words = {200: "page", 401: "sign-in", 403: "refused", 404: "absent", 405: "no such method"}
    return words.get(status) or f"answer {status}"


def _where_to(location: str) -> str:
    if location.startswith("/account/login/"):
        return "sign-in"
    return "code" if location.startswith("/account/code/totp/activate") else "sent on"


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
