"""What the recipient of a message sees: no account, a code, the message, and a box to answer in.

Nothing of the message or of anybody in it is in the address, the title or the page before the
code has been given. What somebody has typed comes back to them whatever becomes of the link: with a
wrong code to be sent again, and otherwise to be copied.
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.conferences.models import View
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.partnership.models import Message, Reply
from sightline.partnership.public import OpenedMessage, open_message, reply_to_message
from sightline.partnership.rules import link_hash
from sightline.web.asked import key_in, now
from sightline.web.front_door.asking import REQUIRED, REQUIRED_CHOICE
from sightline.web.refused_form import refuse

JUST_SENT = "message_just_sent"
MOMENT = timedelta(minutes=2)


class CodeForm(forms.Form):
    """The code that came another way."""

    code = forms.CharField(
        label="The code that you were given",
        help_text="Six figures. Whoever sent this message reads it to you over the phone.",
        error_messages={"required": "Enter the code that you were given."},
        widget=forms.TextInput(attrs={**REQUIRED, "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ReplyForm(forms.Form):
    """An answer, or a challenge."""

    kind = forms.ChoiceField(
        label="What do you want to do?",
        choices=[(Reply.Kind.ANSWER, "Answer, or add something"), (Reply.Kind.CHALLENGE, "Say that I do not agree")],
        widget=forms.RadioSelect(attrs=REQUIRED_CHOICE),
        required=False,
    )
    text = forms.CharField(label="Your words", widget=forms.Textarea(attrs=REQUIRED), required=False)
    signed = forms.CharField(label="Your name and post", widget=forms.TextInput(attrs=REQUIRED), required=False)


class ViewForm(ReplyForm):
    """A view for a conference: their words, whether they would have a plan, and their name.

    Somebody of the family (`family`) is asked for their words and their name, and for no decision.
    """

    for_plan = forms.ChoiceField(
        label="What would you decide?",
        choices=View.ForPlan.choices,
        widget=forms.RadioSelect(attrs=REQUIRED_CHOICE),
        required=False,
    )
    field_order = ("text", "for_plan", "signed")

    def __init__(self, *arguments: Any, family: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.view = FAMILY if family else PROFESSIONAL
        del self.fields["kind"]
        self.fields["text"].label = "What you want everybody to know" if family else "What you know and what you think"
        if family:
            self.fields["signed"].label = "Your name"
            del self.fields["for_plan"]


FAMILY, PROFESSIONAL = "family", "professional"

MISSING = {
    "kind": "Say whether you answer or disagree.",
    "text": "Write your answer before you send it.",
    "for_plan": "Say what you would decide. You can say that you are not sure.",
    "signed": "Give your name and your post, in up to 120 characters.",
}
"""What an answer cannot be without, where it is asked."""


class AgainForm(CodeForm):
    """The code and the answer together, when an answer came with a code that does not open the message."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    view = forms.CharField(widget=forms.HiddenInput, required=False)
    for_plan = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label="Your words", widget=forms.Textarea(attrs=REQUIRED), required=False)
    signed = forms.CharField(label="Your name and post", widget=forms.TextInput(attrs=REQUIRED), required=False)


def _form_for(opened: OpenedMessage) -> ReplyForm:
    """An empty form for what the message asks. Whoever belongs to no agency is of the family."""
    if opened.kind == Message.Kind.INVITATION:
        return ViewForm(family=not opened.agency)
    return ReplyForm()


def _form_from(request: HttpRequest) -> ReplyForm:
    """What came back, in the form that was given."""
    view = request.POST.get("view")
    if view in {FAMILY, PROFESSIONAL}:
        return ViewForm(request.POST, family=view == FAMILY)
    return ReplyForm(request.POST)


