"""What was found in each child's life, marked by a worker from the pack's list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.operations import mark_factors
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web.asked import key_of, send_once
from sightline.web.assessments.forms import FactorsForm
from sightline.web.assessments.opening import OpenDocument, open_document
from sightline.web.assessments.reading import naming_of
from sightline.web.presenters import assessments as said
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse


def mark(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Checkboxes for each child; `assessment-factors`."""
    opened = open_document(request, assessment)
    refuse_unless_may_assess(opened.by)
    form = _form(request, opened)
    key = key_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, "assessment-factors", lambda: _mark(opened, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Saved.")
            return redirect(reverse("assessment", args=[opened.id]) + "#factors")
    context = {
        "opened": opened,
        "form": form,
        "rows": [(form[f"f-{child}"], form[f"s-{child}"]) for child in opened.children],
        "key": key,
        "voids": said.voids_words(opened.view.round, naming_of(opened.view)),
    }
    return render(request, "assessments/factors.html", context)


def _form(request: HttpRequest, opened: OpenDocument) -> FactorsForm:
    return FactorsForm(
        request.POST if request.method == "POST" else None,
        options=opened.pack.list("assessment_factor"),
        children=[(child, shown_name(opened.headers[child])) for child in opened.children],
        marked=opened.view.factors,
    )


def _mark(opened: OpenDocument, form: FactorsForm) -> UUID:
    """Only what this page changed, so that what somebody else marked meanwhile stays marked."""
    for child in opened.children:
        added, removed = form.changed(child)
        if added or removed:
            codes = (set(opened.view.factors.get(child, ())) | added) - removed
            mark_factors(by=opened.by, assessment=opened.id, child=child, codes=sorted(codes), at=opened.at)
    return opened.id
