"""The page of the reference that says what the load came to."""

from typing import Any

from sightline.commands.bench_front_door.report import NUMBERS
from sightline.commands.bench_load import report
from sightline.commands.bench_load.sizes import Size


def write(told: dict[str, Any]) -> None:
    """Put the page where it belongs."""
    report.PAGE.write_text(as_page(told), "utf-8")


def as_page(told: dict[str, Any]) -> str:
    whole = told["sizes"][0]
    return TEMPLATE.format(
        head=_head(told), sizes="\n".join(_sizes(told)), said="\n".join(f"- {line}" for line in report.said(told)),
        steps=_steps(told), pages="\n\n".join(_phase(told, name) for name in whole["phases"]),
        kinds=_table(report.KINDS, report.kind_rows(whole)), missed=_missed(told),
    )  # fmt: skip


def _head(told: dict[str, Any]) -> str:
    cores = told["cores"] or 0
    many = NUMBERS[cores] if cores < len(NUMBERS) else str(cores)
    return (
        f"Measured on {told['on']}: {many} shared cores with pages, database and generator on the same ones, Python "
        f"{told['python']},\nPostgreSQL {told['postgresql']} (shared buffers {told['shared_buffers']}), load average "
        f"{told['busy']} at the end; {told['sessions']:,} sessions,\n{told['minutes']:g} min at the steady pace. "
        f"Asked for were {told['asked_rate']:g} requests a second and {told['asked_spike']:g} in the rush."
    )


def _sizes(told: dict[str, Any]) -> list[str]:
    lines = []
    for size, took in zip(told["sizes"], told["loading_seconds"], strict=True):
        stands = Size(size["people"], size["entries"], size["views"]).words()
        on_disk = size["counted"]["bytes"][0] / 1e9
        lines.append(f"- {stands}, {size['accounts']:,} people signed in: {on_disk:.1f} GB, loaded in {took:,} s.")
    return lines


def _steps(told: dict[str, Any]) -> str:
    parts = [
        f"With {size['people']:,} people:\n\n{_table(report.STEPS, report.step_rows(size))}"
        for size in told["sizes"]
        if size["steps"]
    ]
    return "\n\n".join(parts) or "None was tried: the pace was given."


def _phase(told: dict[str, Any], name: str) -> str:
    rate = told["sizes"][0]["phases"][name]["rate"]
    table = _table(report.PAGES, report.page_rows(told, name))
    return f"### {name.capitalize()}, {rate:g} requests a second\n\n{table}"


def _missed(told: dict[str, Any]) -> str:
    lines = []
    for name, phase in told["sizes"][0]["phases"].items():
        lines += [
            f"- {name}, {page['page']}: 95th {page['seen']['p95']:.0f} ms, aim {page['aim']} ms."
            for page in phase["pages"]
            if not page["met"]
        ]
        lines += [f"- {name}: {one}" for one in phase["said"]]
    return "\n".join(lines) or "Nothing: every aim is met, and nothing failed."


def _table(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [list(headings), ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


TEMPLATE = """# Performance: many at once

Written by `./run bench load --write`; do not edit it by hand.

{head}

{sizes}

Everybody is signed in with a password and a code, each in a browser of their own, and asks for what
`sightline/commands/bench_load/mix.toml` says, which also says why. Pages are answered by the product's own web server
as `./run serve` starts it, in production's settings, beside the worker for jobs and the sealer of the view log; row
security and audit are on, and every save waits for the disk. A request is due when the clock says so, whatever the
server does; its time counts from then until the whole answer is there. Style sheets and scripts are not asked for.

{said}

## Paces that were tried

A pace holds where reading takes at most 300 ms and saving 500 ms at the 95th percentile, with no errors; the first that
is missed is tried a second time. It is tried on until a pace is not kept up with. The steady pace is the highest that
holds, and where none does the highest that is kept up with. Processor is in hundredths of one.

{steps}

## By page

Milliseconds, as the generator saw them; "inside" is what of it the server spent between question and answer;
"processor" and "database" are the medians of a page's time on a processor in its two processes.

{pages}

## Processes

Hundredths of one processor, and memory with what is shared counted in parts.

{kinds}

## What misses

{missed}
"""
