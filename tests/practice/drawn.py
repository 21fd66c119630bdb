"""Overlays and answers drawn at random: any that an authority might write, and any that a family might give."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from sightline.practice.asking import ASSESSMENT_ASKS
from sightline.practice.spec import Form, Question
from tests.packs import values_of

Values = dict[str, Any]
BASE: Values = values_of("england-2023")
BASIS = {"kind": "local", "citation": "Practice board, 3 November 2026", "effective_from": "2026-12-01"}
KINDS = ("text", "long_text", "choice", "choices", "date", "moment", "number")
ONCE = ("contact", "family")
OPEN_LISTS = ("channel", "note_kind", "visit_place", "ending_reason", "source")


@dataclass
class Drawn:
    """An overlay as it grows, and the contact form as it then stands: sections of questions, in order."""

    rows: dict[str, list[Values]] = field(default_factory=dict)
    sections: dict[str, list[Values]] = field(default_factory=dict)

    def add(self, table: str, row: Values) -> None:
        self.rows.setdefault(table, []).append(row)

    def before(self, section: str) -> list[Values]:
        """What is asked before a question that is put at the end of that section."""
        found: list[Values] = []
        for key, questions in self.sections.items():
            found += questions
            if key == section:
                return found
        return found

    @property
    def local(self) -> list[Values]:
        return [one for one in self.rows.get("add_question", []) if one["form"] == "contact"]

    def looked_at(self) -> set[str]:
        """The keys at which some question of the contact form looks."""
        asked = (one for questions in self.sections.values() for one in questions)
        return {one["asked_when"]["question"] for one in asked if "asked_when" in one}

    def overlay(self, key: str = "drawn") -> Values:
        head = {"key": key, "base": "england-2023", "title": {"en": "Drawn"}, "basis": BASIS}
        return {"overlay": head, **self.rows}


def fresh() -> Drawn:
    """An overlay that says nothing yet."""
    sections = BASE["contact"]["sections"]
    return Drawn(sections={section["key"]: list(section["questions"]) for section in sections})


def option_keys(question: Values) -> list[str]:
    """The answers that a question of choice offers."""
    if "options" in question:
        return [option["key"] for option in question["options"]]
    lists = {one["key"]: one for file in ("codes", "casework", "protecting") for one in BASE[file]["lists"]}
    return [option["key"] for option in lists[question["list"]]["options"]] if "list" in question else []


@st.composite
def overlays(draw: st.DrawFn) -> Drawn:
    """Any overlay that may be published."""
    drawn = fresh()
    if draw(st.booleans()):
        section = {"form": "contact", "key": "of_ours", "title": {"en": "Ours"}, "basis": BASIS}
        drawn.add("add_section", section)
        drawn.sections["of_ours"] = []
        ask(draw, drawn, 0, "of_ours")
    for number in range(1, draw(st.integers(0, 6)) + 1):
        ask(draw, drawn, number, draw(st.sampled_from(list(drawn.sections))))
    _of_the_assessment(draw, drawn)
    for number, one in enumerate(draw(st.lists(st.sampled_from(OPEN_LISTS), max_size=3))):
        code = {"code": draw(st.sampled_from(["1A", "2B", "10"]))} if one == "source" else {}
        drawn.add("add_option", {"list": one, "key": f"ours_{number}", "label": {"en": "Ours"}, "basis": BASIS, **code})
    if draw(st.booleans()):
        length = {"unit": "weeks", "length": draw(st.integers(1, 12)), "by": "end of day", "basis": BASIS}
        drawn.add("change_timescale", {"key": "visit.child_in_need", **length})
    _hide_of_ours(draw, drawn)
    return drawn


def ask(draw: st.DrawFn, drawn: Drawn, number: int, section: str) -> Values:
    """One more question at the end of that section, which may look back at any before it."""
    kind = draw(st.sampled_from(KINDS))
    row: Values = {"key": f"ours_{number}", "label": {"en": f"Ours {number}?"}, "answer": kind}
    row |= {"required": draw(st.booleans()), "basis": BASIS}
    if kind in ("choice", "choices"):
        row |= draw(
            st.sampled_from([{"list": "channel"}, {"list": "yes_no_not_known"}, {"options": _own_options(draw)}])
        )
    earlier = [one for one in drawn.before(section) if option_keys(one) and one.get("asked_of", "contact") in ONCE]
    if earlier and draw(st.booleans()):
        at = draw(st.sampled_from(earlier))
        answers = draw(st.lists(st.sampled_from(option_keys(at)), min_size=1, max_size=3, unique=True))
        row["asked_when"] = {"question": at["key"], "is": answers}
    drawn.sections[section].append(row)
    drawn.add("add_question", {"form": "contact", "section": section, **row})
    return row


def _own_options(draw: st.DrawFn) -> list[Values]:
    return [{"key": f"answer_{number}", "label": {"en": f"{number}"}} for number in range(draw(st.integers(1, 4)))]


def _of_the_assessment(draw: st.DrawFn, drawn: Drawn) -> None:
    """More parts of the assessment, fewer of its optional ones, and its sections in another order."""
    sections = BASE["assessment"]["sections"]
    for number in range(draw(st.integers(0, 2))):
        whom = draw(st.sampled_from(("family", "child")))
        row = {"key": f"part_{number}", "label": {"en": "Ours"}, "answer": "long_text", "asked_of": whom}
        row |= {"required": draw(st.booleans()), "basis": BASIS}
        drawn.add("add_question", {"form": "assessment", "section": draw(st.sampled_from(sections))["key"], **row})
    optional = [
        one["key"]
        for section in sections
        for one in section["questions"]
        if one["key"] not in ASSESSMENT_ASKS and not one.get("required")
    ]
    for key in draw(st.lists(st.sampled_from(optional), max_size=4, unique=True)):
        drawn.add("hide", {"form": "assessment", "question": key})
    if draw(st.booleans()):
        keys = [section["key"] for section in sections]
        drawn.add("reorder", {"form": "assessment", "sections": list(draw(st.permutations(keys)))})


def _hide_of_ours(draw: st.DrawFn, drawn: Drawn) -> None:
    """One of our own questions taken off again, where nothing looks at it."""
    free = [one for one in drawn.local if one["key"] not in drawn.looked_at() and not one["required"]]
    alone = [one for one in free if len(drawn.sections[one["section"]]) > 1]
    if alone and draw(st.booleans()):
        gone = draw(st.sampled_from(alone))
        drawn.add("hide", {"form": "contact", "question": gone["key"]})
        rows = drawn.sections[gone["section"]]
        rows[:] = [one for one in rows if one["key"] != gone["key"]]


def answer_to(draw: st.DrawFn, question: Question) -> object:
    """An answer that the question takes."""
    keys = [option.key for option in question.options]
    if question.answer == "choice":
        return draw(st.sampled_from(keys))
    if question.answer == "choices":
        return draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
    typed = {"number": "3", "date": "20/11/2026", "moment": "20/11/2026 9.30"}
    return typed.get(question.answer, "What they said.")


def filled_in(draw: st.DrawFn, form: Form, whom: Iterable[str], before: Values) -> Values:
    """A page filled in from the top by somebody who answers what it asks, and of the rest what they please."""
    given = dict(before)
    for question in form.questions:
        condition = question.asked_when
        if question.asked_of not in whom:
            continue
        # The second statement of what is asked: what was chosen and what is looked for have something in common.
        chosen = given.get(condition.question) if condition else None
        said = set(chosen) if isinstance(chosen, list) else {chosen}
        if condition is not None and not said & set(condition.answers):
            continue
        if question.required or draw(st.booleans()):
            given[question.key] = answer_to(draw, question)
    return given
