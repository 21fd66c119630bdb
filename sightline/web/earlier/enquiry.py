"""How did a section 47 enquiry end that an earlier system left open? A conference, none, or it goes on here."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.enquiries.operations import say_how_earlier_ended
from sightline.enquiries.permissions import refuse_unless_may_decide
from sightline.enquiries.queries import get_earlier
from sightline.enquiries.rules import LINE
from sightline.journeys.take_up import go_on_with_enquiry
from sightline.kernel.dates import day_words
from sightline.kernel.errors import NotFound
from sightline.web.enquiries.opening import LOOKED_AT, NOT_HERE, open_to_write
from sightline.web.enquiries.sheet import OneForm
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import add_day, line, long_text, offer, one_of, reveal

CONFERENCE, NONE, GOES_ON = "conference", "none", "goes_on"


class HowEndedForm(forms.Form):
    """One answer, with what belongs to it."""

    ended = one_of("How did it end?", required="Say how it ended.")
    because = line("Why was none needed?", longest=LINE)
    why = long_text("Why does it go on?", "What is feared for the child now.", short=True)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(
            self, "ended",
            [(CONFERENCE, "A conference was held"), (NONE, "No conference was needed"), (GOES_ON, "It goes on here")],
            hints={GOES_ON: "An enquiry is opened here, from the day on which it began."},
        )  # fmt: skip
        add_day(self, "conference_on", "When was it held?", today=today)
        reveal(self, "ended", {CONFERENCE: ("conference_on",), NONE: ("because",), GOES_ON: ("why",)})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needed = {
            CONFERENCE: ("conference_on", "Enter the day of the conference."),
            NONE: ("because", "Say why none was needed."),
            GOES_ON: ("why", "Say why it goes on."),
        }.get(given.get("ended", ""))
        if needed and not given.get(needed[0]) and not self.errors.get(needed[0]):
            self.add_error(*needed)
        return given


def how_ended(request: HttpRequest, person: UUID, earlier_enquiry: UUID) -> HttpResponse:
    """The page."""
    opened = open_to_write(request, person)
    found = get_earlier(earlier_enquiry)
    if found.child != person:
        raise NotFound(NOT_HERE)
    refuse_unless_may_decide(opened.by)
    look(by=opened.by, people=[person], what=LOOKED_AT, at=opened.at)

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        return OneForm(HowEndedForm, typed, bound=bound, at=opened.at, today=opened.today)

    def perform(sheet: OneForm) -> UUID:
        given, by, at = sheet.given, opened.by, opened.at
        key: UUID
        if given["ended"] == GOES_ON:
            key = go_on_with_enquiry(by=by, earlier=earlier_enquiry, why=given["why"], at=at)
        elif given["ended"] == NONE:
            key = say_how_earlier_ended(by=by, earlier=earlier_enquiry, not_needed_because=given["because"], at=at)
        else:
            key = say_how_earlier_ended(by=by, earlier=earlier_enquiry, conference_on=given["conference_on"], at=at)
        return key

    def done(_sheet: OneForm) -> HttpResponse:
        messages.success(request, "It is on the child's record.")
        return redirect("person-protection", person=person)

    asks = {
        "title": "How did the enquiry end?",
        "lead": f"An earlier system recorded a section 47 enquiry from {day_words(found.began_on)}, and no end.",
        "button": "Record it",
    }
    desk = Desk(
        opened=opened, name="earlier-enquiry", template="enquiries/plain.html", make=make, perform=perform, done=done,
        beside=earlier_enquiry, back=reverse("person-protection", args=[person]), context={"asks": asks},
    )  # fmt: skip
    return answer(request, desk)
