"""What is known of a child that the census asks and nothing else does: asked once, where a worker knows it."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.journeys.about_child import CHANGED_MEANWHILE, About, about_of, keep_about_child
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.people.models import Particulars
from sightline.plans.queries import plans_before_of
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.record.permissions import refuse_unless_may_write
from sightline.web.asked import key_of, send_once
from sightline.web.casework.census import ABOUT, census_note
from sightline.web.casework.forms import ONLY_ONE_LINE, DayField
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse

FORM = "about-child"
FIELDS = {"birth": "birth_date", "number": "upn"}
NOT_SAID = ("", "Not said yet")
OF_THE_BORN = ("sex", "birth_date", "upn", "upn_unknown", "death_date")
Choices = Sequence[tuple[str, str]]


class AboutForm(forms.Form):
    """Nothing has to be answered, and what nobody said stays not said."""

    birth_date = DayField(today=date.min, label="Date of birth", required=False)
    expected_date = DayField(today=date.min, label="When is the birth expected?", required=False)
    sex = forms.ChoiceField(label="Sex", choices=Particulars.Sex.choices, widget=forms.RadioSelect)
    ethnicity = forms.ChoiceField(
        label="Ethnicity", required=False, help_text="As the child or the family say it. It is not for us to judge."
    )
    disabilities = forms.MultipleChoiceField(
        label="Disabilities", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Every one that there is. If nobody has asked yet, leave them all empty.",
    )  # fmt: skip
    upn = forms.CharField(
        label="Unique pupil number", required=False, max_length=ONLY_ONE_LINE,
        help_text="The school has it: a letter and twelve figures. The number before stays as a former one.",
    )  # fmt: skip
    upn_unknown = forms.ChoiceField(label="If there is no pupil number, why?", required=False)
    death_date = DayField(
        today=date.min, label="If the child has died, on which day?", required=False,
        help_text="Whoever reads the record then sees it on every page.",
    )  # fmt: skip
    plans_before = forms.IntegerField(
        label="How many child protection plans were there before this one?", required=False, min_value=0,
        help_text="Here or in another area. If it stays empty, those of this record are counted.",
    )  # fmt: skip
    field_order = (
        "birth_date", "expected_date", "sex", "ethnicity", "disabilities", "upn", "upn_unknown", "plans_before",
        "death_date",
    )  # fmt: skip

    def __init__(self, *arguments: Any, opened: Opened, pack: Pack, **named: Any) -> None:
        held = about_of(opened.header)
        super().__init__(*arguments, **(named | {"initial": _initial(held)}))
        born = opened.header.birth != Particulars.Birth.EXPECTED
        for left_out in ("expected_date",) if born else OF_THE_BORN:
            del self.fields[left_out]
        if not plans_before_of(opened.person)[0]:
            del self.fields["plans_before"]
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = local_day(opened.at)
        self._choose("ethnicity", pack, (held.ethnicity,), first=(NOT_SAID,))
        self._choose("disabilities", pack, held.disabilities, first=())
        self._choose("upn_unknown", pack, (held.upn_unknown,), first=(NOT_SAID,))
        self.held = held

    def _choose(self, name: str, pack: Pack, held: Sequence[str], *, first: Choices) -> None:
        field: Any = self.fields.get(name)
        if field is None:
            return
        wanted = "disability" if name == "disabilities" else name
        options = next((one.options for one in pack.lists if one.key == wanted), ())
        known = {option.code for option in options}
        # What came from another system stays as it is until somebody knows better.
        others = [(code, f"{code}, as another system had it") for code in held if code and code not in known]
        field.choices = [*first, *((option.code, str(option.label)) for option in options), *others]
        field.option_hints = {option.code: str(option.hint) for option in options if option.hint}

    def given(self) -> About:
        """What was said. What is not asked of this child stays as it is held."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        kept = {name: getattr(self.held, name) for name in About.__dataclass_fields__ if name not in said}
        if "disabilities" in said:
            said["disabilities"] = tuple(sorted(said["disabilities"]))
        return About(**(kept | said))


def _initial(held: About) -> dict[str, Any]:
    days = {
        name: day_words(day) for name in ("birth_date", "expected_date", "death_date") if (day := getattr(held, name))
    }
    return {name: getattr(held, name) for name in ("sex", "ethnicity", "upn", "upn_unknown", "plans_before")} | {
        "disabilities": list(held.disabilities),
        **days,
    }


def about(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page, and what is sent from it. Adults are not asked about."""
    opened = require_record(read_person(request, person))
    refuse_unless_may_write(opened.by, [person])
    if not opened.is_child:
        return redirect("person", person=person)
    key, pack = key_of(request), current_pack(opened.at)
    if request.method != "POST":
        look(by=opened.by, people=[person], what="record", at=opened.at)
        return _show(request, opened, AboutForm(opened=opened, pack=pack), key)
    form = AboutForm(request.POST, opened=opened, pack=pack)
    if form.is_valid():
        try:
            send_once(request, FORM, lambda: _keep(request, opened, form), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, "Saved.")
            return redirect("person", person=person)
    return _show(request, opened, form, key)


def _keep(request: HttpRequest, opened: Opened, form: AboutForm) -> UUID:
    if request.POST.get("shown", _mark(form.held)) != _mark(form.held):
        raise Refusal(CHANGED_MEANWHILE)
    kept: UUID = keep_about_child(by=opened.by, child=opened.person, shown=form.held, given=form.given(), at=opened.at)
    return kept


def _mark(held: About) -> str:
    """Tells whether what was shown still holds, and says nothing of it."""
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def _show(request: HttpRequest, opened: Opened, form: AboutForm, key: UUID) -> HttpResponse:
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key,
        "shown": _mark(form.held),
        "census": [] if form.is_bound else census_note(opened.person, opened.today, page=ABOUT),
        "page_errors": form.is_bound and bool(form.errors),
        "back_url": reverse("person", args=[opened.person]),
    }
    return render(request, "casework/about.html", context)
