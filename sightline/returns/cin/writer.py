"""Writes a Children in Need census, one child at a time, from the same parts that are read.

The order of elements is that of the schemas a regional collection keeps for the
department's files (`CIN_schema_2024`, and for 2027 a draft derived from it, which is
unofficial: the department's own had not been seen when this was written). It differs
from the order of our parts in one place, ReferralNFA, which stands after Section47.
What is absent is left out, and so is what the year does not ask for.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, BinaryIO

from sightline.kernel.dates import local
from sightline.kernel.errors import Refusal
from sightline.returns.cin.given import as_written
from sightline.returns.cin.parts import Child, Episode, Field, Group, Header, shapes
from sightline.returns.cin.years import Year, known_years

_AFTER_ENQUIRIES = "no_further_action"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_MARKED = re.compile("[&<>\r]")


class Unwritable(Refusal):
    """A child's record that no file can carry. The others are written."""


@dataclass(frozen=True, slots=True)
class HeaderGiven:
    """The head of a file. ``authority`` is its three digits; ``made_at`` is written in England's time."""

    authority: str
    year: int
    reference_date: date
    software: str
    release: str
    serial: str
    made_at: datetime


def write_census(
    out: BinaryIO,
    *,
    header: HeaderGiven,
    children: Iterable[Child],
    refused: Callable[[Child, Unwritable], None] | None = None,
) -> int:
    """Writes a whole census in UTF-8 and gives how many children it wrote. Holds one child at a time.

    A child that no file can carry is told to ``refused`` and the next is written; without
    it, the refusal (`Unwritable`) is raised. Refuses a year without a specification.
    """
    year = known_year(header.year)
    out.write(b"<?xml version='1.0' encoding='utf-8'?>\n<Message>\n")
    out.write(_head(header).encode())
    out.write(b"  <Children>\n")
    written = 0
    for child in children:
        try:
            text = child_text(child, year=year)
        except Unwritable as why:
            if refused is None:
                raise
            refused(child, why)
            continue
        out.write(text.encode())
        written += 1
    out.write(b"  </Children>\n</Message>\n")
    return written


def known_year(number: int) -> Year:
    """The year's own specification, or a refusal that names those that there are."""
    year = known_years().get(number)
    if year is None:
        first, last = min(known_years()), max(known_years())
        raise Refusal(f"The census year must be from {first} to {last}.", field="year")
    return year


def child_text(child: Child, *, year: Year) -> str:
    """One child as they stand in a file, indented, ended by a new line. Refuses (`Unwritable`)."""
    if not child.id:
        raise Unwritable("This child has no child id to be written under.")
    return "".join(_lines(child, year, 2))


def _head(header: HeaderGiven) -> str:
    collection = [("Collection", "CIN"), ("Year", header.year), ("ReferenceDate", header.reference_date)]
    source = [
        ("SourceLevel", "L"),
        ("LEA", header.authority),
        ("SoftwareCode", header.software),
        ("Release", header.release),
        ("SerialNo", header.serial),
        ("DateTime", local(header.made_at)),
    ]
    inside = "".join(_named("CollectionDetails", collection)) + "".join(_named("Source", source))
    return f"  <{Header.ELEMENT}>\n{inside}  </{Header.ELEMENT}>\n"


def _named(element: str, values: list[tuple[str, Any]]) -> Iterator[str]:
    yield f"    <{element}>\n"
    yield from (_leaf(name, as_written(value), 3) for name, value in values if as_written(value))
    yield f"    </{element}>\n"


def _lines(group: Group, year: Year, deep: int) -> Iterator[str]:
    """A group and what is in it; one that holds nothing is left out, save those that every child has."""
    of: type = type(group)
    inside = [line for part in _parts(of, year.number) for line in part(group, deep + 1)]
    if inside or deep < _INSIDE_A_GROUP:
        margin = "  " * deep
        yield f"{margin}<{group.ELEMENT}>\n"
        yield from inside
        yield f"{margin}</{group.ELEMENT}>\n"


_INSIDE_A_GROUP = 4  # a child, their identifiers, characteristics and episodes stand, empty too
_Part = Callable[[Any, int], Iterator[str]]


@cache
def _parts(of: type[Group], number: int) -> tuple[_Part, ...]:
    """How each part of a group is written, in the file's order, for what the year asks."""
    year = known_years()[number]
    asked = {name: shape for name, shape in shapes(of) if year.asks(shape["element"])}
    names = list(asked)
    if of is Episode:
        names.remove(_AFTER_ENQUIRIES)
        names.insert(names.index("enquiries") + 1, _AFTER_ENQUIRIES)
    writers: dict[str, Callable[[str, Any, Year], _Part]] = {"item": _item, "items": _items, "one": _one, "many": _many}
    return tuple(writers[asked[name]["shape"]](name, asked[name], year) for name in names)


def _item(name: str, shape: Any, year: Year) -> _Part:
    element = year.name_of(shape["element"])

    def write(group: Any, deep: int) -> Iterator[str]:
        value: Field[Any] = getattr(group, name)
        if value.raw:
            yield _leaf(element, value.raw, deep)

    return write


def _items(name: str, shape: Any, year: Year) -> _Part:
    container, each = shape["element"], shape["each"]

    def write(group: Any, deep: int) -> Iterator[str]:
        held = [value.raw for value in getattr(group, name) if value.raw]
        margin = "  " * deep
        if held and container:
            yield f"{margin}<{container}>\n"
        yield from (_leaf(each, raw, deep + bool(container)) for raw in held)
        if held and container:
            yield f"{margin}</{container}>\n"

    return write


def _one(name: str, shape: Any, year: Year) -> _Part:
    def write(group: Any, deep: int) -> Iterator[str]:
        yield from _lines(getattr(group, name), year, deep)

    return write


def _many(name: str, shape: Any, year: Year) -> _Part:
    def write(group: Any, deep: int) -> Iterator[str]:
        for each in getattr(group, name):
            yield from _lines(each, year, deep)

    return write


def _leaf(element: str, raw: str, deep: int) -> str:
    if _NO_XML.search(raw):
        raise Unwritable(f"{element} holds a character that no XML file can carry. Write it anew in the record.")
    text = _MARKED.sub(lambda mark: _MARKS[mark[0]], raw)
    return f"{'  ' * deep}<{element}>{text}</{element}>\n"
