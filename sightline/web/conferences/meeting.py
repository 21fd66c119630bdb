"""The page of one conference; moving it or calling it off; and how each child is heard."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.conferences.operations import child_part
from sightline.conferences.permissions import may_convene, refuse_unless_may_convene
from sightline.conferences.queries import list_dissents, list_letters
from sightline.enquiries.queries import list_medicals
from sightline.journeys.convene import call_off_conference, move_conference
from sightline.kernel.errors import NotFound
from sightline.plans.queries import get_plan, protection_of
from sightline.practice.queries import current_pack
from sightline.record.queries import list_steps_for
from sightline.web.asked import address
from sightline.web.casework.reading import category_labels
from sightline.web.conferences.desk import Desk, OneForm, answer
from sightline.web.conferences.forms import MoveForm, PartForm, moment_of
from sightline.web.conferences.invitees import Confirmed, after, told_of
from sightline.web.conferences.opening import NONE_SUCH, MeetingOpened, open_meeting
from sightline.web.disagreements.linking import disagree_url
from sightline.web.presenters import conferences as said
from sightline.web.presenters.outstanding import outstanding_rows
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import account_names, describe_posts

MOVE, PART = "conference-move", "conference-part"
MOVED = "move"
CALLED_OFF = "It is called off. Nobody outside is told by itself: ring each who was told when and where."


def conference(request: HttpRequest, step: UUID) -> HttpResponse:
    """When and where, what waits, who answered, and what each said; `conference`."""
    here = open_meeting(request, step)
    view, at = here.view, here.opened.at
    facts = facts_of(here)
    asked, may_write = view.asked, may_convene(here.opened.by)
    context = {
        "opened": here.opened,
        "names": here.names,
        "kind": view.kind_words,
        "facts": [*said.fact_rows(facts), *_outstanding(here)],
        "moved": said.moved_lines(view),
        "waiting": said.waiting_rows(view, chairs=here.chairs) if here.open and may_write else [],
        "acts": _acts(here),
        "agency_columns": said.AGENCY_COLUMNS,
        "agencies": said.agency_rows(view, at, linked=may_write),
        "family_columns": said.FAMILY_COLUMNS,
        "family": said.family_rows(view, at, linked=may_write),
        "said": said.said_rows(asked, at),
        "left_out": said.left_out_lines(view),
        "children": said.child_rows(facts),
        "may_write": may_write,
        "disagree_url": disagree_url(here.opened.by, here.opened.person, "conference", step),
        "back": _back(here),
    }
    return render(request, "conferences/conference.html", context)


def _back(here: MeetingOpened) -> dict[str, str]:
    """To the chair's own desk, or to the record of the first of the children."""
    if here.chairs:
        return {"url": reverse("chairs-desk"), "text": "Back to the desk"}
    return {"url": reverse("person", args=[here.opened.person]), "text": "Back to the record"}


def facts_of(here: MeetingOpened) -> said.ConferenceFacts:
    """What the words of its pages stand on."""
    view = here.view
    chairs = {one.excluded_by for one in view.invitees if one.excluded_by}
    return said.ConferenceFacts(
        view=view,
        headers=here.headers,
        posts=describe_posts([view.chair_post]),
        names=account_names({view.convened_by, *chairs}),
        pack=current_pack(here.opened.at),
        at=here.opened.at,
        categories=category_labels(here.opened.at),
        dissents=list_dissents(here.id) if view.recorded else (),
    )


def _outstanding(here: MeetingOpened) -> list[dict[str, str]]:
    """What was agreed and is still to do, and which medical or legal word is missing, while it can be asked for."""
    if not here.open:
        return []
    children = here.view.child_keys
    plans = {one.plan for one in protection_of(children).values()}
    return outstanding_rows(
        list_steps_for(children, kinds=["action"]),
        [one for one in list_medicals(children) if one.waits],
        [terms.further_action if (terms := get_plan(plan).terms) else "" for plan in sorted(plans)],
        here.opened.at,
    )


