"""Two pages of two fields: asking for a strategy discussion, and opening an enquiry. Neither waits for the other."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.enquiries.permissions import refuse_unless_may_decide
from sightline.enquiries.queries import get_discussion, list_discussions
from sightline.journeys.protect import ask_strategy, begin_enquiry
from sightline.kernel.errors import NotFound
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened
from sightline.web.enquiries.forms import AskForm
from sightline.web.enquiries.opening import NOT_HERE, family_choices, open_to_write
from sightline.web.enquiries.sheet import OneForm, keys_of
from sightline.web.plans.desk import Desk, answer
from sightline.web.presenters.enquiries import asked_before

ASK = {
    "title": "Ask for a strategy discussion",
    "lead": "With the police and health at least, as soon as can be. If a child is in danger now, ring 999 first.",
    "button": "Ask for it",
}
OPEN = {
    "title": "Open a section 47 enquiry",
    "lead": "It begins now. Who took part in the discussion, and everything else, can be recorded after.",
    "button": "Open the enquiry",
}
WHY_ASK = "What you have seen or been told, and what you fear for the child."
WHY_OPEN = "Why you think that a child is suffering significant harm, or is likely to."


def strategy_ask(request: HttpRequest, person: UUID) -> HttpResponse:
    """Asking for a strategy discussion."""
    opened = open_to_write(request, person)
    made: list[UUID] = []

    def perform(sheet: OneForm) -> UUID:
        chosen, why = keys_of(sheet.given["children"]), sheet.given["why"]
        made.append(ask_strategy(by=opened.by, children=chosen, why=why, at=opened.at))
        return made[-1]

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, "A strategy discussion is asked for. It stands on the record of each child.")
        return redirect("strategy", step=made[-1]) if made else redirect("person-protection", person=person)

    waits = [one for one in list_discussions([person]) if one.state != "decided"]
    lines = [asked_before(one, opened.at) for one in waits]
    desk = _desk(opened, name="strategy-ask", asks=ASK, hint=WHY_ASK, perform=perform, done=done, waits=lines)
    return answer(request, desk)


def enquiry_open(request: HttpRequest, person: UUID) -> HttpResponse:
    """Opening an enquiry, from the record alone or from the discussion that decided it."""
    opened = open_to_write(request, person)
    refuse_unless_may_decide(opened.by)
    discussion = key_in(request.POST.get("discussion") or request.GET.get("discussion"))
    if discussion and person not in get_discussion(discussion).children:
        raise NotFound(NOT_HERE)
    made: list[UUID] = []

    def perform(sheet: OneForm) -> UUID:
        chosen, why = keys_of(sheet.given["children"]), sheet.given["why"]
        made.append(begin_enquiry(by=opened.by, children=chosen, why=why, discussion=discussion, at=opened.at))
        return made[-1]

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, "The enquiry is open. It stands on the record of each child.")
        return redirect("enquiry", step=made[-1]) if made else redirect("person-protection", person=person)

    desk = _desk(
        opened, name="enquiry-open", asks=OPEN, hint=WHY_OPEN, perform=perform, done=done, discussion=discussion
    )
    return answer(request, desk)


def _desk(
    opened: Opened, *, name: str, asks: dict[str, str], hint: str, perform: Callable[[OneForm], UUID],
    done: Callable[[OneForm], HttpResponse], discussion: UUID | None = None, waits: Sequence[dict[str, str]] = (),
) -> Desk:  # fmt: skip
    children = family_choices(opened)

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        # The child whose record this was begun from is the one fact that the page already has.
        begins = {"children": [str(opened.person)], "discussion": str(discussion or "")}
        return OneForm(AskForm, typed, bound=bound, at=opened.at, initial=begins, children=children, hint=hint)

    return Desk(
        opened=opened,
        name=name,
        template="enquiries/ask.html",
        make=make,
        perform=perform,
        done=done,
        back=reverse("person-protection", args=[opened.person]),
        context={"asks": asks, "waits": waits},
        fields={"reason": "why"},
    )
