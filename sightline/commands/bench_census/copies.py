"""A census file copied until it has as many children as are wanted, each with an id and a pupil number of their own."""

import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from sightline.kernel.errors import Refusal
from sightline.kernel.references import upn_check_letter

_CHILD = re.compile(rb"[ \t]*<Child>.*?</Child>\s*?\n", re.DOTALL)
_ID = re.compile(rb"<LAchildID>[^<]*</LAchildID>")
_NUMBER = re.compile(rb"<(UPN|FormerUPN)>[^<]*</(?:UPN|FormerUPN)>")
_AUTHORITY = "845"


def write_copies(source: Path, out: Path, children: int) -> None:
    """Writes the file's children again and again until there are so many. Refuses a file without children."""
    text = source.read_bytes()
    found = _CHILD.findall(text)
    if not found:
        raise Refusal(f"{source.name} has no children in it. Name a census file that has.")
    first, last = text.index(found[0]), text.rindex(found[-1]) + len(found[-1])
    numbers = (_pupil_number(number) for number in count(1))
    with out.open("wb") as file:
        file.write(text[:first])
        file.writelines(islice(_copied(found, numbers), children))
        file.write(text[last:])


def _copied(found: list[bytes], numbers: Iterator[bytes]) -> Iterator[bytes]:
    for number in count(1):
        child = _ID.sub(b"<LAchildID>BENCH%07d</LAchildID>" % number, found[(number - 1) % len(found)])
        yield _NUMBER.sub(lambda match: b"<%b>%b</%b>" % (match[1], next(numbers), match[1]), child)


def _pupil_number(number: int) -> bytes:
    rest = f"{_AUTHORITY}{number:09d}"
    return (upn_check_letter(rest) + rest).encode()
