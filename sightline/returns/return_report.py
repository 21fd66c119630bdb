"""What was written for a return, in words and figures with the children behind each. Pure: no database, no clock."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sightline.kernel.dates import day_words
from sightline.returns.cin import RULES, Child, Report
from sightline.returns.cin.judge import COUNTED
from sightline.returns.cin.report import one_line
from sightline.returns.facts import Exported
from sightline.returns.leaving_out import LeftOut, counted_line, in_order

MODULES = ("episodes", *(name for name in COUNTED.values() if name != "episodes"), "conferences without an enquiry")


@dataclass(frozen=True, slots=True)
class Behind:
    """A child behind a figure: their child id, the keys of their record, and what it is about them."""

    child: str
    people: tuple[UUID, ...]
    what: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where their record is; two, where two records have one child id."""
        return tuple(f"/people/{person}" for person in self.people)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the report: what it counts, how many, what to do, and every child behind it."""

    key: str
    words: str
    number: int
    behind: tuple[Behind, ...]
    remedy: str = ""


@dataclass
class Gathered:
    """What is noted of each child while a return is written: keys and counts, and nothing of their record."""

    people: dict[str, tuple[UUID, ...]] = field(default_factory=dict)
    modules: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[tuple[str, str], list[tuple[str, LeftOut]]] = field(default_factory=lambda: defaultdict(list))
    unwritten: list[tuple[str, str]] = field(default_factory=list)

    def see(self, one: Exported) -> None:
        """Notes one child before they are written."""
        name = one.child.id
        self.people[name] = (*self.people.get(name, ()), one.person)
        for module, number in _counts(one.child).items():
            self.modules[module].append((name, number))
        for left in one.left_out:
            self.left_out[left.module, left.why].append((name, left))

    def behind(self, child: str, what: str = "") -> Behind:
        """A child of the return by their child id."""
        return Behind(child, self.people.get(child, ()), what)


def _counts(child: Child) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in child.groups():
        if group.ELEMENT in COUNTED:
            counts[COUNTED[group.ELEMENT]] += 1
    without = sum(1 for episode in child.episodes if episode.conference.given)
    if without:
        counts[MODULES[-1]] = without
    return counts


@dataclass(frozen=True)
class Returned:
    """A return as it was written and judged. `over` says whether its year was; `written` counts its children."""

    path: str
    written: int
    over: bool
    sha256: str
    report: Report
    gathered: Gathered

    def counted(self) -> list[Figure]:
        """How much of each kind the file carries: nothing of a child who was not written."""
        seen = self.gathered
        unwritten = {child for child, _ in seen.unwritten}
        children = tuple(seen.behind(child) for child in seen.people if child not in unwritten)
        found = [Figure("children", "children", self.written, children)]
        for module in MODULES:
            rows = [row for row in seen.modules.get(module, []) if row[0] not in unwritten]
            behind = tuple(seen.behind(child, f"{number}") for child, number in rows)
            found.append(Figure(_key(module), module, sum(number for _, number in rows), behind))
        return found

    def left(self) -> list[Figure]:
        """What the file leaves out, and why, what needs somebody first."""
        seen = self.gathered
        found = []
        for module, why in in_order({pair: len(rows) for pair, rows in seen.left_out.items()}):
            rows = seen.left_out[module, why]
            behind = tuple(seen.behind(child, _since(left)) for child, left in rows)
            words = counted_line(module, why, len(rows))
            found.append(Figure(_key(f"left-out-{module}-{why}"), words, len(rows), behind))
        return found

    def faults(self) -> list[Figure]:
        """What our own judging of the written file found, by rule."""
        seen, found = self.gathered, []
        for code, faults in self.report.by_rule().items():
            rule = RULES[code]
            behind = tuple(
                seen.behind(one.child, one_line(f"line {one.line}, {one.element} {one.found}".strip()))
                for one in faults
            )
            number = self.report.found[code]
            found.append(Figure(f"rule-{code}", f"{code} ({number:,}): {rule.what}", number, behind, rule.remedy))
        return found

    def unwritten(self) -> list[Figure]:
        """Children whom no file can carry, and why; nobody else was stopped by them."""
        by_why: dict[str, list[str]] = defaultdict(list)
        for child, why in self.gathered.unwritten:
            by_why[why].append(child)
        return [
            Figure(
                f"not-written-{place}",
                f"{_many(len(children), 'child', 'children')}: {why}",
                len(children),
                tuple(self.gathered.behind(each) for each in children),
            )
            for place, (why, children) in enumerate(by_why.items(), 1)
        ]

    def figures(self) -> list[Figure]:
        """Every figure of the report."""
        return [*self.counted(), *self.unwritten(), *self.left(), *self.faults()]

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object, every figure with the children behind it."""
        report = self.report
        return {
            "file": self.path,
            "sha256": self.sha256,
            "year": report.census.year.number,
            "year_over": self.over,
            "authority": report.census.authority,
            "reference_date": report.census.end.isoformat(),
            "children": self.written,
            "counts": {one.words: one.number for one in self.counted()},
            "queries": report.queries,
            "not_written": _figures_json(self.unwritten()),
            "left_out": _figures_json(self.left()),
            "faults": _figures_json(self.faults()),
        }

    def lines(self, lists: str = "") -> Iterator[str]:
        """The report to be read. `lists` is the folder that has a file for each figure, named by its key."""
        yield from self._head()
        yield ""
        yield "In the file:"
        for one in self.counted():
            if one.number:
                yield f"  {one.words} {one.number:,}{_where(one, lists)}"
        yield from self._told("Not written, and nobody else was stopped by it:", self.unwritten(), lists)
        yield from self._told("Left out:", self.left(), lists)
        faults = self.faults()
        if not faults:
            yield from ("", "Judged by our own rules: nothing to query.")
        else:
            title = (
                f"Judged by our own rules: {_many(self.report.queries, 'query', 'queries')}. The file is whole, and "
                "none of them stopped it. The department may send back what it calls an error: put right what you "
                "can, and have a reason ready for the rest."
            )
            yield from self._told(title, faults, lists)

    def _head(self) -> Iterator[str]:
        census = self.report.census
        yield (
            f"Children in Need census {census.year.number}: {_many(self.written, 'child', 'children')} "
            f"from {day_words(census.start)} to {day_words(census.end)}, written to {self.path}."
        )
        if not self.over:
            yield (
                "The census year is not over: what happens until its last day is not in this file. "
                "Write it again after that day."
            )
        if not census.authority:
            yield (
                "The head of the file has no authority's number. Write it again with --authority and its three "
                "digits, or set SIGHTLINE_AUTHORITY_NUMBER."
            )

    def _told(self, title: str, figures: Iterable[Figure], lists: str) -> Iterator[str]:
        for place, one in enumerate(figures):
            if not place:
                yield from ("", title)
            yield f"  {one.words}{_where(one, lists)}"
            if one.remedy:
                yield f"    {one.remedy}"


