"""What the shipped practice pack says: clocks, outcomes, letters, each with its source."""

from pathlib import Path

import sightline.practice
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import read_source
from sightline.practice.spec import Basis, Pack

PACKS = Path(sightline.practice.__file__).parent / "packs"


def page() -> str:
    parts = [
        "# The shipped practice packs\n\nWhat an authority may change, as it ships. *Not confirmed* marks "
        "what has yet to be checked against its source. Written by `./run reference`.\n"
    ]
    for folder in sorted(path for path in PACKS.iterdir() if path.is_dir()):
        parts.append(_pack(parse_pack(read_source(folder).values)))
    return "\n".join(parts)


def _pack(pack: Pack) -> str:
    lines = [f"## {pack.title}", "", "### Clocks", "", "| Clock | Length | Kind | Source |", "|---|---|---|---|"]
    for clock in pack.timescales:
        length = "at once" if clock.unit == "at once" else f"{clock.length} {clock.unit}, {clock.by}"
        lines.append(f"| {clock.label} (`{clock.key}`) | {length} | {_source(clock.basis)} |")
    lines += [
        "",
        "### What a contact may become",
        "",
        "| Outcome | What the system does | Opens | Kind | Source |",
        "|---|---|---|---|---|",
    ]
    for outcome in pack.outcomes:
        opens = str(outcome.opens_step.words) if outcome.opens_step else "nothing"
        lines.append(f"| {outcome.label} (`{outcome.key}`) | {outcome.will_do} | {opens} | {_source(outcome.basis)} |")
    lines += [
        "",
        "### The contact form",
        "",
        "| Question | Asked of | Must have an answer | Kept in |",
        "|---|---|---|---|",
    ]
    for question in pack.form("contact").questions:
        needed = "yes" if question.required else "no"
        lines.append(
            f"| {question.label} (`{question.key}`) | {question.asked_of} | {needed} | {question.bound_to or 'answers'} |"
        )
    return "\n".join([*lines, ""])


def _source(basis: Basis) -> str:
    return f"{basis.kind} | {basis.citation}{'' if basis.confirmed else ' (not confirmed)'}"
