"""The census beside an open validator: the same file, the same rules, each in a process of its own."""

import importlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.commands.bench_line import Line
from sightline.commands.bench_others import environment

YEAR, RULES, SEED = 2027, "cin2026_27", 1


@dataclass(frozen=True)
class Judged:
    """What one judge took, in seconds and megabytes, and how often it found each rule broken."""

    seconds: float
    mb: float
    rules: int
    found: dict[str, int]


def census_file(folder: Path, children: int) -> Path:
    """A census of so many children, with some faults: every twelfth child, where a boy, has a sex that is none."""
    # The tests' own maker of clean files: what a rule has no word to say about is known best there.
    whole: bytes = importlib.import_module("tests.returns.clean_files").clean_file(seed=SEED, size=children, year=YEAR)
    file = folder / "census.xml"
    head, *bodies = whole.split(b"<Child>")
    spoilt = [body.replace(b"<Sex>M<", b"<Sex>X<") if not number % 12 else body for number, body in enumerate(bodies)]
    file.write_bytes(b"<Child>".join([head, *spoilt]))
    return file


def ours(file: Path) -> Judged:
    command = [sys.executable, "-P", "-m", "sightline.commands.bench_others.our_judge", str(file)]
    # Called with words of ours alone.
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return _judged(json.loads(done.stdout))


def theirs(file: Path) -> Judged:
    """Refuses (`NotToBeHad`) where it cannot be installed."""
    return _judged(environment.ask("their_judge.py", str(file), RULES, folder=file.parent))


def _judged(told: dict[str, Any]) -> Judged:
    return Judged(told["seconds"], told["mb"], told["rules"], told["found"])


def lines(product: Judged, other: Judged | None, size: str) -> list[Line]:
    """Both, with how many times the product the other takes."""
    told = [Line("Read a census file and check it: the product", size, product.seconds, memory=product.mb, unit="s")]
    if other:
        told.append(Line(
            "The same: csc-validator-be-cin", size, other.seconds, memory=other.mb,
            ratio=round(other.seconds / product.seconds, 1), beside="the product", unit="s",
        ))  # fmt: skip
    return told


def said(product: Judged, other: Judged) -> list[str]:
    """What both found."""
    only = sorted(product.found.keys() ^ other.found.keys())
    same = f"only one of them speaks of {', '.join(only)}" if only else "of the same rules"
    return [(
        f"The product asked {product.rules} rules and found {len(product.found)} broken; the validator asked"
        f" {other.rules} and found {len(other.found)} broken, {same}. Place by place:"
        " [the census under two judges](census-judges.md)."
    )]  # fmt: skip
