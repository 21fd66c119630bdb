"""Answers to an authority's own questions: kept under the question's key, read back with the words of their version.

A local answer is kept with the form as plain JSON: text; the key of an option, or a list of them; a day or a
moment as ISO text; a number. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.kernel.dates import day_words
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local
from sightline.practice.spec import Form, Question

Answer = str | int | float | list[str]


@dataclass(frozen=True)
class Said:
    """An answer in words, under the words of its question."""

    question: str
    answer: str


def local_questions(form: Form) -> tuple[Question, ...]:
    """What the form asks once and keeps with itself, in its order: no room has a column for it."""
    return tuple(one for one in form.questions if not one.bound_to and one.asked_of in ("contact", "family"))


def kept(form: Form, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """What is to be kept of ``given``. Refuses an answer to what is not asked, and one that is not offered."""
    asked = {one.key: one for one in local_questions(form)}
    found = {key: answer for key, answer in given.items() if answer not in ("", [])}
    for key, answer in found.items():
        if key not in asked:
            raise Refusal(
                f"The form “{form.title}” has no question “{key}” of its own. Open the page again.", field=key
            )
        _refuse_unoffered(asked[key], answer)
    return found


def _refuse_unoffered(question: Question, answer: Answer) -> None:
    if question.answer not in ("choice", "choices"):
        return
    offered = {option.key for option in question.options}
    if not set(_each(answer)) <= offered:
        raise Refusal(f"Choose from the answers to “{question.label}”.", field=question.key)


def said(form: Form, answers: Mapping[str, Answer]) -> list[Said]:
    """The answers that were given, in the form's order and its words. What the form does not ask is left out."""
    return [
        Said(str(one.label), _in_words(one, answers[one.key])) for one in local_questions(form) if one.key in answers
    ]


def _in_words(question: Question, answer: Answer) -> str:
    labels = {option.key: str(option.label) for option in question.options}
    if question.answer in ("choice", "choices"):
        return "; ".join(labels.get(key, key) for key in _each(answer))
    if question.answer == "date":
        return day_words(date.fromisoformat(str(answer)))
    if question.answer == "moment":
        moment = local(datetime.fromisoformat(str(answer)))
        return f"{day_words(moment.date())}, {moment:%H:%M}"
    return str(answer)


def _each(answer: Answer) -> Iterable[str]:
    return answer if isinstance(answer, list) else [str(answer)]
