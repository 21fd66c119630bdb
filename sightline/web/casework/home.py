"""The way in, and what is ticked or finished from my day."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.conferences.permissions import may_chair
from sightline.doorway.actor import Actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import get_names
from sightline.record.operations import clear_notice
from sightline.record.queries import get_step, list_notices
from sightline.recording.operations import finish_step
from sightline.recording.permissions import refuse_unless_may_finish
from sightline.web.asked import key_in, key_of, now, post_only, send_once, who
from sightline.web.casework.forms import FinishForm
from sightline.web.presenters.steps import due_words, names_of, title_of
from sightline.web.refused_form import refuse


def home(request: HttpRequest) -> HttpResponse:
    """Every day begins at one's own desk: a chair's is where conferences are, a partner's what is shared with them."""
    by = who(request)
    if by.role == Role.PARTNER:
        return redirect("shared-with-us")
    return redirect("chairs-desk" if may_chair(by) else "my-day")


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


@post_only("my-day")
def tick_all(request: HttpRequest) -> HttpResponse:
    """Tick everything that the page showed, each by its own act; what came in meanwhile stays."""
    by, at = who(request), now()
    shown = [key for key in map(key_in, request.POST.getlist("notice")) if key]
    send_once(request, "notices-tick", lambda: _ticked(by, shown, key_of(request), at), at=at)
    return redirect("my-day")


def _ticked(by: Actor, notices: list[UUID], key: UUID, at: datetime) -> UUID:
    standing = {one.id for one in list_notices(by.posts)}
    for one in notices:
        if one in standing:  # a colleague in the same post may have ticked it first
            clear_notice(by=by, notice=one, at=at)
    return key


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
            return redirect(_back(request)["url"])
    found = get_step(step)
    refuse_unless_may_finish(by, found.post, at)
    headers = get_names(people=found.people)
    context = {
        "form": form,
        "key": key,
        "title": title_of(found),
        "for_whom": names_of(found.people, headers),
        "clock": due_words(found.due_at, at),
        "back": _back(request),
    }
    return render(request, "casework/finish.html", context)


def _back(request: HttpRequest) -> dict[str, str]:
    """Where the page was opened from: the plan, as a child's record shows it, or my day."""
    child, plan = key_in(request.GET.get("child")), key_in(request.GET.get("plan"))
    if child and plan:
        return {"url": reverse("plan", args=[child, plan]), "text": "Back to the plan"}
    return {"url": reverse("my-day"), "text": "Back to my day"}


def _finished(by: Actor, step: UUID, outcome: str, at: datetime) -> UUID:
    refuse_unless_may_finish(by, get_step(step).post, at)
    finish_step(by=by, step=step, outcome=outcome, at=at)
    return step