@login_not_required
@require_http_methods(["GET", "POST"])
def message_link(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the code, shows the message, takes the answer; `message-link`."""
    if request.method == "GET":
        return _after_sending(request, token) or render(request, "front_door/link-code.html", {"form": CodeForm()})
    if "reply" in request.POST:
        return _answer(request, token)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "front_door/link-code.html", {"form": form})
    code = form.cleaned_data["code"]
    opened = open_message(link_token=token, code=code, at=now())
    if isinstance(opened, Refusal):
        return _closed(request, form, opened)
    return _open(request, opened, _form_for(opened), code=code)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps the answer, or shows the page again with all that was typed."""
    form, code = _form_from(request), request.POST.get("code", "").strip()
    form.is_valid()
    if not code:  # nothing was guessed, and nothing is counted
        return _ask_again(request, AgainForm(request.POST))
    said = _missing_choice(form) or _reply(token, code, form, request)
    if said is None:
        # Shown by an address of its own, so that Back and a reload send nothing again.
        request.session[JUST_SENT] = {
            "link": link_hash(token),
            "code": code,
            "kind": form.cleaned_data.get("kind") or Reply.Kind.ANSWER,
            "at": now().isoformat(),
        }
        return redirect("message-link", token=token)
    if said.field is None or said.field == "code":
        return _closed(request, AgainForm(request.POST), said)
    refuse(form, said)
    _say_what_else_is_missing(form)
    opened = open_message(link_token=token, code=code, at=now())
    if isinstance(opened, Refusal):
        return _closed(request, AgainForm(request.POST), opened)
    return _open(request, opened, form, code=code)


def _say_what_else_is_missing(form: ReplyForm) -> None:
    """The room refuses one thing at a time; somebody on a phone is told all of it at once."""
    for name, sentence in MISSING.items():
        given = str(form.cleaned_data.get(name, "")).strip()
        if name in form.fields and not given and name not in form.errors:
            form.add_error(name, sentence)


def _missing_choice(form: ReplyForm) -> Refusal | None:
    """A professional says what they would decide; not being sure is one of the answers."""
    if "for_plan" not in form.fields or form.cleaned_data.get("for_plan"):
        return None
    return Refusal(MISSING["for_plan"], field="for_plan")


def _just_sent(request: HttpRequest, token: str) -> dict[str, str] | None:
    """What was sent through this link a moment ago, from this browser; given once."""
    sent: dict[str, str] | None = request.session.pop(JUST_SENT, None)
    if sent is None or sent["link"] != link_hash(token):
        return None
    return sent if now() - datetime.fromisoformat(sent["at"]) < MOMENT else None


def _after_sending(request: HttpRequest, token: str) -> HttpResponse | None:
    sent = _just_sent(request, token)
    if sent is None:
        return None
    opened = open_message(link_token=token, code=sent["code"], at=now())
    if isinstance(opened, Refusal):
        return _closed(request, CodeForm(), opened)
    return _open(request, opened, _form_for(opened), code=sent["code"], sent=sent["kind"])


def _reply(token: str, code: str, form: ReplyForm, request: HttpRequest) -> Refusal | None:
    given = form.cleaned_data
    said = reply_to_message(
        link_token=token,
        code=code,
        kind=Reply.Kind.ANSWER if isinstance(form, ViewForm) else given.get("kind", ""),
        for_plan=given.get("for_plan", ""),
        text=given.get("text", ""),
        signed=given.get("signed", ""),
        key=key_in(request.POST.get("key")),
        at=now(),
    )
    return said if isinstance(said, Refusal) else None


def _closed(request: HttpRequest, form: CodeForm, refusal: Refusal) -> HttpResponse:
    """A wrong code may be tried again; what opens nothing says whom to ring. Typed words are shown again."""
    if refusal.field == "code":
        refuse(form, refusal)
        if isinstance(form, AgainForm):
            return _ask_again(request, form)
        return render(request, "front_door/link-code.html", {"form": form})
    typed = request.POST.get("text", "").strip() if isinstance(form, AgainForm) else ""
    return render(request, "front_door/link-closed.html", {"message": refusal.message, "typed": typed}, status=410)


def _ask_again(request: HttpRequest, form: AgainForm) -> HttpResponse:
    key = key_in(request.POST.get("key")) or new_id()
    return render(request, "front_door/link-code.html", {"form": form, "again": True, "key": key})


def _open(request: HttpRequest, opened: OpenedMessage, reply: ReplyForm, *, code: str, sent: str = "") -> HttpResponse:
    key = str(new_id()) if sent or not reply.is_bound else request.POST.get("key") or str(new_id())
    context = {"opened": opened, "form": reply, "code": code, "sent": sent, "key": key}
    context["disagrees"] = sent == Reply.Kind.CHALLENGE
    context["view"] = reply.view if isinstance(reply, ViewForm) else ""
    context["evidence"] = opened.kind == Message.Kind.EVIDENCE or bool(context["view"])
    return render(request, "front_door/link-open.html", context)
