"""Visits to come: planned, cancelled, and those whose time has passed and of which nobody has said how they went."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.doorway.roles import RECORD_READERS
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import get_headers
from sightline.practice.queries import current_pack
from sightline.recording.operations import cancel_planned_visit, plan_visit
from sightline.recording.queries import PlannedVisitView, get_planned, list_without_outcome
from sightline.web import drafts
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters import visits as said
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.web.visits.family import Family, family_of
from sightline.web.visits.forms import YES_NO, CancelForm, PlanForm
from sightline.web.visits.sheet import choices_of

PLAN, CANCEL = "visit-plan", "visit-cancel"
BACK = {"list": "visits-to-record", "day": "my-day"}
"""Where one comes back to after saving: to what is next, where the page was opened from a list."""


@dataclass(frozen=True)
class Asked:
    """One form of this file: its name, how it is made and performed, and what is said when it is done."""

    name: str
    make: Callable[[Any], forms.Form]
    perform: Callable[[forms.Form], UUID]
    done: str
    about: dict[str, object] = field(default_factory=dict)


def visit_plan(request: HttpRequest, person: UUID) -> HttpResponse:
    """Plan a visit to one child of the family or to several."""
    opened = require_record(read_person(request, person))
    family = family_of(opened)

    def make(data: Any) -> forms.Form:
        form = PlanForm(
            data, today=family.today, people=_children(family), posts=family.posts,
            places=choices_of(current_pack(opened.at), "visit_place"),
        )  # fmt: skip
        # The child whose record this was begun from is the one fact that the page already has.
        form.initial["children"] = [str(person)]
        return form

    return _answer(request, opened, Asked(PLAN, make, lambda form: _plan(opened, form), "The visit is planned."))


def _children(family: Family) -> list[tuple[str, str]]:
    return [(str(one.id), f"{shown_name(one)}, {one.age_words(family.today)}") for one in family.children]


def _plan(opened: Opened, form: forms.Form) -> UUID:
    given = form.cleaned_data
    return plan_visit(
        by=opened.by,
        children=[UUID(child) for child in given["children"]],
        starts_at=given["starts_at"],
        place=given["place"],
        announced=YES_NO.get(given["announced"]),
        purpose=given["purpose"],
        post=UUID(given["post"]),
        at=opened.at,
    )


def visit_cancel(request: HttpRequest, person: UUID, step: UUID) -> HttpResponse:
    """Say that a planned visit will not be, or was not, made: by whom it was cancelled, and why."""
    opened = require_record(read_person(request, person))
    family = family_of(opened)
    planned = _waiting(request, step, person)
    labels = said.labels_of(current_pack(opened.at))
    about: dict[str, object] = {"step": step}
    if planned is not None:
        look(by=opened.by, people=[person], what="visits", at=opened.at)
        facts = said.PlanFacts(family.headers, labels, opened.at)
        about |= {"planned": said.planned_row(planned, person, facts)}

    def cancel(form: forms.Form) -> UUID:
        given = form.cleaned_data
        return cancel_planned_visit(
            by=opened.by, step=step, cancelled_by=given["cancelled_by"], who=given["who"],
            reason=given["reason"], at=opened.at,
        )  # fmt: skip

    return _answer(request, opened, Asked(CANCEL, CancelForm, cancel, "The visit is recorded as cancelled.", about))


def _waiting(request: HttpRequest, step: UUID, person: UUID) -> PlannedVisitView | None:
    """The plan, of this child and no other. A form that arrives twice finds it closed, and is answered as before."""
    try:
        found = get_planned(step)
    except NotFound:
        if request.method == "POST":
            return None
        raise
    if person not in found.children:
        raise NotFound("There is no such planned visit among the work that you can see.")
    return found


def _answer(request: HttpRequest, opened: Opened, asked: Asked) -> HttpResponse:
    """One form of this file: shown, judged, sent once, and taken up again from its draft."""
    key, name = key_of(request, begun=request.GET.get("draft")), asked.name
    form = asked.make(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            try:
                send_once(request, name, lambda: asked.perform(form), at=opened.at)
            except (NotPermitted, NotFound):
                raise
            except Refusal as refused:
                refuse(form, refused)
            else:
                messages.success(request, asked.done)
                back = BACK.get(request.GET.get("back", ""))
                return redirect(back) if back else redirect("person-visits", person=opened.person)
        drafts.keep(request, key, form=name, about=opened.person)
    draft = get_draft(by=opened.by, key=key)
    if draft is not None and request.method != "POST":
        drafts.fill(form, drafts.typed(draft.body))
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key,
        "back": request.GET.get("back", "") if request.GET.get("back", "") in BACK else "",
        "saved_at": clock_time(draft.saved_at) if draft and request.method != "POST" else "",
        "unfinished": None if draft or form.is_bound else drafts.offered(opened.by, form=name, about=opened.person),
    }
    return render(request, f"visits/{name.removeprefix('visit-')}.html", context | asked.about)


def visits_to_record(request: HttpRequest) -> HttpResponse:
    """Every planned visit of one's own whose time has passed and that has no outcome; each leads straight to it."""
    by, at = who(request), now()
    if not by.has_role(RECORD_READERS):
        return render(request, "casework/no-casework.html", {"by": by})
    waiting = list_without_outcome(by.posts, at=at)
    headers = get_headers(people={child for one in waiting for child in one.children})
    facts = said.PlanFacts(headers, said.labels_of(current_pack(at)), at, back="list")
    rows = said.waiting_rows(waiting, facts)
    context = {"rows": rows, "sentence": said.without_outcome(len(rows)), "back_url": reverse("my-day")}
    return render(request, "visits/to-record.html", context)
