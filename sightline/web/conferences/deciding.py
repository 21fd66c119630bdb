"""One person of a conference: what the chair decides about them, whether it is safe to tell them, and telling them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.conferences.operations import allow, confirm_invitee, exclude, leave_out
from sightline.conferences.permissions import refuse_unless_may_convene
from sightline.conferences.queries import InviteeView
from sightline.doorway.actor import Actor
from sightline.web.asked import address
from sightline.web.assessments import drafting
from sightline.web.conferences.desk import Desk, OneForm, answer
from sightline.web.conferences.forms import ChairForm, LeaveForm, SafeForm
from sightline.web.conferences.invitees import Confirmed, after, tell
from sightline.web.conferences.meeting import facts_of
from sightline.web.conferences.opening import MeetingOpened, open_meeting
from sightline.web.presenters.conferences import invitee_facts, is_over, said_rows

NAME = "conference-invitee"
CHAIR, TELL, SAFE, LEAVE, NOTHING = "chair", "tell", "safe", "leave", ""
FORMS: dict[str, type[forms.Form]] = {
    CHAIR: ChairForm,
    TELL: forms.Form,
    SAFE: SafeForm,
    LEAVE: LeaveForm,
    NOTHING: forms.Form,
}
TITLES = {
    CHAIR: "What the chair decides",
    TELL: "Tell them",
    SAFE: "Is it safe to tell them?",
    LEAVE: "Do not invite them",
}
BUTTONS = {CHAIR: "Decide", TELL: "Write their invitation", SAFE: "Save the answer", LEAVE: "Do not invite them"}


def invitee(request: HttpRequest, step: UUID, invitee: UUID) -> HttpResponse:
    """The page of one person, and what is sent from it; `conference-invitee`."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    one = here.invitee(invitee)
    can = acts_of(here, one)
    asked = request.POST.get("act") or request.GET.get("act") or ""
    # Whoever sends what they may not do is refused by the operation itself, in its own words.
    act = asked if asked in FORMS and (asked in can or request.method == "POST") else next(iter(can), NOTHING)
    went: list[Confirmed] = []
    return answer(
        request,
        Desk(
            opened=here.opened,
            name=NAME,
            template="conferences/invitee.html",
            address={"step": step, "invitee": invitee},
            make=lambda typed, bound: OneForm(FORMS[act], typed, bound=bound, opened=here.opened, **_named(one, act)),
            perform=lambda sheet: _perform(here, one, act, sheet.form.cleaned_data, went),
            done=lambda _sheet, _key: _done(request, here, one, act, went),
            back=here.back,
            context=_context(here, one, act, can),
            fields={"safe_to_tell": "safe"},
        ),
    )


def acts_of(here: MeetingOpened, one: InviteeView) -> list[str]:
    """What the reader can do about this person now, what waits first."""
    if not here.open or one.left_out:
        return []
    can = []
    if here.chairs and one.post is None:
        can.append(CHAIR)
    untold = one.standing.may_be_told and not one.standing.told
    if untold or one.letter_unwritten or (one.standing.may_be_told and (one.came_back or one.let_in_since)):
        can.insert(0, TELL)
    if one.family and not one.excluded:
        can.append(SAFE)
    if one.told_at is None and one.excluded_at is None:
        can.append(LEAVE)
    return can


def _perform(here: MeetingOpened, one: InviteeView, act: str, given: dict[str, Any], went: list[Confirmed]) -> UUID:
    by, at = here.opened.by, here.opened.at
    if act == TELL:
        went.append(Confirmed([], []))
        tell(by, here.id, [one.id], went[0], at=at)
    elif act == CHAIR:
        _decide(by, one, given, at)
    elif act == SAFE:
        confirm_invitee(
            by=by, meeting=here.id, **who(one), role=one.role, report_asked=one.report_asked,
            safe_to_tell=given["safe"], safe_because=given["safe_because"], at=at,
        )  # fmt: skip
    elif act == LEAVE:
        leave_out(by=by, meeting=here.id, **who(one), because=given["because"], at=at)
    return one.id


def _decide(by: Actor, one: InviteeView, given: dict[str, Any], at: datetime) -> None:
    if given["decided"] == "allow":
        allow(by=by, invitee=one.id, at=at)
    else:
        exclude(by=by, invitee=one.id, because=given["because"], on_record=given["on_record"], at=at)


def who(one: InviteeView) -> dict[str, Any]:
    """The keywords by which the operations call an invitee; a friend by name alone."""
    if one.agency_post:
        return {"agency_post": one.agency_post, "name": one.name}
    if one.post:
        return {"post": one.post}
    return {"person": one.person} if one.person else {"name": one.name}


def _named(one: InviteeView, act: str) -> dict[str, str]:
    return {"whom": one.name or one.who} if act == CHAIR else {}


def _done(request: HttpRequest, here: MeetingOpened, one: InviteeView, act: str, went: list[Confirmed]) -> HttpResponse:
    # What was begun of the same decision in another window is decided now, and would only be offered again.
    drafting.end(here.opened.by, form=NAME, step=here.id, invitee=one.id, act=act)
    if act == TELL:
        return after(request, here.id, went)
    messages.success(request, "Recorded.")
    return redirect("conference", step=here.id)


def _context(here: MeetingOpened, one: InviteeView, act: str, can: list[str]) -> dict[str, object]:
    page = address(NAME, here.id, one.id)
    told = one.told_at is not None
    links = [("Record what they say", address("conference-view", here.id, one.id))]
    if not one.family:
        links.insert(0, ("Record their report", address("conference-report", here.id, one.id)))
    if one.report:
        record = address("person-timeline", here.opened.person)
        links.append(("Read their report", f"{record}?kind=report#entry-{one.report}"))
    if one.invitation:
        links.append(("The letter that went to them", address("message", one.invitation)))
    links += [(TITLES[other], f"{page}?act={other}") for other in can if other != act]
    return {
        "names": here.names,
        "whom": one.who,
        "facts": invitee_facts(one, facts_of(here).names, here.opened.at, over=is_over(here.view, here.opened.at)),
        "said": said_rows([one], here.opened.at),
        "act": act,
        "act_title": TITLES.get(act, ""),
        "button": BUTTONS.get(act, ""),
        "told_before": told and act == CHAIR and not one.excluded,
        "excluded": one.excluded,
        "told": one.excluded_because,
        "links": [{"text": text, "url": url} for text, url in links],
    }
