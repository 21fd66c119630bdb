"""A report that came for a conference, and when the parents had it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.access.rules import Section
from sightline.conferences.operations import report_shared, take_report
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.queries import InviteeView
from sightline.conferences.viewing import SECTION_OF
from sightline.documents.operations import add_document
from sightline.web.conferences.desk import Desk, OneForm, answer
from sightline.web.conferences.forms import ReportForm
from sightline.web.conferences.opening import MeetingOpened, open_meeting
from sightline.web.presenters.conferences import report_words

NAME = "conference-report"


def report(request: HttpRequest, step: UUID, invitee: UUID) -> HttpResponse:
    """The page, and what is sent from it: the report, its sharing, or both at once."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    one = here.invitee(invitee)
    files: dict[str, Any] = {"files": request.FILES} if request.method == "POST" and request.FILES else {}

    def done(sheet: OneForm, key: UUID) -> HttpResponse:
        messages.success(request, "Recorded.")
        return redirect("conference", step=step)

    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/report.html",
            address={"step": step, "invitee": invitee},
            make=lambda typed, bound: OneForm(
                ReportForm, typed, bound=bound, opened=here.opened, today=here.opened.today,
                came=one.report_in_at is not None, **files,
            ),
            perform=lambda sheet: _take(here, one, sheet.form.cleaned_data, written=sheet.form.written),
            done=done,
            back=here.back,
            context={
                "names": here.names,
                "whom": one.who,
                "stands": report_words(one),
                "files": True,
            },
            fields={"on": "shared_on", "how": "shared_how", "content": "documents", "name": "documents"},
        ),
    )  # fmt: skip


def _take(here: MeetingOpened, one: InviteeView, given: dict[str, Any], *, written: bool) -> UUID:
    by, at = here.opened.by, here.opened.at
    section = SECTION_OF.get(one.agency_kind, Section.ORDINARY)
    about = [(child, section) for child in here.children]
    if written:
        documents = [
            add_document(by=by, name=file.name, content=file.read(), about=about, at=at) for file in given["documents"]
        ]
        take_report(
            by=by, invitee=one.id, words=given["words"], documents=documents,
            handling=given["handling"] or "ordinary", at=at,
        )  # fmt: skip
    if given["shared_on"]:
        report_shared(by=by, invitee=one.id, on=given["shared_on"], how=given["shared_how"], at=at)
    return one.id
