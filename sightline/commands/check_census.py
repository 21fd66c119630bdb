"""Judges the authority's own record by the rules of the Children in Need census, whoever may see whom."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from sightline.returns.cin import Fault, Report
    from sightline.returns.facts import Exported

LISTED = 10
"""Of each rule, unless one rule is asked for alone: memory does not grow with what is wrong."""
MOST = 100_000
NO_HEAD = "SL06"


class Behind(NamedTuple):
    """One fault and the record behind it."""

    person: UUID | None
    fault: "Fault"


@dataclass
class Judged:
    """The record under the rules of a year. `behind` has the first faults of each rule, or all of one."""

    report: "Report"
    found: dict[str, int]
    behind: dict[str, list[Behind]]
    children: Counter[str]

    @property
    def errors(self) -> int:
        """How often rules were broken that the department calls errors."""
        from sightline.returns.cin import RULES

        return sum(number for code, number in self.found.items() if RULES[code].kind == "error")


def run_census(arguments: argparse.Namespace) -> int:
    """0 when no rule is broken that the department calls an error; 1 when one is."""
    from sightline.commands.database import database

    with database():
        from sightline.doorway.acts import acting
        from sightline.kernel.errors import Refusal
        from sightline.returns.cin import RULES
        from sightline.returns.cin.report import rule_order
        from sightline.returns.facts import census_facts
        from sightline.workforce.queries import CENSUS

        if arguments.rule and arguments.rule not in RULES:
            raise Refusal(f"There is no rule {arguments.rule}. They are: {', '.join(sorted(RULES, key=rule_order))}.")
        year = arguments.year or census_year(date.today())  # noqa: DTZ011 - the operator's own day
        with acting(CENSUS):
            judged = judge_record(census_facts(year, progress=_progress), year=year, only=arguments.rule or "")
        print(json.dumps(as_json(judged), indent=2) if arguments.json else "\n".join(in_words(judged, year)))
    return 1 if judged.errors else 0


def census_year(today: date) -> int:
    """The census year that a day is in: it ends on 31 March."""
    return today.year + (today >= date(today.year, 4, 1))


def judge_record(exported: "Iterable[Exported]", *, year: int, only: str = "") -> Judged:
    """Judges each child as they come, and holds none of them. Refuses a year without a specification."""
    from sightline.returns.cin import Examination, census_of
    from sightline.returns.cin.writer import known_year

    examination = Examination(census_of(known_year(year)), most_listed=0)
    behind: dict[str, list[Behind]] = defaultdict(list)
    children: Counter[str] = Counter()
    most = MOST if only else LISTED
    for one in exported:
        faults = [fault for fault in examination.see(one.child) if only in ("", fault.rule)]
        children.update({fault.rule for fault in faults})
        for fault in faults:
            if len(behind[fault.rule]) < most:
                behind[fault.rule].append(Behind(one.person, fault))
    report = examination.report()
    # There is no file and so no head that could lack a name.
    found = {code: number for code, number in report.found.items() if only in ("", code) and code != NO_HEAD}
    return Judged(report, found, dict(behind), children)


def in_words(judged: Judged, year: int) -> Iterator[str]:
    """What was found, by rule, with what to do and the records behind it."""
    from sightline.kernel.dates import day_words
    from sightline.returns.cin import RULES

    report = judged.report
    census = report.census
    yield (
        f"Children in Need census {year}: the record as it stands, judged from {day_words(census.start)} "
        f"to {day_words(census.end)}."
    )
    yield f"{report.children:,} children, {report.episodes:,} episodes."
    codes = _codes(judged)
    if not codes:
        yield "No rule is broken."
        return
    yield f"{sum(judged.found.values()):,} faults, {len(codes)} rules. A return can be written all the same."
    for code in codes:
        rule, listed = RULES[code], judged.behind.get(code, [])
        yield ""
        yield f"{code} ({judged.found[code]:,}) {rule.what}"
        yield f"  {rule.remedy}"
        for one in listed:
            found = f" “{one.fault.found}”" if one.fault.found else ""
            yield f"  child {one.fault.child}, {address(one.person)}: {one.fault.element}{found}"
        left = judged.found[code] - len(listed)
        if left and judged.children[code]:
            yield f"  and {left:,} more: ./run check cin --year {year} --rule {code}"


def as_json(judged: Judged) -> dict[str, Any]:
    """The same as one object."""
    from sightline.returns.cin import RULES

    report = judged.report
    return {
        "year": report.census.year.number,
        "from": report.census.start.isoformat(),
        "to": report.census.end.isoformat(),
        "children": report.children,
        "episodes": report.episodes,
        "rules": [
            {
                "rule": code,
                "kind": RULES[code].kind,
                "what": RULES[code].what,
                "remedy": RULES[code].remedy,
                "count": judged.found[code],
                "children": judged.children[code],
                "listed": [
                    {
                        "child": one.fault.child,
                        "record": address(one.person),
                        "element": one.fault.element,
                        "found": one.fault.found,
                    }
                    for one in judged.behind.get(code, [])
                ],
            }
            for code in _codes(judged)
        ],
    }


def _codes(judged: Judged) -> list[str]:
    from sightline.returns.cin.report import rule_order

    return sorted(judged.found, key=rule_order)


def address(person: UUID | None) -> str:
    """Where the record is."""
    from django.urls import reverse

    return reverse("person", args=[person]) if person else ""


def _progress(done: int) -> None:
    print(f"Judging: {done:,} children", file=sys.stderr, flush=True)
