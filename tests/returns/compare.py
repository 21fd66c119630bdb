"""Compares our judge of the census with somebody else's, place by place, and writes the page that says so.

    .venv/bin/python -m tests.returns.compare --judge PYTHON --write FILE...

PYTHON is that of an environment with csc-validator-be-cin, numpy below 2 and pytest. Without --write the
page is printed. A difference that `settled` does not explain, place by place, is said and ends with 1.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sightline.returns.cin import RULES, Census, Child, Stray, judge, open_census
from sightline.returns.cin.parts import Group
from sightline.returns.cin.report import rule_order
from sightline.returns.cin.rules.register import WHOLE_RULES
from tests.returns.settled import SETTLED, SHOWN_OTHERWISE, Only, Side

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "census-judges.md"
RULE_SET = "cin2026_27"


class Place(NamedTuple):
    """Where a fault was found: in whose record, on which line, which element, and what stands there."""

    child: str
    line: int
    element: str
    found: str


Row = tuple[str, int]
"""A child and the line of the group that a place stands in: one name for it, whichever of its values is shown."""
Found = dict[Row, Place]


@dataclass
class Compared:
    """One file under both judges."""

    name: str
    census: Census
    children: int
    rules: int
    failed: list[str]
    ours: dict[str, Found]
    theirs: dict[str, Found]
    unexplained: list[str] = field(default_factory=list)

    def codes(self) -> list[str]:
        """Every rule that either found broken, checks of ours left out: the other has none of them."""
        return [code for code in sorted({*self.ours, *self.theirs}, key=rule_order) if not code.startswith("SL")]

    def only(self, code: str) -> Iterator[tuple[Side, Place]]:
        """What one found and the other did not."""
        ours, theirs = self.ours.get(code, {}), self.theirs.get(code, {})
        yield from (("ours", ours[row]) for row in sorted(ours.keys() - theirs.keys()))
        yield from (("theirs", theirs[row]) for row in sorted(theirs.keys() - ours.keys()))

    def both_find(self, code: str, child: str) -> bool:
        """Whether both find something of this child's by this rule."""
        return all(any(child == row[0] for row in found.get(code, {})) for found in (self.ours, self.theirs))


def compare(file: Path, judge_python: str) -> Compared:
    """Asks both."""
    census = open_census(file)
    children = [child for child in census.children() if not isinstance(child, Stray)]
    homes = _homes(children)
    ours: dict[str, Found] = defaultdict(dict)
    for fault in judge(census).faults:
        home = homes.get((fault.child, fault.line, fault.element), fault.line)
        where = Place(fault.child, fault.line, fault.element, fault.found) if fault.child else WHOLE
        ours[fault.rule][fault.child, home if fault.child else 0] = where
    asked = [judge_python, str(Path(__file__).with_name("ask_judge.py")), str(file), RULE_SET]
    # Called with words of ours, in the environment that whoever runs this named.
    said = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
    groups = _groups(children)
    theirs = {code: dict(_place(groups, *place) for place in places) for code, places in said["found"].items()}
    return Compared(file.name, census, len(children), said["rules"], said["failed"], dict(ours), theirs)


WHOLE = Place("", 0, "", "")
"""The file as a whole, where neither names a place."""
_TABLES = {"CINplanDates": "CINPlanDates", "AssessmentFactorsList": "AssessmentFactors", "Disabilities": "Disability"}


