"""Questions of the front door's pages, and the choices that a pack or the register brings to them."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

REQUIRED = {"data-required": "yes", "aria-required": "true"}
REQUIRED_CHOICE = {"data-required": "yes"}
"""A radio may not say `aria-required`; its legend and its error do."""

Typed = Mapping[str, Any]
"""What came with a request, or with a draft."""

Choices = Iterable[tuple[str, object]]
"""Value and label; a group of them under one name."""


class OneOf(forms.ChoiceField):
    """A question with one answer. An option may have a hint, and questions of its own under it."""

    option_hints: Mapping[str, str] = MappingProxyType({})
    reveals: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    asking: Collection[str] = ()
    """The answers that ask one more question, which stands elsewhere on the page."""


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a question its choices. Refuses a field that has none to choose from."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not a question with choices.")
    field.choices = list(choices)


def one_of(form: forms.Form, name: str) -> OneOf:
    """The question of that name. Refuses a field of another kind."""
    field = form.fields[name]
    if not isinstance(field, OneOf):
        raise TypeError(f"{name} is not a question with one answer.")
    return field


def unjudged(form: forms.Form) -> forms.Form:
    """The form with what was typed in it, and nothing said about it yet."""
    # Django has no other way to show typing without judging it, and its stubs do not know the name.
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # noqa: SLF001 - as said above
    form.cleaned_data = {}
    return form
