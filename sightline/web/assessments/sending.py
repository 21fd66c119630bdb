"""Sending an assessment to a manager. What is empty asks why, and stops nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.queries import RoundView, list_evidence
from sightline.assessments.rules import missing_places
from sightline.doorway.actor import Actor
from sightline.journeys.assess import send_to_manager
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.assessments import drafting
from sightline.web.assessments.drafting import Begun
from sightline.web.assessments.forms import SendForm
from sightline.web.assessments.opening import OpenDocument, open_document, open_round
from sightline.web.assessments.parts import Part
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessment_evidence import unanswered_words
from sightline.web.refused_form import refuse
from sightline.workforce.models import Post
from sightline.workforce.queries import describe_posts, list_posts, posts_above

NAME = "assessment-send"


def send(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """What is empty, and to whom it goes; `assessment-send`."""
    opened = open_document(request, assessment)
    refuse_unless_may_assess(opened.by)
    now = open_round(request, opened)
    opened = opened.of(now)
    empty = empty_parts(opened, now)
    form = _form(request, opened, empty)
    if request.method != "POST":
        begun = drafting.begin(request, opened.by, form=NAME, assessment=assessment)
        begun.fill(form)
        return _show(request, opened, now, form, begun)
    key = key_of(request)
    if form.is_valid():
        try:
            send_once(request, NAME, lambda: _send(opened, now, form, empty), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Sent. It is on the manager's day.")
            return redirect("assessment", assessment=opened.id)
    drafts.keep(request, key, form=NAME, about=opened.children[0])
    return _show(request, opened, now, form, Begun(key))


def empty_parts(opened: OpenDocument, now: RoundView) -> list[Part]:
    """The parts of this round that a whole assessment needs and that say nothing."""
    written = {place for place, view in opened.said.items() if said.has_words(view)}
    places = set(missing_places(opened.form, list(now.children), written))
    return [part for part in opened.parts if part.place in places]


def managers_to_choose(by: Actor) -> list[tuple[str, str]]:
    """Every manager's post in which this worker does not stand themselves, by name."""
    managers = list_posts(kinds=[Post.Kind.MANAGER])
    named = describe_posts(one.id for one in managers)
    return sorted(((str(one.id), named[one.id]) for one in managers if one.id not in by.posts), key=lambda one: one[1])


def count_others(opened: OpenDocument, now: RoundView) -> int:
    """How many parts of this round say nothing that a whole assessment may do without."""
    written = {place for place, view in opened.said.items() if said.has_words(view)}
    of_round = [part.place for part in opened.parts if part.child is None or part.child in now.children]
    return len(set(of_round) - written - set(missing_places(opened.form, list(now.children), written)))


def _form(request: HttpRequest, opened: OpenDocument, empty: list[Part]) -> SendForm:
    above = posts_above()
    own = next((above[post] for post in opened.by.posts if above.get(post)), None)
    choices = managers_to_choose(opened.by)
    data = request.POST if request.method == "POST" else None
    # Whose work it is to read this follows from the line above the worker; another manager can be chosen.
    initial = {"to_post": str(own)} if own else {}
    return SendForm(data, posts=[("", "Choose one"), *choices], empty=empty, initial=initial)


def _send(opened: OpenDocument, now: RoundView, form: SendForm, empty: list[Part]) -> UUID:
    send_to_manager(
        by=opened.by,
        round=now.id,
        reasons={part.place: reason for part in empty if (reason := form.reason_of(part))},
        to_post=UUID(form.cleaned_data["to_post"]),
        at=opened.at,
    )
    return opened.id


def _show(request: HttpRequest, opened: OpenDocument, now: RoundView, form: SendForm, begun: Begun) -> HttpResponse:
    waiting = [one for one in list_evidence(now.id) if one.waiting]
    context = {
        "opened": opened,
        "round": now,
        "form": form,
        "empty": [form[part.field] for part in form.empty],
        "others": said.others_words(count_others(opened, now)),
        "evidence": unanswered_words(waiting),
        "key": begun.key,
        "saved_at": begun.saved_at,
        "unfinished": begun.unfinished,
    }
    return render(request, "assessments/send.html", context)
