"""Ending an assessment that nobody will sign, with why. What was written stays in the document."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.assessments.permissions import refuse_unless_may_stop
from sightline.assessments.queries import RoundView, list_evidence
from sightline.journeys.assess import stop_assessment
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import StopForm
from sightline.web.assessments.opening import OpenDocument, open_document, open_round
from sightline.web.assessments.reading import naming_of
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessment_evidence import unanswered_words
from sightline.web.refused_form import refuse

NAME = "assessment-stop"


def stop(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Where it stands, and why it ends; `assessment-stop`."""
    opened = open_document(request, assessment)
    refuse_unless_may_stop(opened.by)
    now = open_round(request, opened)
    opened = opened.of(now)
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=NAME, assessment=assessment)
        begun.fill(form)
        return _show(request, opened, now, form, begun)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, NAME, lambda: _stop(opened, now, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Ended unsigned. What was written stays, for the next assessment.")
            return redirect("assessment", assessment=opened.id)
    drafts.keep(request, key, form=NAME, about=opened.children[0])
    return _show(request, opened, now, form, Begun(key))


def _stop(opened: OpenDocument, now: RoundView, form: StopForm) -> UUID:
    stop_assessment(by=opened.by, round=now.id, because=form.cleaned_data["because"], at=opened.at)
    return opened.id


def _show(request: HttpRequest, opened: OpenDocument, now: RoundView, form: StopForm, begun: Begun) -> HttpResponse:
    context = {
        "opened": opened,
        "round": now,
        "stands": said.standing_words(opened.view, naming_of(opened.view), opened.at, {}),
        "waiting": unanswered_words(one for one in list_evidence(now.id) if one.waiting),
        "form": form,
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
    }
    return render(request, "assessments/stop.html", context)
