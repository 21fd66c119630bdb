"""Telling one professional, confirmed by name, that involvement has ended and how to come back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.doorway.queries import get_draft
from sightline.journeys.tell_of_ending import draft_closing, tell_of_ending
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.partnership.models import AgencyPost
from sightline.partnership.operations import Composed
from sightline.partnership.permissions import refuse_unless_may_send
from sightline.partnership.queries import get_agency_post
from sightline.people.queries import get_names
from sightline.record.models import Entry
from sightline.record.queries import get_entry
from sightline.web import drafts
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.endings.reading import NO_ENDING
from sightline.web.presenters.steps import names_of
from sightline.web.presenters.words import clock_time
from sightline.web.refused_form import refuse

FORM = "ended-tell"


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


@dataclass(frozen=True)
class Telling:
    """One professional, and the ending that they are told of."""

    by: Actor
    at: datetime
    entry: UUID
    post: AgencyPost
    names: str

    @property
    def context(self) -> dict[str, object]:
        """What both pages show: of whose ending, and who is told."""
        to = f"{self.post.title}, {self.post.agency.name}"
        return {"entry": self.entry, "agency_post": self.post.id, "to": to, "names": self.names}


def tell(request: HttpRequest, entry: UUID, agency_post: UUID) -> HttpResponse:
    """The page; `ended-tell`."""
    here = _open(request, entry, agency_post)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _begin(request, here, key)
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            composed = _send(request, here, form)
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"agency_post": "means", "how": "call_words"})
        else:
            if composed and composed.code:
                return render(request, "endings/sent.html", here.context | {"key": key, "code": composed.code})
            messages.success(request, "It is recorded that they were told.")
            return redirect("ended", entry=entry)
    drafts.keep(request, key, form=FORM, about=entry)
    return _show(request, here, form, key)


def _open(request: HttpRequest, entry: UUID, agency_post: UUID) -> Telling:
    by, at = who(request), now()
    children = [one.person for one in get_entry(entry).subjects]
    if get_entry(entry).kind != Entry.Kind.CLOSURE or not may_see_of(people=children):
        raise NotFound(NO_ENDING)
    refuse_unless_may_send(by, children)
    look(by=by, people=children, what="ending", at=at)
    names = names_of(children, get_names(people=children))
    return Telling(by, at, entry, get_agency_post(agency_post), names)


def _send(request: HttpRequest, here: Telling, form: TellForm) -> Composed | None:
    """The message; nothing where the form was sent before, for its code is shown once."""
    composed: list[Composed] = []

    def perform() -> UUID:
        given = form.cleaned_data
        composed.append(tell_of_ending(by=here.by, entry=here.entry, agency_post=here.post.id, at=here.at, **given))
        return composed[0].message

    send_once(request, FORM, perform, at=here.at)
    return composed[0] if composed else None


def _begin(request: HttpRequest, here: Telling, key: UUID) -> HttpResponse:
    """From a draft, or from the words that are drafted for the worker."""
    form = TellForm(initial={"text": draft_closing(by=here.by, entry=here.entry, at=here.at)})
    draft = get_draft(by=here.by, key=key)
    if draft is not None:
        drafts.fill(form, drafts.typed(draft.body))
        return _show(request, here, form, key, saved_at=clock_time(draft.saved_at))
    unfinished = drafts.offered(here.by, form=FORM, about=here.entry, entry=here.post.id)
    return _show(request, here, form, key, unfinished=unfinished)


def _show(request: HttpRequest, here: Telling, form: TellForm, key: UUID, **more: object) -> HttpResponse:
    return render(request, "endings/tell.html", here.context | {"form": form, "key": key, **more})
