"""An adult who was spoken of and not identified: who said what, and where we stand with them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound, Refusal
from sightline.people.models import Identification
from sightline.people.operations import set_identification
from sightline.people.queries import get_names, list_unidentified
from sightline.record.queries import children_around, list_mentions
from sightline.web.asked import key_in, key_of, now, send_once, who
from sightline.web.front_door.asking import REQUIRED_CHOICE
from sightline.web.refused_form import refuse


class IdentifyForm(forms.Form):
    """Where we stand with them now."""

    status = forms.ChoiceField(
        label="Where do we stand with them?",
        choices=[choice for choice in Identification.Status.choices if choice[0] != "not_identified"],
        widget=forms.RadioSelect(attrs=REQUIRED_CHOICE),
        required=False,
    )
    words = forms.CharField(label="Who are they, and how do you know?", widget=forms.Textarea, required=False)


@require_http_methods(["GET", "POST"])
def unidentified_adult(request: HttpRequest, person: UUID) -> HttpResponse:
    """What was said of them, and the word on who they are; `unidentified-adult`."""
    by, at = who(request), now()
    found = next(iter(list_unidentified(people=[person])), None)
    if found is None:
        raise NotFound("There is no such adult among those that you can see.")
    look(by=by, people=[person], what="unidentified_adult", at=at)
    key = key_of(request)
    form = IdentifyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _identify(person, form, request)
        except Refusal as refusal:
            refuse(form, refusal)
            found = next(iter(list_unidentified(people=[person])), found)
        else:
            messages.success(request, "It is recorded.")
            return redirect("unidentified-adult", person=person)
    children = get_names(people=children_around(person))
    mentions = [one for one in list_mentions(children) if one.adult == person]
    context = {"found": found, "form": form, "mentions": mentions, "children": children.values(), "key": key}
    return render(request, "front_door/unidentified.html", context)


def _identify(person: UUID, form: IdentifyForm, request: HttpRequest) -> None:
    given = form.cleaned_data
    if not given["status"]:
        raise Refusal("Choose where we stand with this adult.", field="status")
    by, at = who(request), now()
    send_once(
        request,
        "unidentified_adult",
        lambda: set_identification(
            by=by,
            person=person,
            status=given["status"],
            words=given["words"],
            standing=key_in(request.POST.get("standing")),
            at=at,
        ),
        at=at,
    )
