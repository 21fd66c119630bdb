"""Rows as COPY writes them: a line each, cells between tabs, and what is nothing or cannot stand there escaped."""

import re
from collections.abc import Iterator
from pathlib import Path

NOTHING = "\\N"
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
UNSAFE = re.compile(r"[\\\n\r\t]")
WRITTEN = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def read(file: Path) -> Iterator[list[str | None]]:
    """The rows of a file."""
    with file.open(encoding="utf-8", newline="\n") as rows:
        for line in rows:
            cells = line[:-1].split("\t")
            if "\\" in line:
                yield [None if cell == NOTHING else _plain(cell) for cell in cells]
            else:
                yield cells  # type: ignore[misc]  # without a null among them


def line(row: list[str | None]) -> str:
    """A row as COPY reads it, with its line's end."""
    return "\t".join([NOTHING if cell is None else _safe(cell) for cell in row]) + "\n"


def _plain(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return re.sub(r"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), cell, flags=re.DOTALL)


def _safe(cell: str) -> str:
    return UNSAFE.sub(lambda found: WRITTEN[found[0]], cell) if UNSAFE.search(cell) else cell
