"""Whom a conference invites: each proposed with why, each confirmed by name, and who was told what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.conferences.operations import InviteeGiven, confirm_invitees, leave_out
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.queries import InviteeView, get_meeting
from sightline.doorway.actor import Actor
from sightline.journeys.convene import invite_all, propose_invitees
from sightline.partnership.operations import Composed
from sightline.partnership.queries import get_message
from sightline.web.access.risk import risks_of_writing
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
            context={
                "names": here.names,
                "kind": here.view.kind_words,
                "at_risk": risks_of_writing(to=[one.proposed.person for one in slots], about=here.children),
            },
        ),
    )


def confirm(by: Actor, meeting: UUID, sheet: InviteesSheet, at: datetime) -> Confirmed:
    """Keep each who is ticked or left out, and write the invitation of each who may be told."""
    chosen_here = [*_proposed(sheet), *_added(sheet)]
    given = [one.given for one in chosen_here]
    keys = confirm_invitees(by=by, meeting=meeting, given=given, at=at) if given else []
    for row in sheet.rows_of:
        because = row.form.cleaned_data.get("left", "").strip()
        if because and not row.form.comes:
            leave_out(by=by, meeting=meeting, **row.slot.who, because=because, at=at)
    both = list(zip(keys, chosen_here, strict=True))
    # Whoever a chair kept out before waits too, whatever is answered of them here.
    listed = get_meeting(meeting, views=False).invitees if both else []
    waits = {one.id for one in listed if one.standing.waits}
    found = Confirmed([], [one.title for key, one in both if key in waits])
    tell(by, meeting, [key for key, _ in both if key not in waits], found, at=at)
    return found


@dataclass(frozen=True)
class Chosen:
    """One who is ticked or added on a page."""

    title: str
    given: InviteeGiven


def _proposed(sheet: InviteesSheet) -> Iterator[Chosen]:
    for row in sheet.rows_of:
        if row.form.comes:
            given, one = row.form.cleaned_data, row.slot.proposed
            name = given.get("name", "").strip() or one.name
            yield _chosen(row.slot.title, {**row.slot.who, "name": name, "role": one.role}, given)


def _added(sheet: InviteesSheet) -> Iterator[Chosen]:
    titles = dict(_flat(sheet.people))
    for form in sheet.others:
        if form.begun:
            given = form.cleaned_data
            name = given["name"].strip()
            who = {**chosen(given["whom"]), "name": name, "role": given["role"].strip()}
            yield _chosen(name or titles.get(given["whom"], ""), who, given)


def _chosen(title: str, who: dict[str, Any], given: dict[str, Any]) -> Chosen:
    return Chosen(
        title,
        InviteeGiven(
            **who,
            report_asked=bool(given.get("report")),
            safe_to_tell=given.get("safe", ""),
            safe_because=given.get("safe_because", ""),
        ),
    )


def tell(by: Actor, meeting: UUID, invitees: Sequence[UUID], found: Confirmed, *, at: datetime) -> None:
    """Write the invitations of those who were confirmed; one of ours is told on their own day, with nothing to send."""
    if not invitees:
        return
    sent = invite_all(by=by, meeting=meeting, invitees=invitees, at=at)
    listed = {one.id: one for one in get_meeting(meeting, views=False).invitees}
    found.told.extend(told_of(listed[key], composed) for key, composed in sent.items() if composed is not None)


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
