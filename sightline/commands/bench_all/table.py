"""The one table: on a terminal, and on a page."""

from collections.abc import Sequence

from sightline.commands.bench_line import Line, Part

HEADINGS = ("done", "size", "median", "95th", "99th", "memory", "ratio", "beside", "aim")
NUMBERS = range(2, 7)
"""Places of the columns that are figures, and stand to the right."""


def row(line: Line) -> list[str]:
    """A line's cells. What was not measured is empty."""
    times = [_figure(taken, line.unit) for taken in (line.median, line.p95, line.p99)]
    memory = "" if line.memory is None else _figure(line.memory, "MB")
    ratio = "" if line.ratio is None else f"{line.ratio:,.2f}" if line.ratio < 10 else f"{line.ratio:,.0f}"
    return [line.done, line.size, *times, memory, ratio, line.beside, line.verdict]


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:,.1f} {unit}"


def in_words(parts: Sequence[Part]) -> str:
    """All parts in columns of one width, each under its name, with its sentences below."""
    rows = [list(HEADINGS), *(row(line) for part in parts for line in part.lines)]
    widths = [max(len(one[place]) for one in rows) for place in range(len(HEADINGS))]
    blocks = [_aligned(rows[0], widths)]
    for part in parts:
        lines = [_aligned(row(line), widths) for line in part.lines]
        blocks.append("\n".join(["", part.title, *lines, *(f"  {sentence}" for sentence in part.said)]))
    return "\n".join(blocks)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = [
        cell.rjust(width) if place in NUMBERS else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(shown).rstrip()


def as_markdown(part: Part) -> str:
    """One part's table. Columns that nothing stands in are left out."""
    rows = [row(line) for line in part.lines]
    places = [place for place in range(len(HEADINGS)) if place < 2 or any(one[place] for one in rows)]
    ruler = ["---:" if place in NUMBERS else "---" for place in places]
    shown = [[HEADINGS[place] for place in places], ruler, *([one[place] for place in places] for one in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in shown)
