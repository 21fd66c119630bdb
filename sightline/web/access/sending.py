"""A form that is sent once, and keeps all that was typed where it is refused."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.http import HttpRequest

from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web.asked import now, send_once
from sightline.web.refused_form import refuse


def was_sent(
    request: HttpRequest,
    form: forms.Form,
    name: str,
    perform: Callable[[], UUID],
    fields: Mapping[str, str] | None = None,
) -> bool:
    """Whether the form was sent and done; what is refused stands in the form.

    `fields` gives the form's own name for a field that the act calls something else.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        send_once(request, name, perform, at=now())
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        refuse(form, refused, fields)
        return False
    return True
