"""Reads XML from outside as a stream, and refuses what is hostile.

A document type is refused as soon as it begins, so that no entity is ever declared,
expanded or fetched. Depth, names, attributes, text and the size of one record are
bounded, and so the memory is, whatever the file holds.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat  # every declaration that makes XML dangerous is refused below

from sightline.kernel.errors import Refusal

MOST_BYTES = 200 * 1024 * 1024
_CHUNK = 64 * 1024
_MOST_DEPTH = 32
_MOST_ATTRIBUTES = 20
_MOST_TEXT = 4_000  # characters in one element, or in its attributes together
_MOST_ELEMENTS = 20_000  # in one child's record
_MOST_TOKEN = 1024 * 1024  # bytes of one tag, comment or name before it ends
LOOSE_TEXT = "#text"
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"})
_HARMLESS_ATTRIBUTES = ("xmlns", "xsi:")


class Unreadable(Refusal):
    """The file cannot be read as a census at all, and nothing of it was loaded.

    ``line`` is where, counted from 1, or None where it is the file as a whole.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message if line is None else f"Line {line}: {message}")
        self.line = line


class Node:
    """One element of a record: name, line, text, its attributes and the elements inside it."""

    __slots__ = ("attributes", "inside", "line", "name", "text")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.text = ""
        self.inside: list[Node] = []


def records(source: Path | bytes, *, root: str, container: str) -> Iterator[Node]:
    """Each record in the file, as it is completed, in the file's order.

    Records are the elements directly inside ``root``, except that ``container`` is
    opened and gives each element inside it. Refuses (`Unreadable`) hostile or broken
    XML, another root, another encoding, and more than `MOST_BYTES`.
    """
    listener = _Listener(root, container)
    for part in _parts(source):
        listener.feed(part)
        yield from listener.take()
    listener.feed(b"", last=True)
    yield from listener.take()


def _parts(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        if len(source) > MOST_BYTES:
            raise _too_large()
        yield from (source[at : at + _CHUNK] for at in range(0, len(source), _CHUNK))
        return
    read = 0
    try:
        with source.open("rb") as file:
            while part := file.read(_CHUNK):
                read += len(part)
                if read > MOST_BYTES:
                    raise _too_large()
                yield part
    except OSError as error:
        raise Unreadable(
            f"The file could not be opened ({error.strerror}). Check its name and who may read it."
        ) from error


def _too_large() -> Unreadable:
    return Unreadable(
        f"The file is larger than {MOST_BYTES // 1024 // 1024} MB, which no authority's census is. "
        "Check that it is the right file."
    )


class _Listener:
    """Hears the parser's events and builds the records."""

    def __init__(self, root: str, container: str) -> None:
        self._root = root
        self._container = container
        self._open: list[str] = []
        self._nodes: list[Node] = []
        self._ready: list[Node] = []
        self._elements = 0
        self._fed = 0
        self._heard = 0
        self._parser = self._make_parser()

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._nothing
        parser.ProcessingInstructionHandler = self._nothing
        return parser

    def feed(self, part: bytes, *, last: bool = False) -> None:
        self._fed += len(part)
        try:
            self._parser.Parse(part, last)
        except expat.ExpatError as error:
            raise Unreadable(
                f"The file is not well-formed XML here ({expat.errors.messages[error.code]}). "
                "Export it again from the system it came from.",
                line=error.lineno,
            ) from error
        except (ValueError, LookupError) as error:  # an encoding the parser cannot read
            raise self._refusal("The text is in an encoding that cannot be read.") from error
        if self._fed - self._heard > _MOST_TOKEN:
            raise self._refusal("A tag, comment or name here has no end within reach.")

    def take(self) -> list[Node]:
        ready, self._ready = self._ready, []
        return ready

    def _refusal(self, message: str) -> Unreadable:
        return Unreadable(
            f"{message} Nothing was loaded. Export the file again from the system it came from.",
            line=self._parser.CurrentLineNumber,
        )

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        self._heard = self._fed
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise self._refusal("The file declares an encoding that is not accepted. Save it as UTF-8.")

    def _doctype(self, *_: object) -> int:
        raise self._refusal("The file has a document type or entities, which are not accepted.")

    def _nothing(self, *_: object) -> None:
        self._heard = self._fed

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._heard = self._fed
        self._bound(attributes)
        self._open.append(name)
        if len(self._open) == 1 and name != self._root:
            raise self._refusal(f"This is not a Children in Need census: it has no {self._root}.")
        if not self._nodes and self._is_frame():
            return
        node = Node(name, self._parser.CurrentLineNumber, _telling(attributes))
        if self._nodes:
            self._nodes[-1].inside.append(node)
        self._nodes.append(node)
        self._elements += 1

    def _bound(self, attributes: dict[str, str]) -> None:
        if len(self._open) >= _MOST_DEPTH:
            raise self._refusal("Elements stand too deep inside one another.")
        if self._elements >= _MOST_ELEMENTS:
            raise self._refusal("One record here holds far more than a child's record can.")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise self._refusal("An element here has too many attributes.")
        if sum(len(name) + len(value) for name, value in attributes.items()) > _MOST_TEXT:
            raise self._refusal("An attribute here is far too long.")

    def _loose(self, text: str) -> None:
        """Text between the records belongs to nothing; it is passed on, so that it is told."""
        if text:
            node = Node(LOOSE_TEXT, self._parser.CurrentLineNumber, {})
            node.text = text[:200]
            self._ready.append(node)

    def _is_frame(self) -> bool:
        """True for the root and the container, which are never held as a record."""
        return len(self._open) == 1 or self._open == [self._root, self._container]

    def _end(self, name: str) -> None:
        self._heard = self._fed
        self._open.pop()
        if self._nodes:
            node = self._nodes.pop()
            node.text = node.text.strip()
            if not self._nodes:
                self._ready.append(node)
                self._elements = 0

    def _text(self, text: str) -> None:
        self._heard = self._fed
        if not self._nodes:
            self._loose(text.strip())
            return
        node = self._nodes[-1]
        if len(node.text) + len(text) > _MOST_TEXT and (node.text + text).strip():
            raise self._refusal("The text of an element here is far too long.")
        node.text += text.lstrip() if not node.text else text


def _telling(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if not name.startswith(_HARMLESS_ATTRIBUTES)}
