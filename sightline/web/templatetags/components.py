"""Tags and filters for pages.   {% load components %}

`{% field form.name %}` draws a Django form's field as the GOV.UK Design System does: the
widget picks the component, and label, hint, error and `aria-describedby` follow.
`{% error_summary form formset %}` lists what is wrong, each line a link to its field.

A form may say more about a field than Django has a place for, as plain attributes:
`option_hints` ({value: hint}), `reveals` ({value: [field names shown under it]}), `asking`
(the values with which `.sl-asked` is shown, within the same `.sl-asking`) and `divider` (the
value before which "or" stands).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sightline.web.presenters import words

register = template.Library()

SELECTED = mark_safe(" selected")
HEAD_CELL = '<th scope="row" class="govuk-table__header" data-column="{}"><span>{}</span></th>'
CELL = '<td class="govuk-table__cell" data-column="{}"><span>{}</span></td>'

register.filter("day", words.day)
register.filter("short_day", words.short_day)
register.filter("clock_time", words.clock_time)
register.filter("full_moment", words.full_moment)
register.filter("listing", words.listing)


@register.filter
def counted(number: int, forms_of_word: str) -> str:
    """`{{ 3|counted:"child,children" }}`."""
    return words.count(number, *forms_of_word.split(","))


@register.filter
def not_known(value: object) -> object:
    """The value, or `Not known` where there is none. Nought is a value."""
    return words.NOT_KNOWN if value is None or value == "" else value


@register.filter
def at(things: Sequence[object], place: int) -> object:
    """The thing at this place of a list, counted from nought; nothing beyond its end."""
    return things[place] if place < len(things) else ""


def _component(widget: forms.Widget) -> str:
    # Order matters: a list of checkboxes is a kind of radios to Django, which is a kind of select.
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


def _attributes(bound: BoundField, taken: tuple[str, ...]) -> SafeString:
    """The widget's own attributes, such as `autocomplete`, that the component does not set."""
    parts = []
    for name, value in sorted(bound.field.widget.attrs.items()):
        if name in taken or value is False or value is None:
            continue
        parts.append(format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value))
    return mark_safe("".join(parts))  # noqa: S308 - every part went through format_html


def _revealed(bound: BoundField, value: str) -> list[BoundField]:
    names = getattr(bound.field, "reveals", {}).get(value, ())
    return [bound.form[name] for name in names]


def _options(bound: BoundField, element_id: str) -> Iterator[dict[str, Any]]:
    hints = getattr(bound.field, "option_hints", {})
    divider = getattr(bound.field, "divider", None)
    for place, option in enumerate(bound.subwidgets, start=1):
        value = "" if option.data["value"] is None else str(option.data["value"])
        option_id = element_id if place == 1 else f"{element_id}-{place}"
        yield {
            "id": option_id,
            "value": value,
            "label": option.data["label"],
            "chosen": option.data["selected"],
            "hint": hints.get(value, ""),
            "revealed": _revealed(bound, value),
            "asks": value in getattr(bound.field, "asking", ()),
            "divider": divider is not None and value == divider,
        }


def _flat_options(bound: BoundField) -> SafeString:
    """What stands in a select. Written here and not by its template: a list of posts has hundreds of lines."""
    widget = bound.field.widget
    parts = []
    for name, options, _ in widget.optgroups(bound.html_name, widget.format_value(bound.value())):
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                ("" if one["value"] is None else one["value"], SELECTED if one["selected"] else "", one["label"])
                for one in options
            ),
        )
        parts.append(format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines)
    return mark_safe("".join(parts))  # noqa: S308 - every part went through format_html


@register.simple_tag
def table_cell(cell: object, columns: Sequence[object], place: int) -> SafeString:
    """A cell of table.html, which says what a cell may be. Written here: a page of lists has hundreds of them."""
    told = cell if isinstance(cell, Mapping) else {}
    words = localize(told.get("text") or not_known(cell))
    inner = format_html('<a class="govuk-link" href="{}">{}</a>', told["url"], words) if told.get("url") else words
    if told.get("tag"):
        tag = render_to_string("components/tag.html", {"text": told["tag"], "colour": told.get("tag_colour")})
        inner = format_html("{} {}", inner, tag)
    whole = HEAD_CELL if place == 0 else CELL
    return format_html(whole, at(columns, place), inner)


