"""Reads a Children in Need census file into its parts, one child at a time.

What cannot be read at all is refused (`Unreadable`) and nothing loads: not XML or not a
census, hostile XML, a year without a specification, no reference date, a child without
an id. Everything else is read, and judged afterwards. What the year's specification has
no place for is kept as a `Stray` beside its neighbours, so that nothing is lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sightline.returns.cin.parts import Child, Field, Group, Header, Stray, shapes
from sightline.returns.cin.stream import LOOSE_TEXT, Node, Unreadable, records
from sightline.returns.cin.years import Year, known_years

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_MOST_KEPT = 2_000  # characters of a stray's text
G = TypeVar("G", bound=Group)


@dataclass(frozen=True, slots=True)
class Census:
    """A census file that has been opened: its head, its year, and the days it is judged by.

    ``start`` and ``end`` are both included. ``end`` is the file's own reference date.
    """

    source: Path | bytes
    header: Header
    year: Year
    start: date
    end: date

    @property
    def authority(self) -> str:
        """The authority's number as the file gives it, or nothing."""
        return self.header.source.authority.raw

    def children(self) -> "Iterator[Child | Stray]":
        """Every child in the file's order, and whatever stands between them.

        Reads the file anew each time, a child at a time. Refuses (`Unreadable`) when it
        meets what cannot be read, which may be at the very end: load all or nothing.
        """
        heads = 0
        for node in records(self.source, root="Message", container="Children"):
            heads += node.name == "Header"
            if node.name == "Child":
                yield _child(node, self.year)
            elif node.name != "Header":
                yield _stray(node, "Message")
            elif heads > 1:
                yield _stray(node, "Message", "SL02")


def open_census(source: Path | bytes) -> Census:
    """Opens a census: reads its head and finds its year.

    Refuses (`Unreadable`) what is not a census of a known year with a reference date.
    Dates are judged from 1 April before the census date to the file's reference date.
    """
    header = _header(source)
    year = _known_year(header)
    end = header.collection.reference_date.value
    if end is None:
        raise Unreadable(
            "The file has no reference date that can be read, so its dates cannot be judged. "
            f"Put the census date, {year.census_date}, in ReferenceDate.",
            line=header.collection.reference_date.line,
        )
    start = year.first_day
    if end < start:  # the date is wrong (rule 100); judge the year that it ends
        start = date(end.year - (end < date(end.year, 4, 1)), 4, 1)
    return Census(source, header, year, start, end)


def _header(source: Path | bytes) -> Header:
    newest = known_years()[max(known_years())]
    for node in records(source, root="Message", container="Children"):
        if node.name == "Header":
            return _build(Header, node, newest)
        if node.name == "Child":
            raise Unreadable(
                "The file's head must come before its children, and it does not: the year is "
                "not known. Export the file again from the system it came from.",
                line=node.line,
            )
    raise Unreadable("This is not a Children in Need census: it has no Header.")


def _known_year(header: Header) -> Year:
    details = header.collection
    if details.collection.raw.upper() not in ("CIN", ""):
        raise Unreadable(
            "This is not a Children in Need census: its Collection is not CIN. Check that it is the right file.",
            line=details.collection.line,
        )
    year = known_years().get(details.year.value or 0)
    if year is None:
        first, last = min(known_years()), max(known_years())
        raise Unreadable(
            f"The census year must be from {first} to {last}, and here it is "
            f"“{details.year.raw[:20]}”. Check Year in the head of the file.",
            line=details.year.line,
        )
    return year


def _child(node: Node, year: Year) -> Child:
    child = _build(Child, node, year)
    if not child.id:
        raise Unreadable(
            "This child has no LAchildID, so nobody could be found by it. "
            "Give every child the authority's own id and export the file again.",
            line=child.identifiers.la_child_id.line,
        )
    return child


def _build(of: type[G], node: Node, year: Year) -> G:
    """A group from its element: each part by the shape it was declared with."""
    left = _Left(node, of.ELEMENT)
    made: dict[str, Any] = {}
    for name, shape in shapes(of):
        element = year.name_of(shape["element"])
        nodes = left.take(element) if year.asks(element) else []
        made[name] = _SHAPES[shape["shape"]](shape, element, nodes, left, year)
    return of(line=node.line, strays=left.strays(), **made)


