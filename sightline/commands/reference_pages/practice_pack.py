"""What the shipped practice pack says: numbers, outcomes and lists, each with its source."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import sightline.practice
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import read_source
from sightline.practice.spec import Basis, OptionList, Outcome, Pack, Threshold

PACKS = Path(sightline.practice.__file__).parent / "packs"
HEAD = """\
# The shipped practice packs

What an authority may change, as it ships. *Not confirmed* marks what has yet to be checked against
its source. Pages of their own have the [clocks](clocks.md), the [forms](form-catalogue.md), and
[what rests on which source](rules.md). Written by `./run reference`.
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
        *table("Lists of answers", ("List", "Answers", "Kind", "Source"), map(_list, pack.lists)),
    ]
    return "\n".join([*lines, ""])


def table(title: str, columns: Sequence[str], rows: Iterable[Iterable[str]], *, level: int = 3) -> list[str]:
    """A table under its heading, as lines of Markdown."""
    head = [_row(columns), "|" + "---|" * len(columns)]
    return ["", f"{'#' * level} {title}", "", *head, *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _threshold(threshold: Threshold) -> tuple[str, ...]:
    return f"{threshold.label} (`{threshold.key}`)", str(threshold.number), *source(threshold.basis)


def _list(listed: OptionList) -> tuple[str, ...]:
    answers = (f"{option.label}{f' ({option.code})' if option.code else ''}" for option in listed.options)
    return f"{listed.title} (`{listed.key}`)", "; ".join(answers), *source(listed.basis)


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    opens = str(outcome.opens_step.words) if outcome.opens_step else "nothing"
    return f"{outcome.label} (`{outcome.key}`)", str(outcome.will_do), opens, *source(outcome.basis)


def source(basis: Basis) -> tuple[str, str]:
    """What kind of rule it is, and where it comes from."""
    return basis.kind, f"{basis.citation}{'' if basis.confirmed else ' (not confirmed)'}"
