"""From each source to the rules that rest on it: what is law, what is guidance, what an authority may change."""

from collections.abc import Iterator

from sightline.commands.reference_pages.form_catalogue import overlays
from sightline.commands.reference_pages.practice_pack import packs, table
from sightline.practice.spec import Basis, Pack

HEAD = """\
# Rules and their sources

From each source to what rests on it: clocks (their lengths are in [Clocks](clocks.md)); numbers, outcomes and
lists of answers (in [The shipped practice packs](practice-pack.md)); forms, and questions with a source of their
own (in the [form catalogue](form-catalogue.md)); what may be asked of agencies; assessments and plans. An
[overlay](../how-to/change-a-form.md) may change the times and the words that are *local*, and what it adds says its own
source. *No* under Confirmed is a rule that nobody has yet checked at its source. Written by `./run reference`.
"""
KINDS = {
    "statutory": "Statutory: the law says so",
    "guidance": "Guidance: what is expected unless there is good reason",
    "local": "Local: the authority's own to change",
    "advice": "Advice: known to be good practice",
}
COLUMNS = ("Source", "Confirmed", "What rests on it")


def page() -> str:
    lines = [HEAD]
    every = [*packs(), *(made for made, _ in overlays())]
    base = {(basis, words) for basis, words in _rules(every[0])}
    for place, pack in enumerate(every):
        own = [rule for rule in _rules(pack) if place == 0 or rule not in base]
        lines += [f"## {pack.title}{'' if place == 0 else ': what differs'}", *_tables(own), ""]
    return "\n".join(lines)


def _tables(rules: list[tuple[Basis, str]]) -> Iterator[str]:
    for kind, heading in KINDS.items():
        found: dict[tuple[str, bool], list[str]] = {}
        for basis, words in rules:
            if basis.kind == kind:
                found.setdefault((basis.citation, basis.confirmed), []).append(words)
        rows = [
            (citation, "yes" if confirmed else "*no*", "; ".join(dict.fromkeys(found[citation, confirmed])))
            for citation, confirmed in sorted(found)
        ]
        if rows:
            yield from table(heading, COLUMNS, rows)


def _rules(pack: Pack) -> Iterator[tuple[Basis, str]]:
    """Each rule of a pack with its source. A question without a source of its own rests on its form's."""
    yield from ((one.basis, f"clock “{one.label}” (`{one.key}`)") for one in pack.timescales)
    yield from ((one.basis, f"number “{one.label}” (`{one.key}`)") for one in pack.thresholds)
    yield from ((one.basis, f"outcome “{one.label}” (`{one.key}`)") for one in pack.outcomes)
    yield from ((one.basis, f"check “{one.label}” (`{one.key}`)") for one in pack.checks)
    yield from ((one.basis, f"ground “{one.label}” (`{one.key}`)") for one in pack.lawful_bases)
    yield from ((one.basis, f"list “{one.title}” (`{one.key}`)") for one in pack.lists)
    yield from ((one.basis, f"assessment “{one.title}” (`{one.key}`)") for one in pack.assessment_kinds)
    yield from ((one.basis, f"plan “{one.title}” (`{one.key}`)") for one in pack.plan_kinds)
    for form in pack.forms:
        yield form.basis, f"form “{form.title}” (`{form.key}`)"
        yield from (
            (one.basis, f"question “{one.label}” (`{one.key}`)") for one in form.questions if one.basis != form.basis
        )
