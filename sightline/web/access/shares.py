"""What is shared with agencies: a manager's list and form, and the page of the agency's own people."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.rules import Section
from sightline.doorway.acts import look
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.permissions import may_share
from sightline.partnership.queries import list_agencies
from sightline.partnership.shares import LONGEST_PURPOSE, end_share, open_share
from sightline.partnership.shares_queries import ShareView, list_shares
from sightline.people.queries import get_names
from sightline.plans.shared import told_why
from sightline.record.queries import get_carriers
from sightline.web.asked import key_in, key_of, now, send_once, who
from sightline.web.casework.additions import AddForm
from sightline.web.casework.forms import DayField
from sightline.web.casework.opening import family_of, read_person, require_record
from sightline.web.plans.choosing import children_among
from sightline.web.presenters import shares as said
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.workforce.queries import who_to_ring_of

ONLY_MANAGERS = "A manager decides what is shared with an agency. Ask your team manager."
ONLY_PARTNERS = "This page is for people of other agencies. What is shared with them is on a manager's page."


class ShareForm(AddForm):
    """With whom, about which children, for what, until when, and how much."""

    title = "Share with an agency"
    button = "Share it"
    agency = forms.ChoiceField(label="With which agency?", error_messages={"required": "Choose the agency."})
    children = forms.MultipleChoiceField(
        label="About which children?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    purpose = forms.CharField(
        label="Why do they need to know?",
        help_text="They read this. For example: so that the school rings us the same day when a child is missing.",
        max_length=LONGEST_PURPOSE,
        error_messages={"required": "Say why they need to know, in words that they may read."},
    )
    tells_why = forms.ChoiceField(
        label="What are they told?",
        choices=[
            ("no", "Who the child is, that we work with them, and whom to ring"),
            ("yes", "That, and since when, and on which kind of plan"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what they are told."},
    )

    def ask(self, today: date) -> None:
        agencies = [(str(one.id), one.name) for one in list_agencies() if one.closed_on is None]
        self.fields["agency"].choices = [("", "Choose one"), *agencies]  # type: ignore[attr-defined]  # a field of choices
        self.fields["children"].choices = children_among(family_of(self.opened), today)  # type: ignore[attr-defined]  # as above
        self.fields["until_on"] = DayField(
            today=today,
            label="Until when?",
            help_text="A year at most. It ends by itself.",
            error_messages={"required": "Enter the day until which they need to know."},
        )

    def perform(self, *, by: Any, at: datetime) -> UUID:
        given = self.cleaned_data
        return open_share(
            by=by,
            agency=UUID(given["agency"]),
            purpose=given["purpose"],
            children=[UUID(one) for one in given["children"]],
            post=min(by.posts),
            until_on=given["until_on"],
            tells_why=given["tells_why"] == "yes",
            at=at,
        )


def share_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Share a few facts about the children of a family; `share-new`."""
    opened = require_record(read_person(request, person))
    if not may_share(opened.by) or not opened.by.posts:
        raise NotPermitted(ONLY_MANAGERS)
    form = ShareForm(request.POST if request.method == "POST" else None, opened=opened)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, "share-new", lambda: form.perform(by=opened.by, at=opened.at), at=opened.at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Shared. It ends by itself on the day that you gave.")
            return redirect("shares")
    context = {"opened": opened, "name": shown_name(opened.header), "form": form, "key": key_of(request)}
    return render(request, "casework/add.html", context)


def shares(request: HttpRequest) -> HttpResponse:
    """What goes on being shared by a manager's teams, and its end; `shares`."""
    by, at = who(request), now()
    if not may_share(by):
        raise NotPermitted(ONLY_MANAGERS)
    if request.method == "POST":
        chosen = key_in(request.POST.get("end"))
        if chosen is None:
            raise Refusal("Choose what is no longer to be shared.")
        send_once(request, "share-end", lambda: end_share(by=by, share=chosen, at=at), at=at)
        messages.success(request, "Ended. That agency's people see nothing of it from now on.")
        return redirect("shares")
    found = list_shares()
    children = sorted({child for one in found for child in one.children})
    if children:
        look(by=by, people=children, what="shares", at=at)
    rows = [said.share_row(one, get_names(people=one.children)) for one in found]
    return render(request, "access/shares.html", {"rows": rows, "key": key_of(request)})


def shared_with_us(request: HttpRequest) -> HttpResponse:
    """The children who are shared with a partner's agency, for what, and whom to ring; `shared-with-us`."""
    by, at = who(request), now()
    if by.role != Role.PARTNER:
        raise NotPermitted(ONLY_PARTNERS)
    found = list_shares()
    for one in found:
        if one.children:
            look(by=by, people=list(one.children), what="share", at=at, section=Section.IDENTITY)
    return render(request, "access/shared-with-us.html", {"shares": [_shown(one, at) for one in found]})


def _shown(share: ShareView, at: datetime) -> dict[str, object]:
    carriers = get_carriers(share.children)
    return said.shared_with(
        share,
        headers=get_names(people=share.children),
        why=told_why(share.id) if share.tells_why else {},
        carriers=carriers,
        rings=who_to_ring_of(posts=carriers.values(), at=at),
        at=at,
    )
