"""What tasks cost a worker, as the stories counted it: held to its aims, and written down or compared.

Each story counts its own part of the page, so that they may be played in any order and alone.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.web.stories.counting import Tally
from tests.web.stories.looking import ROOT
from tests.web.stories.steps import Desk

PAGE = ROOT / "docs" / "reference" / "burden.md"
KNOWN = "A contact about a known child"
UNKNOWN = "A contact about an unknown child"
DECIDED = "Decide and feed back"

EVIDENCE = "An answer to a request for evidence"
VIEW = "A view for a conference"
CONVENED = "Convene a conference"
OUTCOME = "Record the outcome of a conference on two children"
OPENED = "Open a section 47 enquiry"
RAISED = "Raise a disagreement"
ESCALATED = "Take a disagreement further"
VISIT = "A visit to four brothers and sisters"
FRONT_DOOR, VISITS, FROM_OTHERS, ORDER = (
    "At the front door", "A visit", "Evidence from others", "What comes late or out of order",
)  # fmt: skip
ENQUIRIES, CONFERENCES, DISAGREEMENTS = "An enquiry", "A conference", "A disagreement"
PARTS = (FRONT_DOOR, VISITS, FROM_OTHERS, ENQUIRIES, CONFERENCES, DISAGREEMENTS, ORDER)

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

OF_A_VISIT = {
    "outcome": "whether and how the child was seen", "words": "what the child said, did or drew",
    "reason": "the reason", "reason_given_by": "who gave it", "pictures": "a picture",
    "kept_to": "who alone may read what the child said",
    "when": "when it was", "announced": "whether the family knew", "place": "where it was",
    "sleeping": "whether one saw where the children sleep", "present": "who was there", "text": "what happened",
    "late_because": "why later than due", "documents": "attached files", "adults": "which adults it goes to as well",
}  # fmt: skip
OF_AN_ANSWER = {"code": "the code from the call", "text": "what they know", "signed": "their name and post"}

OF_A_VIEW = {
    "code": "the code from the call", "text": "what they know and think", "for_plan": "what they would decide",
    "signed": "their name and post",
}  # fmt: skip

OF_A_CONFERENCE = {
    "kind": "which conference it is", "children": "which children it is about", "starts": "when it is",
    "place": "where it is", "chair": "who chairs it", "come": "each who is invited: that they are",
    "safe": "each of the family: whether it is safe to tell them",
    "safe_because": "each of the family: how that is known", "name": "each at an agency: their name",
    "report": "each who works with them: whether a report is asked for",
}  # fmt: skip
OF_AN_OUTCOME = {
    "held_at": "when it was held", "attendance": "each invitee: whether they were there",
    "view": "each invitee: whether they gave a view", "words": "what each said, and what is to be different",
    "for_plan": "what each would decide", "deputy": "who came for them", "alone_because": "why with too few there",
    "part": "each child: their part", "part_words": "each child: what they wanted known",
    "decision": "each child: what was decided", "category": "each child: the main category",
    "others": "each child: further categories", "reasons": "each child: why", "invitee": "who does not agree",
    "text": "what was said", "child": "whom an outcome is for", "childs_words": "it in the child's words",
    "how_we_know": "how one shall know", "what": "what is to be done", "who": "who does it",
    "by_when": "by when", "why": "why it is done", "post": "which of us sees to it",
    "contingency": "what if it does not work", "further_action": "when one goes to court",
    "next_on": "when the next one is", "about": "which children a paragraph is about",
    "section": "what kind of information it is", "handling": "how it may be handled",
    "kept_from": "who is not to have it",
}  # fmt: skip
OF_A_DISAGREEMENT = {
    "about": "what it is about", "side": "who does not agree", "words": "what they say",
    "with_words": "what the other side says", "safety": "how the children are kept safe meanwhile",
    "came_of": "what came of this stage", "post": "which of us carries it", "resolver": "who resolves it",
}  # fmt: skip
OF_AN_ENQUIRY = {"children": "which children", "why": "why"}

ROWS = {"p0": "the child: ", "p1": "the mother: "}


@dataclass(frozen=True)
class Task:
    """One task as it was played. `refused_without` are the inputs without which the page records nothing."""

    name: str
    tally: Tally
    refused_without: set[str]
    questions: Mapping[str, str] = field(default_factory=lambda: QUESTIONS)

    @property
    def beside_each_child(self) -> set[str]:
        """What is said once, however many children it concerns."""
        return {name for name in self.tally.answered if not name.startswith("c-")}

    @property
    def beside_each_invitee(self) -> set[str]:
        """What is said once, however many are invited."""
        return {name for name in self.tally.answered if not name.startswith(("agency-", "person-", "post-"))}

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


@dataclass
class Order:
    """Saves of what came late, out of order or after an ending; and those that were refused."""

    tried: int = 0
    refused: list[str] = field(default_factory=list)

    def saves(self, desk: Desk, button: str) -> None:
        """Presses the button that records, and notes a page that comes back with a problem."""
        self.tried += 1
        before = desk.page.url
        with desk.page.expect_navigation():
            desk.presses(button)
        told = desk.page.locator(".govuk-error-summary")
        if told.count():
            self.refused.append(f"{before}: {told.inner_text()}")


def hold(tasks: Sequence[Task]) -> None:
    """Every aim is met, and the page in docs/ says what was counted; with SIGHTLINE_WRITE_DOCS it is written."""
    known, unknown, decided = tasks
    for task in tasks:
        assert task.tally.pages == 1, f"{task.name} took {task.tally.pages} pages"
        assert task.refused_without <= task.tally.answered, f"{task.name}: something required was not asked"
    assert len(known.refused_without) <= 6, f"{known.name} requires {sorted(known.refused_without)}"
    assert len(unknown.refused_without) <= 10, f"{unknown.name} requires {sorted(unknown.refused_without)}"
    assert len(decided.beside_the_reason) <= 3, f"{decided.name} asks {sorted(decided.beside_the_reason)}"
    _hold_part(FRONT_DOOR, _told(tasks))


def hold_visit(task: Task) -> None:
    """The aim of a visit to four, and its part of the page."""
    assert task.refused_without <= task.tally.answered, "Something required was not asked"
    assert len(task.beside_each_child) <= 6, f"{task.name} asks {sorted(task.beside_each_child)}"
    assert task.tally.clicks <= 10, f"{task.name} took {task.tally.clicks} clicks"
    assert task.tally.pages <= 2, f"{task.name} took {task.tally.pages} pages"
    _hold_part(VISITS, _told([task]))


def hold_evidence(task: Task) -> None:
    """The aim of an answer that needs no account, and its part of the page."""
    assert task.refused_without <= task.tally.answered, "Something required was not asked"
    assert len(task.tally.answered) <= 3, f"{task.name} asks {sorted(task.tally.answered)}"
    _hold_part(FROM_OTHERS, _told([task]))


def hold_enquiry(task: Task) -> None:
    """The aim of opening an enquiry, and its part of the page."""
    _hold_inputs(task, task.tally.answered, 2)
    _hold_part(ENQUIRIES, _told([task]))


def hold_conference(convened: Task, viewed: Task, decided: Task) -> None:
    """The aims of convening a conference, of a view for it, and of its outcome, and their part of the page."""
    _hold_inputs(convened, convened.beside_each_invitee, 4)
    _hold_inputs(viewed, viewed.tally.answered - {"code"}, 3)
    for task in (convened, decided):
        assert task.tally.pages == 1, f"{task.name} took {task.tally.pages} pages"
    _hold_part(CONFERENCES, _told([convened, viewed, decided]))


def hold_disagreement(raised: Task, escalated: Task) -> None:
    """The aims of raising a disagreement and of taking it further, and their part of the page."""
    for task in (raised, escalated):
        _hold_inputs(task, task.tally.answered, 4)
        assert task.tally.pages == 1, f"{task.name} took {task.tally.pages} pages"
    _hold_part(DISAGREEMENTS, _told([raised, escalated]))


def _hold_inputs(task: Task, asked: set[str], most: int) -> None:
    assert task.refused_without <= task.tally.answered, f"{task.name}: something required was not asked"
    assert len(asked) <= most, f"{task.name} asks {sorted(asked)}"


def hold_order(order: Order) -> None:
    """Nothing is refused for coming late, out of order, or after an ending."""
    assert not order.refused, order.refused
    _hold_part(
        ORDER, f"{ORDER_TOLD}\n\n- Saves tried: {order.tried}.\n- Saves refused for order: {len(order.refused)}.\n"
    )


def _hold_part(title: str, told: str) -> None:
    """The page in docs/ says under this title what was counted; with SIGHTLINE_WRITE_DOCS it is written."""
    parts = _parts_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    if os.environ.get("SIGHTLINE_WRITE_DOCS"):
        parts[title] = told
        PAGE.write_text(whole(parts), encoding="utf-8")
    assert parts.get(title) == told, (
        f"docs/reference/burden.md is not what the story counted under “{title}”. Write it anew: "
        "SIGHTLINE_WRITE_DOCS=1 ./run test tests/web/stories -n 0"
    )


def whole(parts: Mapping[str, str]) -> str:
    """The page with these parts, in their order."""
    told = [f"## {title}\n\n{parts[title]}" for title in PARTS if title in parts]
    return "\n".join([HEAD, "", *told, TAIL, ""])


def _parts_of(page: str) -> dict[str, str]:
    found = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return {
        title: told.strip("\n") + "\n" for title, told in zip(found[1::2], found[2::2], strict=True) if title in PARTS
    }


def _told(tasks: Sequence[Task]) -> str:
    """A part of the page, the same to the letter for the same counts."""
    lines = [*_table(tasks), ""]
    for task in tasks:
        lines += [f"### {task.name}", "", AIMS[task.name], ""]
        lines += [f"- Required: {_listing(task, task.refused_without)}."]
        lines += [f"- Answered besides: {_listing(task, task.tally.answered - task.refused_without)}."]
        lines += [f"- Filled from what was typed, and only read: {_listing(task, task.filled_for_them)}."]
        lines += [f"- Shown and left empty: {_listing(task, task.left_empty)}."]
        if task.beside_each_child != task.tally.answered:
            lines += [f"- Inputs answered beside each child's own facts: {len(task.beside_each_child)}."]
        lines += [""]
    return "\n".join(lines)


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


def _listing(task: Task, names: set[str]) -> str:
    asked = sorted({_question(task, name) for name in names})
    return "; ".join(asked) if asked else "nothing"


def _question(task: Task, name: str) -> str:
    """What an input asks, and of whom, where the page has a row for each person."""
    row, _, question = name.rpartition("-")
    whose = "each child: " if row.startswith("c-") else ROWS.get(row, "")
    return whose + task.questions[question]


HEAD = """# What a task costs the worker

