"""A draft data-protection impact assessment, out of the data dictionary, for a data-protection officer to finish.

What the product keeps, on what ground, who reads it and for how long is counted from the dictionary;
risks and what holds them are in `impact_risks.toml`. What only an authority can say is asked of it.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from sightline.access.dictionary import (
    NEEDS_CONDITION,
    SENSITIVITY,
    FieldWords,
    Ground,
    ModelWords,
    read_dictionary,
    read_law,
    read_library_tables,
    rooms,
)
from sightline.commands.reference_pages.data_dictionary import key_words

WORDS = Path(__file__).with_name("impact_assessment.txt")
RISKS = Path(__file__).with_name("impact_risks.toml")


def page() -> str:
    """The draft: its words, with a table at each place that is marked for one."""
    written = WORDS.read_text("utf-8")
    for mark, table in _tables().items():
        if written.count(mark) != 1:
            raise ValueError(f"{WORDS.name} has a place for {mark} once.")
        written = written.replace(mark, "\n".join(table()))
    return written


def risks() -> list[dict[str, str | list[str]]]:
    """What could go wrong, the harm, what the product does, and the tests that hold it."""
    found: list[dict[str, str | list[str]]] = tomllib.loads(RISKS.read_text("utf-8"))["risk"]
    return found


def _tables() -> dict[str, Callable[[], list[str]]]:
    law = read_law()
    return {
        "{{rooms}}": _by_room,
        "{{bases}}": lambda: _grounds("Lawful basis", law.bases, lambda field: [field.basis]),
        "{{conditions}}": lambda: _grounds("Condition", law.conditions, lambda field: field.conditions),
        "{{readers}}": lambda: _readers(law.readers),
        "{{special}}": _special,
        "{{retention}}": _retention,
        "{{risks}}": _risks,
    }


def _by_label() -> dict[str, list[ModelWords]]:
    kept = sorted((room for room in rooms() if list(room.get_models())), key=lambda room: room.label)
    return {room.label: list(read_dictionary(room).values()) for room in kept} | {
        "libraries": list(read_library_tables().values())
    }


def _fields(models: Iterable[ModelWords]) -> list[FieldWords]:
    return [field for words in models for field in (words.fields | words.columns).values()]


def _every_field() -> list[FieldWords]:
    return _fields(words for models in _by_label().values() for words in models)


def _by_room() -> list[str]:
    lines = ["| Room | Tables | Fields | " + " | ".join(SENSITIVITY) + " |", "|---" * (3 + len(SENSITIVITY)) + "|"]
    for label, models in _by_label().items():
        fields = _fields(models)
        counted = Counter(field.sensitivity for field in fields)
        numbers = " | ".join(str(counted[one]) for one in SENSITIVITY)
        lines.append(f"| {label} | {len(models)} | {len(fields)} | {numbers} |")
    return lines


def _grounds(head: str, grounds: dict[str, Ground], keys: Callable[[FieldWords], Iterable[str]]) -> list[str]:
    counted = Counter(key for field in _every_field() for key in keys(field))
    return [
        f"| {head} | What it is | Law | Fields |",
        "|---|---|---|---|",
        *(f"| {key_words(key)} | {one.words} | {one.citation} | {counted[key]} |" for key, one in grounds.items()),
    ]


def _readers(readers: dict[str, Ground]) -> list[str]:
    tables = Counter(key for models in _by_label().values() for words in models for key in words.readers)
    return [
        "| Readers | Tables that they read |",
        "|---|---|",
        *(f"| {one.words} | {tables[key]} |" for key, one in readers.items()),
    ]


def _special() -> list[str]:
    lines = ["| What | Special or secret fields | Condition |", "|---|---|---|"]
    for label, models in _by_label().items():
        for words in models:
            kept = {
                name: one for name, one in (words.fields | words.columns).items() if one.sensitivity in NEEDS_CONDITION
            }
            if kept:
                names = ", ".join(f"`{name}`" for name in kept)
                keys = dict.fromkeys(key for field in kept.values() for key in field.conditions)
                conditions = ", ".join(map(key_words, keys)) or "not special: it would open a door"
                lines.append(f"| {label}: {words.model}. {words.purpose} | {names} | {conditions} |")
    return lines


def _retention() -> list[str]:
    counted = Counter(field.retention for field in _every_field() if field.sensitivity != "none")
    return [
        "| Kept | Fields about somebody |",
        "|---|---|",
        *(f"| {words} | {number} |" for words, number in counted.most_common()),
    ]


def _risks() -> list[str]:
    lines = ["| Risk | Harm | What the product does | Held by |", "|---|---|---|---|"]
    for risk in risks():
        proofs = "; ".join(f"`{proof}`" for proof in risk["proofs"])
        lines.append(f"| {risk['what']} | {risk['harm']} | {risk['does']} | {proofs} |")
    return lines
