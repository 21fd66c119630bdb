"""What the shipped practice pack says: numbers, outcomes, forms and lists, each with its source."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import sightline.practice
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import read_source
from sightline.practice.spec import Basis, Form, OptionList, Outcome, Pack, Question, Threshold

PACKS = Path(sightline.practice.__file__).parent / "packs"
HEAD = """\
# The shipped practice packs

What an authority may change, as it ships. *Not confirmed* marks what has yet to be checked against
its source. The clocks have a page of their own, [Clocks](clocks.md). Written by `./run reference`.
"""


def page() -> str:
    return "\n".join([HEAD, *map(_pack, packs())])


def packs() -> list[Pack]:
    """The packs that come with the product, by their folders' names."""
    folders = sorted(path for path in PACKS.iterdir() if path.is_dir())
    return [parse_pack(read_source(folder).values) for folder in folders]


def _pack(pack: Pack) -> str:
    outcomes = ("Outcome", "What the system does", "Opens", "Kind", "Source")
    lines = [
        f"## {pack.title}",
        *table("Numbers", ("What is shown from it", "Number", "Kind", "Source"), map(_threshold, pack.thresholds)),
        *table("What a contact may become", outcomes, map(_outcome, pack.outcomes)),
        *(line for form in pack.forms for line in _form(form)),
        *table("Lists of answers", ("List", "Answers", "Kind", "Source"), map(_list, pack.lists)),
    ]
    return "\n".join([*lines, ""])


def _form(form: Form) -> list[str]:
    columns = ("Question", "Asked of", "An answer, or why there is none", "Kept in")
    return table(f"The form “{form.title}”", columns, map(_question, form.questions))


def table(title: str, columns: Sequence[str], rows: Iterable[Iterable[str]], *, level: int = 3) -> list[str]:
    """A table under its heading, as lines of Markdown."""
    head = [_row(columns), "|" + "---|" * len(columns)]
    return ["", f"{'#' * level} {title}", "", *head, *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _threshold(threshold: Threshold) -> tuple[str, ...]:
    return f"{threshold.label} (`{threshold.key}`)", str(threshold.number), *_source(threshold.basis)


def _list(listed: OptionList) -> tuple[str, ...]:
    answers = (f"{option.label}{f' ({option.code})' if option.code else ''}" for option in listed.options)
    return f"{listed.title} (`{listed.key}`)", "; ".join(answers), *_source(listed.basis)


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    opens = str(outcome.opens_step.words) if outcome.opens_step else "nothing"
    return f"{outcome.label} (`{outcome.key}`)", str(outcome.will_do), opens, *_source(outcome.basis)


def _question(question: Question) -> tuple[str, ...]:
    needed = "yes" if question.required else "no"
    kept = str(question.bound_to or "answers")
    return f"{question.label} (`{question.key}`)", str(question.asked_of), needed, kept


def _source(basis: Basis) -> tuple[str, str]:
    return basis.kind, f"{basis.citation}{'' if basis.confirmed else ' (not confirmed)'}"
