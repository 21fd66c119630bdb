"""The way in, and a worker's day."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.queries import list_drafts
from sightline.doorway.roles import RECORD_READERS
from sightline.front_door.queue_queries import in_danger_now
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.partnership.queries import describe_messages, list_waiting
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
from sightline.web.casework.forms import FinishForm
from sightline.web.casework.opening import actor_of, now, post_only
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
    by, at = actor_of(request), now()
    if not by.has_role(RECORD_READERS):
        return render(request, "casework/no-casework.html", {"by": by})
    begun, told = list_drafts(by=by), list_notices(by.posts)
    steps, carried = list_open_steps(by.posts), list_carried(by.posts)
    children = [one.child for one in carried]
    next_steps = first_of(list_steps_for(children), children)
    people = {*children, *(person for step in steps for person in step.people)}
    people |= {one.person for one in told if one.person} | {one.about for one in begun if one.about}
    headers = get_headers(people=people)
    checks = [step for step in steps if step.kind == ASKED]
    danger = in_danger_now(step.subject for step in steps if step.kind == "decide_contact")
    own = rows.grouped_steps([step for step in steps if step.kind != ASKED], headers, at, danger)
    sent = describe_messages([one.subject for one in told if one.subject and one.kind.startswith("message_")])
    context = {
        "by": by,
        "drafts": rows.draft_rows(begun, headers),
        "today": own.pop("Today", []),
        "to_finish": own.pop("Overdue", []),
        "coming_up": own,
        "coming_up_count": sum(map(len, own.values())),
        "waiting": rows.waiting_rows(checks, list_waiting(by.posts), headers, at),
        "told": rows.told_rows(told, headers, sent),
        "columns": rows.CASE_COLUMNS,
        "cases": rows.case_rows(carried, headers, last_seen_of(children), next_steps, needs=need_labels(at), at=at),
    }
    return render(request, "casework/my-day.html", context)


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
    """Tick something one was told. Who ticked it is kept."""
    try:
        clear_notice(by=actor_of(request), notice=notice, at=now())
    except NotPermitted:
        raise
    except Refusal as refused:
        messages.info(request, refused.message)
    return redirect("my-day")


def finish(request: HttpRequest, step: UUID) -> HttpResponse:
    """Close a step with what was done."""
    by, at = actor_of(request), now()
    found = get_step(step)
    refuse_unless_may_finish(by, found.post, at)
    form = FinishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_step(by=by, step=step, outcome=form.cleaned_data["outcome"], at=at)
        except NotPermitted:
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Done.")
            return redirect("my-day")
    headers = get_headers(people=found.people)
    context = {
        "form": form,
        "title": title_of(found),
        "for_whom": names_of(found.people, headers),
        "clock": due_words(found.due_at, at),
    }
    return render(request, "casework/finish.html", context)