_CLASSES = ("label_class", "legend_class", "class", "group_class")


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One field of a form.

    Options: `label`, `hint` (both default to the form's), `label_class`, `legend_class`
    (`govuk-fieldset__legend--m` …), `class` (on the input, e.g. `govuk-input--width-10`),
    `group_class`, `rows`, `inline`, `small`, `prefix`, `suffix`, `heading` (True makes
    label or legend the page's h1), `hide_label` (kept for screen readers).
    """
    widget = bound.field.widget
    element_id = bound.auto_id or f"id_{bound.html_name}"
    component = _component(widget)
    hint = options.pop("hint", bound.help_text)
    described = [f"{element_id}-hint"] if hint else []
    described += [f"{element_id}-error"] if bound.errors else []
    context: dict[str, Any] = {
        "component": component,
        "bound": bound,
        "id": element_id,
        "name": bound.html_name,
        "label": options.pop("label", bound.label),
        "hint": hint,
        "errors": bound.errors,
        "described_by": " ".join(described),
        "hidden": bound.is_hidden,
        "attributes": _attributes(bound, ("id", "name", "class", "rows", "cols", "type", "required")),
        **{name: options.pop(name, "") for name in _CLASSES},
        "options": options,
    }
    if component in {"radios", "checkboxes"}:
        context["items"] = list(_options(bound, element_id))
        context["reveals"] = any(item["revealed"] for item in context["items"])
    elif component == "select":
        context["choices"] = _flat_options(bound)
    elif component == "checkbox":
        context["chosen"] = bool(bound.value())
    elif component != "file":
        context["value"] = _shown(widget, bound)
        context["type"] = getattr(widget, "input_type", "text")
    return context


def _shown(widget: forms.Widget, bound: BoundField) -> str:
    # A password is never sent back, not even to whoever typed it.
    value = None if isinstance(widget, forms.PasswordInput) else widget.format_value(bound.value())
    return "" if value is None else str(value)


def _lines(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"message": str(message), "target": ""}
    for bound in form:
        for message in bound.errors:
            yield {"message": str(message), "target": bound.auto_id or f"id_{bound.html_name}"}


def _forms(sources: Iterable[Any]) -> Iterator[Any]:
    for source in sources:
        if isinstance(source, list):
            yield from _forms(source)
        elif isinstance(source, forms.BaseFormSet):
            if source.is_bound:
                for message in source.non_form_errors():
                    yield str(message)
            yield from source.forms
        elif source is not None:
            yield source


@register.inclusion_tag("components/error-summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """What is wrong in these forms and formsets, in the order of the page; nothing if nothing is."""
    lines: list[dict[str, str]] = []
    for source in _forms(sources):
        if isinstance(source, str):
            lines.append({"message": source, "target": ""})
        elif source.is_bound:
            lines.extend(_lines(source))
    return {"lines": lines}


def _block(path: str, content: str, **context: Any) -> SafeString:
    return render_to_string(path, {"content": content, **context})


@register.simple_block_tag
def details(content: str, summary: str, *, open: bool = False) -> SafeString:  # noqa: A002 - the HTML attribute's name
    """Text folded away under a line.   {% details "What is already known" %}…{% enddetails %}"""
    return _block("components/details.html", content, summary=summary, open=open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """A note set in from the page's text."""
    return _block("components/inset.html", content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """A warning with its mark and the word for those who do not see the mark."""
    return _block("components/warning.html", content)


@register.simple_block_tag
def banner(content: str, title: str = "Important", *, success: bool = False) -> SafeString:
    """A notification banner; a successful one is read out at once and takes the focus."""
    return _block("components/banner.html", content, title=title, success=success)


@register.simple_block_tag
def fieldset(content: str, legend: str, size: str = "m", hint: str = "", name: str = "") -> SafeString:
    """Fields that belong together. `name` is needed with `hint`: it makes the hint's id."""
    return _block("components/fieldset.html", content, legend=legend, size=size, hint=hint, name=name)


@register.simple_block_tag
def empty(content: str) -> SafeString:
    """Nothing here, said in words: "There are no outcomes to log."."""
    return _block("components/empty.html", content)
