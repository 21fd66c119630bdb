"""A parent's or a young person's own account of an entry, which goes wherever the entry goes."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.record.operations import attach_account
from sightline.record.queries import EntryView, get_entry
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.casework.reading import timeline_facts
from sightline.web.presenters import timeline as rows
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.web.visits.family import Family, family_of, is_born
from sightline.web.visits.forms import YES_NO, AccountForm

FORM = "account-attach"


def account_attach(request: HttpRequest, person: UUID, entry: UUID) -> HttpResponse:
    """Attach what somebody in the family says of an entry on this person's record."""
    opened = require_record(read_person(request, person))
    family, found = family_of(opened), _entry_on(opened, entry)
    key = key_of(request, begun=request.GET.get("draft"))
    form = AccountForm(request.POST if request.method == "POST" else None, people=_tellers(family, opened.today))
    if request.method == "POST":
        if form.is_valid():
            try:
                send_once(request, FORM, lambda: _attach(opened, entry, form), at=opened.at)
            except (NotPermitted, NotFound):
                raise
            except Refusal as refused:
                refuse(form, refused)
            else:
                messages.success(request, "Their account stands with the entry.")
                return redirect(reverse("person-timeline", args=[person]) + f"#entry-{found.root}")
        drafts.keep(request, key, form=FORM, about=person)
    return _show(request, opened, found, form, key)


def _entry_on(opened: Opened, entry: UUID) -> EntryView:
    """The entry, on this person's record and no other."""
    found = get_entry(entry)
    if opened.person not in {one.person for one in found.subjects}:
        raise NotFound("There is no such entry on a record that you work with.")
    look(by=opened.by, people=[opened.person], what="entry", at=opened.at)
    return found


def _tellers(family: Family, today: date) -> list[tuple[str, str]]:
    """Whoever can have a view: the grown-ups of the family first, and children who are born."""
    living = [one for one in family.headers.values() if is_born(one) and one.death_date is None]
    ordered = sorted(living, key=lambda one: (one.kind == "child", shown_name(one)))
    return [(str(one.id), f"{shown_name(one)}, {one.age_words(today)}") for one in ordered]


def _attach(opened: Opened, entry: UUID, form: AccountForm) -> UUID:
    given = form.cleaned_data
    return attach_account(
        by=opened.by,
        entry=entry,
        given_by=UUID(given["given_by"]),
        words=given["words"],
        disagrees=YES_NO[given["disagrees"]],
        at=opened.at,
    )


def _show(request: HttpRequest, opened: Opened, found: EntryView, form: AccountForm, key: UUID) -> HttpResponse:
    draft = get_draft(by=opened.by, key=key) if request.method != "POST" else None
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
    offered = None if draft or form.is_bound else drafts.offered(
        opened.by, form=FORM, about=opened.person, entry=found.id
    )  # fmt: skip
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "entry": found,
        "row": rows.entry_row(found, timeline_facts(opened, [found])),
        "form": form,
        "key": key,
        "saved_at": clock_time(draft.saved_at) if draft else "",
        "unfinished": offered,
    }
    return render(request, "visits/account.html", context)
