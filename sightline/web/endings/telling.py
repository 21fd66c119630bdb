"""Telling one professional, confirmed by name, that involvement has ended and how to come back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import may_see_of
from sightline.doorway.acts import look
from sightline.journeys.tell_of_ending import draft_closing, tell_of_ending
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.operations import Composed
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import get_agency_post
from sightline.people.queries import get_headers
from sightline.record.models import Entry
from sightline.record.queries import get_entry
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.endings.reading import NO_ENDING
from sightline.web.presenters.steps import names_of
from sightline.web.refused_form import refuse


class Means(forms.ChoiceField):
    """How they are told; a call asks what was said."""

    reveals: dict[str, tuple[str, ...]]


class TellForm(forms.Form):
    """The words, and how they reach them."""

    text = forms.CharField(
        label="The message",
        help_text="It is drafted for you. Read it, and change what needs changing.",
        widget=forms.Textarea,
        error_messages={"required": "The message has no words in it."},
    )
    means = Means(
        label="How will they be told?",
        choices=[
            ("link", "By secure link; you read the code to them over the phone"),
            ("call", "In a call that you record here"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they are told."},
    )
    call_words = forms.CharField(
        label="Whom did you speak to, when, and what did they say?", required=False, max_length=300
    )

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
        self.fields["means"].reveals = {"call": ("call_words",)}  # type: ignore[attr-defined]  # read by the field tag


def tell(request: HttpRequest, entry: UUID, agency_post: UUID) -> HttpResponse:
    """The page; `ended-tell`."""
    by, at = who(request), now()
    children = [one.person for one in get_entry(entry).subjects]
    if get_entry(entry).kind != Entry.Kind.CLOSURE or not may_see_of(people=children):
        raise NotFound(NO_ENDING)
    refuse_unless_may_send(by, children)
    look(by=by, people=children, what="ending", at=at)
    post, key = get_agency_post(agency_post), key_of(request)
    draft = {"text": draft_closing(by=by, entry=entry, at=at)}
    form = TellForm(request.POST) if request.method == "POST" else TellForm(initial=draft)
    to = f"{post.title}, {post.agency.name}"
    context = {"entry": entry, "to": to, "names": names_of(children, get_headers(people=children)), "key": key}
    if request.method == "POST" and form.is_valid():
        composed: list[Composed] = []
        given = form.cleaned_data

        def perform() -> UUID:
            composed.append(tell_of_ending(by=by, entry=entry, agency_post=agency_post, at=at, **given))
            return composed[0].message

        try:
            send_once(request, "ended-tell", perform, at=at)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"agency_post": "means", "how": "call_words"})
        else:
            if composed and composed[0].code:
                return render(request, "endings/sent.html", context | {"code": composed[0].code})
            messages.success(request, "It is recorded that they were told.")
            return redirect("ended", entry=entry)
    return render(request, "endings/tell.html", context | {"form": form})
