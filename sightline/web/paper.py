"""Paper: a letter as a tagged PDF.

The words go to the typesetter as JSON, so that nothing in a letter can be markup, read a file, or run. The only
fonts are those that the typesetter carries: the page looks the same on every machine. The file says nothing of
when it was made, since a letter to somebody who may not know a day must not carry one unseen.
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import typst

TEMPLATES = Path(__file__).with_name("print")
LONGEST_HEADING = 60


@dataclass(frozen=True)
class Paper:
    """A letter to print. `text` is plain: paragraphs stand apart by an empty line, as the page shows them.

    `dated` is the day as it is written, or empty where the letter must not have one.
    """

    title: str
    to: str
    text: str
    sender: str
    sender_lines: tuple[str, ...] = ()
    to_lines: tuple[str, ...] = ()
    dated: str = ""
    marking: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Block:
    """Paragraphs, each of one or more lines, under a heading that may be empty."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]


def print_letter(paper: Paper) -> bytes:
    """The letter as a PDF that a screen reader can read (PDF/UA-1), with no date in its particulars."""
    given = {name: value for name, value in asdict(paper).items() if name != "text"}
    given["blocks"] = [asdict(block) for block in blocks_of(paper.text)]
    made = typst.compile(
        _template("letter.typ"),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"letter": json.dumps(given)},
    )
    if not isinstance(made, bytes):  # several files are made only of pictures
        raise TypeError("The typesetter gave no file.")
    return made


@lru_cache
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a plain text under their headings.

    A short first line with lines under it, and no full stop or colon, is a heading: "What was decided".
    """
    blocks: list[Block] = []
    for part in _parts(text):
        heading = part[0] if len(part) > 1 and _is_heading(part[0]) else ""
        rest = part[1:] if heading else part
        if blocks and not heading:
            blocks[-1] = Block(blocks[-1].heading, (*blocks[-1].paragraphs, rest))
        else:
            blocks.append(Block(heading, (rest,)))
    return blocks


def _parts(text: str) -> list[tuple[str, ...]]:
    parts: list[list[str]] = [[]]
    for line in text.strip().splitlines():
        if line.strip():
            parts[-1].append(line.strip())
        elif parts[-1]:
            parts.append([])
    return [tuple(part) for part in parts if part]


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and line[-1] not in ".!?,;:" and ":" not in line
