"""Conclusions about an adult around a child: recorded with date and basis, and looked at again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.assessments.operations import look_again as perform_look_again
from sightline.assessments.operations import record_conclusion
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.queries import ConclusionView, list_conclusions
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import get_names
from sightline.web import drafts
from sightline.web.asked import key_in, key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import STANDS, ConclusionForm, LookAgainForm
from sightline.web.assessments.parts import in_order
from sightline.web.casework.opening import Opened, family_of, read_person, require_record
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessments import Naming
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names

NEW, AGAIN = "conclusion-new", "conclusion"


def add(request: HttpRequest, person: UUID) -> HttpResponse:
    """A new conclusion; `conclusion-new`."""
    opened = _open(request, person)
    form = _form(request, opened)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=NEW, person=person)
        begun.fill(form)
        return _show(request, opened, form, begun)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, "conclusion", lambda: _record(opened, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Recorded, with its date and what it rests on.")
            return redirect("person-assessment", person=person)
    drafts.keep(request, key, form=NEW, about=person)
    return _show(request, opened, form, Begun(key))


def _open(request: HttpRequest, person: UUID) -> Opened:
    opened = require_record(read_person(request, person))
    refuse_unless_may_assess(opened.by)
    return opened


def _form(request: HttpRequest, opened: Opened) -> ConclusionForm:
    headers = family_of(opened)
    children = in_order(headers, [one.id for one in headers.values() if one.kind == "child"])
    adults = sorted((str(one.id), shown_name(one)) for one in headers.values() if one.kind == "adult")
    form = ConclusionForm(
        request.POST if request.method == "POST" else None,
        adults=sorted(adults, key=lambda pair: pair[1]),
        children=[(str(child), shown_name(headers[child])) for child in children],
        today=opened.today,
    )
    # The child whose record this was begun from is the one fact that the page already has.
    form.initial["children"] = [str(opened.person)]
    return form


def _record(opened: Opened, form: ConclusionForm) -> UUID:
    given = form.cleaned_data
    return record_conclusion(
        by=opened.by,
        children=[UUID(child) for child in given["children"]],
        adult=key_in(given["adult"]),
        words=given["words"],
        basis=given["basis"],
        concluded_on=given["concluded_on"] or opened.today,
        at=opened.at,
    )


def look_again(request: HttpRequest, person: UUID, conclusion: UUID) -> HttpResponse:
    """Whether it still stands; `conclusion`."""
    opened = _open(request, person)
    one = _conclusion(opened, conclusion)
    look(by=opened.by, people=[person], what="conclusion", at=opened.at)
    form = LookAgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=AGAIN, person=person, conclusion=conclusion)
        begun.fill(form)
        return _show(request, opened, form, begun, one)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, "conclusion-again", lambda: _look_again(opened, conclusion, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"because": "basis"})
        else:
            messages.success(request, "Recorded.")
            return redirect("person-assessment", person=person)
    drafts.keep(request, key, form=AGAIN, about=person)
    return _show(request, opened, form, Begun(key), one)


def _conclusion(opened: Opened, conclusion: UUID) -> ConclusionView:
    for one in list_conclusions([opened.person]):
        if one.id == conclusion:
            return one
    raise NotFound("There is no such conclusion on a record that you work with.")


def _look_again(opened: Opened, conclusion: UUID, form: LookAgainForm) -> UUID:
    given = form.cleaned_data
    stands = given["stands"] == STANDS
    made = perform_look_again(
        by=opened.by, conclusion=conclusion, stands=stands, because=given["basis"], at=opened.at
    )  # fmt: skip
    return made or conclusion


def _show(
    request: HttpRequest,
    opened: Opened,
    form: ConclusionForm | LookAgainForm,
    begun: Begun,
    one: ConclusionView | None = None,
) -> HttpResponse:
    """A new conclusion; or `one`, looked at again."""
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "title": "Look at a conclusion again" if one else "Record a conclusion",
        "button": "Save" if one else "Record it",
        "form": form,
        "form_name": AGAIN if one else NEW,
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
        "one": _row(one) if one else None,
        "conclusion": one.id if one else None,
    }
    return render(request, "assessments/conclusion.html", context)


def _row(one: ConclusionView) -> dict[str, str]:
    headers = get_names(people=[one.adult] if one.adult else [])
    return said.conclusion_row(one, headers, Naming(account_names([one.by]), {}))
