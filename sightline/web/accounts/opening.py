"""Opening an account: who, in which role, and in which vacant post. The person is sent a link."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.actor import Actor
from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.queries import list_agencies
from sightline.web.accounts.pages import administrator
from sightline.web.asked import key_of, now, send_once
from sightline.web.plans.forms import line, offer, picked
from sightline.web.refused_form import refuse
from sightline.workforce.inviting import invite, link_days
from sightline.workforce.queries import list_posts, list_vacant

FORM = "account-open"


class OpenForm(forms.Form):
    """Who will use the account. The role is their employment; what they may see comes from posts."""

    name = line("Name", required="Enter the name of the person who will use this account.", longest=120)
    email = line(
        "E-mail address",
        "Their own at work: they sign in with it, and the link goes there.",
        required="Enter an e-mail address in full, such as jane.smith@council.example.",
        longest=254,
    )
    role = picked("Role", required="Choose what they are employed to do.")
    registration = line("Social Work England registration", "For a social worker, such as SW123456.", longest=20)
    phone = line("Telephone", "The number that colleagues are told to ring.", longest=30)
    post = picked("Post", "Vacant posts only. It can also be given later, by the manager above it.")
    agency = picked("Agency", "For a partner professional only.")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        vacant = list_vacant([one.id for one in list_posts()])
        roles = [(role.value, label) for role, label in ROLE_LABELS.items() if role != Role.CLOCK]
        offer(self, "role", [("", "Choose a role"), *sorted(roles, key=lambda one: one[1])])
        offer(self, "post", [("", "None yet"), *((str(one.id), f"{one.title}, {one.team_name}") for one in vacant)])
        offer(self, "agency", [("", "None"), *((str(one.id), one.name) for one in list_agencies())])


def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody who chooses a password and sets up a code themselves."""
    by, key = administrator(request), key_of(request)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = send_once(request, FORM, lambda: _open(by, form.cleaned_data), at=now())
        except (NotFound, NotPermitted):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Opened. A link with which they choose a password is on its way to them.")
            return redirect("account", opened)
    return render(request, "accounts/open.html", {"form": form, "key": key, "days": link_days()})


def _open(by: Actor, given: dict[str, Any]) -> UUID:
    return invite(
        by=by, name=given["name"], email=given["email"], role=Role(given["role"]), registration=given["registration"],
        phone=given["phone"], agency=_key(given["agency"]), post=_key(given["post"]), at=now(),
    )  # fmt: skip


def _key(chosen: str) -> UUID | None:
    return UUID(chosen) if chosen else None
