"""What every page of conferences does with its form: once, with a draft, and with nothing typed lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.casework.opening import Opened
from sightline.web.plans.sheet import Sheet, with_one_more
from sightline.web.refused import stale_context


class OneForm(Sheet):
    """A page with one form."""

    def __init__(
        self, kind: type[forms.Form], typed: QueryDict | None, *, bound: bool, opened: Opened, **named: Any
    ) -> None:
        self.kind, self.named = kind, named
        super().__init__(typed, bound=bound, at=opened.at)

    def build(self) -> None:
        """The form."""
        self.form = self.make(self.kind, **self.named)


@dataclass(frozen=True)
class Desk:
    """One page with a form: how its forms are made, what sending them does, and where the worker goes then.

    `make(typed, bound=)` makes the page's sheet; `perform` gives the key of what it did, which `done` is handed.
    `name` is the form's and its page's; `address` are the keys of that page, by the names of its hidden fields.
    `fields` gives the form's own name for a field that the operation calls something else.
    """

    opened: Opened
    name: str
    template: str
    address: Mapping[str, UUID]
    make: Callable[..., Sheet]
    perform: Callable[[Any], UUID]
    done: Callable[[Any, UUID], HttpResponse]
    back: tuple[str, str]
    context: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page, one row more, or what comes of sending it."""
    if request.method != "POST":
        begun = drafting.begin(request, desk.opened.by, form=desk.name, **desk.address)
        return _show(request, desk, desk.make(begun.typed, bound=False), begun)
    key = key_of(request)
    if request.POST.get("add"):
        more = with_one_more(desk.make(request.POST, bound=False), request.POST)
        return _show(request, desk, desk.make(more, bound=False), Begun(key))
    sheet, stale = desk.make(request.POST, bound=True), None
    if sheet.is_valid():
        try:
            did = send_once(request, desk.name, lambda: desk.perform(sheet), at=desk.opened.at)
        except (NotPermitted, NotFound):
            raise
        except Stale as found:
            stale = found
        except Refusal as refused:
            sheet.refuse(refused, desk.fields)
        else:
            return desk.done(sheet, did)
    drafts.keep(request, key, form=desk.name, about=desk.opened.person)
    return _show(request, desk, sheet, Begun(key), stale=stale)


def _show(request: HttpRequest, desk: Desk, sheet: Sheet, begun: Begun, *, stale: Stale | None = None) -> HttpResponse:
    url, text = desk.back
    context = {
        "opened": desk.opened,
        "sheet": sheet,
        "key": begun.key,
        "form_name": desk.name,
        "address": {name: str(key) for name, key in desk.address.items()},
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        "page_errors": sheet.wrong,
        "back_url": url,
        "back_text": text,
        **desk.context,
    }
    if stale is not None:
        context |= {"stale": True} | stale_context(stale)
    return render(request, desk.template, context, status=HTTPStatus.CONFLICT if stale else HTTPStatus.OK)
