"""Recording that a child who was known before birth has been born."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.birth import DIED, STANDING, BirthGiven, child_born
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import read_time
from sightline.people.models import Particulars
from sightline.record.permissions import refuse_unless_may_write
from sightline.web import drafts
from sightline.web.asked import key_of, send_once
from sightline.web.casework.forms import LONGEST, ONLY_ONE_LINE, DayField
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse

FORM = "birth"
FIELDS = {"birth": "born_on", "birth_date": "born_on"}


class BirthForm(forms.Form):
    """What is known of a birth. Nothing is chosen beforehand."""

    clock = forms.CharField(
        label="At what time?", help_text="If it is known. For example, 4.10am.", required=False, max_length=20
    )
    given = forms.CharField(
        label="Given names", help_text="Leave it empty if there is no name yet.", required=False,
        max_length=ONLY_ONE_LINE,
    )  # fmt: skip
    family = forms.CharField(
        label="Family name", help_text="Leave it empty if it is the one on the record.", required=False,
        max_length=ONLY_ONE_LINE,
    )  # fmt: skip
    sex = forms.ChoiceField(
        label="Sex", choices=Particulars.Sex.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose the sex, or that it is not known."},
    )  # fmt: skip
    standing = forms.ChoiceField(
        label="Is the child living?", choices=list(STANDING.items()), widget=forms.RadioSelect,
        error_messages={"required": "Say whether the child is living."},
    )  # fmt: skip
    words = forms.CharField(
        label="What else is known?", required=False, widget=forms.Textarea, max_length=LONGEST,
        help_text="Where, how mother and child are, who told us.",
    )  # fmt: skip
    field_order = ("born_on", "clock", "given", "family", "sex", "standing", "died_on", "words")

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["born_on"] = DayField(
            today=today, label="Date of birth", error_messages={"required": "Enter the date of birth."}
        )
        self.fields["died_on"] = DayField(today=today, label="On which day did the child die?", required=False)
        standing: Any = self.fields["standing"]
        standing.reveals = {DIED: ("died_on",)}
        self.order_fields(self.field_order)

    def clean_clock(self) -> time | None:
        """A time as people write it."""
        text = self.cleaned_data["clock"].strip()
        if not text:
            return None
        try:
            return read_time(text)
        except Refusal as refused:
            raise forms.ValidationError(refused.message) from refused


def birth(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    opened = require_record(read_person(request, person))
    refuse_unless_may_write(opened.by, [person])
    if opened.header.birth != Particulars.Birth.EXPECTED and request.method != "POST":
        messages.info(request, "This child is recorded as born already.")
        return redirect("person", person=person)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        look(by=opened.by, people=[person], what="record", at=opened.at)
        return _begin(request, opened, key)
    form = BirthForm(request.POST, today=local_day(opened.at))
    if form.is_valid():
        try:
            send_once(request, FORM, lambda: _record(opened, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, "The birth is recorded. Everything on this record goes on with the child.")
            return redirect("person", person=person)
    drafts.keep(request, key, form=FORM, about=person)
    return _show(request, opened, form, key)


def _record(opened: Opened, form: BirthForm) -> UUID:
    born = BirthGiven(**{name: form.cleaned_data[name] for name in form.field_order})
    entry: UUID = child_born(by=opened.by, child=opened.person, born=born, at=opened.at)
    return entry


def _begin(request: HttpRequest, opened: Opened, key: UUID) -> HttpResponse:
    form = BirthForm(today=local_day(opened.at))
    draft = get_draft(by=opened.by, key=key)
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
        return _show(request, opened, form, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(opened.by, form=FORM, about=opened.person)
    return _show(request, opened, form, key, unfinished=unfinished)


def _show(
    request: HttpRequest,
    opened: Opened,
    form: BirthForm,
    key: UUID,
    *,
    saved_at: str = "",
    unfinished: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key,
        "saved_at": saved_at,
        "unfinished": unfinished,
        "page_errors": form.is_bound and bool(form.errors),
        "back_url": reverse("person", args=[opened.person]),
    }
    return render(request, "casework/birth.html", context)
