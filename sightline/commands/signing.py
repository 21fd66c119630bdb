"""Who is at the terminal: an account's password and its code, asked for and never given as words of a command.

The same checks as on the page of signing in, by the settings' own names: whoever tries passwords here is slowed
down as they would be there.
"""

import warnings
from datetime import datetime
from getpass import GetPassWarning, getpass
from typing import Any

from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal

TRIES = 3


def sign_in(email: str, *, at: datetime) -> Actor:
    """Asks for password and code until both are right. Refuses after three wrong, and an account that is closed."""
    for left in range(TRIES - 1, -1, -1):
        password, code = ask_unseen(f"Password of {email}: "), ask_unseen("Code: ")
        actor = _let_in(email, password, code, at=at)
        if actor is not None:
            return actor
        if left:
            print("The address, the password or the code is not right.")
    raise Refusal("Three times not right: nothing was done. Sign in in a browser to see whether the account is open.")


def ask_unseen(prompt: str) -> str:
    """What is typed at the terminal, shown nowhere. Refused where it would be shown, and where nobody is there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            return getpass(prompt)
    except GetPassWarning:
        raise Refusal("What is typed here would be shown. Use a terminal of your own (with ssh: ssh -t).") from None
    except EOFError:
        raise Refusal("Nobody is at the terminal to give the password and the code: nothing was done.") from None


def own_host() -> str:
    """A name by which this server answers."""
    from django.conf import settings

    return next((name for name in settings.ALLOWED_HOSTS if name[:1] not in "*.["), "localhost")


def _let_in(email: str, password: str, code: str, *, at: datetime) -> Actor | None:
    from allauth.account.adapter import get_adapter
    from allauth.core.context import request_context
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.http import HttpRequest
    from django.utils.module_loading import import_string

    from sightline.doorway.acts import acting
    from sightline.workforce.queries import get_actor

    request = HttpRequest()
    request.META |= {"REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": own_host(), "SERVER_PORT": "443"}
    code_form = import_string(settings.MFA_FORMS["authenticate"])
    with request_context(request), acting(None):
        try:
            account = get_adapter().authenticate(request, email=email, password=password)
        except ValidationError as slowed:
            raise Refusal(" ".join(slowed.messages)) from slowed
        found = account is not None and code_form({"code": code}, user=account).is_valid()
        actor = get_actor(account.pk) if account is not None and account.is_active and found else None
        _note(account, at, came_in=actor is not None)
        return actor


def _note(account: Any, at: datetime, *, came_in: bool) -> None:
    from sightline.audit.models import Event
    from sightline.audit.operations import record_event

    kind = Event.Kind.SIGN_IN if came_in else Event.Kind.REFUSED
    who = {"role": account.role, "agency": account.agency} if account is not None else {}
    record_event(kind=kind, what="sign_in", actor=account.pk if account is not None else None, at=at,
                 facts={"at": "terminal"}, **who)  # fmt: skip
