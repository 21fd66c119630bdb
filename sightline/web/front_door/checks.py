"""Asking other agencies, and taking what they answer into the record."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.rules import Section
from sightline.doorway.acts import look
from sightline.front_door.models import Check
from sightline.front_door.operations import people_of, record_check_answer
from sightline.front_door.permissions import refuse_unless_may_take_contacts
from sightline.front_door.queries import get_check
from sightline.journeys.ask_agencies import ask_for_check
from sightline.kernel.errors import Refusal
from sightline.partnership.operations import Composed
from sightline.partnership.queries import list_replies
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.front_door.contact_reading import ContactSheet, read_contact
from sightline.web.front_door.contact_view import show_contact
from sightline.web.front_door.deciding_form import AnswerForm, AskForm
from sightline.web.refused_form import refuse

SECTION_OF = {"health": Section.HEALTH, "police": Section.POLICE}
"""Health's and the police's answers are read by fewer people than the rest."""


@require_POST
def ask(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Asks an agency; its code is shown once; `contact-check`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    sheet = read_contact(by=by, contact=contact, at=at)
    form = AskForm(request.POST, pack=sheet.pack, posts=sheet.posts.values())
    sheet.forms["ask"] = form
    form.is_valid()
    _refuse_missing(form)
    if form.errors:
        return show_contact(request, sheet)
    composed: list[Composed] = []

    def perform() -> UUID:
        composed.append(_ask(sheet, form, at))
        return composed[0].message

    try:
        send_once(request, "check", perform, at=at)
    except Refusal as refusal:
        refuse(form, refusal, {"reason": "ask_reason", "text": "ask_reason"})
        return show_contact(request, sheet)
    if composed:
        post = sheet.posts[UUID(form.cleaned_data["agency_post"])]
        context = {
            "code": composed[0].code,
            "to": f"{post.title}, {post.agency.name}",
            "contact": sheet.contact,
            "said": "The question is on its way.",
        }
        return render(request, "front_door/sent.html", context)
    return redirect("contact", contact=contact)


def _refuse_missing(form: AskForm) -> None:
    missing = {
        "agency_post": "Choose who is asked.",
        "ask_reason": "Say why you are asking, so that the agency can answer.",
        "lawful_basis": "Choose the lawful ground for asking.",
    }
    for name, sentence in missing.items():
        if not form.cleaned_data.get(name, "").strip() and name not in form.errors:
            form.add_error(name, sentence)


def _ask(sheet: ContactSheet, form: AskForm, at: datetime) -> Composed:
    given = form.cleaned_data
    post = sheet.posts[UUID(given["agency_post"])]
    kind = next(check for check in sheet.pack.checks if check.agency == post.agency.kind)
    if given["lawful_basis"] not in kind.lawful_bases:
        raise Refusal(f"{kind.label} cannot be asked on that ground. Choose another.", field="lawful_basis")
    return ask_for_check(
        by=sheet.by,
        contact=sheet.contact.id,
        kind=kind.key,
        agency_post=post.id,
        question=given["question"],
        reason=given["ask_reason"],
        lawful_basis=given["lawful_basis"],
        at=at,
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, check: UUID) -> HttpResponse:
    """Records an answer given by phone, or one that came by link; `check-answer`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    asked = get_check(check)
    look(by=by, people=people_of(asked.contact_id), what="check", at=at)
    replies = list_replies(asked.message) if asked.message else []
    initial = {"answer": "\n\n".join(one.text for one in replies), "told_by": replies[-1].signed if replies else ""}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, asked, form, at)
        except Refusal as refusal:
            refuse(form, refusal, {"text": "answer"})
        else:
            messages.success(request, "The answer is on the record.")
            return redirect(f"{reverse('contact', args=[asked.contact_id])}#checks")
    key = key_of(request)
    return render(request, "front_door/answer.html", {"asked": asked, "form": form, "replies": replies, "key": key})


def _record(request: HttpRequest, asked: Check, form: AnswerForm, at: datetime) -> None:
    given = form.cleaned_data
    if not given["answer"].strip():
        raise Refusal("Write what they answered. If they know nothing, say so: that is an answer too.", field="text")
    send_once(
        request,
        "check_answer",
        lambda: record_check_answer(
            by=who(request),
            check=asked.step_id,
            text=given["answer"],
            told_by=given["told_by"].strip() or f"{asked.agency_post.title}, {asked.agency_post.agency.name}",
            section=SECTION_OF.get(asked.agency_post.agency.kind, Section.ORDINARY),
            handling=given["handling"],
            at=at,
        ),
        at=at,
    )
