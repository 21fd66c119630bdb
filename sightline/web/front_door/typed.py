"""What has been typed on the contact page, as rows: people, injuries, attached files.

A row's inputs begin with a letter and a number (`p3-given`). Taking a row away leaves the other
numbers as they are, so that what is being typed elsewhere never moves.
"""

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import QueryDict

from sightline.kernel.errors import Refusal
from sightline.kernel.reading import day_words
from sightline.kernel.references import new_id
from sightline.people.rules import Sought, read_birth, read_line

PEOPLE, INJURIES, FILES = "p", "i", "d"


def from_body(body: Mapping[str, list[str]]) -> QueryDict:
    """A draft's words as if they had just been sent."""
    data = QueryDict(mutable=True)
    for name, values in body.items():
        data.setlist(name, list(values))
    return data


def rows(data: QueryDict, letter: str) -> list[int]:
    """The numbers of the rows of one kind, in the order in which they were added."""
    found = (re.fullmatch(rf"{letter}(\d{{1,3}})-id", name) for name in data)
    return sorted(int(match[1]) for match in found if match)


def add_row(data: QueryDict, letter: str, values: Mapping[str, str]) -> int:
    """One row more; returns its number."""
    number = max(rows(data, letter), default=-1) + 1
    for name, value in {"id": str(new_id()), **values}.items():
        data[f"{letter}{number}-{name}"] = value
    return number


def remove_row(data: QueryDict, letter: str, number: str) -> None:
    """The row is gone with all that was typed in it."""
    for name in [name for name in data if name.startswith(f"{letter}{number}-")]:
        del data[name]


def add_known(data: QueryDict, person: UUID, kind: str) -> None:
    """Somebody who was found, once."""
    already = {data.get(f"p{number}-id") for number in rows(data, PEOPLE)}
    if str(person) not in already:
        add_row(data, PEOPLE, {"id": str(person), "kind": kind, "known": "1"})


def add_unknown(data: QueryDict, kind: str, today: date) -> None:
    """Somebody who was not found, with all that was typed to find them."""
    add_row(data, PEOPLE, {"kind": kind, "known": "", **_as_typed(data.get("find", ""), today)})


def _as_typed(text: str, today: date) -> dict[str, str]:
    sought = read_line(text, today=today)
    names = _names_as_typed(text, sought)
    return {
        "given": " ".join(names[:-1]) if len(names) > 1 else "".join(names),
        "family": names[-1] if len(names) > 1 else "",
        "born": _born_as_typed(text, sought, today),
        "lines": " ".join(filter(None, (sought.house, sought.street))).strip().title(),
        "postcode": sought.postcode,
        "number": sought.numbers[0] if sought.numbers else "",
    }


def _names_as_typed(text: str, sought: Sought) -> list[str]:
    """The name's words as somebody wrote them, with a capital where they wrote none at all."""
    written = {word.lower().strip(".,"): word.strip(".,") for word in text.split()}
    return [(word if (word := written.get(name, name)) != word.lower() else word.title()) for name in sought.words]


def _born_as_typed(text: str, sought: Sought, today: date) -> str:
    if sought.due:
        return f"due {day_words(sought.due)}"
    if sought.born:
        return day_words(sought.born)
    if sought.born_from and sought.born_to:
        return _age_words(text, sought, today)
    return ""


def _age_words(text: str, sought: Sought, today: date) -> str:
    """The words of the line that said the age: the shortest run that reads as the same."""
    words = text.replace(",", " ").split()
    for length in range(1, len(words) + 1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if _says(run, sought, today):
                return run
    return ""


def _says(words: str, sought: Sought, today: date) -> bool:
    try:
        said = read_birth(words, today=today)
    except (Refusal, ValueError, OverflowError):
        return False
    return (said.born_from, said.born_to) == (sought.born_from, sought.born_to)