def _groups(children: list[Child]) -> dict[str, list[Any]]:
    """The rows of the other's tables: each kind of group in the order of the file."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for child in children:
        for group in child.groups():
            rows[group.ELEMENT].append(group)
        rows["Disability"] += child.characteristics.disabilities
        rows["AssessmentFactors"] += (f for e in child.episodes for a in e.assessments for f in a.factors)
    return rows


def _homes(children: list[Child]) -> dict[tuple[str, int, str], int]:
    """The line of the group in which each value stands. A value of a list is its own group."""
    return {
        (child.id, each.line, each.element): group.line
        for child in children
        for group in child.groups()
        for each in group.all_fields()
        if each.element not in _TABLES.values()
    }


def _place(groups: dict[str, list[Any]], child: str, table: str, row: int, column: str) -> tuple[Row, Place]:
    if not table or table == "Header":
        return ("", 0), WHOLE
    at = groups[_TABLES.get(table, table)][row]
    if not isinstance(at, Group):
        return (child, at.line), Place(child, at.line, at.element, at.raw)
    for each in at.all_fields():
        if each.element == column:
            return (child, at.line), Place(child, each.line, each.element, each.raw)
    return (child, at.line), Place(child, at.line, column, "")


def main(words: list[str]) -> int:
    """0 when every difference is explained; 1 when one is not."""
    parser = argparse.ArgumentParser(prog="tests.returns.compare")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--judge", required=True, help="the Python of an environment with the other judge")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    arguments = parser.parse_args(words)
    compared = [compare(file, arguments.judge) for file in arguments.files]
    page = "\n".join(_page(compared)) + "\n"
    if arguments.write:
        PAGE.write_text(page, "utf-8")
    else:
        print(page)
    unexplained = [line for one in compared for line in one.unexplained]
    print("\n".join(unexplained) or "Every difference is explained.", file=sys.stderr)
    return 1 if unexplained else 0


def _page(compared: list[Compared]) -> Iterator[str]:
    yield "# The census under two judges"
    yield ""
    yield "Written by `.venv/bin/python -m tests.returns.compare --judge PYTHON --write FILE...`; not edited by hand."
    yield ""
    yield "Our judge (`sightline/returns/cin`) beside csc-validator-be-cin 0.1.13, an open validator that restates the"
    yield f"department's rules (its rule set {RULE_SET}). A *place* is one group of one child, or one value of a list,"
    yield "by its line. Each place that only one of them found is held against what is written below, and the"
    yield "command ends with an error for any that this does not explain. How we settle a difference:"
    yield "[census rules are judged by their text](../decisions/census-rules-by-their-text.md)."
    yield from (line for one in compared for line in _of_file(one))
    yield from _coverage(compared[0].rules)


def _of_file(one: Compared) -> Iterator[str]:
    census = one.census
    yield ""
    yield f"## {one.name}"
    yield ""
    yield f"Census {census.year.number}, {one.children} children, judged from {census.start} to {census.end}."
    yield f"{one.rules} rules of theirs ran, and {len(one.failed) or 'none'} failed inside."
    if not one.codes():
        yield "Neither finds anything."
        return
    same = [code for code in one.codes() if not any(one.only(code))]
    other = [code for code in one.codes() if code not in same]
    yield f"Place by place the same: {len(same)} rules of {len(one.codes())} that were broken; different: {len(other)}."
    yield ""
    yield "| rule | ours: places | children | theirs: places | children | only ours | only theirs | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for code in one.codes():
        sides = [side for side, _ in one.only(code)]
        verdict = SETTLED[code].verdict if code in SETTLED and sides else "the same" if not sides else "NOT EXPLAINED"
        ours, theirs = one.ours.get(code, {}), one.theirs.get(code, {})
        yield (
            f"| {code} | {len(ours)} | {_children(ours)} | {len(theirs)} | {_children(theirs)} "
            f"| {sides.count('ours')} | {sides.count('theirs')} | {verdict} |"
        )
    for code in other:
        yield from _difference(one, code)


def _children(found: Found) -> int:
    return len({child for child, _ in found if child})


def _difference(one: Compared, code: str) -> Iterator[str]:
    settled = SETTLED.get(code)
    only = list(one.only(code))
    left = [(side, place) for side, place in only if not _explained(one, code, side, place)]
    one.unexplained += [f"{one.name}: {code}, only {side}: {place}" for side, place in left]
    yield ""
    yield f"### {code}"
    yield ""
    if settled is None:
        yield "Not explained."
        return
    yield f"> {settled.text}"
    yield ""
    yield f"{settled.verdict.capitalize()}. {settled.why}"
    if left:
        yield f"{len(left)} places are not explained by this."
    for side in ("ours", "theirs"):
        places = [place for which, place in only if which == side]
        if places and places[0] != WHOLE:
            yield ""
            yield f"Only {side} ({len(places)}), such as:"
            yield ""
            for place in places[:2]:
                found = f" {place.found}" if place.found else ""
                yield f"- child {place.child}, line {place.line}: {place.element}{found}"


def _explained(one: Compared, code: str, side: Side, place: Place) -> bool:
    settled = SETTLED.get(code)
    if settled is None or (settled.verdict == SHOWN_OTHERWISE and not one.both_find(code, place.child)):
        return False
    return settled.explains(Only(side, place, one.census))


def _coverage(theirs: int) -> Iterator[str]:
    rules = [code for code in RULES if not code.startswith("SL")]
    yield ""
    yield "## Which rules are judged"
    yield ""
    whole = sorted((code for code, _ in WHOLE_RULES), key=rule_order)
    yield f"All {len(rules)} rules of 2026-27 ({theirs} of theirs) are judged. 8500 (no child id) is the reader's: such"
    yield f"a file is refused whole. {len(whole)} look at all children together: {', '.join(whole)}."
    yield f"The other {len(rules) - len(whole) - 1} are pure functions over one child or one episode of typed parts."
    yield ""
    yield "The validator's authors draft twelve further rules for pre-proceedings (8995Q to 9015Q) on a branch. They"
    yield "are not in the published table; the branch could not be had for this page, and neither judge asks"
    yield "them here."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
