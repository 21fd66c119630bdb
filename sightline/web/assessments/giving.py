"""Recording that somebody was given their version of a signed assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.assessments.family import list_family_versions
from sightline.assessments.permissions import refuse_unless_may_assess, refuse_unless_sees_whole
from sightline.journeys.give_version import record_given
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.web.asked import key_of, send_once
from sightline.web.assessments.family import recipients_of
from sightline.web.assessments.forms import GivenForm
from sightline.web.assessments.signed import OpenSigned, open_signed
from sightline.web.presenters.assessment_family import Recipient
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse

NAME = "assessment-family-given"


def given(request: HttpRequest, entry: UUID, person: UUID) -> HttpResponse:
    """On which day, and how; `assessment-family-given`."""
    opened = open_signed(request, entry, "assessment_family")
    refuse_unless_may_assess(opened.by)
    refuse_unless_sees_whole(opened.view.round)
    recipient = recipients_of(opened).get(person)
    if recipient is None or person not in list_family_versions(entry):
        raise NotFound("They have no version that could be given. Write it on the page of versions for the family.")
    form = GivenForm(request.POST if request.method == "POST" else None, today=local_day(opened.at))
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, NAME, lambda: _record(opened, recipient, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Recorded as a case note.")
            return redirect("assessment-family", entry=entry)
    context = {
        "names": opened.names,
        "name": shown_name(recipient.header),
        "form": form,
        "key": key_of(request),
        "back_url": reverse("assessment-family-write", args=[entry, person]),
    }
    return render(request, "assessments/family-given.html", context)


def _record(opened: OpenSigned, recipient: Recipient, form: GivenForm) -> UUID:
    person = recipient.header.id
    return record_given(
        by=opened.by,
        entry=opened.view.entry,
        recipient=person,
        children=[person] if recipient.child else recipient.parent_of,
        given_on=form.cleaned_data["given_on"] or local_day(opened.at),
        how=form.cleaned_data["how"],
        at=opened.at,
    )
