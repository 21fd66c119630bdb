"""The way in, and a worker's day."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.actor import Actor
from sightline.doorway.queries import list_drafts
from sightline.doorway.roles import RECORD_READERS
from sightline.front_door.queries import list_contacts
from sightline.front_door.queue_queries import in_danger_now
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.queries import MessageLine, describe_messages, list_waiting
from sightline.people.queries import get_headers
from sightline.record.operations import clear_notice
from sightline.record.queries import (
    OpenStep,
    get_step,
    last_seen_of,
    list_carried,
    list_notices,
    list_open_steps,
    list_steps_for,
)
from sightline.recording.operations import finish_step
from sightline.recording.permissions import refuse_unless_may_finish
from sightline.web.asked import key_in, key_of, now, post_only, send_once, who
from sightline.web.casework.forms import FinishForm
from sightline.web.casework.reading import need_labels
from sightline.web.presenters import my_day as rows
from sightline.web.presenters.steps import due_words, names_of, title_of
from sightline.web.refused_form import refuse

ASKED = "check_answer"
"""A step that waits for an agency: it is on the list of those one waits for, and not among one's own."""


def home(request: HttpRequest) -> HttpResponse:
    """Every day begins at one's own desk."""
    return redirect("my-day")


def my_day(request: HttpRequest) -> HttpResponse:
    """Unfinished work, what comes up, who is waited for, what one was told, and the children one carries."""
    by, at = who(request), now()
    if not by.has_role(RECORD_READERS):
        return render(request, "casework/no-casework.html", {"by": by})
    begun, told = list_drafts(by=by), list_notices(by.posts)
    steps, carried = list_open_steps(by.posts), list_carried(by.posts)
    children = [one.child for one in carried]
    next_steps = first_of(list_steps_for(children), children)
    people = {*children, *(person for step in steps for person in step.people)}
    people |= {one.person for one in told if one.person} | {one.about for one in begun if one.about}
    sent = describe_messages([one.subject for one in told if one.subject and one.kind.startswith("message_")])
    about = children_of(sent.values())
    people |= {child for children in about.values() for child in children}
    headers = get_headers(people=people)
    checks = [step for step in steps if step.kind == ASKED]
    danger = in_danger_now(step.subject for step in steps if step.kind == "decide_contact")
    own = rows.grouped_steps([step for step in steps if step.kind != ASKED], headers, at, danger)
    context = {
        "by": by,
        "drafts": rows.draft_rows(begun, headers),
        "today": own.pop("Today", []),
        "to_finish": own.pop("Overdue", []),
        "coming_up": own,
        "coming_up_count": sum(map(len, own.values())),
        "waiting": rows.waiting_rows(checks, list_waiting(by.posts), headers, at),
        "told": rows.told_rows(told, headers, sent, about),
        "columns": rows.CASE_COLUMNS,
        "cases": rows.case_rows(carried, headers, last_seen_of(children), next_steps, needs=need_labels(at), at=at),
    }
    return render(request, "casework/my-day.html", context)


def children_of(messages: Iterable[MessageLine]) -> dict[UUID, tuple[UUID, ...]]:
    """Whom each of these messages is about, by the contact that it answers."""
    contacts = {line.id: line.subject for line in messages}
    children = {one.id: one.children for one in list_contacts(contacts.values())} if contacts else {}
    return {message: children.get(contact, ()) for message, contact in contacts.items()}


def first_of(steps: Sequence[OpenStep], children: Iterable[UUID]) -> dict[UUID, OpenStep]:
    """The first due step for each of these children."""
    wanted = set(children)
    found: dict[UUID, OpenStep] = {}
    for step in steps:
        for person in wanted & set(step.people):
            found.setdefault(person, step)
    return found


@post_only("my-day")
def tick(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Tick something one was told, with the same of brothers and sisters on its line. Who ticked it is kept."""
    others = [key for key in map(key_in, request.POST.getlist("also")) if key]
    try:
        for one in (notice, *others):
            clear_notice(by=who(request), notice=one, at=now())
    except NotPermitted:
        raise
    except Refusal as refused:
        messages.info(request, refused.message)
    return redirect("my-day")


def finish(request: HttpRequest, step: UUID) -> HttpResponse:
    """Close a step with what was done."""
    by, at, key = who(request), now(), key_of(request)
    form = FinishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                "finish",
                lambda: _finished(by, step, form.cleaned_data["outcome"], at),
                at=at,
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Done.")
            return redirect("my-day")
    found = get_step(step)
    refuse_unless_may_finish(by, found.post, at)
    headers = get_headers(people=found.people)
    context = {
        "form": form,
        "key": key,
        "title": title_of(found),
        "for_whom": names_of(found.people, headers),
        "clock": due_words(found.due_at, at),
    }
    return render(request, "casework/finish.html", context)


def _finished(by: Actor, step: UUID, outcome: str, at: datetime) -> UUID:
    refuse_unless_may_finish(by, get_step(step).post, at)
    finish_step(by=by, step=step, outcome=outcome, at=at)
    return step
