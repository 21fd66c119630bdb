"""Opening a record in an emergency, and looking at it afterwards."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import EmergencyAccess
from sightline.access.queries import may_see
from sightline.access.standing_queries import list_unreviewed
from sightline.doorway.acts import look
from sightline.journeys.emergency import (
    NOT_HERE,
    emergency_to_review,
    open_in_emergency,
    refuse_unless_may_open,
    review_emergency,
    reviewing_post,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import find_called
from sightline.record.queries import get_carriers
from sightline.web.access.emergency_forms import EmergencyForm, ReviewForm
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.presenters import emergency as said
from sightline.web.presenters.child import age_line
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names, describe_posts, list_accounts, who_to_ring

FORM, REVIEW = "emergency-open", "emergency"


def open_record(request: HttpRequest, person: UUID) -> HttpResponse:
    """Why somebody needs to read a record now. Absent, hidden and barred are the same refusal."""
    by, at = who(request), now()
    refuse_unless_may_open(by)
    called = find_called(people=[person]).get(person)
    if called is None:
        raise NotFound(NOT_HERE)
    look(by=by, people=[person], what="emergency", at=at)
    key, form = key_of(request), EmergencyForm(request.POST if request.method == "POST" else None)
    given = form.cleaned_data if form.is_valid() else {}
    if sent(
        request,
        form,
        FORM,
        lambda: open_in_emergency(by=by, person=person, at=at, **given),
    ):
        messages.success(request, "Opened for eight hours. Whoever works with them and whoever reviews it are told.")
        return redirect("person", person=person)
    post, reviewer = get_carriers([person]).get(person), reviewing_post(by, person)
    context = {
        "form": form, "key": key, "name": shown_name(called), "age": age_line(called, local_day(at)),
        "person": person, "reads": may_see(person=person), "ring": who_to_ring(post=post, at=at) if post else None,
        "reviewer": describe_posts([reviewer]).get(reviewer, ""),
    }  # fmt: skip
    return render(request, "access/emergency-open.html", context)


def sent(request: HttpRequest, form: forms.Form, name: str, perform: Callable[[], UUID]) -> bool:
    """Whether the form was sent and done. What is refused stands in the form, with all that was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        send_once(request, name, perform, at=now())
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        refuse(form, refused)
        return False
    return True


def review(request: HttpRequest, opened: UUID) -> HttpResponse:
    """What somebody opened, why, and what its reviewer found."""
    by, at = who(request), now()
    found = emergency_to_review(by, opened)
    look(by=by, people=[found.person], what="emergency_review", at=at)
    key, form = key_of(request), ReviewForm(request.POST if request.method == "POST" else None)
    given = form.cleaned_data if form.is_valid() else {}
    if sent(request, form, REVIEW, lambda: review_emergency(by=by, opened=opened, at=at, **given)):
        messages.success(request, "Reviewed. What you found is kept with it.")
        return redirect("team")
    context = {"form": form, "key": key, "opened": opened, "one": _described(found), "reviewed": found.reviewed_at}
    return render(request, "access/emergency.html", context)


def to_review(posts: Iterable[UUID], at: datetime) -> list[dict[str, object]]:
    """What these posts have not reviewed yet, for the manager's page; one query where there is nothing."""
    found = list_unreviewed(posts)
    if not found:
        return []
    people = {key: shown_name(one) for key, one in find_called(people=[one.person for one in found]).items()}
    return said.unreviewed_rows(found, account_names([one.account for one in found]), people, at)


def _described(found: EmergencyAccess) -> dict[str, object]:
    names = account_names([one for one in (found.account, found.reviewed_by) if one])
    called = find_called(people=[found.person]).get(found.person)
    return said.review_facts(
        found,
        name=shown_name(called) if called else said.CLOSED_TO_YOU,
        reads=may_see(person=found.person),
        names=names,
        accounts={one.id: one for one in list_accounts(active=False) if one.id == found.account},
        at=now(),
    )
