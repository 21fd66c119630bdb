"""An authority's own questions on the contact page: asked under their section, kept under their key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.forms import BoundField

from sightline.kernel.errors import Refusal
from sightline.kernel.reading import read_date
from sightline.kernel.when import When
from sightline.practice.answers import Answer, local_questions
from sightline.practice.rules import unanswered
from sightline.practice.spec import Form, Question
from sightline.web.front_door.asking import REQUIRED, REQUIRED_CHOICE, OneOf, Typed

PREFIX = "own"
DRAWN = ("source", "worry", "family")
"""Sections that the page has of itself; a local question in one of them stands at its end."""


class LocalForm(forms.Form):
    """What the authority asks besides, once for the contact. Nothing is chosen before somebody chooses."""

    def __init__(self, data: Typed, *, asked: Form, today: date) -> None:
        super().__init__(data, prefix=PREFIX)
        self.asked = asked
        self.questions = local_questions(asked)
        for question in self.questions:
            self.fields[question.key] = _field(question, asked, today)

    @property
    def by_section(self) -> list["Asked"]:
        """The fields of each section that has any, in the form's order."""
        mine = {one.key for one in self.questions}
        found = []
        for section in self.asked.sections:
            fields = [self[one.key] for one in section.questions if one.key in mine]
            if fields:
                found.append(Asked(section.key, str(section.title), fields))
        return found

    @property
    def at_source(self) -> list[BoundField]:
        """What is asked beside who is telling us."""
        return self._of("source")

    @property
    def at_worry(self) -> list[BoundField]:
        """What is asked beside what they say."""
        return self._of("worry")

    @property
    def at_family(self) -> list[BoundField]:
        """What is asked beside the family."""
        return self._of("family")

    @property
    def apart(self) -> list["Asked"]:
        """Sections that the page has because the authority added them."""
        return [one for one in self.by_section if one.key not in DRAWN]

    def _of(self, section: str) -> list[BoundField]:
        return [field for one in self.by_section if one.key == section for field in one.fields]

    def answers(self) -> dict[str, Answer]:
        """What was answered, as it is kept."""
        return {one.key: self.cleaned_data.get(one.key, "") for one in self.questions}

    def refuse_unanswered(self, others: Mapping[str, object]) -> None:
        """Stands beside each question what is missing. ``others`` are answers of the page's own questions, by key."""
        given: dict[str, object] = {**others, **self.answers()}
        for question in unanswered(self.questions, given):
            if question.key not in self.errors:
                self.add_error(question.key, f"Answer “{question.label}”.")


@dataclass(frozen=True)
class Asked:
    """A section's own questions."""

    key: str
    title: str
    fields: list[BoundField]


def _field(question: Question, asked: Form, today: date) -> forms.Field:
    field = _KINDS[question.answer](question)
    field.required = False
    field.label = str(question.label)
    field.help_text = " ".join(filter(None, (str(question.hint or ""), _asked_only(question, asked))))
    field.clean = partial(_clean, question, today, field.clean)  # type: ignore[method-assign]  # one answer, one way to keep it
    return field


def _asked_only(question: Question, asked: Form) -> str:
    """When it is asked, in words: the page shows it always, so that it is there without script."""
    if question.asked_when is None:
        return ""
    looked_at = asked.question(question.asked_when.question)
    labels = {option.key: str(option.label) for option in looked_at.options}
    answers = " or ".join(f"“{labels.get(key, key)}”" for key in question.asked_when.answers)
    return f"Only where “{looked_at.label}” is answered {answers}."


def _text(question: Question) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={**_must(question), "autocomplete": "off"}))


def _long_text(question: Question) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs=_must(question)))


def _choice(question: Question) -> forms.Field:
    attributes = REQUIRED_CHOICE if _must(question) else {}
    field = OneOf(widget=forms.RadioSelect(attrs=attributes), choices=_offered(question))
    field.option_hints = {option.key: str(option.hint) for option in question.options if option.hint}
    return field


def _choices(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=_offered(question))


def _number(question: Question) -> forms.Field:
    return forms.IntegerField(widget=forms.TextInput(attrs={**_must(question), "inputmode": "numeric"}))


def _must(question: Question) -> dict[str, str]:
    return REQUIRED if question.required and question.asked_when is None else {}


def _offered(question: Question) -> list[tuple[str, str]]:
    return [(option.key, str(option.label)) for option in question.options]


_KINDS: Mapping[str, Callable[[Question], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "choices": _choices,
    "date": _text,
    "moment": _text,
    "number": _number,
}


def _clean(question: Question, today: date, judged: Callable[[Any], Any], value: Any) -> Answer:
    """The answer as it is kept."""
    given = judged(value)
    if given is None:
        return ""
    text = given.strip() if isinstance(given, str) else given
    if not text or question.answer not in ("date", "moment"):
        return text  # type: ignore[no-any-return]  # text, number or keys, as the field gives them
    try:
        return _day_or_moment(question, text, today)
    except Refusal as refused:
        raise forms.ValidationError(refused.message) from refused


def _day_or_moment(question: Question, text: str, today: date) -> str:
    if question.answer == "date":
        return read_date(text, today=today).isoformat()
    when = When.read(text, today=today)
    if when.precision != "exact":
        raise Refusal("Add the time, such as 20/11/2026 9.30.")
    return when.earliest.isoformat()
