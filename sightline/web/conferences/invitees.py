"""Whom a conference invites: each proposed with why, each confirmed by name, and who was told what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.conferences.operations import confirm_invitee, leave_out
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.queries import InviteeView, get_invitee
from sightline.doorway.actor import Actor
from sightline.journeys.convene import invite, propose_invitees
from sightline.partnership.operations import Composed
from sightline.partnership.queries import get_message
from sightline.web.conferences.desk import Desk, answer
from sightline.web.conferences.opening import open_meeting
from sightline.web.conferences.slots import InviteesSheet, chosen, others_of, slots_of

NAME = "conference-invitees"


@dataclass(frozen=True)
class Told:
    """One whose invitation was written: by link with a code that is shown this once, or a letter to print."""

    whom: str
    composed: Composed
    by_hand: bool
    text: str = ""

    @property
    def link(self) -> str:
        """The address that a letter by hand carries."""
        return reverse("message-link", args=[self.composed.link_token]) if self.composed.link_token else ""


@dataclass(frozen=True)
class Acting:
    """Who invites, to which conference, and when."""

    by: Actor
    meeting: UUID
    at: datetime


@dataclass(frozen=True)
class Confirmed:
    """What came of one page: whose invitations were written, and who waits for what."""

    told: list[Told]
    waiting: list[str]


def invitees(request: HttpRequest, step: UUID) -> HttpResponse:
    """Who else could be invited, and what is sent from it; `conference-invitees`."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    slots = slots_of(propose_invitees(meeting=step))
    people = others_of(here.opened, slots)
    went: list[Confirmed] = []

    def perform(sheet: InviteesSheet) -> UUID:
        went.append(confirm(here.opened.by, step, sheet, here.opened.at))
        return step

    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/invitees.html",
            address={"step": step},
            make=lambda typed, bound: InviteesSheet(here.opened, slots, people, typed, bound=bound),
            perform=perform,
            done=lambda _sheet, key: after(request, key, went),
            back=here.back,
            context={"names": here.names, "kind": here.view.kind_words},
        ),
    )


def confirm(by: Actor, meeting: UUID, sheet: InviteesSheet, at: datetime) -> Confirmed:
    """Keep each who is ticked or left out, and write the invitation of each who may be told."""
    found, acting = Confirmed([], []), Acting(by, meeting, at)
    for row in sheet.rows_of:
        given = row.form.cleaned_data
        if row.form.comes:
            one = row.slot.proposed
            named = {"name": given.get("name", "").strip() or one.name, "role": one.role}
            _confirm_one(acting, row.slot.title, {**row.slot.who, **named}, given, found)
        elif given.get("left", "").strip():
            leave_out(by=by, meeting=meeting, **row.slot.who, because=given["left"].strip(), at=at)
    for form in sheet.others:
        if form.begun:
            given, titles = form.cleaned_data, dict(_flat(sheet.people))
            whom = given["name"].strip() or titles.get(given["whom"], "")
            named = {"name": given["name"].strip(), "role": given["role"].strip()}
            _confirm_one(acting, whom, {**chosen(given["whom"]), **named}, given, found)
    return found


def _confirm_one(acting: Acting, title: str, who: dict[str, Any], given: dict[str, Any], found: Confirmed) -> None:
    invitee = confirm_invitee(
        by=acting.by, meeting=acting.meeting, **who, report_asked=bool(given.get("report")),
        safe_to_tell=given.get("safe", ""), safe_because=given.get("safe_because", ""), at=acting.at,
    )  # fmt: skip
    if given.get("safe") == "no":
        found.waiting.append(title)
    else:
        tell(acting.by, invitee, found, at=acting.at)


def tell(by: Actor, invitee: UUID, found: Confirmed, *, at: datetime) -> None:
    """Write the invitation of one who was confirmed; one of ours is told on their own day, with nothing to send."""
    composed = invite(by=by, invitee=invitee, at=at)
    if composed is not None:
        found.told.append(told_of(get_invitee(invitee), composed))


def told_of(one: InviteeView, composed: Composed) -> Told:
    """What is shown of one invitation, this once."""
    return Told(one.who, composed, one.family, get_message(composed.message).text if one.family else "")


def _flat(people: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [pair for _, held in people for pair in held]


def after(request: HttpRequest, meeting: UUID, went: list[Confirmed]) -> HttpResponse:
    """The codes and letters that came of it, shown this once; else the conference itself."""
    found = went[0] if went else Confirmed([], [])
    if not found.told:
        messages.success(request, "Recorded.")
        return redirect("conference", step=meeting)
    outside = [one for one in found.told if not one.by_hand]
    context = {
        "meeting": meeting,
        "by_link": [one for one in outside if one.composed.code],
        "by_phone": [one for one in outside if not one.composed.code],
        "by_hand": [one for one in found.told if one.by_hand],
        "waiting": found.waiting,
    }
    return render(request, "conferences/told.html", context)
