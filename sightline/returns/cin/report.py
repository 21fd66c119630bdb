"""What was found in a census file, in words and as JSON, always in the same order."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sightline.kernel.dates import day_words
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import RULES, Fault

STAGED = (
    "assessments",
    "section 47 enquiries",
    "conferences without an enquiry",
    "child in need plans",
    "child protection plans",
    "protection plan reviews",
    "pre-proceedings",
    "unplaced",
)


@dataclass(frozen=True, slots=True)
class Report:
    """A census judged.

    ``counts`` are of children, episodes and what happened in them; ``found`` is how often each
    rule was broken; ``faults`` are in the order of their lines, and may be fewer than
    ``found`` where a file has more than can be listed.
    """

    census: Census
    counts: dict[str, int]
    found: dict[str, int]
    faults: tuple[Fault, ...]

    @property
    def children(self) -> int:
        """How many children the file has."""
        return self.counts.get("children", 0)

    @property
    def episodes(self) -> int:
        """How many episodes the file has."""
        return self.counts.get("episodes", 0)

    @property
    def queries(self) -> int:
        """How many faults were found, listed or not."""
        return sum(self.found.values())

    @property
    def unlisted(self) -> int:
        """How many faults were counted and are not listed one by one."""
        return self.queries - len(self.faults)

    def staged(self) -> dict[str, int]:
        """What is read beside children and episodes, by name; nothing that is nought."""
        return {name: self.counts[name] for name in STAGED if self.counts.get(name)}

    def by_rule(self) -> dict[str, tuple[Fault, ...]]:
        """The listed faults of each rule that was broken, rules in the order of their codes."""
        grouped: dict[str, list[Fault]] = defaultdict(list)
        for fault in self.faults:
            grouped[fault.rule].append(fault)
        return {code: tuple(grouped[code]) for code in sorted(self.found, key=rule_order)}

    def as_text(self, *, most_for_each_rule: int | None = None) -> str:
        """The report to be read, ended by a new line."""
        return "\n".join(self._lines(most_for_each_rule)) + "\n"

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object: counts, and each rule with its faults."""
        return {
            "year": self.census.year.number,
            "authority": self.census.authority,
            "reference_date": self.census.end.isoformat(),
            "judged_from": self.census.start.isoformat(),
            "children": self.children,
            "episodes": self.episodes,
            "disabilities": self.counts.get("disabilities", 0),
            "staged": self.staged(),
            "queries": self.queries,
            "unlisted": self.unlisted,
            "rules": [self._rule_json(code, faults) for code, faults in self.by_rule().items()],
        }

    def _rule_json(self, code: str, faults: tuple[Fault, ...]) -> dict[str, Any]:
        rule = RULES[code]
        return {
            "rule": code,
            "kind": rule.kind,
            "what": rule.what,
            "remedy": rule.remedy,
            "count": self.found[code],
            "faults": [{"child": f.child, "line": f.line, "element": f.element, "found": f.found} for f in faults],
        }

    def _lines(self, most: int | None) -> Iterator[str]:
        census = self.census
        yield (
            f"Children in Need census {census.year.number}, authority "
            f"{census.authority or 'not given'}, judged from {day_words(census.start)} "
            f"to {day_words(census.end)}."
        )
        disabilities = _many(self.counts.get("disabilities", 0), "disability", "disabilities")
        yield f"{_many(self.children, 'child', 'children')}, {_many(self.episodes, 'episode')}, {disabilities}."
        staged = ", ".join(f"{name} {number:,}" for name, number in self.staged().items())
        yield f"In the episodes: {staged}." if staged else "Nothing else is in the episodes."
        rules = self.by_rule()
        if not rules:
            yield "No queries."
            return
        yield f"{_many(self.queries, 'query', 'queries')} under {_many(len(rules), 'rule')}."
        for code, faults in rules.items():
            yield from self._rule_lines(code, faults, most)

    def _rule_lines(self, code: str, faults: tuple[Fault, ...], most: int | None) -> Iterator[str]:
        rule = RULES[code]
        yield ""
        yield f"{code} ({self.found[code]:,}) {rule.what}"
        yield f"  {rule.remedy}"
        shown = faults if most is None else faults[:most]
        yield from (f"  {_fault_words(fault)}" for fault in shown)
        left = self.found[code] - len(shown)
        if left:
            yield f"  and {left:,} more"


def _fault_words(fault: Fault) -> str:
    who = f"child {fault.child}, " if fault.child else ""
    found = f" “{fault.found}”" if fault.found else ""
    return one_line(f"line {fault.line}: {who}{fault.element}{found}")


def one_line(text: str) -> str:
    """One line without control characters, since it may be printed at a terminal."""
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)


def rule_order(code: str) -> tuple[bool, int, str]:
    """The department's rules by number, then ours."""
    return code.startswith("SL"), int(re.sub(r"[^0-9]", "", code)), code


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
