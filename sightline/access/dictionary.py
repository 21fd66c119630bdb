"""The data dictionary: what each room says, in its `dictionary.toml`, of every model and field.

A room's file has a table for each model (`purpose`, and `about`: "person", "worker" or "nobody")
and one for each of its fields (`purpose`, `sensitivity`). What else is said of a field is said once
for the room, again for a model where it is otherwise, and again for a field: `retention`, `basis`,
`condition` and `readers`, the last three by keys of `lawful.toml`. A condition is the special and
the secret fields' alone. `columns` are those that the database writes by itself. Rooms are found through Django's
registry, so that this low floor knows no room by name; the tables of libraries are in
`library_tables.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps

PACKAGE = "sightline."
ABOUT = ("person", "worker", "nobody")
SENSITIVITY = ("none", "personal", "special", "secret")
NEEDS_CONDITION = ("special", "secret")
_HERE = Path(__file__).resolve().parent
_INHERITED = ("retention", "basis", "condition", "readers")


@dataclass(frozen=True)
class FieldWords:
    """What is said of one field. `basis`, `conditions` and `readers` are keys of the law's table."""

    purpose: str
    sensitivity: str
    retention: str
    basis: str
    conditions: tuple[str, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True)
class ModelWords:
    """What is said of one model, and of its fields by name; `columns` are the database's own."""

    room: str
    model: str
    purpose: str
    about: str
    readers: tuple[str, ...]
    fields: dict[str, FieldWords]
    columns: dict[str, FieldWords]


@dataclass(frozen=True)
class Ground:
    """One line of the law's table. `fence` is what the row policies call these readers."""

    key: str
    words: str
    citation: str = ""
    fence: str = ""


@dataclass(frozen=True)
class Law:
    """Every basis, condition and kind of reader that a field may name."""

    bases: dict[str, Ground]
    conditions: dict[str, Ground]
    readers: dict[str, Ground]


def rooms() -> list[AppConfig]:
    """The rooms of this package that Django knows."""
    return [room for room in apps.get_app_configs() if room.name.startswith(PACKAGE)]


def read_dictionary(room: AppConfig) -> dict[str, ModelWords]:
    """What a room's file says, by model; nothing where the room has no file."""
    return _read(Path(room.path) / "dictionary.toml", room.label)


def read_library_tables() -> dict[str, ModelWords]:
    """What is said of the tables that libraries bring, by their models' labels."""
    return _read(_HERE.parent / "library_tables.toml", "libraries")


def read_law() -> Law:
    """The table of bases, conditions and readers."""
    said = tomllib.loads((_HERE / "lawful.toml").read_text("utf-8"))
    kinds = [
        {key: Ground(key, **words) for key, words in said[kind].items()} for kind in ("basis", "condition", "readers")
    ]
    return Law(*kinds)


def _read(path: Path, room: str) -> dict[str, ModelWords]:
    if not path.exists():
        return {}
    said = tomllib.loads(path.read_text("utf-8"))
    everywhere = {name: words for name, words in said.items() if not isinstance(words, dict)}
    return {model: _model(room, model, everywhere | words) for model, words in said.items() if isinstance(words, dict)}


def _model(room: str, model: str, words: Mapping[str, object]) -> ModelWords:
    inherited = {name: words[name] for name in _INHERITED if name in words}
    return ModelWords(
        room=room,
        model=model,
        purpose=str(words.get("purpose", "")),
        about=str(words.get("about", "")),
        readers=_keys(words.get("readers")),
        fields=_fields(f"{room}: [{model}.fields]", words.get("fields", {}), inherited),
        columns=_fields(f"{room}: [{model}.columns]", words.get("columns", {}), inherited),
    )


def _fields(where: str, said: object, inherited: Mapping[str, object]) -> dict[str, FieldWords]:
    if not isinstance(said, dict):
        raise TypeError(f"{where} is a table of fields.")
    return {name: _field(words, inherited) for name, words in said.items()}


def _field(said: Mapping[str, object], inherited: Mapping[str, object]) -> FieldWords:
    words, sensitivity = {**inherited, **said}, str(said.get("sensitivity", ""))
    has_condition = "condition" in said or sensitivity in NEEDS_CONDITION
    return FieldWords(
        purpose=str(words.get("purpose", "")),
        sensitivity=sensitivity,
        retention=str(words.get("retention", "")),
        basis=str(words.get("basis", "")),
        conditions=_keys(words.get("condition")) if has_condition else (),
        readers=_keys(words.get("readers")),
    )


def _keys(said: object) -> tuple[str, ...]:
    """One key, or several."""
    if isinstance(said, list):
        return tuple(str(key) for key in said)
    return (str(said),) if said else ()


def tables_about_people() -> list[str]:
    """The tables that a room's dictionary says are about a person in the records."""
    return sorted(
        room.get_model(words.model)._meta.db_table  # noqa: SLF001 (Django's documented name)
        for room in rooms()
        for words in read_dictionary(room).values()
        if words.about == "person"
    )
