"""Judges the authority's own record by the rules of the Children in Need census, whoever may see whom."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from sightline.journeys.check_census import Judged


def run_census(arguments: argparse.Namespace) -> int:
    """0 when no rule is broken that the department calls an error; 1 when one is."""
    from sightline.commands.database import database

    with database():
        from sightline.journeys.check_census import check_census
        from sightline.kernel.london import local_day

        at = datetime.now(UTC)
        year = arguments.year or census_year(local_day(at))
        judged = check_census(year=year, only=arguments.rule or "", at=at, progress=_progress)
        print(json.dumps(as_json(judged), indent=2) if arguments.json else "\n".join(in_words(judged, year)))
    return 1 if judged.errors else 0


def census_year(today: date) -> int:
    """The census year that a day is in: it ends on 31 March."""
    return today.year + (today >= date(today.year, 4, 1))


def in_words(judged: "Judged", year: int) -> Iterator[str]:
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
    yield from _to_ask(judged, year)
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


def _to_ask(judged: "Judged", year: int) -> Iterator[str]:
    """What a file would say is not yet obtained: no rule is broken by it, and somebody should ask."""
    from sightline.journeys.check_census import NO_ETHNICITY
    from sightline.returns.leaving_out import ETHNICITY, NOT_SAID, counted_line

    if not judged.unasked:
        return
    yield f"To ask: {counted_line(ETHNICITY, NOT_SAID, judged.unasked)}"
    for one in judged.to_ask:
        yield f"  child {one.child}, {address(one.person)}"
    left = judged.unasked - len(judged.to_ask)
    if left:
        yield f"  and {left:,} more: ./run check cin --year {year} --rule {NO_ETHNICITY}"
    yield ""


def as_json(judged: "Judged") -> dict[str, Any]:
    """The same as one object."""
    from sightline.returns.cin import RULES

    report = judged.report
    return {
        "year": report.census.year.number,
        "from": report.census.start.isoformat(),
        "to": report.census.end.isoformat(),
        "children": report.children,
        "episodes": report.episodes,
        "unasked": judged.unasked,
        "to_ask": [
            {"child": one.child, "record": address(one.person), "what": one.what.module} for one in judged.to_ask
        ],
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


def _codes(judged: "Judged") -> list[str]:
    from sightline.returns.cin.report import rule_order

    return sorted(judged.found, key=rule_order)


def address(person: UUID | None) -> str:
    """Where the record is."""
    from django.urls import reverse

    return reverse("person", args=[person]) if person else ""


def _progress(done: int) -> None:
    print(f"Judging: {done:,} children", file=sys.stderr, flush=True)
