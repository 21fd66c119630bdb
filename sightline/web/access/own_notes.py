"""An agency's own notes, on a page of its own people: nobody of the authority reads them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.actor import Actor
from sightline.doorway.queries import get_draft, list_drafts
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.partnership.own_notes import LONGEST_ABOUT, LONGEST_KIND, LONGEST_TEXT, note_for_ourselves
from sightline.partnership.own_notes_queries import OwnNote, list_own_notes
from sightline.partnership.permissions import refuse_unless_of_an_agency
from sightline.web import drafts
from sightline.web.asked import key_in, key_of, now, send_once, who
from sightline.web.casework.forms import WhenField
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse
from sightline.workforce.models import Team
from sightline.workforce.queries import account_names, list_teams

FORM = "own-notes"


class OwnNoteForm(forms.Form):
    """Whom it is about, when, of what kind, and the words."""

    about = forms.CharField(
        label="Who is it about?",
        help_text="As you call them.",
        max_length=LONGEST_ABOUT,
        error_messages={"required": "Say whom it is about, as your agency calls them."},
    )
    kind = forms.CharField(
        label="What kind of note is it?",
        help_text="For example: routine check, worry, phone call.",
        max_length=LONGEST_KIND,
        required=False,
    )
    text = forms.CharField(
        label="What do you want to note?",
        widget=forms.Textarea,
        max_length=LONGEST_TEXT,
        error_messages={"required": "Write what you noted."},
    )

    def __init__(self, *arguments: Any, at: datetime, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["noted"] = WhenField(
            today=local_day(at),
            label="When was it?",
            help_text="A day, “about March 2026”, or a day and a time.",
            error_messages={"required": "Say when it was, as well as you know."},
        )
        self.order_fields(["about", "noted", "kind", "text"])

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return note_for_ourselves(
            by=by, about=given["about"], noted=given["noted"], kind=given["kind"], text=given["text"], at=at
        )


def own_notes(request: HttpRequest) -> HttpResponse:
    """The notes of a partner's own agency, and the form for another; `own-notes`."""
    by, at = who(request), now()
    refuse_unless_of_an_agency(by)
    form = OwnNoteForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, FORM, lambda: form.perform(by=by, at=at), at=at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Noted. Nobody outside your agency reads it.")
            return redirect("own-notes")
    return render(request, "access/own-notes.html", _context(request, form, by))


def _context(request: HttpRequest, form: OwnNoteForm, by: Actor) -> dict[str, object]:
    begun = request.GET.get("draft")
    key = key_of(request, begun=begun)
    draft = get_draft(by=by, key=key) if begun and not form.is_bound else None
    if draft:
        drafts.fill(form, drafts.typed(draft.body))
    waiting = [one for one in list_drafts(by=by) if one.form == FORM and one.id != key]
    found = list_own_notes()
    names = account_names(one.by for one in found)
    return {
        "form": form,
        "key": key,
        "form_name": FORM,
        "saved_at": clock_time(draft.saved_at) if draft else "",
        "unfinished": drafts.page_of(waiting[0]) if waiting and key_in(begun) is None else "",
        "notes": [_shown(one, names.get(one.by, "")) for one in found],
        "phone": next((team.phone for team in list_teams() if team.kind == Team.Kind.FRONT_DOOR), ""),
    }


def _shown(note: OwnNote, by: str) -> dict[str, str]:
    facts = [str(note.noted), note.kind, f"written by {by}" if by else ""]
    return {"about": note.about, "facts": " · ".join(fact for fact in facts if fact), "text": note.text}
