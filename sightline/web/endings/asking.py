"""A worker asks a manager to end the involvement with one child or several."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.end_involvement import (
    ask_manager_to_end,
    manager_for,
    matters_to_answer,
    reasons_for,
    stops,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import PersonName
from sightline.plans.queries import list_plans
from sightline.practice.queries import current_pack
from sightline.record.permissions import may_write
from sightline.record.queries import EndingView, get_open_episodes, list_endings
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.casework.opening import Opened, family_of, open_person, require_record
from sightline.web.endings.forms import AskForm
from sightline.web.presenters import endings as rows
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names, describe_posts

FORM = "ending"


@dataclass(frozen=True)
class Asking:
    """A child's record, the brothers and sisters who may end with them, and the last request."""

    opened: Opened
    headers: Mapping[UUID, PersonName]
    children: list[UUID]
    last: EndingView | None

    @property
    def waits(self) -> bool:
        """Whether a request waits for an answer, so that there is nothing to ask."""
        return self.last is not None and self.last.waits


def ask(request: HttpRequest, person: UUID) -> HttpResponse:
    """The closing summary, and beside it everything that is open, which the manager will read too."""
    here = _open(request, person)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, here, key)
    form = _form(here, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        children = [UUID(child) for child in given.pop("children")]
        try:
            send_once(
                request,
                FORM,
                lambda: ask_manager_to_end(by=here.opened.by, children=children, at=here.opened.at, **given),
                at=here.opened.at,
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Asked. A manager reads it with everything that is open, and answers.")
            return redirect("person", person=person)
    drafts.keep(request, key, form=FORM, about=person)
    return _show(request, here, form, key)


def _open(request: HttpRequest, person: UUID) -> Asking:
    opened = require_record(open_person(request, person, "ending"))
    if not opened.is_child:
        raise NotFound("Involvement is with a child. Open the child's record.")
    if not may_write(opened.by):
        raise NotPermitted("Your role does not record on children's records. Ask the team manager.")
    headers = family_of(opened)
    others = [key for key, one in headers.items() if one.kind == "child" and key != person]
    # Only those with whom we are involved can end; the child whose record is open may be helped by steps alone.
    involved = {*get_open_episodes(others), *(child for line in list_plans(others) for child in line.children)}
    children = [person, *sorted((key for key in others if key in involved), key=lambda key: shown_name(headers[key]))]
    # What is open about each of them is shown beside the summary.
    look(by=opened.by, people=children[1:], what="ending", at=opened.at)
    last = next(iter(list_endings([person])), None)
    return Asking(opened, headers, children, last)


def _form(here: Asking, data: QueryDict | None, **named: Any) -> AskForm:
    return AskForm(
        data,
        children=[(str(child), shown_name(here.headers[child])) for child in here.children],
        reasons=reasons_for(current_pack(here.opened.at), here.children),
        **named,
    )


def _begin(request: HttpRequest, here: Asking, key: UUID) -> HttpResponse:
    """From a draft, or from what was returned: nobody writes a summary twice."""
    form = _form(here, None, initial=_from_last(here))
    draft = get_draft(by=here.opened.by, key=key)
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
        return _show(request, here, form, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(here.opened.by, form=FORM, about=here.opened.person)
    return _show(request, here, form, key, unfinished=unfinished)


def _from_last(here: Asking) -> dict[str, object]:
    """The child is the one whose record this is. Why it ends is chosen again; the words go on from what they were."""
    last = here.last
    if last is None or last.returned_at is None:
        return {"children": [str(here.opened.person)]}
    return {
        "children": [str(child) for child in last.children],
        "what_changed": last.what_changed,
        "how_to_come_back": last.how_to_come_back,
        "who_holds_worry": last.who_holds_worry,
    }


def _show(request: HttpRequest, here: Asking, form: AskForm, key: UUID, **more: object) -> HttpResponse:
    opened, last = here.opened, here.last
    stopped = stops(children=[opened.person], at=opened.at)
    matters = [] if here.waits else matters_to_answer(children=here.children, at=opened.at)
    manager = last.post if last is not None and here.waits else manager_for(here.children, opened.by)
    who = account_names([last.asked_by]).get(last.asked_by, "A colleague") if last is not None else ""
    manager_words = describe_posts([manager]).get(manager, "a manager")
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key,
        "stops": stopped,
        "matters": [rows.matter_row(one, here.headers, opened.at) for one in matters],
        "manager": manager_words,
        "waiting": rows.waiting_words(last, who=who, manager=manager_words, at=opened.at)
        if last is not None and here.waits
        else "",
        "returned": last if last is not None and last.returned_at is not None else None,
        **more,
    }
    return render(request, "endings/ask.html", context, status=HTTPStatus.OK)
