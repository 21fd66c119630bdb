"""What every page of the front door does with a request: who asks, when, and what was refused."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils import timezone

from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal

REQUIRED = {"data-required": "yes", "aria-required": "true"}
REQUIRED_CHOICE = {"data-required": "yes"}
"""A radio may not say `aria-required`; its legend and its error do."""


def who(request: HttpRequest) -> Actor:
    """Who is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the middleware
    return actor


def now() -> datetime:
    """The moment of this request; the one clock that the pages read."""
    return timezone.now()


def key_in(value: Any) -> UUID | None:
    """A key that came with a form, or None for what is no key."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def refuse(form: forms.Form, refusal: Refusal, fields: dict[str, str] | None = None) -> None:
    """Stand a refusal beside the field that it belongs to, else above the form."""
    name = (fields or {}).get(refusal.field or "", refusal.field)
    form.is_valid()  # a form that was never looked at takes no errors
    form.add_error(name if name in form.fields else None, refusal.message)


def unjudged(form: forms.Form) -> forms.Form:
    """The form with what was typed in it, and nothing said about it yet."""
    # Django has no other way to show typing without judging it, and its stubs do not know the name.
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # noqa: SLF001 - as said above
    form.cleaned_data = {}
    return form


def body_of(data: Any) -> dict[str, list[str]]:
    """What was typed, as a draft keeps it: without the token and without which button was pressed."""
    return {name: data.getlist(name) for name in data if not _LEFT_OUT.fullmatch(name)}


_LEFT_OUT = re.compile(r"csrfmiddlewaretoken|draft_order|add|register|remove|find_now|injury|record|attach")
