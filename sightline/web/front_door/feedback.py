"""What has not been told to whoever raised it, what nobody opened, and what came back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sightline.assessments.permissions import may_assess
from sightline.assessments.queries import get_documents_of
from sightline.disagreements.permissions import may_disagree
from sightline.disagreements.queries import list_disagreements
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.front_door.permissions import may_take_contacts, refuse_unless_may_take_contacts
from sightline.front_door.queries import ContactView, get_public_referrer, list_contacts
from sightline.journeys.feed_back import record_heard
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.partnership.models import Message
from sightline.partnership.operations import read_out_code
from sightline.partnership.queries import (
    MessageLine,
    count_waiting,
    describe_messages,
    get_message,
    list_people_of,
    list_replies,
    list_waiting,
)
from sightline.people.queries import get_names
from sightline.record.operations import clear_notice
from sightline.record.queries import ToldNotice, count_open_steps, list_notices, list_open_steps
from sightline.web.asked import key_in, key_of, now, send_once, who
from sightline.web.front_door.handover import DESKS, OWED, list_rows
from sightline.web.presenters import words
from sightline.workforce.queries import account_names, list_posts

CAME_BACK = {
    "message_reply": "Answered",
    "message_challenge": "Does not agree with the decision",
    "message_silent": "Nobody has opened it",
    "message_undelivered": "It could not be delivered",
}
SHOWN = 50
"""How many of what waits, and of what is owed, are shown: what comes up when one of them is done is the next."""
COUNTED = 1001
"""How far they are counted."""


@require_GET
def feedback(request: HttpRequest) -> HttpResponse:
    """The worklist; `feedback`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    posts = [*by.posts, *(post.id for post in list_posts(team_kinds=DESKS))]
    notices = _each_once(by, [one for one in list_notices(posts) if one.kind in CAME_BACK and one.subject])
    waiting, owed = list_waiting(posts, at=at, limit=SHOWN), list_open_steps(posts, kinds=OWED, limit=SHOWN)
    lines = describe_messages(one.subject for one in notices if one.subject)
    about = _about([*waiting, *lines.values()])
    context = {
        "rows": sorted(list_rows(owed, [], at=at), key=lambda row: row.order),
        "rows_of_more": _of_more(owed, lambda: count_open_steps(posts, kinds=OWED)),
        "came_back": [_came_back(one, lines, about) for one in notices],
        "waiting": [_waiting(one, about.get(one.subject, "")) for one in waiting],
        "waiting_of_more": _of_more(waiting, lambda: count_waiting(posts, most=COUNTED)),
    }
    return render(request, "front_door/feedback.html", context)


def _of_more(shown: Sequence[object], count: Callable[[], int]) -> str:
    """`the first 50 of 312`; nothing where all are shown, and then nothing is counted."""
    if len(shown) < SHOWN or (every := count()) <= len(shown):
        return ""
    return f"the first {len(shown)} of {f'more than {COUNTED - 1}' if every >= COUNTED else every}"


def _each_once(by: Actor, notices: Iterable[ToldNotice]) -> list[ToldNotice]:
    """What two posts were told is shown once to somebody who reads for both: as told to their own."""
    kept: dict[tuple[str, UUID | None], ToldNotice] = {}
    for one in notices:
        if one.post in by.posts:
            kept[one.kind, one.subject] = one
        else:
            kept.setdefault((one.kind, one.subject), one)
    return list(kept.values())


def _came_back(notice: ToldNotice, lines: Mapping[UUID, MessageLine], about: Mapping[UUID, str]) -> dict[str, str]:
    """What came back, to which message, about which children."""
    line = lines.get(notice.subject) if notice.subject else None
    told = [f"{line.kind_label} to {line.to}", about.get(line.subject, "")] if line else []
    said = "".join(f"{one}. " for one in told if one)
    return {
        "title": CAME_BACK[notice.kind],
        "detail": f"{said}{words.capital(words.when(notice.at, now()))}.",
        "url": reverse("message", args=[notice.subject]),
    }


def _about(lines: Iterable[MessageLine]) -> dict[UUID, str]:
    """Of which children each message's contact speaks, in words."""
    contacts = list_contacts(dict.fromkeys(line.subject for line in lines))
    headers = get_names(people={child for one in contacts for child in one.children})
    return {
        one.id: f"About {words.listing(headers[child].name for child in one.children if child in headers)}"
        for one in contacts
        if any(child in headers for child in one.children)
    }


