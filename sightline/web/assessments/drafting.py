"""What is typed on these pages and not yet sent: found again by the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft
from sightline.doorway.operations import discard_draft
from sightline.doorway.queries import get_draft, list_drafts
from sightline.web import drafts
from sightline.web.asked import key_of
from sightline.web.presenters.words import clock_time, short_day


@dataclass(frozen=True)
class Begun:
    """A page's key, what was typed under it before, and another draft of the same page that waits."""

    key: UUID
    typed: QueryDict | None = None
    saved_at: str = ""
    unfinished: Mapping[str, str] | None = None

    def fill(self, form: forms.BaseForm) -> None:
        """Show in an unbound form what was typed before."""
        if self.typed is not None:
            drafts.fill(form, self.typed)


def begin(request: HttpRequest, by: Actor, *, form: str, **address: UUID | str) -> Begun:
    """The draft that the address asks for; else a new key, and the latest draft of this page if there is one."""
    key = key_of(request, begun=request.GET.get("draft"))
    draft = get_draft(by=by, key=key)
    if draft is not None:
        return Begun(key, drafts.typed(draft.body), clock_time(draft.saved_at))
    waiting = next((one for one in list_drafts(by=by) if one.form == form and _is_of(one, address)), None)
    return Begun(key, unfinished=_offer(waiting) if waiting else None)


def end(by: Actor, *, form: str, **address: UUID | str) -> None:
    """Throw away what is still begun of a page whose question has been answered under another key."""
    for one in list_drafts(by=by):
        if one.form == form and _is_of(one, address):
            discard_draft(by=by, key=one.id)


def _is_of(draft: Draft, address: Mapping[str, UUID | str]) -> bool:
    return all(drafts.field_of(draft, name) == str(value) for name, value in address.items())


def _offer(draft: Draft) -> dict[str, str]:
    return {
        "begun": clock_time(draft.saved_at),
        "day": short_day(draft.saved_at),
        "url": drafts.page_of(draft),
    }  # fmt: skip
