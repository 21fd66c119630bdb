"""Saying that somebody does not agree: from the page of any decision, or from the record itself."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.access.queries import may_see_of
from sightline.disagreements.permissions import refuse_unless_may_disagree
from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.disagree import disagree
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.web.asked import key_in, who
from sightline.web.casework.opening import Opened, family_of, read_person, require_record
from sightline.web.disagreements.answering import Paper, answer
from sightline.web.disagreements.choosing import SideChoices
from sightline.web.disagreements.forms import RaiseForm
from sightline.web.disagreements.subjects import Subject, subject_in, url_of
from sightline.web.drafts import field_of
from sightline.web.plans.choosing import children_among, today_of
from sightline.web.presenters.steps import shown_name

FORM = "disagreement-new"


def raise_one(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page; `disagreement-new`. `?about=kind:key` names what it is about."""
    opened = require_record(read_person(request, person))
    if not opened.is_child:
        raise NotFound("A disagreement is about a child. Open the child's record.")
    refuse_unless_may_disagree(opened.by, [person])
    look(by=opened.by, people=[person], what="disagreement", at=opened.at)
    subject = _subject(request)
    choices, children = SideChoices(opened.by, [person]), children_among(family_of(opened), today_of(opened))
    return answer(
        request,
        Paper(
            by=opened.by,
            at=opened.at,
            name=FORM,
            about=person,
            template="disagreements/new.html",
            make=lambda data: _form(opened, subject, choices, children, data),
            perform=lambda given: _raise(opened, subject, choices, given),
            done=lambda made: _done(request, made),
            context={
                "name": shown_name(opened.header),
                "subject": subject.asked,
                "back_url": url_of(subject.kind, subject.key, person) or reverse("person", args=[person]),
                "one_child": len(children) == 1,
            },
        ),
    )


def _subject(request: HttpRequest) -> Subject:
    """Of the form that was sent, of the draft that is taken up again, or of the address."""
    begun = key_in(request.GET.get("draft"))
    draft = get_draft(by=who(request), key=begun) if begun else None
    kept = field_of(draft, "subject") if draft else ""
    return subject_in(request.POST.get("subject") or kept or request.GET.get("about") or "")


def _form(
    opened: Opened, subject: Subject, choices: SideChoices, children: list[tuple[str, str]], data: QueryDict | None
) -> forms.Form:
    offered = {key for key, _ in children}
    about = [str(child) for child in subject.children if str(child) in offered]
    return RaiseForm(
        data,
        children=children,
        sides=choices.sides,
        posts=[one for one in choices.posts if key_in(one[0]) not in opened.by.posts],
        today=local_day(opened.at),
        initial={"about": subject.about, "children": about or [str(opened.person)]},
    )


def _raise(opened: Opened, subject: Subject, choices: SideChoices, given: dict[str, Any]) -> UUID:
    carries = key_in(given["post"]) or choices.mine
    if carries is None:
        raise Refusal("You stand in no post today. Choose which of us carries it.", field="post")
    return disagree(
        by=opened.by,
        children=sorted(may_see_of(people=[UUID(child) for child in given["children"]])),
        about=given["about"],
        sides=(
            choices.side(given["side"], given["name"], given["words"]),
            choices.side(given["with_whom"], given["with_name"], given["with_words"]),
        ),
        post=carries,
        raised_on=given["raised_on"],
        subject_kind=subject.kind,
        subject=subject.key,
        safety=given["safety"],
        at=opened.at,
    )


def _done(request: HttpRequest, made: UUID) -> HttpResponse:
    messages.success(request, "It is on the record until somebody resolves it. Nothing else waits for it.")
    return redirect("disagreement", step=made)