def _acts(here: MeetingOpened) -> list[dict[str, str]]:
    """What the reader can do with it now."""
    found = []
    if here.open and here.chairs:
        found.append(("Record what was decided", address("conference-outcome", here.id)))
    if here.open and may_convene(here.opened.by):
        found.append(("Invite more people", address("conference-invitees", here.id)))
        found.append(("Move it, or call it off", address(MOVE, here.id)))
    if here.view.recorded and list_letters(here.id):
        found.append(("Letters", address("conference-letters", here.id)))
    if here.view.entry is not None:
        record = address("person-timeline", here.opened.person)
        found.append(("Read what was written of it", f"{record}#entry-{here.view.entry}"))
    return [
        {"text": text, "url": url, "kind": "" if number == 0 else "secondary"}
        for number, (text, url) in enumerate(found)
        if url
    ]


# --- moved, or called off ------------------------------------------------------------------------


def move_meeting(request: HttpRequest, step: UUID) -> HttpResponse:
    """Another time or place, or none, with why; `conference-move`."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    opened = here.opened

    went: list[Confirmed] = []

    def done(sheet: OneForm, key: UUID) -> HttpResponse:
        if sheet.form.cleaned_data["what"] == MOVED and went:
            messages.success(request, "It is moved.")
            return after(request, step, went)
        messages.success(request, "It is moved." if sheet.form.cleaned_data["what"] == MOVED else CALLED_OFF)
        return redirect("conference", step=step)

    return answer(
        request,
        Desk(
            opened=opened,
            name=MOVE,
            template="conferences/move.html",
            address={"step": step},
            make=lambda typed, bound: OneForm(MoveForm, typed, bound=bound, opened=opened, today=opened.today),
            perform=lambda sheet: _move(here, sheet, went),
            done=done,
            back=here.back,
            context={
                "names": here.names,
                "facts": said.fact_rows(facts_of(here))[:2],
                "told": [one.who for one in here.view.asked if one.told_at is not None],
            },
            fields={"starts_at": "starts"},
        ),
    )


def _move(here: MeetingOpened, sheet: OneForm, went: list[Confirmed]) -> UUID:
    by, at, given = here.opened.by, here.opened.at, sheet.form.cleaned_data
    starts = moment_of(given["starts"])
    if given["what"] == MOVED and starts is not None:
        again = move_conference(
            by=by, meeting=here.id, starts_at=starts, place=given["place"], because=given["because"], at=at
        )
        invitees = {one.id: one for one in here.view.invitees}
        went.append(Confirmed([told_of(invitees[key], sent) for key, sent in again.items() if sent is not None], []))
    else:
        call_off_conference(by=by, meeting=here.id, because=given["because"], at=at)
    return here.id


# --- a child's part ------------------------------------------------------------------------------


def part(request: HttpRequest, step: UUID, child: UUID) -> HttpResponse:
    """How one child is heard, and what they want it to know; `conference-part`."""
    here = open_meeting(request, step)
    refuse_unless_may_convene(here.opened.by)
    opened = here.opened
    if child not in here.children:
        raise NotFound(NONE_SUCH)
    before = next(one for one in here.view.children if one.child == child)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.form.cleaned_data
        child_part(by=opened.by, meeting=step, child=child, part=given["part"], words=given["words"], at=opened.at)
        return child

    def done(sheet: OneForm, key: UUID) -> HttpResponse:
        messages.success(request, "Recorded.")
        return redirect("conference", step=step)

    return answer(
        request,
        Desk(
            opened=opened,
            name=PART,
            template="conferences/part.html",
            address={"step": step, "child": child},
            make=lambda typed, bound: OneForm(PartForm, typed, bound=bound, opened=opened),
            perform=perform,
            done=done,
            back=here.back,
            context={
                "names": shown_name(here.headers[child]),
                "before": before.part_label,
                "before_words": before.part_words,
            },
        ),
    )
