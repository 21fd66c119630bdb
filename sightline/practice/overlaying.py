"""The values of a pack, as an overlay finds and changes what is in them. Part of `overlay`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.practice.asking import ASSESSMENT_ASKS, EVERY_ASSESSMENT_ASKS
from sightline.practice.tables import Fault, Table

Values = dict[str, Any]

LIST_FILES = ("codes", "casework", "protecting")
# What may be reworded besides forms and lists: its file, its table there, and its words.
WORDED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "outcome": ("decisions", "outcomes", ("label", "will_do", "next_step")),
    "recommendation": ("decisions", "recommendations", ("label",)),
    "check": ("checks", "checks", ("label", "hint")),
    "lawful_basis": ("checks", "lawful_bases", ("label",)),
    "timescale": ("timescales", "timescales", ("label", "starts", "stops")),
    "threshold": ("timescales", "thresholds", ("label",)),
    "letter": ("letters", "letters", ("subject", "body")),
}


@dataclass
class Base:
    """The values as they are being changed, and what was taken away on the way."""

    values: Values
    added_sections: list[tuple[str, Values]] = field(default_factory=list)
    hidden_questions: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden_options: dict[tuple[str, str], str] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    asked: dict[str, dict[str, Values]] = field(default_factory=dict)
    said: dict[str, dict[str, Values]] = field(default_factory=dict)

    @property
    def assessments(self) -> list[str]:
        """The keys of the forms of assessments."""
        return list(dict.fromkeys(kind["form"] for kind in self.values["stages"]["assessments"]))

    def forms(self) -> Iterator[Values]:
        """Every form."""
        for key in ("contact", *self.assessments, "plan"):
            yield self.values[key]

    def form(self, row: Table, verb: str) -> Values:
        """The form that a row names, where local questions may stand. Refuses the plan's, whose answers are typed."""
        may = ("contact", *self.assessments)
        key = row.key("form")
        if key not in may:
            row.refuse(f"an overlay cannot {verb} the form “{key}”", f"Choose from: {', '.join(may)}")
        form: Values = self.values[key]
        return form

    def new_key(self, row: Table, among: str) -> str:
        """The key of what a row adds. Refuses one that its base has, or that the overlay has used already."""
        key = row.key()
        used = self.used.setdefault(among, set())
        if key in used:
            row.refuse(
                f"the key “{key}” is used already, and an older record means something by it",
                "Give it a key of its own; words may be the same",
            )
        used.add(key)
        return key

    def remember(self) -> None:
        """Notes every key of the base, and the words of its shared answers, before anything is changed.

        A hidden key is not free again, and no answer is given the words of another.
        """
        for form in self.forms():
            self.used[f"sections of {form['key']}"] = {one["key"] for one in form["sections"]}
            asked = self.asked[form["key"]] = {one["key"]: one for one in _questions(form)}
            self.used[f"questions of {form['key']}"] = set(asked)
            for question in asked.values():
                self.used[f"options of {form['key']}.{question['key']}"] = {
                    one["key"] for one in question.get("options", ())
                }
        for one in self._lists():
            self.used[f"options of {one['key']}"] = {option["key"] for option in one["options"]}
            self.said[one["key"]] = {option["key"]: option["label"] for option in one["options"]}

    def question(self, row: Table) -> tuple[Values, Values]:
        """The form and the question that a row names."""
        form = find(self.forms(), row, "form", row.key("form"))
        asked, key = self.asked[form["key"]], row.key("question")
        if key not in asked:
            find(asked.values(), row, "question", key)
        return form, asked[key]

    def list_of(self, row: Table) -> Values:
        """The list that a row names."""
        return find(self._lists(), row, "list", row.text("list"))

    def options(self, row: Table) -> tuple[list[Values], str]:
        """The options that a row adds to or hides from, and what they are called: a list's, or one question's own."""
        if row.has("list"):
            chosen = self.list_of(row)
            rows: list[Values] = chosen["options"]
            return rows, chosen["key"]
        form, question = self.question(row)
        if "options" not in question:
            row.refuse(
                f"“{question['key']}” has no options of its own", 'Write list = "…" with the list that it shares'
            )
        rows = question["options"]
        return rows, f"{form['key']}.{question['key']}"

    def named(self, row: Table) -> tuple[Values, tuple[str, ...]]:
        """What a row rewords, and which of its words it has."""
        for name, (file, table, words) in WORDED.items():
            if row.has(name):
                return find(self.values[file].get(table, []), row, name, row.text(name)), words
        if row.has("list") or row.has("option"):
            return self._option(row) if row.has("option") else (self.list_of(row), ("title",))
        if row.has("question"):
            return self.question(row)[1], ("label", "hint")
        form = find(self.forms(), row, "form", row.key("form"))
        if row.has("section"):
            return find(form["sections"], row, "section", row.key("section")), ("title",)
        return form, ("title",)

    def _option(self, row: Table) -> tuple[Values, tuple[str, ...]]:
        rows, of = self.options(row)
        option = find(rows, row, "option", row.key("option"))
        if row.has("label"):
            self._refuse_anothers_words(row, of, option["key"])
        return option, ("label", "hint")

    def _refuse_anothers_words(self, row: Table, of: str, key: str) -> None:
        """What was recorded keeps its key: under the words of another answer it would say the opposite."""
        for language, text in row.words("label"):
            for other, label in self.said.get(of, {}).items():
                if other != key and text.strip().casefold() == label.get(language, "").strip().casefold():
                    row.refuse(
                        f"“{text}” is what another answer of “{of}” says",
                        "Give it words of its own: what was recorded under it keeps its meaning",
                    )

    def hide_question(self, row: Table) -> None:
        """Takes a question off its form. Refuses one that the law, a room or a return needs."""
        form, question = self.question(row)
        key = question["key"]
        if question.get("bound_to"):
            row.refuse(f"“{key}” is kept in {question['bound_to']}, and is needed there", _LEAVE)
        if question.get("required"):
            row.refuse(f"“{key}” must be answered", _LEAVE)
        if (question.get("basis") or form["basis"])["kind"] == "statutory":
            row.refuse(f"“{key}” is asked by law", _LEAVE)
        if form["key"] in self.assessments and key in {**ASSESSMENT_ASKS, **EVERY_ASSESSMENT_ASKS}:
            row.refuse(f"every assessment asks “{key}”", _LEAVE)
        for section in form["sections"]:
            section["questions"] = [one for one in section["questions"] if one is not question]
        del self.asked[form["key"]][key]
        self.hidden_questions[form["key"], key] = row.where

    def hide_option(self, row: Table, closed: Iterable[str]) -> None:
        """Takes an option off its list. Refuses one that a room knows by name or a return counts."""
        rows, of = self.options(row)
        option = find(rows, row, "option", row.key("option"))
        if of in closed:
            row.refuse(f"the answers of “{of}” are known one by one elsewhere", _LEAVE)
        if option.get("code"):
            row.refuse(f"a return counts “{option['key']}” as {option['code']}", _LEAVE)
        rows[:] = [one for one in rows if one is not option]
        self.hidden_options[of, option["key"]] = row.where

    def orphans(self) -> Iterator[Fault]:
        """What was left without that which it looks at, and a section that asks nothing."""
        for form in self.forms():
            asked = self.asked[form["key"]]
            for question in asked.values():
                yield from self._orphan(form["key"], question, asked)
            form["sections"] = [one for one in form["sections"] if one["questions"] or self._was_added(one)]
        for where, section in self.added_sections:
            if not section["questions"]:
                yield Fault(where, "it asks nothing", f'Add a question to it with section = "{section["key"]}"')

    def _orphan(self, form: str, question: Values, asked: Mapping[str, Values]) -> Iterator[Fault]:
        condition = question.get("asked_when")
        if not isinstance(condition, Mapping):
            return
        looked_at = condition.get("question")
        mend = f"Hide “{question['key']}” too, or leave both"
        if where := self.hidden_questions.get((form, str(looked_at))):
            yield Fault(where, f"“{question['key']}” looks at its answer, and could never be asked", mend)
        of = asked.get(str(looked_at), {}).get("list", f"{form}.{looked_at}")
        looked_for = condition.get("is")
        for answer in looked_for if isinstance(looked_for, list) else ():
            if where := self.hidden_options.get((of, str(answer))):
                yield Fault(where, f"“{question['key']}” looks for that answer", mend)

    def _was_added(self, section: Values) -> bool:
        return any(section is added for _where, added in self.added_sections)

    def _lists(self) -> Iterator[Values]:
        for file in LIST_FILES:
            yield from self.values[file]["lists"]


