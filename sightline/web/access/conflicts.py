"""Conflicts of interest: one's own, a colleague's, and their end; and somebody new who may be a restricted person."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.acts import look
from sightline.doorway.roles import MANAGERS, RECORD_READERS
from sightline.journeys.hidden_match import TWIN, answer_twin
from sightline.journeys.restrict import declare_own_conflict, end_conflict, keep_colleague_away
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.people.models import Identifier
from sightline.people.queries import PersonHeader, get_headers, list_addresses
from sightline.record.queries import OpenStep, get_step
from sightline.web.access.restricting import account_choices, described, people_of, reviewed
from sightline.web.access.restriction_forms import EndConflictForm, KeepAwayForm, OwnConflictForm, TwinForm
from sightline.web.access.sending import was_sent
from sightline.web.asked import key_of, now, who
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.presenters.child import age_line
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import list_accounts, list_posts

SCHEMES = dict(Identifier.Scheme.choices)


def know_them(request: HttpRequest, person: UUID) -> HttpResponse:
    """Say that one knows a family: it holds at once, and one's manager is told."""
    opened = open_person(request, person, "conflict")
    form = OwnConflictForm(request.POST if request.method == "POST" else None, people=people_of(opened))
    if was_sent(request, form, "know_them", lambda: _declared(form, opened)):
        messages.success(request, "Recorded. You no longer see them, and your manager has been told.")
        return redirect("my-day")
    context = {"opened": opened, "name": shown_name(opened.header), "form": form, "key": key_of(request)}
    return render(request, "access/conflict-own.html", context)


def _declared(form: OwnConflictForm, opened: Opened) -> UUID:
    given = form.cleaned_data
    people = [UUID(one) for one in given["people"]]
    return declare_own_conflict(by=opened.by, people=people, reason=given["reason"], at=opened.at)


def keep_away(request: HttpRequest, person: UUID) -> HttpResponse:
    """Keep a colleague from a family's records."""
    if not who(request).has_role(MANAGERS):
        raise NotPermitted("A manager decides who reads a record. Ask your team manager, and tell them why.")
    opened = require_record(open_person(request, person, "conflict"))
    colleagues = [one for one in list_accounts() if one.role in RECORD_READERS and one.id != opened.by.id]
    form = KeepAwayForm(
        request.POST if request.method == "POST" else None,
        people=people_of(opened),
        colleagues=account_choices(colleagues),
    )
    if was_sent(request, form, "keep_away", lambda: _kept_away(form, opened)):
        messages.success(request, "Recorded. They no longer see this record.")
        return redirect("restrictions")
    context = {"opened": opened, "name": shown_name(opened.header), "form": form, "key": key_of(request)}
    return render(request, "access/conflict-colleague.html", context)


def _kept_away(form: KeepAwayForm, opened: Opened) -> UUID:
    given = form.cleaned_data
    reviewer = next((line.id for line in list_posts(kinds=["manager"]) if line.id in opened.by.posts), None)
    if reviewer is None:
        raise NotPermitted("Only a manager who stands in a manager's post can review this. Ask the manager above you.")
    for key in given["people"]:
        keep_colleague_away(
            by=opened.by, person=UUID(key), colleague=UUID(given["colleague"]), reviewer=reviewer,
            reason=given["reason"], at=opened.at,
        )  # fmt: skip
    return opened.person


def conflict(request: HttpRequest, bar: UUID) -> HttpResponse:
    """One conflict of interest, for its reviewer, who may end it."""
    by, at = who(request), now()
    found = reviewed(bar, conflict=True)
    look(by=by, people=[found.person], what="conflict", at=at)
    form = EndConflictForm(request.POST if request.method == "POST" else None)
    if was_sent(request, form, "end_conflict", lambda: _ended(form, request, bar, at)):
        messages.success(request, "Ended. They may see the record again where they work with the family.")
        return redirect("restrictions")
    return render(request, "access/conflict.html", described(found) | {"form": form, "key": key_of(request)})


def _ended(form: EndConflictForm, request: HttpRequest, bar: UUID, at: datetime) -> UUID:
    end_conflict(by=who(request), bar=bar, words=form.cleaned_data["words"], at=at)
    return bar


def twin(request: HttpRequest, step: UUID) -> HttpResponse:
    """Somebody new who may be the restricted person whom one carries: both side by side, and the question."""
    by, at = who(request), now()
    asked = get_step(step)
    if asked.kind != TWIN or asked.subject is None or not asked.people:
        raise NotFound("There is no such question among those that you are asked.")
    new, known = asked.subject, asked.people[0]
    headers = get_headers(people=[new, known])
    if len(headers) < 2:
        raise NotFound("There is no such question among those that you are asked.")
    look(by=by, people=[new, known], what="possible_twin", at=at)
    form = TwinForm(request.POST if request.method == "POST" else None)
    if was_sent(request, form, "answer_twin", lambda: _answered(form, request, asked, at)):
        messages.success(request, "Recorded.")
        return redirect("person", person=known)
    return render(request, "access/possible-twin.html", {
        "form": form, "key": key_of(request), "step": asked,
        "sides": [
            {"title": title, "person": person, "name": shown_name(headers[person]), "rows": _rows(headers[person], at)}
            for title, person in (("Registered just now", new), ("Whose record is restricted", known))
        ],
    })  # fmt: skip


def _answered(form: TwinForm, request: HttpRequest, asked: OpenStep, at: datetime) -> UUID:
    given = form.cleaned_data
    return answer_twin(by=who(request), step=asked.id, same=given["same"] == "yes", words=given["words"], at=at)


def _rows(header: PersonHeader, at: datetime) -> list[dict[str, str]]:
    numbers = ", ".join(f"{SCHEMES[one.scheme]} {one.value}" for one in header.identifiers)
    lives = next((one.lines for one in list_addresses(person=header.id) if one.lines and one.true_to is None), "")
    return [
        {"key": "Age", "value": age_line(header, at.date())},
        {"key": "Numbers", "value": numbers},
        {"key": "Address", "value": lives},
    ]
