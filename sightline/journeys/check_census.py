"""The record as it stands under the rules of a census, whoever may see whom: nothing is written of it to a file.

It reads everybody, so it is on the audit as a return is: in figures. Children Act 1989, section 83.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.returns.cin import RULES, Examination, Fault, Report, census_of
from sightline.returns.cin.report import rule_order
from sightline.returns.cin.writer import known_year
from sightline.returns.facts import Exported, as_written, census_facts
from sightline.returns.leaving_out import NOT_SAID, LeftOut
from sightline.returns.permissions import refuse_unless_may_return
from sightline.workforce.operations import ensure_census_account

LISTED = 10
"""Of each rule, unless one rule is asked for alone: memory does not grow with what is wrong."""
MOST = 100_000
NO_HEAD = "SL06"
NO_ETHNICITY = "4220"
Progress = Callable[[int], None]


class Behind(NamedTuple):
    """One fault and the record behind it."""

    person: UUID | None
    fault: Fault


class ToAsk(NamedTuple):
    """A child of whom a file would say that something is not yet obtained: their record, and what to ask."""

    person: UUID
    child: str
    what: LeftOut


@dataclass
class Judged:
    """The record under the rules of a year. `behind` has the first faults of each rule, or all of one.

    `to_ask` has the first children of whom nobody has said what a file must say; `unasked` is how many there are.
    """

    report: Report
    found: dict[str, int]
    behind: dict[str, list[Behind]]
    children: Counter[str]
    to_ask: list[ToAsk]
    unasked: int

    @property
    def errors(self) -> int:
        """How often rules were broken that the department calls errors."""
        return sum(number for code, number in self.found.items() if RULES[code].kind == "error")


def check_census(*, year: int, at: datetime, only: str = "", progress: Progress = lambda _: None) -> Judged:
    """Judge everybody of that year as a file would have them; `only` one rule, where it is named.

    Refuses a year without a specification, and a rule that there is not.
    """
    if only and only not in RULES:
        raise Refusal(f"There is no rule {only}. They are: {', '.join(sorted(RULES, key=rule_order))}.")
    return _check_census(by=ensure_census_account(), year=year, only=only, at=at, progress=progress)


@act("check_census")
def _check_census(*, by: Actor, year: int, only: str, at: datetime, progress: Progress) -> Judged:
    refuse_unless_may_return(by)
    judged = judge_record(census_facts(year, progress=progress), year=year, only=only)
    touch(
        year=year,
        only=only,
        children=judged.report.children,
        faults=sum(judged.found.values()),
        rules=len(judged.found),
        to_ask=judged.unasked,
    )
    return judged


def judge_record(exported: Iterable[Exported], *, year: int, only: str = "") -> Judged:
    """Judges each child as they come, and holds none of them. Refuses a year without a specification."""
    examination = Examination(census_of(known_year(year)), most_listed=0)
    behind: dict[str, list[Behind]] = defaultdict(list)
    children: Counter[str] = Counter()
    asked: list[ToAsk] = []
    unasked, most = 0, MOST if only else LISTED
    for one in map(as_written, exported):
        faults = [fault for fault in examination.see(one.child) if only in ("", fault.rule)]
        children.update({fault.rule for fault in faults})
        for fault in faults:
            if len(behind[fault.rule]) < most:
                behind[fault.rule].append(Behind(one.person, fault))
        if only in ("", NO_ETHNICITY):
            found = [ToAsk(one.person, one.child.id, left) for left in one.left_out if left.why == NOT_SAID]
            unasked += len(found)
            asked += found[: max(0, most - len(asked))]
    report = examination.report()
    # There is no file and so no head that could lack a name.
    counted = {code: number for code, number in report.found.items() if only in ("", code) and code != NO_HEAD}
    return Judged(report, counted, dict(behind), children, asked, unasked)
