"""What somebody says to a conference, when they told one of ours or wrote it another way than by their link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.conferences.operations import give_view
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.web.conferences.desk import Desk, OneForm, answer
from sightline.web.conferences.forms import ViewForm, moment_of
from sightline.web.conferences.opening import open_meeting
from sightline.web.presenters.conferences import said_rows

NAME = "conference-view"


def view(request: HttpRequest, step: UUID, invitee: UUID) -> HttpResponse:
    """The page, and what is sent from it. It adds: what they said before stays as it is."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    one = here.invitee(invitee)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.form.cleaned_data
        return give_view(
            by=here.opened.by, invitee=invitee, words=given["words"], how=given["how"], for_plan=given["for_plan"],
            said_at=moment_of(given["said"]), handling=given["handling"] or "ordinary", at=here.opened.at,
        )  # fmt: skip

    def done(sheet: OneForm, key: UUID) -> HttpResponse:
        messages.success(request, "Recorded, in their words.")
        return redirect("conference", step=step)

    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/view.html",
            address={"step": step, "invitee": invitee},
            make=lambda typed, bound: OneForm(
                ViewForm, typed, bound=bound, opened=here.opened, today=here.opened.today
            ),
            perform=perform,
            done=done,
            back=here.back,
            context={"names": here.names, "whom": one.who, "before": said_rows([one], here.opened.at)},
            fields={"said_at": "said"},
        ),
    )
