"""What follows a conclusion: telling whoever referred, and a manager's reason for which there is no conference."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.enquiries.permissions import refuse_unless_may_decide_no_conference
from sightline.enquiries.queries import EnquiryView, get_enquiry
from sightline.enquiries.rules import CONTINUING_RISK
from sightline.journeys.protect import no_conference
from sightline.journeys.tell_of_enquiry import draft_told, not_told, tell_agency, to_be_told
from sightline.kernel.errors import NotFound, Refusal
from sightline.partnership.operations import Composed
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import get_agency_post
from sightline.web.disagreements.forms import TellForm
from sightline.web.enquiries.enquiry import BACK
from sightline.web.enquiries.forms import AskForm
from sightline.web.enquiries.opening import Together, open_together
from sightline.web.enquiries.sheet import OneForm, keys_of
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import line
from sightline.web.presenters import enquiries as said


class NotToldForm(forms.Form):
    """Why whoever referred cannot be told."""

    because = line("Why can they not be told?", longest=150, required="Say why they cannot be told.")


def _open(request: HttpRequest, step: UUID) -> tuple[EnquiryView, Together]:
    view = get_enquiry(step)
    together = open_together(request, view.children)
    refuse_unless_may_send(together.opened.by, view.children)
    return view, together


def enquiry_tell(request: HttpRequest, step: UUID, agency_post: UUID) -> HttpResponse:
    """One agency's post, confirmed by name, by a link with a second code or in a call."""
    _, together = _open(request, step)
    opened, post = together.opened, get_agency_post(agency_post)
    if agency_post not in {one.agency_post for one in to_be_told(step)}:
        raise NotFound("That post had no part in this enquiry.")
    to = f"{post.title}, {post.agency.name}"
    drafted = draft_told(by=opened.by, enquiry=step, at=opened.at)
    sent: list[Composed] = []

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        return OneForm(TellForm, typed, bound=bound, at=opened.at, initial={"text": drafted})

    def perform(sheet: OneForm) -> UUID:
        sent.append(tell_agency(by=opened.by, enquiry=step, agency_post=agency_post, at=opened.at, **sheet.given))
        return sent[0].message

    def done(_sheet: OneForm) -> HttpResponse:
        if sent and sent[0].code:
            context = {"name": said.names_line(together.names), "to": to, "code": sent[0].code, "step": step}
            return render(request, "enquiries/sent.html", context)
        messages.success(request, "It is recorded that they were told.")
        return redirect("enquiry", step=step)

    return answer(
        request,
        Desk(
            opened=opened,
            name="enquiry-tell",
            template="enquiries/tell.html",
            make=make,
            perform=perform,
            done=done,
            beside=step,
            back=reverse("enquiry", args=[step]),
            context={"to": to, "agency_post": agency_post, "back_text": BACK, "name": said.names_line(together.names)},
            fields={"agency_post": "means", "how": "call_words"},
        ),
    )


def enquiry_not_told(request: HttpRequest, step: UUID) -> HttpResponse:
    """Why whoever referred cannot be told how it ended."""
    _, together = _open(request, step)
    opened = together.opened

    def perform(sheet: OneForm) -> UUID:
        not_told(by=opened.by, enquiry=step, because=sheet.given["because"], at=opened.at)
        return step

    asks = {"title": "Whoever referred cannot be told", "button": "Save why"}
    return answer(
        request,
        Desk(
            opened=opened,
            name="enquiry-not-told",
            template="enquiries/plain.html",
            make=lambda typed, bound: OneForm(NotToldForm, typed, bound=bound, at=opened.at),
            perform=perform,
            done=lambda _sheet: _done(request, step),
            beside=step,
            back=reverse("enquiry", args=[step]),
            context={"asks": asks, "back_text": BACK, "name": said.names_line(together.names)},
        ),
    )


def enquiry_no_conference(request: HttpRequest, step: UUID) -> HttpResponse:
    """A manager's reason for which there is no conference, for chosen children at continuing risk."""
    view, together = _open(request, step)
    opened = together.opened
    refuse_unless_may_decide_no_conference(opened.by)
    at_risk = [row for row in together.children if view.children[UUID(row[0])].outcome == CONTINUING_RISK]
    if not at_risk:
        raise Refusal("The enquiry found a continuing risk for none of the children, so no conference is owed.")

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        hint = "Any agency may still ask for a conference, and say that it does not agree."
        return OneForm(AskForm, typed, bound=bound, at=opened.at, children=at_risk, hint=hint)

    def perform(sheet: OneForm) -> UUID:
        chosen = keys_of(sheet.given["children"])
        return no_conference(by=opened.by, enquiry=step, children=chosen, because=sheet.given["why"], at=opened.at)

    asks = {
        "title": "Decide that there is no conference",
        "lead": "The enquiry found a continuing risk of significant harm. You decide for the authority.",
        "button": "Decide",
    }
    return answer(
        request,
        Desk(
            opened=opened,
            name="enquiry-no-conference",
            template="enquiries/ask.html",
            make=make,
            perform=perform,
            done=lambda _sheet: _done(request, step),
            beside=step,
            back=reverse("enquiry", args=[step]),
            context={"asks": asks, "back_text": BACK, "name": said.names_line(together.names)},
            fields={"no_conference_because": "why"},
        ),
    )


def _done(request: HttpRequest, step: UUID) -> HttpResponse:
    messages.success(request, "It is on the record.")
    return redirect("enquiry", step=step)