def _waiting(message: MessageLine, about: str) -> dict[str, str]:
    status, _, more = message.status.partition(" — ")
    told = [about, f"Sent {words.when(message.composed_at, now())}", words.capital(more)]
    return {
        "title": f"{message.kind_label} to {message.to}",
        "url": reverse("message", args=[message.id]),
        "detail": " ".join(f"{one}." for one in told if one),
        "tag": words.capital(status),
        "tag_colour": "grey" if status in {"sent", "delivered"} else "red",
    }


@require_GET
def message(request: HttpRequest, message: UUID) -> HttpResponse:
    """One message, how far it got and what came back; `message`."""
    return _show(request, get_message(message))


def _show(request: HttpRequest, line: MessageLine, *, code: str = "", error: str = "") -> HttpResponse:
    by, at = who(request), now()
    contacts = list_contacts([line.subject])
    about = list(contacts[0].people) if contacts else list_people_of(line.id)
    look(by=by, people=about, what="message", at=at, message=str(line.id))
    posts = [*by.posts, *(post.id for post in list_posts(team_kinds=DESKS))]
    status, _, more = line.status.partition(" — ")
    replies = list_replies(line.id)
    challenges = [one.id for one in replies if one.kind == "challenge"]
    # Words about a call to a member of the public can name them, and stand where their name does.
    public = get_public_referrer(line.subject) if line.agency_post is None else None
    context = {
        "line": line,
        "how": (public.telling if public and line.acknowledged_how else "") or line.acknowledged_how,
        "status": words.capital(status),
        "status_more": words.capital(more),
        "sender": account_names([line.sent_by]).get(line.sent_by, ""),
        "replies": replies,
        "recorded": {one.subject for one in list_disagreements(subjects=challenges, only_open=False)},
        "may_disagree": may_disagree(by),
        "notices": _each_once(by, [one for one in list_notices(posts) if one.subject == line.id]),
        "back": _back(by, line, contacts),
        "code": code,
        "error": error,
        "is_link": line.means == Message.Means.LINK,
        "key": key_of(request) if error else new_id(),
    }
    return render(request, "front_door/message.html", context)


def _back(by: Actor, line: MessageLine, contacts: Sequence[ContactView]) -> dict[str, str]:
    """Where a message was opened from, among what its reader may open."""
    if contacts:
        return {"url": reverse("contact", args=[contacts[0].id]), "text": "Back to the contact"}
    document = get_documents_of([line.subject]).get(line.subject)
    if document is not None and not may_assess(by):
        return {"url": reverse("assessment", args=[document]), "text": "Back to the assessment"}
    if document is not None:
        return {"url": reverse("assessment-evidence", args=[document]), "text": "Back to the evidence"}
    if may_take_contacts(by):
        return {"url": reverse("feedback"), "text": "Back to feedback"}
    return {"url": reverse("my-day"), "text": "Back to my day"}


@require_POST
def show_code(request: HttpRequest, message: UUID) -> HttpResponse:
    """The second code again, for whoever rings for it; `message-code`."""
    line = get_message(message)
    try:
        code = read_out_code(by=who(request), message=message, at=now())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        return _show(request, line, error=refusal.message)
    return _show(request, line, code=code)


@require_POST
def heard(request: HttpRequest, message: UUID) -> HttpResponse:
    """It was told in a call instead; `message-call`."""
    by, at, line = who(request), now(), get_message(message)

    def perform() -> UUID:
        record_heard(by=by, message=message, how=request.POST.get("how", ""), at=at)
        return message

    try:
        send_once(request, "call", perform, at=at)
    except Refusal as refusal:
        return _show(request, line, error=refusal.message)
    messages.success(request, "The call is recorded, and the message is acknowledged.")
    return redirect("message", message=message)


@require_POST
def read_it(request: HttpRequest, message: UUID) -> HttpResponse:
    """Ticks what was told about this message; `message-read`."""
    notice = key_in(request.POST.get("notice"))
    if notice is not None:
        clear_notice(by=who(request), notice=notice, at=now())
    return redirect("feedback") if may_take_contacts(who(request)) else redirect("message", message=message)
