"""The front door's queue: what is to decide, what waits, what is owed; and handing it over at night."""

from collections.abc import Container
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sightline.doorway.actor import Actor
from sightline.front_door.models import Handover
from sightline.front_door.operations import accept_handover
from sightline.front_door.permissions import refuse_unless_may_take_contacts
from sightline.front_door.queries import list_contacts, list_waiting_handovers
from sightline.front_door.queue_queries import decided_since, latest_handovers, latest_recommendations, waiting_checks
from sightline.journeys.hand_over import CLOSED_WORDS, hand_over, hand_over_undecided
from sightline.kernel.london import local_day, start_of_day
from sightline.partnership.queries import list_agency_posts
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.queries import OpenStep, count_open_steps, list_open_steps
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.presenters import words
from sightline.web.presenters.front_door_queue import Row, Surroundings, present_row
from sightline.workforce.models import Team
from sightline.workforce.queries import account_names, list_posts

DECIDE, CHECKS, FEEDBACK, DECIDED = "decide", "checks", "feedback", "decided"
TABS = {DECIDE: "To decide", CHECKS: "Waiting for checks", FEEDBACK: "Feedback to give", DECIDED: "Decided today"}
CLOSING = "when the front door closed"
OWED = ("acknowledge", "feedback")
DESKS = (Team.Kind.FRONT_DOOR, Team.Kind.EMERGENCY_DUTY)


@require_GET
def front_door(request: HttpRequest, tab: str = DECIDE) -> HttpResponse:
    """The queue, most urgent first; `front-door`, `front-door-tab`."""
    by, at = who(request), now()
    refuse_unless_may_take_contacts(by)
    posts = list_posts(team_kinds=DESKS)
    keys = [post.id for post in posts]
    day = [post.id for post in posts if post.team_kind == Team.Kind.FRONT_DOOR]
    undecided = list_open_steps(keys, kinds=["decide_contact"])
    asked = waiting_checks(step.subject for step in undecided if step.subject)
    decided = decided_since(start_of_day(local_day(at)))
    counts = {
        DECIDE: len(undecided),
        CHECKS: len(asked),
        FEEDBACK: count_open_steps(keys, kinds=OWED),
        DECIDED: len(decided),
    }
    steps = _steps(tab, undecided, asked, keys)
    rows = list_rows(steps, decided if tab == DECIDED else [], at=at)
    waiting = list_waiting_handovers(by.posts)
    context = {
        "rows": sorted(rows, key=lambda row: row.order) if tab != DECIDED else rows,
        "tab": tab,
        "tabs": [_tab(key, tab, counts[key]) for key in TABS],
        "undecided": sum(1 for step in undecided if step.post in day),
        "handed": _handed(waiting, at),
        "name": by.name,
        "hands_over": _is_day_desk(by, day),
        "key": key_of(request),
    }
    return render(request, "front_door/queue.html", context)


def _tab(key: str, current: str, count: int) -> dict[str, object]:
    url = reverse("front-door") if key == DECIDE else reverse("front-door-tab", args=[key])
    return {"text": TABS[key], "url": url, "current": key == current, "count": count}


def _steps(tab: str, undecided: list[OpenStep], asked: Container[UUID | None], posts: list[UUID]) -> list[OpenStep]:
    if tab == CHECKS:
        return [step for step in undecided if step.subject in asked]
    if tab == FEEDBACK:
        return list_open_steps(posts, kinds=OWED)
    return undecided if tab == DECIDE else []


def list_rows(steps: list[OpenStep], more: list[UUID], *, at: datetime) -> list[Row]:
    """A line for each step or contact, in a number of queries that does not grow with them."""
    keys = list(dict.fromkeys([*(step.subject for step in steps if step.subject), *more]))
    contacts = {one.id: one for one in list_contacts(keys)}
    handovers, recommended = latest_handovers(keys), latest_recommendations(keys)
    named = [one.by for one in recommended.values()]
    named += [key for one in handovers.values() for key in (one.handed_by, one.accepted_by) if key]
    named += [one.decision.decided_by for one in contacts.values() if one.decision]
    around = Surroundings(
        headers=get_names(people={child for one in contacts.values() for child in one.children}),
        posts={post.id: post for post in list_agency_posts()},
        pack=current_pack(at),
        handovers=handovers,
        recommended=recommended,
        checks=waiting_checks(keys),
        names=account_names(named),
        at=at,
    )
    pairs = [(contacts.get(step.subject), step) for step in steps] + [(contacts.get(key), None) for key in more]  # type: ignore[arg-type]  # None finds nothing
    return [present_row(contact, step, around) for contact, step in pairs if contact is not None]


def _handed(waiting: list[Handover], at: datetime) -> list[dict[str, object]]:
    contacts = {one.id: one for one in list_contacts([each.contact_id for each in waiting])}
    headers = get_names(people={child for one in contacts.values() for child in one.children})
    names = account_names([each.handed_by for each in waiting])
    handed = [
        {
            "id": each.id,
            "children": [headers[c].name for c in contacts[each.contact_id].children if c in headers],
            "contact": each.contact_id,
            "by": CLOSING if each.words == CLOSED_WORDS else f"by {names.get(each.handed_by, '')}",
            "words": "" if each.words == CLOSED_WORDS else each.words,
            "when": words.when(each.handed_at, at),
            "danger": contacts[each.contact_id].danger == "yes" and contacts[each.contact_id].decision is None,
        }
        for each in waiting
        if each.contact_id in contacts
    ]
    return sorted(handed, key=lambda one: not one["danger"])


def _is_day_desk(by: Actor, day: list[UUID]) -> bool:
    return bool(by.posts & set(day))


@require_POST
def hand_over_all(request: HttpRequest) -> HttpResponse:
    """Everything undecided to the emergency duty team; `front-door-hand-over`."""
    by, at = who(request), now()
    handed: list[UUID] = []

    def perform() -> UUID:
        handed.extend(hand_over_undecided(by=by, words=request.POST.get("words", ""), at=at))
        return handed[0] if handed else by.id

    send_once(request, "hand_over", perform, at=at)
    number = len(handed)
    said = f"{number} {'contact is' if number == 1 else 'contacts are'} handed to the emergency duty team."
    messages.success(request, said if number else "Nothing was left to hand over.")
    return redirect("front-door")


@require_POST
def hand_over_one(request: HttpRequest, contact: UUID) -> HttpResponse:
    """One undecided contact to the emergency duty team; `contact-hand-over`."""
    by, at = who(request), now()
    send_once(
        request,
        "hand_over",
        lambda: hand_over(by=by, contact=contact, words=request.POST.get("words", ""), at=at),
        at=at,
    )
    messages.success(request, "The contact is handed to the emergency duty team.")
    return redirect("front-door")


@require_POST
def accept(request: HttpRequest, handover: UUID) -> HttpResponse:
    """By name, from now on theirs; `handover-accept`."""
    accept_handover(by=who(request), handover=handover, at=now())
    messages.success(request, f"Accepted by {who(request).name}.")
    return redirect("front-door")
