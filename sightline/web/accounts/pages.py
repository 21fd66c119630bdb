"""Who can sign in: an administrator lists accounts, sees where one is signed in, and ends that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET as only_read

from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web.asked import now, who
from sightline.web.presenters import accounts as said
from sightline.web.refused_form import refuse
from sightline.workforce import operations, queries
from sightline.workforce.permissions import refuse_unless_may_administer

A_PAGE = 100


def administrator(request: HttpRequest) -> Actor:
    """Who is signed in. Refuses everybody but an administrator."""
    by = who(request)
    refuse_unless_may_administer(by)
    return by


@only_read
def accounts(request: HttpRequest) -> HttpResponse:
    """Open accounts by name, or those that were closed; a hundred to a page."""
    administrator(request)
    at, closed = now(), request.GET.get("which") == "closed"
    every = [one for one in queries.list_accounts(active=False) if one.is_active is not closed]
    number = min(said.page_number(request.GET.get("page", "")), max(1, -(-len(every) // A_PAGE)))
    shown = every[(number - 1) * A_PAGE : number * A_PAGE]
    keys = [one.id for one in shown]
    rows = said.account_rows(
        shown, queries.describe_standings(keys), queries.count_sessions(at=at), at=at, days=settings.DORMANT_DAYS
    )
    context = {
        "rows": rows,
        "columns": said.CLOSED_COLUMNS if closed else said.OPEN_COLUMNS,
        "closed": closed,
        "tabs": said.tabs(reverse("accounts"), closed=closed),
        "rule": said.rule(settings.DORMANT_DAYS),
        **said.pages(reverse("accounts"), number, len(every), A_PAGE, closed=closed),
    }
    return render(request, "accounts/list.html", context)


@only_read
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    """One account: what it is for, how they sign in, and where they are signed in now."""
    return _page(request, administrator(request), account)


def _page(request: HttpRequest, by: Actor, account: UUID, refused: Refusal | None = None) -> HttpResponse:
    at, found = now(), queries.get_account(account)
    form = forms.Form(request.POST if refused else None)
    if refused:
        refuse(form, refused)
    context = {
        "form": form,
        "name": found.name,
        "account": account,
        "is_open": found.is_active,
        "own": account == by.id,
        "facts": said.facts(found, queries.describe_standings([account]).get(account, []),
                            queries.list_factors(account), at=at, days=settings.DORMANT_DAYS),
        "sessions": said.session_rows(queries.list_sessions(account, at=at), at=at),
        "session_columns": said.SESSION_COLUMNS,
    }  # fmt: skip
    return render(request, "accounts/one.html", context)


def _changed(request: HttpRequest, account: UUID, perform: Callable[..., Any], done: str) -> HttpResponse:
    """A refusal stands on the account's page. Sent twice, the second says that there is nothing left to do."""
    by = administrator(request)
    if request.method != "POST":
        return redirect("account", account)
    name = queries.get_account(account).name
    try:
        perform(by=by, account=account, at=now())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refused:
        return _page(request, by, account, refused)
    messages.success(request, done.format(name=name))
    return redirect("account", account)


def sign_out(request: HttpRequest, account: UUID) -> HttpResponse:
    """End every session of an account."""
    done = "{name} is signed out everywhere. What they had typed is kept for them."
    return _changed(request, account, operations.end_sessions, done)


def new_phone(request: HttpRequest, account: UUID) -> HttpResponse:
    """What they had set up opens nothing any longer."""
    done = "Taken away. With their password, {name} is asked to set up a new code when they next sign in."
    return _changed(request, account, operations.take_away_factors, done)


def close(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody has left."""
    done = "Closed. {name} is signed out, and what their posts carry stays with the posts."
    return _changed(request, account, operations.leave, done)


def open_again(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody is back, or their account was closed only because they did not use it."""
    done = "{name} can sign in again. Their manager places them in a post."
    return _changed(request, account, operations.open_again, done)
