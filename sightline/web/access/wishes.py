"""Setting aside a child's wish about who reads what they told."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.record.operations import overrule_wish
from sightline.record.queries import EntryView, PassageView, get_entry
from sightline.web.asked import key_of, send_once
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import full_moment
from sightline.web.refused_form import refuse


class SetAsideForm(forms.Form):
    """Why, and whether the child knows."""

    reason = forms.CharField(
        label="Who would be in danger, and who needs to know?",
        widget=forms.Textarea,
        max_length=500,
        error_messages={"required": "Say who would be in danger, or why else this cannot stay with those named."},
    )
    told = forms.ChoiceField(
        label="Have you told them that others will read it?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they have been told."},
    )


def wish(request: HttpRequest, person: UUID, entry: UUID, passage: UUID) -> HttpResponse:
    """What the child told, and the form that lets everybody who works with them read it; `child-wish`."""
    opened = require_record(read_person(request, person))
    found, kept = _kept(person, entry, passage)
    look(by=opened.by, people=[person], what="entry", at=opened.at)
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            send_once(
                request, "child-wish",
                lambda: overrule_wish(
                    by=opened.by, passage=passage, reason=given["reason"], child_told=given["told"] == "yes",
                    at=opened.at,
                ),
                at=opened.at,
            )  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Whoever works with them reads it from now on, with your reason.")
            return redirect(reverse("person-timeline", args=[person]) + f"#entry-{found.root}")
    return _show(request, opened, found, kept, form)


def _kept(person: UUID, entry: UUID, passage: UUID) -> tuple[EntryView, PassageView]:
    """The words that are kept to some, on this person's record and read by whoever asks."""
    found = get_entry(entry)
    for one in found.passages:
        if one.id == passage and person in one.about and one.kept_to and not one.overruled:
            return found, one
    raise NotFound("There is no such wish on a record that you work with. Open the record again.")


def _show(
    request: HttpRequest, opened: Opened, found: EntryView, kept: PassageView, form: SetAsideForm
) -> HttpResponse:
    context = {
        "name": shown_name(opened.header),
        "text": kept.text,
        "when": full_moment(found.recorded_at),
        "form": form,
        "key": key_of(request),
        "back_url": reverse("person-timeline", args=[opened.person]) + f"#entry-{found.root}",
    }
    return render(request, "access/wish.html", context)
