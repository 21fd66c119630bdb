"""What every form of a disagreement does with what is sent: once, with a draft, and with nothing typed lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sightline.doorway.actor import Actor
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse


@dataclass(frozen=True)
class Paper:
    """One page with one form. `make(data)` makes the form; `about` is what its draft is kept by.

    `perform` does what it asks for and gives a key; `done` says where the worker goes with that key then.
    """

    by: Actor
    at: datetime
    name: str
    about: UUID
    template: str
    make: Callable[[QueryDict | None], forms.Form]
    perform: Callable[[dict[str, Any]], UUID]
    done: Callable[[UUID], HttpResponse]
    context: Mapping[str, object] = field(default_factory=dict)


def answer(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The page, or what comes of sending it."""
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, paper, key)
    form = paper.make(request.POST)
    if form.is_valid():
        try:
            made = send_once(request, paper.name, lambda: paper.perform(form.cleaned_data), at=paper.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            return paper.done(made)
    drafts.keep(request, key, form=paper.name, about=paper.about)
    return _show(request, paper, form, key)


def _begin(request: HttpRequest, paper: Paper, key: UUID) -> HttpResponse:
    form, draft = paper.make(None), get_draft(by=paper.by, key=key)
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
        return _show(request, paper, form, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(paper.by, form=paper.name, about=paper.about)
    return _show(request, paper, form, key, unfinished=unfinished)


def _show(request: HttpRequest, paper: Paper, form: forms.Form, key: UUID, **more: object) -> HttpResponse:
    context = {"form": form, "key": key, "form_name": paper.name, "about": paper.about, **paper.context, **more}
    return render(request, paper.template, context)