_LEAVE = "Leave it where it is; its words may be changed with [[reword]]"


@dataclass
class Rows:
    """Things with keys, in the order in which they are asked or offered. Changed in place."""

    rows: list[Values]
    thing: str

    def put(self, row: Table, new: Values) -> None:
        """Adds ``new`` where the row says, `before` or `after` another; at the end where it says neither."""
        place = len(self.rows)
        if row.has("after"):
            place = self._place(row, "after") + 1
        elif row.has("before"):
            place = self._place(row, "before")
        self.rows.insert(place, new)

    def in_order(self, row: Table, keys: tuple[str, ...]) -> None:
        """Puts all of them in that order. Refuses keys that are not exactly theirs."""
        by_key = {one["key"]: one for one in self.rows}
        if set(keys) != set(by_key):
            row.refuse(
                f"these are not the {self.thing}s that are there",
                f"Name each of them once: {', '.join(by_key)}",
            )
        self.rows[:] = [by_key[key] for key in keys]

    def _place(self, row: Table, name: str) -> int:
        key = row.text(name)
        # From the end, since what is added mostly follows what was added last.
        for place in reversed(range(len(self.rows))):
            if self.rows[place]["key"] == key:
                return place
        find(self.rows, row, self.thing, key)
        return len(self.rows)


def find(rows: Iterable[Values], row: Table, thing: str, key: str) -> Values:
    """The one of that key. Refuses the row that names one which is not there."""
    there = {one["key"]: one for one in rows}
    if key not in there:
        near = [one for one in there if key[:3] in one] or list(there)
        row.refuse(f"there is no {thing.replace('_', ' ')} “{key}”", f"Choose from: {', '.join(near[:12])}")
    return there[key]


def _questions(form: Values) -> Iterator[Values]:
    for section in form["sections"]:
        yield from section["questions"]
