"""A refusal beside the field that it belongs to, with all that was typed kept."""

from collections.abc import Mapping

from django import forms

from sightline.kernel.errors import Refusal


def refuse(form: forms.Form, refused: Refusal, fields: Mapping[str, str] | None = None) -> None:
    """Stand a refusal in a form; above it where it belongs to no field of the form.

    `fields` gives the form's own name for a field that the operation calls something else.
    """
    form.is_valid()  # a form that was never looked at takes no errors
    name = (fields or {}).get(refused.field or "", refused.field)
    form.add_error(name if name in form.fields else None, refused.message)
