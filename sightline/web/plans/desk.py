"""What every page that changes a plan does with its form: once, with a draft, and with nothing typed lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.casework.opening import Opened
from sightline.web.plans.sheet import Sheet, with_one_more
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused import stale_context


@dataclass(frozen=True)
class Desk:
    """One page with a form: how its forms are made, what sending them does, and where the worker goes then.

    `make(typed, bound=)` makes the page's sheet. `name` is the form's, under which it is sent and its draft is
    kept; `beside` is the plan that it changes.
    `fields` gives the form's own name for a field that the operation calls something else.
    """

    opened: Opened
    name: str
    template: str
    make: Callable[..., Sheet]
    perform: Callable[[Any], UUID]
    done: Callable[[Any], HttpResponse]
    beside: UUID | None = None
    back: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page, one row more, or what comes of sending it."""
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, desk, key)
    if request.POST.get("add"):
        more = with_one_more(desk.make(request.POST, bound=False), request.POST)
        return _show(request, desk, desk.make(more, bound=False), key)
    sheet = desk.make(request.POST, bound=True)
    if sheet.is_valid():
        try:
            send_once(request, desk.name, lambda: desk.perform(sheet), at=desk.opened.at)
        except (NotPermitted, NotFound):
            raise
        except Stale as stale:
            drafts.keep(request, key, form=desk.name, about=desk.opened.person)
            return _show(request, desk, sheet, key, stale=stale)
        except Refusal as refused:
            sheet.refuse(refused, desk.fields)
        else:
            return desk.done(sheet)
    drafts.keep(request, key, form=desk.name, about=desk.opened.person)
    return _show(request, desk, sheet, key)


def _begin(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponse:
    draft = get_draft(by=desk.opened.by, key=key)
    if draft is not None:
        typed = drafts.typed(draft.body)
        return _show(request, desk, desk.make(typed, bound=False), key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(desk.opened.by, form=desk.name, about=desk.opened.person, entry=desk.beside)
    return _show(request, desk, desk.make(None, bound=False), key, unfinished=unfinished)


def _show(
    request: HttpRequest,
    desk: Desk,
    sheet: Sheet,
    key: UUID,
    *,
    saved_at: str = "",
    unfinished: dict[str, str] | None = None,
    stale: Stale | None = None,
) -> HttpResponse:
    context = {
        "opened": desk.opened,
        "name": shown_name(desk.opened.header),
        "sheet": sheet,
        "key": key,
        "form_name": desk.name,
        "beside": desk.beside,
        "saved_at": saved_at,
        "unfinished": unfinished,
        "page_errors": sheet.wrong,
        "back_url": desk.back or reverse("person-plan", args=[desk.opened.person]),
        **desk.context,
    }
    if stale is not None:
        context |= {"stale": True} | stale_context(stale)
    return render(request, desk.template, context, status=HTTPStatus.CONFLICT if stale else HTTPStatus.OK)
