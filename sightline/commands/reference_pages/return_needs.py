"""What each return needs, and from whom: each element with its page, its room and its rules, year by year."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from typing import Any

from sightline.commands.reference_pages.practice_pack import table
from sightline.returns.cin import RULES, Year, known_years
from sightline.returns.cin.report import rule_order

HEAD = """\
# What each return needs, and from whom

The Children in Need census asks for the elements below. *Asked* is what somebody types or chooses on the page that
is named; *derived* follows from what was done for the child, and nobody types it again. The rules are the
department's codes, and those that begin with SL are ours; each is said in words further down. What a child lacks is
said quietly on their record where a worker can mend it, and for the whole record by `./run check cin`.
Written by `./run reference`.
"""
COLUMNS = ("Element", "What it is", "How", "Comes from", "Room", "Given by", "Rules")
OF_RULES = ("Rule", "Kind", "What is wrong", "What to do", "Judged")
CHANGES = {
    "ethnicities": "ethnicities",
    "disabilities": "disabilities",
    "upn_unknown": "reasons for no pupil number",
    "primary_needs": "needs",
    "abuse": "categories of abuse",
    "referral_sources": "sources of referral",
    "closures": "reasons for closure",
    "factors": "factors",
}


def page() -> str:
    """The page."""
    return "\n".join([HEAD, *_elements(), *_years(), *_rules()])


def read_elements() -> list[dict[str, Any]]:
    """Every element of the census, in the order of the file."""
    text = files("sightline.returns.cin").joinpath("elements.toml").read_text("utf-8")
    listed: list[dict[str, Any]] = tomllib.loads(text)["elements"]
    return listed


def _elements() -> Iterator[str]:
    newest = known_years()[max(known_years())]
    for group, inside in groupby(read_elements(), key=lambda one: one["group"]):
        since = newest.first_asked.get(group)
        title = f"{group}, from the census of {since}" if since else group
        yield from table(title, COLUMNS, (_row(one) for one in inside), level=2)
        yield ""


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    rules = ", ".join(sorted(one.get("rules", ()), key=rule_order)) or "none"
    return f"`{one['element']}`", one["what"], one["how"], one["where"], one["room"], one["who"], rules


def _years() -> Iterator[str]:
    yield "## Year by year"
    yield ""
    before: Year | None = None
    for number, year in sorted(known_years().items()):
        yield f"- **{number}**: {'; '.join(_changed(before, year)) or 'as the year before'}."
        before = year
    yield ""


def _changed(before: Year | None, year: Year) -> Iterator[str]:
    if before is None:
        yield "the first that can be read and written"
        return
    for name, words in CHANGES.items():
        added = sorted(getattr(year, name) - getattr(before, name))
        if added:
            yield f"{words}: {', '.join(added)}"
    if year.sex_element != before.sex_element:
        yield f"{year.sex_element} in place of {before.sex_element}, with the codes {', '.join(year.sex_codes)}"
    yield from (f"{element} is asked" for element, since in year.first_asked.items() if since == year.number)
    judged = sorted((code for code, since in year.first_judged.items() if since == year.number), key=rule_order)
    if judged:
        yield f"rules {', '.join(judged)} begin"


def _rules() -> Iterator[str]:
    newest = known_years()[max(known_years())]
    rows = (
        (code, RULES[code].kind, RULES[code].what, RULES[code].remedy, _since(newest, code))
        for code in sorted(RULES, key=rule_order)
    )
    yield from table("Every rule", OF_RULES, rows, level=2)
    yield ""


def _since(year: Year, code: str) -> str:
    since = year.first_judged.get(code)
    return f"from {since}" if since else "always"
