"""What the shipped practice pack says: clocks, outcomes, letters, each with its source."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import sightline.practice
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import read_source
from sightline.practice.spec import Basis, Outcome, Pack, Question, Timescale

PACKS = Path(sightline.practice.__file__).parent / "packs"
HEAD = """\
# The shipped practice packs

What an authority may change, as it ships. *Not confirmed* marks what has yet to be checked against
its source. Written by `./run reference`.
"""


def page() -> str:
    folders = sorted(path for path in PACKS.iterdir() if path.is_dir())
    return "\n".join([HEAD, *(_pack(parse_pack(read_source(folder).values)) for folder in folders)])


def _pack(pack: Pack) -> str:
    outcomes = ("Outcome", "What the system does", "Opens", "Kind", "Source")
    questions = ("Question", "Asked of", "Must have an answer", "Kept in")
    lines = [
        f"## {pack.title}",
        *_table("Clocks", ("Clock", "Length", "Kind", "Source"), map(_clock, pack.timescales)),
        *_table("What a contact may become", outcomes, map(_outcome, pack.outcomes)),
        *_table("The contact form", questions, map(_question, pack.form("contact").questions)),
    ]
    return "\n".join([*lines, ""])


def _table(title: str, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = [_row(columns), "|" + "---|" * len(columns)]
    return ["", f"### {title}", "", *head, *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _clock(clock: Timescale) -> tuple[str, ...]:
    length = "at once" if clock.unit == "at once" else f"{clock.length} {clock.unit}, {clock.by}"
    return f"{clock.label} (`{clock.key}`)", length, *_source(clock.basis)


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    opens = str(outcome.opens_step.words) if outcome.opens_step else "nothing"
    return f"{outcome.label} (`{outcome.key}`)", str(outcome.will_do), opens, *_source(outcome.basis)


def _question(question: Question) -> tuple[str, ...]:
    needed = "yes" if question.required else "no"
    kept = str(question.bound_to or "answers")
    return f"{question.label} (`{question.key}`)", str(question.asked_of), needed, kept


def _source(basis: Basis) -> tuple[str, str]:
    return basis.kind, f"{basis.citation}{'' if basis.confirmed else ' (not confirmed)'}"
