"""An appointment at any agency: whether each child was brought to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.queries import list_agencies
from sightline.recording.operations import record_appointment
from sightline.recording.rules import ChildSeen
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.web.visits.family import Family, family_of, is_born
from sightline.web.visits.forms import AppointmentForm, BroughtForm
from sightline.web.visits.sheet import Row, prefix_of

FORM = "appointment-record"


class AppointmentSheet:
    """The forms of an appointment, from nothing, from a draft, or from what was sent."""

    def __init__(self, family: Family, data: QueryDict | None, *, bound: bool = False) -> None:
        self.family, self.bound = family, bound
        given: dict[str, Any] = {"data": data} if bound else {}
        agencies = [(str(one.id), one.name) for one in list_agencies() if one.closed_on is None]
        self.appointment = AppointmentForm(today=family.today, agencies=agencies, **given)
        self.rows = [
            Row(child, shown_name(child), child.age_words(family.today), self._form(child.id, given), born=True)
            for child in family.children
            if is_born(child)
        ]
        if data is not None and not bound:
            for form in self.forms:
                drafts.fill(form, data)

    def _form(self, child: UUID, given: dict[str, Any]) -> BroughtForm:
        return BroughtForm(name=self.family.named(child), prefix=prefix_of(child), **given)

    @property
    def forms(self) -> list[Any]:
        """In the order of the page."""
        return [self.appointment, *(row.form for row in self.rows)]

    @property
    def included(self) -> list[Row]:
        """The children whose appointment it was; asked of a valid sheet."""
        return [row for row in self.rows if row.form.included]

    def is_valid(self) -> bool:
        """Judges every part, so that all that is wrong is said at once."""
        judged = [form.is_valid() for form in self.forms]
        if all(judged) and not self.included and self.rows:
            self.rows[0].form.add_error("outcome", "Say of at least one child whether they were brought.")
        return all(form.is_valid() for form in self.forms)

    def stand(self, refused: Refusal) -> None:
        """A refusal beside what it is about."""
        person = (refused.field or "").partition("-")[2]
        for row in self.rows:
            if str(row.child.id) == person:
                row.form.add_error("outcome", refused.message)
                return
        refuse(self.appointment, refused, {"occurred": "when"})


def appointment_record(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = require_record(read_person(request, person))
    family = family_of(opened)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, opened, family, key)
    sheet = AppointmentSheet(family, request.POST, bound=True)
    if sheet.is_valid():
        try:
            entry = send_once(request, FORM, lambda: _record(opened, sheet), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            sheet.stand(refused)
        else:
            number = len(sheet.included)
            done = "The appointment is recorded" + ("." if number == 1 else f" once, on {number} records.")
            messages.success(request, done)
            return redirect(reverse("person-timeline", args=[person]) + f"#entry-{entry}")
    drafts.keep(request, key, form=FORM, about=person)
    return _show(request, opened, sheet, key)


def _record(opened: Opened, sheet: AppointmentSheet) -> UUID:
    given = sheet.appointment.cleaned_data
    return record_appointment(
        by=opened.by,
        children=[
            ChildSeen(
                row.child.id,
                row.form.cleaned_data["outcome"],
                reason=row.form.cleaned_data["reason"],
                reason_given_by=row.form.cleaned_data["reason_given_by"],
            )
            for row in sheet.included
        ],
        what=given["what"],
        agency=UUID(given["agency"]) if given["agency"] else None,
        occurred=given["when"],
        text=given["text"],
        post=min(opened.by.posts, default=None),
        at=opened.at,
    )


def _begin(request: HttpRequest, opened: Opened, family: Family, key: UUID) -> HttpResponse:
    draft = get_draft(by=opened.by, key=key)
    if draft is not None:
        sheet = AppointmentSheet(family, drafts.typed(draft.body))
        return _show(request, opened, sheet, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(opened.by, form=FORM, about=opened.person)
    return _show(request, opened, AppointmentSheet(family, None), key, unfinished=unfinished)


def _show(
    request: HttpRequest,
    opened: Opened,
    sheet: AppointmentSheet,
    key: UUID,
    *,
    saved_at: str = "",
    unfinished: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "sheet": sheet,
        "form": sheet.appointment,
        "key": key,
        "saved_at": saved_at,
        "unfinished": unfinished,
        "page_errors": sheet.bound and not sheet.is_valid(),
    }
    return render(request, "visits/appointment.html", context)
