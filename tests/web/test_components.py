"""Fields are drawn as the GOV.UK Design System documents them.

The expected markup is written here from the documented structure of each component and
compared as HTML: the order of attributes and the white space do not count.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django import forms
from django.template import Context, Template
from django.test.html import parse_html

TEMPLATES = Path(__file__).resolve().parents[2] / "sightline" / "web" / "templates"


class Sample(forms.Form):
    """One field for each component."""

    told_by = forms.CharField(
        label="Told by", help_text="As they gave it.", error_messages={"required": "Enter a name"}
    )
    story = forms.CharField(label="Story", widget=forms.Textarea, error_messages={"required": "Enter the story"})
    danger = forms.ChoiceField(
        label="In danger now?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether"},
    )
    detail = forms.CharField(label="What danger?", required=False)
    agencies = forms.MultipleChoiceField(
        label="Agencies",
        help_text="All that apply.",
        choices=[("a", "Health"), ("b", "Police")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    source = forms.ChoiceField(label="Source", choices=[("2A", "Schools"), ("3A", "GP")])


def drawn(name: str, form: forms.Form | None = None, **options: Any) -> str:
    words = " ".join(f'{key}="{value}"' for key, value in options.items())
    template = Template("{% load components %}{% field form." + name + " " + words + " %}")
    return template.render(Context({"form": form or Sample()}))


def same(drawn_html: str, expected: str) -> None:
    assert str(parse_html(drawn_html)) == str(parse_html(expected))


def test_an_input_names_its_hint_and_its_error() -> None:
    same(
        drawn("told_by", Sample(data={})),
        """<div class="govuk-form-group govuk-form-group--error">
        <label class="govuk-label" for="id_told_by">Told by</label>
        <div id="id_told_by-hint" class="govuk-hint">As they gave it.</div>
        <p id="id_told_by-error" class="govuk-error-message">
          <span class="govuk-visually-hidden">Error:</span> Enter a name</p>
        <input class="govuk-input govuk-input--error" id="id_told_by" name="told_by" type="text"
          aria-describedby="id_told_by-hint id_told_by-error">
        </div>""",
    )


def test_what_was_typed_is_shown_again_and_made_harmless() -> None:
    html = drawn("told_by", Sample(data={"told_by": '"><script>'}))
    assert "<script>" not in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_a_textarea_keeps_its_text_and_its_first_line_break() -> None:
    same(
        drawn("story", Sample(initial={"story": "Four days\nwithout a coat"}), rows=4),
        """<div class="govuk-form-group"><label class="govuk-label" for="id_story">Story</label>
        <textarea class="govuk-textarea" id="id_story" name="story" rows="4">
Four days
without a coat</textarea></div>""",
    )


def test_radios_stand_in_a_fieldset_and_none_is_chosen() -> None:
    same(
        drawn("danger", Sample(data={})),
        """<div class="govuk-form-group govuk-form-group--error">
        <fieldset class="govuk-fieldset" aria-describedby="id_danger-error">
        <legend class="govuk-fieldset__legend">In danger now?</legend>
        <p id="id_danger-error" class="govuk-error-message">
          <span class="govuk-visually-hidden">Error:</span> Say whether</p>
        <div class="govuk-radios" data-module="govuk-radios">
          <div class="govuk-radios__item">
            <input class="govuk-radios__input" id="id_danger" name="danger" type="radio" value="yes">
            <label class="govuk-label govuk-radios__label" for="id_danger">Yes</label></div>
          <div class="govuk-radios__item">
            <input class="govuk-radios__input" id="id_danger-2" name="danger" type="radio" value="no">
            <label class="govuk-label govuk-radios__label" for="id_danger-2">No</label></div>
        </div></fieldset></div>""",
    )


def test_what_an_answer_reveals_follows_it() -> None:
    form = Sample()
    form.fields["danger"].reveals = {"yes": ("detail",)}
    html = drawn("danger", form)
    assert html.index('value="yes"') < html.index('name="detail"') < html.index('value="no"')
    assert 'id="conditional-id_danger"' in html


def test_checkboxes_hold_what_was_chosen() -> None:
    same(
        drawn("agencies", Sample(initial={"agencies": ["b"]})),
        """<div class="govuk-form-group"><fieldset class="govuk-fieldset" aria-describedby="id_agencies-hint">
        <legend class="govuk-fieldset__legend">Agencies</legend>
        <div id="id_agencies-hint" class="govuk-hint">All that apply.</div>
        <div class="govuk-checkboxes" data-module="govuk-checkboxes">
          <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id="id_agencies" name="agencies" type="checkbox" value="a">
            <label class="govuk-label govuk-checkboxes__label" for="id_agencies">Health</label></div>
          <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id="id_agencies-2" name="agencies" type="checkbox" value="b" checked>
            <label class="govuk-label govuk-checkboxes__label" for="id_agencies-2">Police</label></div>
        </div></fieldset></div>""",
    )


def test_a_select_marks_the_chosen_option() -> None:
    same(
        drawn("source", Sample(initial={"source": "3A"})),
        """<div class="govuk-form-group"><label class="govuk-label" for="id_source">Source</label>
        <select class="govuk-select" id="id_source" name="source">
        <option value="2A">Schools</option><option value="3A" selected>GP</option></select></div>""",
    )


def test_the_error_summary_links_to_each_field_in_the_order_of_the_page() -> None:
    form = Sample(data={"source": "2A"})
    html = Template("{% load components %}{% error_summary form %}").render(Context({"form": form}))
    same(
        html,
        """<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
        <h2 class="govuk-error-summary__title">There is a problem</h2>
        <div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
        <li><a href="#id_told_by">Enter a name</a></li>
        <li><a href="#id_story">Enter the story</a></li>
        <li><a href="#id_danger">Say whether</a></li>
        </ul></div></div></div>""",
    )


def test_nothing_wrong_draws_no_summary() -> None:
    html = Template("{% load components %}{% error_summary form %}").render(Context({"form": Sample()}))
    assert html.strip() == ""


def test_the_title_names_the_desk_and_says_when_something_is_wrong() -> None:
    page = Template('{% extends "base.html" %}{% block desk_title %}New contact{% endblock %}')
    assert "<title>Error: New contact - Sightline</title>" in page.render(Context({"form": Sample(data={})}))
    assert "<title>New contact - Sightline</title>" in page.render(Context({}))


def test_no_page_of_ours_carries_script_or_style_in_its_text() -> None:
    for path in TEMPLATES.rglob("*.html"):
        inline = re.findall(r"<style|<script>|\s(?:style|on[a-z]+)=", path.read_text("utf-8"))
        assert inline == [], path
