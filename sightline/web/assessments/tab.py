"""A child's assessment on the record: where it stands, what was signed, what was concluded, and beginning one."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.permissions import may_assess, may_authorise, refuse_unless_may_assess
from sightline.assessments.queries import (
    ConclusionView,
    DocumentView,
    SignedView,
    get_document_of,
    list_conclusions,
    list_open_rounds,
)
from sightline.assessments.rules import WITH_A_MANAGER
from sightline.journeys.assess import begin_assessment
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import PersonName, get_names
from sightline.practice.queries import current_pack
from sightline.web.asked import key_of, send_once
from sightline.web.assessments.forms import BeginForm
from sightline.web.assessments.parts import in_order
from sightline.web.assessments.reading import Stands, read_standing
from sightline.web.casework.opening import Opened, family_of, open_person, read_person, require_record
from sightline.web.casework.record import frame_of
from sightline.web.earlier.reading import assessments_there
from sightline.web.presenters import assessments as said
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing
from sightline.web.refused_form import refuse

Actions = list[dict[str, str]]

WENT_ON = "This assessment was open already, and goes on. Why you asked for it stands in its history."


def assessment(request: HttpRequest, person: UUID) -> HttpResponse:
    """The tab; `person-assessment`. As it stood on an earlier day it shows what had been signed by then."""
    opened = _child(require_record(open_person(request, person, "assessment")))
    view = None if opened.as_at else get_document_of(person)
    conclusions = list_conclusions([person])
    stands = read_standing(view, [person], also=[one.by for one in conclusions])
    people = {child for one in stands.signed for child in one.children} | set(view.children if view else ())
    headers = get_names(people={person, *people, *(one.adult for one in conclusions if one.adult)})
    pack = current_pack(opened.at)
    may_write = may_assess(opened.by) and opened.as_at is None
    context = frame_of(opened, "person-assessment") | stands.context(pack, opened.at)
    context |= {
        "document": _document(view, headers),
        "actions": _actions(opened, view) if opened.as_at is None else [],
        "signed": Stands(view, _by_then(opened, stands.signed), stands.naming).earlier(headers),
        "conclusions": _conclusions(opened, conclusions, headers, stands, may_write=may_write),
        "may_write": may_write,
    }
    context["there"] = assessments_there(opened) if opened.as_at is None else []
    return render(request, "assessments/tab.html", context)


def _child(opened: Opened) -> Opened:
    if not opened.is_child:
        raise NotFound("An assessment is about a child. Open the child's record.")
    return opened


def _by_then(opened: Opened, signed: list[SignedView]) -> list[SignedView]:
    return [one for one in signed if opened.as_at is None or one.authorised_at <= opened.as_at]


def _document(view: DocumentView | None, headers: dict[UUID, PersonName]) -> dict[str, object] | None:
    if view is None:
        return None
    names = listing(shown_name(headers[child]) for child in in_order(headers, view.children))
    return {"names": names, "others": len(view.children) > 1}


def _actions(opened: Opened, view: DocumentView | None) -> Actions:
    """What can be done from here, by the same rules that refuse it."""
    found: Actions = []
    if view is not None:
        found.append({"text": "Open the assessment", "url": reverse("assessment", args=[view.id])})
    if may_assess(opened.by) and (view is None or view.round is None):
        text = "Assess again" if view is not None and view.signed_at else "Begin an assessment"
        kind = "secondary" if view is not None else ""
        found.append({"text": text, "url": reverse("assessment-begin", args=[opened.person]), "kind": kind})
    if view is not None and view.round and view.standing in WITH_A_MANAGER and may_authorise(opened.by):
        found.append({"text": "Sign off", "url": reverse("assessment-sign", args=[view.id]), "kind": "secondary"})
    return found


def _conclusions(
    opened: Opened, found: list[ConclusionView], headers: dict[UUID, PersonName], stands: Stands, *, may_write: bool
) -> list[dict[str, str]]:
    known = found if opened.as_at is None else [_as_it_stood(one, opened.as_at) for one in found]
    return [
        said.conclusion_row(
            one,
            headers,
            stands.naming,
            reverse("conclusion", args=[opened.person, one.id]) if may_write else "",
        )
        for one in known
        if one is not None
    ]


def _as_it_stood(one: ConclusionView, as_at: datetime) -> ConclusionView | None:
    """On an earlier day nobody had looked at it again who did so later, and nothing had changed that changed since."""
    if one.recorded_at > as_at:
        return None
    if one.ended_at is not None and one.ended_at > as_at:
        one = replace(one, ended_at=None, ended_by=None, ended_because="")
    if one.out_of_date_since is not None and one.out_of_date_since > as_at:
        one = replace(one, out_of_date_since=None, because=())
    return one


# --- beginning -----------------------------------------------------------------------------------


def begin(request: HttpRequest, person: UUID) -> HttpResponse:
    """For which children, and why; `assessment-begin`."""
    opened = _child(require_record(read_person(request, person)))
    refuse_unless_may_assess(opened.by)
    headers = family_of(opened)
    choices = [
        (str(child), f"{shown_name(headers[child])}, {headers[child].age_words(opened.today)}")
        for child in in_order(headers, [one.id for one in headers.values() if one.kind == "child"])
    ]
    form = BeginForm(request.POST if request.method == "POST" else None, children=choices)
    # The child whose record this was begun from is the one fact that the page already has.
    form.initial["children"] = [str(person)]
    key = key_of(request)
    if request.method == "POST" and form.is_valid():
        goes_on = bool(list_open_rounds(children=_chosen(form)))
        try:
            assessment = send_once(request, "assessment-begin", lambda: _begin(opened, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, WENT_ON if goes_on else "Begun. What the document said before is in it.")
            return redirect("assessment", assessment=assessment)
    view = get_document_of(person)
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key,
        "continues": _continues(view),
    }
    return render(request, "assessments/begin.html", context)


def _begin(opened: Opened, form: BeginForm) -> UUID:
    why = form.cleaned_data["why"].strip()
    return begin_assessment(by=opened.by, children=_chosen(form), why=why, at=opened.at)


def _chosen(form: BeginForm) -> list[UUID]:
    return [UUID(child) for child in form.cleaned_data["children"]]


def _continues(view: DocumentView | None) -> str:
    if view is None:
        return ""
    if view.round is not None:
        return "An assessment is open already. It goes on, and what you say here stands in its history."
    return "The document there is goes on: nothing is begun from nothing."
