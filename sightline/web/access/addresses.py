"""An address that protects: recorded, read by those who are named for it, and ended. No other page shows one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import may_see
from sightline.access.rules import Section
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.models import Residence
from sightline.people.permissions import may_keep
from sightline.people.protecting import (
    end_protecting_address,
    name_address_readers,
    record_protecting_address,
    unname_address_reader,
)
from sightline.people.protecting_queries import (
    NAMED,
    ProtectingAddress,
    is_protected,
    list_protecting,
    list_readers,
)
from sightline.people.queries import list_family
from sightline.record.queries import get_carriers
from sightline.web.access.readers import reader_choices
from sightline.web.asked import key_in, key_of, send_once
from sightline.web.casework.additions import AddForm
from sightline.web.casework.forms import DayField
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters import protected as said
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names, describe_posts, who_to_ring

PAGE = "protected-address"


class RecordForm(AddForm):
    """Where they live now, what kind of place it is, and who may read it."""

    title = "Record a protected address"
    button = "Record it"
    protects = forms.ChoiceField(
        label="What kind of place is it?",
        choices=Residence.Protects.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what kind of place it is."},
    )
    lines = forms.CharField(
        label="Address",
        help_text="House and street, then the town.",
        error_messages={"required": "Enter the address."},
    )
    postcode = forms.CharField(label="Postcode", required=False)
    readers = forms.MultipleChoiceField(
        label="Who may read it?",
        help_text="Whoever stands in a post, covers it, or manages it from a post above. Tick yourself too, if you "
        "need to read it again. Everybody else sees that the address is withheld.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one person or post who may read this address."},
    )

    def ask(self, today: date) -> None:
        self.fields["true_from"] = DayField(today=today, label="Since when?", required=False)
        self.fields["readers"].choices = reader_choices(  # type: ignore[attr-defined]  # a field of choices
            self.opened.by, list_family(person=self.opened.person)
        )
        self.order_fields(["protects", "lines", "postcode", "true_from", "readers"])

    def perform(self, *, by: Any, at: datetime) -> UUID:
        given = self.cleaned_data
        return record_protecting_address(
            by=by,
            person=self.opened.person,
            lines=given["lines"],
            postcode=given["postcode"],
            protects=given["protects"],
            readers=[UUID(one) for one in given["readers"]],
            true_from=given["true_from"],
            at=at,
        )


class NameForm(forms.Form):
    """Others who may read it."""

    readers = forms.MultipleChoiceField(
        label="Who else may read it?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one person or post."},
    )

    def __init__(self, data: Any, *, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["readers"].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices


class EndForm(forms.Form):
    """Until when they lived there."""

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.fields["true_to"] = DayField(
            today=today,
            label="Until when did they live there?",
            error_messages={"required": "Enter the day until which they lived there."},
        )


def protected_address(request: HttpRequest, person: UUID) -> HttpResponse:
    """The address and who reads it, for those who do; for everybody else whom to ring. A form names, takes off or ends.

    `protected-address`. Everybody's look is written, with whether the address was on the page.
    """
    opened = require_record(read_person(request, person))
    reads = may_see(person=person, section=Section.SAFE_ADDRESS)
    if request.method != "POST":
        return _show(request, opened, reads=reads)
    standing = next((one for one in list_protecting(person=person) if not one.is_over), None)
    if not reads or standing is None:
        raise NotFound("There is no such address on a record that you work with.")
    if "end" in request.POST:
        return _end(request, opened, standing)
    return _unname(request, opened, standing) if "unname" in request.POST else _name(request, opened, standing)


def _name(request: HttpRequest, opened: Opened, standing: ProtectingAddress) -> HttpResponse:
    form = NameForm(request.POST, choices=_others(opened))
    if form.is_valid():
        readers = [UUID(one) for one in form.cleaned_data["readers"]]
        send_once(
            request, "protected-address-name",
            lambda: name_address_readers(by=opened.by, residence=standing.id, readers=readers, at=opened.at),
            at=opened.at,
        )  # fmt: skip
        messages.success(request, "They may read it from now on.")
        return redirect(PAGE, person=opened.person)
    return _show(request, opened, reads=True, name=form)


def _unname(request: HttpRequest, opened: Opened, standing: ProtectingAddress) -> HttpResponse:
    reader = key_in(request.POST.get("unname"))
    if reader is None:
        raise Refusal("Choose who no longer needs to read it.")
    send_once(
        request, "protected-address-unname",
        lambda: unname_address_reader(by=opened.by, residence=standing.id, reader=reader, at=opened.at),
        at=opened.at,
    )  # fmt: skip
    messages.success(request, "They no longer read it.")
    return redirect(PAGE, person=opened.person)


def _end(request: HttpRequest, opened: Opened, standing: ProtectingAddress) -> HttpResponse:
    form = EndForm(request.POST, today=opened.today)
    if form.is_valid():
        try:
            send_once(
                request, "protected-address-end",
                lambda: end_protecting_address(
                    by=opened.by, residence=standing.id, true_to=form.cleaned_data["true_to"], at=opened.at
                ),
                at=opened.at,
            )  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "The address has ended. Nobody reads where it was from now on.")
            return redirect(PAGE, person=opened.person)
    return _show(request, opened, reads=True, end=form)


def _others(opened: Opened) -> list[tuple[str, str]]:
    """Whom one may name who does not read it yet."""
    already = {str(one.reader) for one in list_readers(person=opened.person)}
    offered = reader_choices(opened.by, list_family(person=opened.person))
    return [(key, words) for key, words in offered if key not in already]


def _show(
    request: HttpRequest, opened: Opened, *, reads: bool, name: NameForm | None = None, end: EndForm | None = None
) -> HttpResponse:
    person, readers = opened.person, list_readers(person=opened.person) if reads else []
    found = list_protecting(person=person) if reads else []
    shown, section = ("safe_address", Section.SAFE_ADDRESS) if found else ("people", Section.IDENTITY)
    look(by=opened.by, people=[person], what=shown, at=opened.at, section=section)
    keys = [one.reader for one in readers]
    carrier = get_carriers([person]).get(person)
    ring = who_to_ring(post=carrier, at=opened.at) if carrier else None
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "protected": is_protected(person=person),
        "standing": next((said.address_lines(one) for one in found if not one.is_over), None),
        "readers": said.reader_rows(readers, describe_posts(keys) | account_names(keys), named=NAMED),
        "earlier": [said.earlier_line(one) for one in found if one.is_over],
        "ring": said.ring_line(ring),
        "may_record": may_keep(opened.by),
        "naming": name or NameForm(None, choices=_others(opened)) if found else None,
        "ending": end or EndForm(None, today=opened.today),
        "wrong": next((form for form in (name, end) if form is not None), None),
        "key": key_of(request),
    }
    return render(request, "access/address.html", context)


def record_address(request: HttpRequest, person: UUID) -> HttpResponse:
    """Record an address that nobody must find; `protected-address-record`."""
    opened = require_record(read_person(request, person))
    if not may_keep(opened.by):
        raise NotPermitted("Your role does not include recording where somebody lives. Ask whoever works with them.")
    form = RecordForm(request.POST if request.method == "POST" else None, opened=opened)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request, "protected-address-record", lambda: form.perform(by=opened.by, at=opened.at), at=opened.at
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"address": "lines"})
        else:
            messages.success(request, "Recorded. Every other page says that the address is withheld.")
            return redirect(PAGE, person=person)
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "form": form,
        "key": key_of(request),
        "family": said.family_line(opened.header),
    }
    return render(request, "access/address-record.html", context)