def is_list(name: str) -> bool:
    """Whether a file of this name may be a list of an earlier report, to be replaced by this one's."""
    counted = {_key(one) for one in ("children", *MODULES)}
    return name.removesuffix(".txt") in counted or name.startswith(("left-out-", "rule-", "not-written-"))


def list_lines(figure: Figure) -> Iterator[str]:
    """One figure's children, one a line: child id, the address of their record, and what it is."""
    yield f"# {figure.words}"
    if figure.remedy:
        yield f"# {figure.remedy}"
    yield "child\trecord\twhat"
    for one in figure.behind:
        yield one_line(one.child) + "\t" + " ".join(one.addresses) + "\t" + one.what
    if figure.number > len(figure.behind) and figure.key.startswith("rule-"):
        yield f"# and {figure.number - len(figure.behind):,} more"


def _where(figure: Figure, lists: str) -> str:
    return f"  [{lists}/{figure.key}.txt]" if lists and figure.behind else ""


def _figures_json(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "what": one.words,
            "remedy": one.remedy,
            "count": one.number,
            "children": [{"child": b.child, "records": list(b.addresses), "what": b.what} for b in one.behind],
        }
        for one in figures
    ]


def _since(left: LeftOut) -> str:
    return day_words(left.began_on) if left.began_on else ""


def _key(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