class _Left:
    """What of an element has not yet found its place."""

    def __init__(self, node: Node, group: str) -> None:
        self.node = node
        self._group = group
        self._inside = list(node.inside)
        self._strays: list[Stray] = list(_loose(node, group))

    def take(self, element: str) -> list[Node]:
        found = [node for node in self._inside if node.name == element]
        if found:
            self._inside = [node for node in self._inside if node.name != element]
        return found

    def more_than_one(self, nodes: list[Node]) -> None:
        self._strays += [_stray(node, self._group, "SL02") for node in nodes[1:]]

    def inside(self, node: Node, element: str) -> list[Node]:
        """The elements wanted in a container; what else it holds has no place."""
        self._strays += _loose(node, node.name)
        for other in node.inside:
            if other.name != element:
                self._strays.append(_stray(other, node.name))
        return [other for other in node.inside if other.name == element]

    def leaf(self, node: Node) -> None:
        """A value holds text alone."""
        self._strays += [_stray(other, node.name) for other in node.inside]
        self._strays += _attributes(node)

    def strays(self) -> tuple[Stray, ...]:
        unknown = [_stray(node, self._group) for node in self._inside]
        return tuple(sorted((*self._strays, *unknown), key=lambda stray: stray.line))


def _item(shape: Any, element: str, nodes: list[Node], left: _Left, year: Year) -> Field[Any]:
    left.more_than_one(nodes)
    if not nodes:
        return Field(element, left.node.line)
    return _field(shape["kind"], nodes[0], left)


def _items(shape: Any, element: str, nodes: list[Node], left: _Left, year: Year) -> Any:
    if not element:  # they stand in the group itself
        return tuple(_field(shape["kind"], node, left) for node in left.take(shape["each"]))
    left.more_than_one(nodes)
    return tuple(_field(shape["kind"], each, left) for node in nodes[:1] for each in left.inside(node, shape["each"]))


def _one(shape: Any, element: str, nodes: list[Node], left: _Left, year: Year) -> Group:
    left.more_than_one(nodes)
    node = nodes[0] if nodes else Node(element, left.node.line, {})
    group: type[Group] = shape["group"]
    return _build(group, node, year)


def _many(shape: Any, element: str, nodes: list[Node], left: _Left, year: Year) -> Any:
    return tuple(_build(shape["group"], node, year) for node in nodes)


_SHAPES: dict[str, Callable[..., Any]] = {
    "item": _item,
    "items": _items,
    "one": _one,
    "many": _many,
}


def _field(kind: str, node: Node, left: _Left) -> Field[Any]:
    left.leaf(node)
    return Field(node.name, node.line, node.text, read_value(kind, node.text))


def read_value(kind: str, text: str) -> Any:
    """What an element's text says as the kind of value it should be, or None where it cannot be read so."""
    return _VALUES[kind](text)


def _read_day(text: str) -> date | None:
    """A day as XML Schema writes it. Years outside 1900 to 2100 are slips of the hand."""
    found = _DAY.fullmatch(text)
    if found is None or not 1900 <= int(found[1]) <= 2100:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _read_count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


_VALUES: dict[str, Callable[[str], Any]] = {
    "text": lambda text: text or None,
    "date": _read_day,
    "flag": lambda text: _FLAGS.get(text.lower()),
    "count": _read_count,
}


def _loose(node: Node, group: str) -> Iterator[Stray]:
    if node.text:
        yield Stray("SL03", group, node.line, node.text[:_MOST_KEPT])
    yield from _attributes(node)


def _attributes(node: Node) -> Iterator[Stray]:
    for name, value in node.attributes.items():
        yield Stray("SL03", f"{node.name}/@{name}", node.line, value[:_MOST_KEPT])


def _stray(node: Node, group: str, rule: str = "SL01") -> Stray:
    if node.name == LOOSE_TEXT:
        return Stray("SL03", group, node.line, node.text)
    return Stray(rule, f"{group}/{node.name}", node.line, _as_text(node)[:_MOST_KEPT])


def _as_text(node: Node) -> str:
    """An element's content in one line: its text, or its elements as name=text."""
    if not node.inside:
        return node.text
    return "; ".join(f"{each.name}={_as_text(each)}" for each in node.inside)
