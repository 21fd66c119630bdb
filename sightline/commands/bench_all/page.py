"""docs/reference/performance.md, out of one run of everything."""

from collections.abc import Iterator, Sequence
from datetime import date

from sightline.commands.bench_all.machine import Machine
from sightline.commands.bench_all.running import Ran, took
from sightline.commands.bench_all.table import as_markdown
from sightline.commands.postgres.lifecycle import ROOT

PAGE = ROOT / "docs" / "reference" / "performance.md"


def write(ran: Sequence[Ran], machine: Machine, *, on: date, quick: bool) -> None:
    """Put the page where it belongs."""
    PAGE.write_text(as_page(ran, machine, on=on, quick=quick), "utf-8")


def as_page(ran: Sequence[Ran], machine: Machine, *, on: date, quick: bool) -> str:
    """The page of a run, whatever of it stopped."""
    words = "./run bench --quick --write" if quick else "./run bench --write"
    small = QUICK if quick else ""
    head = HEAD.format(words=words, on=on.isoformat(), machine=machine.words(), took=took(ran), quick=small)
    return "\n".join([head, *(line for one in ran for line in _part(one))]).rstrip() + "\n"


def _part(one: Ran) -> Iterator[str]:
    yield f"## {one.part.title if one.part else one.named.name}"
    yield ""
    if one.part is None:
        yield one.stopped
        yield ""
        return
    yield f"`./run {' '.join(one.words)}`, {one.seconds:,.0f} s."
    yield ""
    yield as_markdown(one.part)
    yield ""
    yield from (f"- {sentence}" for sentence in one.part.said)
    if one.named.page and (PAGE.parent / one.named.page).exists():
        yield f"- At its own size, with what misses and why: [{one.part.title.lower()}]({one.named.page})."
    yield ""


QUICK = " It was a quick run: its sizes are small and its samples few, so that it says little about speed."
HEAD = """# Performance

Written by `{words}`; do not edit it by hand.

Measured on {on}: {machine}; pages, database and bench on the same cores. {took}{quick}

Every bench has a fictional record of its own, which is thrown away. Times are by the clock. With fewer than a hundred
samples the 99th percentile is the slowest of them. The ratio says how many times what stands beside it a line took.
"Met at work" is an aim that was met in the time on a processor, and missed by the clock, which also counts waiting for
other work on the machine.
"""
