"""What three tasks cost a worker, as the story counted it: held to its aims, and written down or compared."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from tests.web.stories.counting import Tally
from tests.web.stories.looking import ROOT

PAGE = ROOT / "docs" / "reference" / "burden.md"
KNOWN = "A contact about a known child"
UNKNOWN = "A contact about an unknown child"
DECIDED = "Decide and feed back"

QUESTIONS = {
    "find": "who it is about", "who": "who is telling us", "who_name": "their name", "who_phone": "their phone",
    "who_safe": "when it is safe to ring them", "capacity": "in what capacity", "channel": "how they got in touch",
    "received": "when we heard", "saw_or_heard": "what they saw or heard",
    "fears": "what they fear", "danger_now": "danger now", "history_bears": "what in the history bears on it",
    "together_with": "the same incident as an earlier contact", "documents": "attached files",
    "knows": "whether each parent knows and agrees", "why": "why a parent was not told", "given": "given names",
    "family": "family name", "born": "born", "described": "how they were described", "sex": "sex",
    "lines": "where they live", "postcode": "postcode", "number": "a number", "relation": "who they are to the child",
    "responsible": "parental responsibility", "outcome": "what it becomes", "reason": "why", "need": "main need",
    "would_change": "what would change it", "feedback_text": "the message, which is drafted",
    "means": "another way to tell them", "tied": "to which child",
}  # fmt: skip

ROWS = {"p0": "the child: ", "p1": "the mother: "}


@dataclass(frozen=True)
class Task:
    """One task as it was played. `refused_without` are the inputs without which the page records nothing."""

    name: str
    tally: Tally
    refused_without: set[str]

    @property
    def beside_the_reason(self) -> set[str]:
        return self.tally.answered - {"reason"}

    @property
    def filled_for_them(self) -> set[str]:
        """What stands in the record and nobody typed there: it follows from what they did type."""
        return self.tally.filled - self.tally.answered

    @property
    def shown(self) -> set[str]:
        """A parent who was not yet named when the page opened and is now is one parent."""
        return self.tally.shown - ({"h-knows", "h-why"} if "h-knows" not in self.tally.answered else set())

    @property
    def left_empty(self) -> set[str]:
        return self.shown - self.tally.answered - self.filled_for_them


def hold(tasks: Sequence[Task]) -> None:
    """Every aim is met, and the page in docs/ says what was counted; with SIGHTLINE_WRITE_DOCS it is written."""
    known, unknown, decided = tasks
    for task in tasks:
        assert task.tally.pages == 1, f"{task.name} took {task.tally.pages} pages"
        assert task.refused_without <= task.tally.answered, f"{task.name}: something required was not asked"
    assert len(known.refused_without) <= 6, f"{known.name} requires {sorted(known.refused_without)}"
    assert len(unknown.refused_without) <= 10, f"{unknown.name} requires {sorted(unknown.refused_without)}"
    assert len(decided.beside_the_reason) <= 3, f"{decided.name} asks {sorted(decided.beside_the_reason)}"
    page = written(tasks)
    if os.environ.get("SIGHTLINE_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, (
        "docs/reference/burden.md is not what the story counted. Write it anew: "
        "SIGHTLINE_WRITE_DOCS=1 ./run test tests/web/stories/test_a_concern.py"
    )


def written(tasks: Sequence[Task]) -> str:
    """The page, the same to the letter for the same counts."""
    lines = [HEAD, "", *_table(tasks), ""]
    for task in tasks:
        lines += [f"## {task.name}", "", AIMS[task.name], ""]
        lines += [f"- Required: {_listing(task.refused_without)}."]
        lines += [f"- Answered besides: {_listing(task.tally.answered - task.refused_without)}."]
        lines += [f"- Filled from what was typed, and only read: {_listing(task.filled_for_them)}."]
        lines += [f"- Shown and left empty: {_listing(task.left_empty)}.", ""]
    return "\n".join([*lines, TAIL, ""])


def _table(tasks: Sequence[Task]) -> list[str]:
    rows = [
        ["", *(task.name for task in tasks)],
        ["---", *("---:" for _ in tasks)],
        ["Pages", *(str(task.tally.pages) for task in tasks)],
        ["Inputs shown", *(str(len(task.shown)) for task in tasks)],
        ["Inputs required", *(str(len(task.refused_without)) for task in tasks)],
        ["Inputs answered", *(str(len(task.tally.answered)) for task in tasks)],
        ["Clicks", *(str(task.tally.clicks) for task in tasks)],
        ["Keystrokes, besides the story's own words", *(str(task.tally.keys) for task in tasks)],
        ["Keystrokes in the story's own words", *(str(task.tally.words) for task in tasks)],
    ]
    return ["| " + " | ".join(row) + " |" for row in rows]


def _listing(names: set[str]) -> str:
    asked = sorted({_question(name) for name in names})
    return "; ".join(asked) if asked else "nothing"


def _question(name: str) -> str:
    """What an input asks, and of whom, where the page has a row for each person."""
    row, _, question = name.rpartition("-")
    return ROWS.get(row, "") + QUESTIONS[question]


HEAD = """# What a task costs the worker

This page is written by the browser story in `tests/web/stories/test_a_concern.py`, which counts in
the browser while it plays each task, and fails when an aim is missed or when this page says
anything else than what it counted.

How it is counted: from the open page to the button that records. A page is one on which something
was typed or pressed; the page that comes after is not. An input is one question to one person,
however many buttons it has, and is shown when it could be seen at any moment of the task. It is
required when the page refuses to record without it: the story presses the button on the empty page
first and counts the refusals. Picking from a list is two clicks. Every task makes a complete record,
and the page must be empty when counting begins: an answer that is there beforehand fails the story.
What is typed into the long boxes, which is the story itself in somebody's words, is counted apart."""

AIMS = {
    KNOWN: "Aim: 1 page, at most 6 inputs required. Met.",
    UNKNOWN: "Aim: 1 page, at most 10 inputs required. Met. What was typed to find a person "
    "fills\ntheir name, birth and postcode when they are registered. A hospital tells us in several "
    "capacities, so it is\nasked which.",
    DECIDED: "Aim: 1 page, at most 3 inputs beside the reason. Met, with what would change the decision as one of "
    "the three.\nThe feedback is drafted from the outcome, and the button that decides also sends it.",
}

TAIL = """## What was tried, and what is not in the counts

- Each further person with parental responsibility is one question more: whether they know and agree.
- Choosing how the other agency is told was an input of its own. It is a button now, which decides and
  sends by the secure link; telling them in a call takes two inputs more, under a line that unfolds.
- What in the history bears on it is asked on both pages and required on neither. Written on the
  decision as well, it would be a fourth input beside the reason.
- When we heard is taken as the moment of recording unless another is written. That is the record's
  own clock, and the one thing that nobody is asked."""
