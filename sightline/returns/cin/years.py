"""The census of each year, as data (`years.toml`, which says what is confirmed)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Year:
    """What one year's census asks for: names, code sets, and which rules it has."""

    number: int
    ethnicities: frozenset[str]
    disabilities: frozenset[str]
    upn_unknown: frozenset[str]
    primary_needs: frozenset[str]
    abuse: frozenset[str]
    referral_sources: frozenset[str]
    closures: frozenset[str]
    factors: frozenset[str]
    split_factors: frozenset[str]
    sex_element: str
    sex_codes: dict[str, str]
    sex_unborn: str
    sex_missing: str
    authority_numbers: frozenset[str]
    first_asked: dict[str, int]
    first_judged: dict[str, int]

    @property
    def first_day(self) -> date:
        """1 April before the census date."""
        return date(self.number - 1, 4, 1)

    @property
    def census_date(self) -> date:
        """31 March, which the file's reference date should be (rule 100)."""
        return date(self.number, 3, 31)

    def name_of(self, element: str) -> str:
        """The year's own name for an element."""
        return self.sex_element if element == "Sex" else element

    def asks(self, element: str) -> bool:
        """True when the year's file may carry this element."""
        return self.first_asked.get(element, 0) <= self.number

    def judges(self, rule: str) -> bool:
        """True when the rule was among the year's rules."""
        return self.first_judged.get(rule, 0) <= self.number


@cache
def known_years() -> dict[int, Year]:
    """Every year that can be read, by its number."""
    table = tomllib.loads(files("sightline.returns.cin").joinpath("years.toml").read_text("utf-8"))
    return {number: _year(number, table) for number in table["years"]}


def _year(number: int, table: dict[str, Any]) -> Year:
    facts = {name: table[name] for name in Year.__dataclass_fields__ if name in table}
    for since, changes in table["changes"].items():
        if int(since) <= number:
            for name, change in changes.items():
                facts[name] = facts[name] + change if isinstance(change, list) else change
    for name, fact in facts.items():
        if isinstance(fact, list):
            facts[name] = frozenset(fact)
    facts["authority_numbers"] = frozenset(
        f"{code:03d}" for first, last in table["authority_numbers"]["ranges"] for code in range(first, last + 1)
    )
    return Year(number=number, **facts)
