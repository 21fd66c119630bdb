"""What every page does with what it is asked: by whom, when, under which key, with which words; and once."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from sightline.doorway.actor import Actor
from sightline.doorway.operations import submit_once
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id

NOT_TYPED = frozenset({
    "csrfmiddlewaretoken", "draft_form", "draft_about", "draft_order",
    "add", "register", "remove", "find_now", "injury", "record", "attach",
    "place_read",
})  # fmt: skip
"""What comes with a form and is nobody's words: its token, its draft's marks, and the button that was pressed."""


def who(request: HttpRequest) -> Actor:
    """Who is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the middleware
    return actor


def now() -> datetime:
    """The moment of this request; the one clock that the pages read."""
    return timezone.now()


def key_in(value: Any) -> UUID | None:
    """A key that came with a request, or None for what is no key."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def body_of(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, by field."""
    return {name: data.getlist(name) for name in data if name not in NOT_TYPED}


def send_once(request: HttpRequest, form: str, perform: Callable[[], UUID], *, at: datetime) -> UUID:
    """Do what the form of this request asks for, or give the first answer again where it was sent before."""
    sent = body_of(request.POST)
    return submit_once(by=who(request), key=key_of(request), form=form, body=sent, at=at, perform=perform)


Page = Callable[..., HttpResponse]
NOT_WHOLE = "This page was not whole when it was sent. Reload it and try again."


def key_of(request: HttpRequest, *, begun: str | None = None) -> UUID:
    """The key under which a form is sent: its own when it was sent, a new one where the page is first shown.

    `begun` is the key of a draft that is taken up again. Refuses a form that came without its key:
    nothing could tell it from the same form sent twice.
    """
    try:
        return UUID(request.POST.get("key") or begun or "")
    except ValueError:
        if request.method == "POST":
            raise Refusal(NOT_WHOLE) from None
        return new_id()


def post_only(back: str) -> Callable[[Page], Page]:
    """An address that only a form is sent to. Whoever comes by a link, as after signing in again, goes `back`."""

    def made(page: Page) -> Page:
        @wraps(page)
        def answer(request: HttpRequest, **keys: UUID) -> HttpResponse:
            return page(request, **keys) if request.method == "POST" else redirect(back)

        return answer

    return made


def address(name: str, *keys: UUID | str) -> str:
    """The address of a page by its name; empty where this product has no such page."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""
