"""Where a worker lives: theirs to give and to take back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.journeys.own_home import say_own_home
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web.asked import key_of, now, post_only, send_once, who
from sightline.web.presenters import words
from sightline.web.refused_form import refuse
from sightline.workforce.homes import take_back_own_home, when_given


class OwnHomeForm(forms.Form):
    """One's own address, as far as it is compared."""

    address = forms.CharField(
        label="First line of your address", max_length=200, error_messages={"required": "Enter the first line."}
    )
    postcode = forms.CharField(label="Postcode", max_length=10, error_messages={"required": "Enter your postcode."})


def own_home(request: HttpRequest) -> HttpResponse:
    """Give where one lives, or see that one has. The address itself is not shown again."""
    by, at, key = who(request), now(), key_of(request)
    form = OwnHomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            send_once(request, "own-home", lambda: say_own_home(by=by, lines=given["address"],
                      postcode=given["postcode"], at=at), at=at)  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Kept. Nobody can read it.")
            return redirect("own-home")
    given_at = when_given(by=by)
    context = {"form": form, "key": key, "given": words.full_moment(given_at) if given_at else ""}
    return render(request, "access/own-home.html", context)


@post_only("own-home")
def forget(request: HttpRequest) -> HttpResponse:
    """Take it back."""
    send_once(request, "own-home-forget", lambda: _forgotten(request), at=now())
    messages.success(request, "Deleted.")
    return redirect("own-home")


def _forgotten(request: HttpRequest) -> UUID:
    return take_back_own_home(by=who(request), at=now())
