"""The data dictionary: every table and field with its purpose, sensitivity, ground, readers and retention.

The words stand in each room's `dictionary.toml`, for the tables of libraries in `library_tables.toml`;
the tables come from the models. A test holds that they say the same fields, and the same readers as
the row policies of the database.
"""

from django.apps import AppConfig

from sightline.access.dictionary import (
    FieldWords,
    Ground,
    ModelWords,
    read_dictionary,
    read_law,
    read_library_tables,
    rooms,
)

HEAD = """\
# Data dictionary

Every table and field: why it is kept, how sensitive it is, on what ground, who reads it and for how long
it is kept. Sensitivity: *none*; *personal* (about somebody); *special* (health, ethnicity and the like,
or about harm to a child); *secret* (would put somebody in danger, or open a door). Retention is a rule
that an authority dates and changes; the words say which. Written by `./run reference` from each room's
`dictionary.toml`. The [draft impact assessment](../data-protection-impact-assessment.md) is made of it.

The ground and the readers are named by these keys. Nobody reads anything about somebody from whom the
access rule keeps them, whatever is said here.
"""
ABOUT = {
    "person": "About somebody in the records, so behind row security.",
    "worker": "About a worker.",
    "nobody": "About nobody.",
}


def page() -> str:
    kept = sorted((room for room in rooms() if list(room.get_models())), key=lambda room: room.label)
    ours = [line for room in kept for line in _room(room)]
    theirs = [line for words in read_library_tables().values() for line in _table(words)]
    return "\n".join([HEAD, *_law(), *ours, "## Tables that libraries bring", "", *theirs])


def key_words(key: str) -> str:
    """A key as it is read."""
    return key.replace("_", " ")


def _law() -> list[str]:
    law = read_law()
    return [
        *_grounds("Lawful basis", law.bases),
        *_grounds("Condition, for what is special", law.conditions),
        *_grounds("Read by", law.readers),
    ]


def _grounds(head: str, grounds: dict[str, Ground]) -> list[str]:
    cited = any(ground.citation for ground in grounds.values())
    names, line = (
        (f"| {head} | What it is | Law |", "|---|---|---|") if cited else (f"| {head} | Who that is |", "|---|---|")
    )
    rows = [
        f"| {key_words(key)} | {ground.words} |{f' {ground.citation} |' if cited else ''}"
        for key, ground in grounds.items()
    ]
    return [names, line, *rows, ""]


def _room(room: AppConfig) -> list[str]:
    said = read_dictionary(room)
    return [f"## {room.label}", "", *(line for model in room.get_models() for line in _table(said[model.__name__]))]


def _table(said: ModelWords) -> list[str]:
    return [
        f"### {said.model}",
        "",
        f"{said.purpose} {ABOUT[said.about]}",
        "",
        "| Field | Purpose | Sensitivity | Ground | Read by | Retention |",
        "|---|---|---|---|---|---|",
        *(_row(name, words) for name, words in (said.fields | said.columns).items()),
        "",
    ]


def _row(name: str, said: FieldWords) -> str:
    ground = "; ".join(
        [key_words(said.basis), *([", ".join(map(key_words, said.conditions))] if said.conditions else [])]
    )
    readers = ", ".join(map(key_words, said.readers))
    return f"| `{name}` | {said.purpose} | {said.sensitivity} | {ground} | {readers} | {said.retention} |"
