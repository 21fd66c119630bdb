"""Adding to what is known about somebody: names, homes, ties, numbers, needs, warnings, identification."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.people.models import Identification, Identifier, Name, Need, Relationship
from sightline.people.operations import (
    add_identifier,
    add_name,
    add_need,
    add_warning,
    end_warning,
    record_address,
    relate,
    set_identification,
)
from sightline.people.protecting_queries import is_protected
from sightline.people.queries import get_headers, list_network, list_unidentified
from sightline.web.asked import key_in, key_of, send_once
from sightline.web.casework.forms import DayField
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.frame import list_lately
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse

Chosen = Sequence[tuple[str, str]]


class AddForm(forms.Form):
    """What every addition has: for whom, and by which act it is written."""

    title = ""
    button = "Add it"

    def __init__(self, *arguments: Any, opened: Opened, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.opened = opened
        self.ask(local_day(opened.at))

    def ask(self, today: date) -> None:
        """Fields that need to know the day or the person."""

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        """Write it. The form is valid."""
        raise NotImplementedError


class AddName(AddForm):
    """Another name, a name they go by, or a former one."""

    title = "Add a name"
    kind = forms.ChoiceField(
        label="What kind of name is it?",
        choices=Name.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of name it is."},
    )
    given = forms.CharField(label="Given names", required=False)
    family = forms.CharField(label="Family name", required=False)

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return add_name(
            by=by, person=self.opened.person, kind=given["kind"], given=given["given"], family=given["family"], at=at
        )


LIVES_PROTECTED = (
    "They are living at a protected address, which goes on until it is ended on its own page. What you write here is "
    "read by everybody who works with them. Do not write here where they are safe."
)


class AddAddress(AddForm):
    """Where they live now. The address before it is ended."""

    title = "Add an address"
    lines = forms.CharField(
        label="Address",
        help_text="House and street, then the town.",
        error_messages={"required": "Enter the address."},
    )
    postcode = forms.CharField(label="Postcode", required=False)
    also = forms.BooleanField(label="They also go on living at the address before", required=False)

    def ask(self, today: date) -> None:
        self.fields["true_from"] = DayField(today=today, label="Since when?", required=False)
        if is_protected(person=self.opened.person):
            self.fields["lines"].help_text = LIVES_PROTECTED

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return record_address(
            by=by,
            person=self.opened.person,
            lines=given["lines"],
            postcode=given["postcode"],
            also=given["also"],
            true_from=given["true_from"],
            at=at,
        )


class AddRelationship(AddForm):
    """What somebody else is to this person."""

    title = "Add how somebody is related"
    person = forms.ChoiceField(label="Who?", error_messages={"required": "Choose who."})
    kind = forms.ChoiceField(
        label="What are they to this person?", error_messages={"required": "Choose what they are to this person."}
    )
    responsibility = forms.ChoiceField(
        label="Do they have parental responsibility?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(label="In other words", required=False, max_length=300)

    def ask(self, today: date) -> None:
        around = list_network(people=[self.opened.person]) | recently(self.opened)
        known = get_headers(people=around - {self.opened.person})
        people = sorted(((str(key), f"{shown_name(one)}, {one.age_words(today)}") for key, one in known.items()),
                        key=lambda pair: pair[1])  # fmt: skip
        self.fields["person"].choices = [("", "Choose one person"), *people]  # type: ignore[attr-defined]  # a field of choices
        self.fields["person"].help_text = "The family, and people whose records you viewed lately."
        self.fields["kind"].choices = [("", "Choose one"), *Relationship.Kind.choices]  # type: ignore[attr-defined]  # as above

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return relate(
            by=by,
            person=UUID(given["person"]),
            to=self.opened.person,
            kind=given["kind"],
            parental_responsibility={"yes": True, "no": False}.get(given["responsibility"]),
            words=given["words"],
            at=at,
        )


def recently(opened: Opened) -> set[UUID]:
    """Whose records this worker viewed in the last fortnight."""
    return set(list_lately(opened.by, opened.at))


class AddNumber(AddForm):
    """A number by which others know them."""

    title = "Add a number"
    scheme = forms.ChoiceField(label="Which number?", error_messages={"required": "Choose which number it is."})
    value = forms.CharField(label="Number", error_messages={"required": "Enter the number."})
    verified = forms.BooleanField(label="I have seen it on a document or in that service", required=False)

    def ask(self, today: date) -> None:
        self.fields["scheme"].choices = [("", "Choose one"), *Identifier.Scheme.choices]  # type: ignore[attr-defined]  # as above

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return add_identifier(
            by=by,
            person=self.opened.person,
            scheme=given["scheme"],
            value=given["value"],
            verified=given["verified"],
            at=at,
        )


class AddNeed(AddForm):
    """What they need so that they can be spoken with, and contacted in safety."""

    title = "Add a need"
    kind = forms.ChoiceField(
        label="What kind of need is it?",
        choices=Need.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of need it is."},
    )
    words = forms.CharField(label="What is needed?", max_length=500, error_messages={"required": "Say what is needed."})

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return add_need(by=by, person=self.opened.person, kind=given["kind"], words=given["words"], at=at)


class AddWarning(AddForm):
    """A fact that somebody who visits must know."""

    title = "Add a warning"
    words = forms.CharField(
        label="What must a visitor know?",
        help_text="A fact, and how it is known. It stands under the name on every page of the record.",
        max_length=500,
        error_messages={"required": "Write the fact that a visitor needs to know."},
    )

    def ask(self, today: date) -> None:
        self.fields["review_on"] = DayField(
            today=today,
            label="By when is it looked at again?",
            error_messages={"required": "Give a day to come by which this warning is looked at again."},
        )

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        return add_warning(by=by, person=self.opened.person, words=given["words"], review_on=given["review_on"], at=at)


class ReviewWarning(AddForm):
    """A warning that is due to be looked at: it goes on with a new day, or it ends."""

    title = "Review or end a warning"
    button = "Save"
    what = forms.ChoiceField(
        label="Does it still hold?",
        choices=[("goes_on", "Yes, it still holds"), ("ends", "No, end it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it still holds."},
    )

    def __init__(self, *arguments: Any, warning: UUID, **named: Any) -> None:
        self.warning = warning
        super().__init__(*arguments, **named)

    def ask(self, today: date) -> None:
        self.fields["what"].reveals = {"goes_on": ("review_on",)}  # type: ignore[attr-defined]  # read by the field tag
        self.fields["review_on"] = DayField(today=today, label="By when is it looked at again?", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "goes_on" and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Give a day to come by which it is looked at again.")
        return given

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        old = next((one for one in self.opened.header.warnings if one.id == self.warning), None)
        if old is None:
            raise Refusal("This warning has already ended. Open the record again to see what holds.")
        end_warning(by=by, warning=self.warning, at=at)
        if self.cleaned_data["what"] == "goes_on":
            return add_warning(
                by=by,
                person=self.opened.person,
                words=old.words,
                review_on=self.cleaned_data["review_on"],
                at=at,
            )
        return self.warning


class Identify(AddForm):
    """Where we stand with an adult who was spoken of."""

    title = "An adult who was spoken of"
    button = "Save"
    status = forms.ChoiceField(
        label="Where do we stand?",
        choices=Identification.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where we stand."},
    )
    words = forms.CharField(label="How do we know?", widget=forms.Textarea, required=False)

    def __init__(self, *arguments: Any, adult: UUID, **named: Any) -> None:
        self.adult = adult
        super().__init__(*arguments, **named)

    @property
    def standing(self) -> UUID | None:
        """The latest word on them, which the page shows now."""
        return next((one.standing for one in list_unidentified(people=[self.adult])), None)

    def perform(self, *, by: Actor, at: datetime) -> UUID:
        given = self.cleaned_data
        set_identification(
            by=by,
            person=self.adult,
            status=given["status"],
            words=given["words"],
            standing=key_in(self.data.get("standing")),
            at=at,
        )
        return self.adult


KINDS: dict[str, type[AddForm]] = {
    "name": AddName,
    "address": AddAddress,
    "relationship": AddRelationship,
    "number": AddNumber,
    "need": AddNeed,
    "warning": AddWarning,
}


def add(request: HttpRequest, person: UUID, what: str) -> HttpResponse:
    """One addition of a kind that there is."""
    if what not in KINDS:
        raise Http404
    return answer_addition(request, person, KINDS[what], form_name=f"add_{what}")


def review_warning(request: HttpRequest, person: UUID, warning: UUID) -> HttpResponse:
    """Say whether a warning still holds."""
    return answer_addition(request, person, lambda *data, opened: ReviewWarning(*data, opened=opened, warning=warning),
                   form_name="review_warning")  # fmt: skip


def identify(request: HttpRequest, person: UUID, adult: UUID) -> HttpResponse:
    """Say where we stand with an adult."""
    return answer_addition(request, person, lambda *data, opened: Identify(*data, opened=opened, adult=adult),
                   form_name="identify", about=adult)  # fmt: skip


def answer_addition(
    request: HttpRequest,
    person: UUID,
    make: Callable[..., AddForm],
    *,
    form_name: str,
    about: UUID | None = None,
) -> HttpResponse:
    opened = require_record(read_person(request, person))
    other = get_headers(people=[about]).get(about) if about else None
    if about and other is None:
        raise NotFound("There is no such record among those that you work with.")
    key = key_of(request)
    form = make(request.POST if request.method == "POST" else None, opened=opened)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form_name,
                lambda: form.perform(by=opened.by, at=opened.at),
                at=opened.at,
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Saved.")
            back = "person" if form_name in {"add_need", "add_warning", "review_warning"} else "person-people"
            return redirect(back, person=person)
    context = {"opened": opened, "name": shown_name(other or opened.header), "form": form, "key": key}
    return render(request, "casework/add.html", context)