This page is written by the browser stories in `tests/web/stories`, which count in the browser while
they play each task, and fail when an aim is missed or when this page says anything else than what
they counted.

How it is counted: from the open page to the button that records. A page is one on which something
was typed or pressed; the page that comes after is not. An input is one question to one person,
however many buttons it has, and is shown when it could be seen at any moment of the task. It is
required when the page refuses to record without it: the story presses the button on the empty page
first and counts the refusals. Picking from a list is two clicks. Every task makes a complete record,
and the page must be empty when counting begins: an answer that is there beforehand fails the story.
What is typed into the long boxes, which is the story itself in somebody's words, is counted apart."""

ORDER_TOLD = """Aim: no save is refused because of the order in which things come. Met. The story of three siblings
writes a visit before the moment for which it was planned, a visit of days before after a newer one, a review
held before the latest one after it, and a visit after involvement has ended."""

AIMS = {
    KNOWN: "Aim: 1 page, at most 6 inputs required. Met.",
    UNKNOWN: "Aim: 1 page, at most 10 inputs required. Met. What was typed to find a person "
    "fills\ntheir name, birth and postcode when they are registered. A hospital tells us in several "
    "capacities, so it is\nasked which.",
    DECIDED: "Aim: 1 page, at most 3 inputs beside the reason. Met, with what would change the decision as one of "
    "the three.\nThe feedback is drafted from the outcome, and the button that decides also sends it.",
    VISIT: "Aim: at most 6 inputs beside each child's own facts, 10 clicks, 2 pages. Met, from the child's record, "
    "where one\nbegins, to the button that records. Each child has an outcome and their own words. Boxes are reached "
    "by the tab key,\nwhose presses are among the keystrokes; a click is a choice.",
    EVIDENCE: "Aim: at most 3 inputs, without an account. Met, on a phone, from the link to the button that sends. The "
    "code is\none of the three: it is read out in a call, and the link opens nothing without it.",
    OPENED: "Aim: 2 inputs. Met. The child from whose record one comes is ticked, and counts as an input all the same.",
    CONVENED: "Aim: 1 page, at most 4 inputs beside confirming each who is invited. Met. Which conference it is "
    "follows\nfrom the enquiry or the plan that asks for it. Those whom the enquiry was about are ticked, and "
    "count as an input.\nConfirming somebody is a tick, and of the family whether it is safe to tell them, "
    "and how that is known.",
    VIEW: "Aim: at most 3 inputs, without an account, on a phone. Met, beside the code that is read out in a call.",
    OUTCOME: "Aim: 1 page. Met, for six invitees and two children, one of whom has a plan. Its words are put in at "
    "once,\nand their keystrokes are not counted.",
    RAISED: "Aim: at most 4 inputs. Met, from the page of what was decided, which says what it is about. What comes "
    "by a\nlink is made a disagreement with one press.",
    ESCALATED: "Aim: at most 4 inputs. Met.",
}

TAIL = """## What was tried, and what is not in the counts

- Each further person with parental responsibility is one question more: whether they know and agree.
- Choosing how the other agency is told was an input of its own. It is a button now, which decides and
  sends by the secure link; telling them in a call takes two inputs more, under a line that unfolds.
- Who alone may read what a child said is asked under a line that unfolds, for the child who asked for it: a
  click, and one more for each who is named. No child of the visit to four asked.
- What in the history bears on it is asked on both pages and required on neither. Written on the
  decision as well, it would be a fourth input beside the reason.
- When we heard is taken as the moment of recording unless another is written. That is the record's
  own clock, and the one thing that nobody is asked."""
