"""Recording a visit: one page for all the children whom it concerned, whether or not anybody opened the door."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.doorway.operations import submit_once
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.practice.queries import current_pack
from sightline.recording.operations import record_visit
from sightline.recording.queries import PlannedVisitView, get_planned, list_without_outcome
from sightline.web import drafts
from sightline.web.access.risk import tells_a_place
from sightline.web.asked import body_of, key_in, key_of
from sightline.web.casework.folded import asks_for_more, with_one_more
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters import visits as said
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.visits.family import Family, family_of
from sightline.web.visits.late import late_lines
from sightline.web.visits.planning import BACK
from sightline.web.visits.sheet import Said, Sheet

FORM = "visit-record"


def visit_record(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = require_record(read_person(request, person))
    family = family_of(opened)
    key, knows = key_of(request, begun=request.GET.get("draft")), _said(request, opened, family)
    if request.method != "POST":
        return _begin(request, opened, family, knows, key)
    if asks_for_more(request.POST):
        return _show(request, opened, _sheet(opened, family, knows, with_one_more(request.POST)), key)
    sheet = _sheet(opened, family, knows, request.POST, request.FILES, bound=True)
    if sheet.is_valid() and not tells_a_place(request, family.headers):
        try:
            entry = _send(request, opened, sheet, key)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            sheet.stand(refused)
        else:
            return _saved(request, opened, sheet, entry)
    drafts.keep(request, key, form=FORM, about=person)
    return _show(request, opened, sheet, key)


def _sheet(
    opened: Opened, family: Family, knows: Said, data: QueryDict | None, files: Any = None, *, bound: bool = False
) -> Sheet:
    return Sheet(family, current_pack(opened.at), knows, data, files, bound=bound)


def _said(request: HttpRequest, opened: Opened, family: Family) -> Said:
    """The plan that the page was opened from, of this family and no other."""
    draft = get_draft(by=opened.by, key=found) if (found := key_in(request.GET.get("draft"))) else None
    typed = drafts.typed(draft.body) if draft else request.POST or request.GET
    step = key_in(typed.get("planned"))
    if step is None:
        return Said()
    planned = _planned(step, family)
    words = said.planned_moment(planned.starts_at, opened.at) if planned else ""
    return Said(step, planned, words, back=str(typed.get("back", "")))


def _planned(step: UUID, family: Family) -> PlannedVisitView | None:
    """The plan while it waits. One that a colleague ended first, or that this form ended, is none any more."""
    try:
        found = get_planned(step)
    except NotFound:
        return None
    if not set(found.children) & set(family.headers):
        raise NotFound("There is no such planned visit among the work that you can see.")
    return found


def _begin(request: HttpRequest, opened: Opened, family: Family, knows: Said, key: UUID) -> HttpResponse:
    draft = get_draft(by=opened.by, key=key)
    if draft is not None:
        sheet = _sheet(opened, family, knows, drafts.typed(draft.body))
        return _show(request, opened, sheet, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(opened.by, form=FORM, about=opened.person)
    return _show(request, opened, _sheet(opened, family, knows, None), key, unfinished=unfinished)


def _send(request: HttpRequest, opened: Opened, sheet: Sheet, key: UUID) -> UUID:
    files = sorted((name, file.name, file.size) for name, several in request.FILES.lists() for file in several)
    return submit_once(
        by=opened.by,
        key=key,
        form=FORM,
        body=body_of(request.POST) | {"files": files},
        at=opened.at,
        perform=lambda: record_visit(
            by=opened.by,
            visit=sheet.written(opened.by, opened.at),
            post=min(opened.by.posts, default=None),
            at=opened.at,
        ),
    )


def _saved(request: HttpRequest, opened: Opened, sheet: Sheet, entry: UUID) -> HttpResponse:
    """Back to what is next: the list of what has no outcome, one's day, or the record. No name stands in the words."""
    number = len(sheet.included)
    done = "The visit is recorded." if number == 1 else f"The visit is recorded once, on {number} records."
    left = said.without_outcome(len(list_without_outcome(opened.by.posts, at=opened.at)))
    messages.success(request, f"{done} {left}".strip())
    if sheet.said.back in BACK:
        return redirect(BACK[sheet.said.back])
    return redirect(reverse("person-timeline", args=[opened.person]) + f"#entry-{entry}")


def _show(
    request: HttpRequest,
    opened: Opened,
    sheet: Sheet,
    key: UUID,
    *,
    saved_at: str = "",
    unfinished: dict[str, str] | None = None,
) -> HttpResponse:
    planned, back = sheet.said.planned, BACK.get(sheet.said.back)
    # The page says of each child whether a visit is late, and what was planned for them.
    look(by=opened.by, people=[row.child.id for row in sheet.rows], what="visits", at=opened.at)
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "sheet": sheet,
        "form": sheet.visit,
        "late": late_lines(sheet.family, opened.at),
        "key": key,
        "saved_at": saved_at,
        "unfinished": unfinished,
        "planned": said.plan_line(planned, sheet.family.headers, sheet.said.moment) if planned else "",
        "page_errors": sheet.bound and not sheet.is_valid(),
        "back_url": reverse(back) if back else reverse("person", args=[opened.person]),
    }
    return render(request, "visits/record.html", context)
