"""The data dictionary: what each room says, in its `dictionary.toml`, of every model and field.

A room's file has a table for each model (`purpose`, and `about`: "person", "worker" or "nobody")
and one for each of its fields (`purpose`, `sensitivity`, `retention`). Rooms are found through
Django's registry, so that this low floor knows no room by name.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps

PACKAGE = "sightline."
ABOUT = ("person", "worker", "nobody")
SENSITIVITY = ("none", "personal", "special", "secret")


@dataclass(frozen=True)
class FieldWords:
    """What is said of one field."""

    purpose: str
    sensitivity: str
    retention: str


@dataclass(frozen=True)
class ModelWords:
    """What is said of one model, and of its fields by name."""

    room: str
    model: str
    purpose: str
    about: str
    fields: dict[str, FieldWords]


def rooms() -> list[AppConfig]:
    """The rooms of this package that Django knows."""
    return [room for room in apps.get_app_configs() if room.name.startswith(PACKAGE)]


def read_dictionary(room: AppConfig) -> dict[str, ModelWords]:
    """What a room's file says, by model; nothing where the room has no file."""
    path = Path(room.path) / "dictionary.toml"
    if not path.exists():
        return {}
    said = tomllib.loads(path.read_text("utf-8"))
    return {model: _model(room.label, model, words) for model, words in said.items()}


def _model(room: str, model: str, words: dict[str, object]) -> ModelWords:
    fields = words.get("fields", {})
    if not isinstance(fields, dict):
        raise TypeError(f"{room}: [{model}.fields] is a table of fields.")
    return ModelWords(
        room=room,
        model=model,
        purpose=str(words.get("purpose", "")),
        about=str(words.get("about", "")),
        fields={
            name: FieldWords(
                purpose=str(said.get("purpose", "")),
                sensitivity=str(said.get("sensitivity", "")),
                retention=str(said.get("retention", "")),
            )
            for name, said in fields.items()
        },
    )


def tables_about_people() -> list[str]:
    """The tables that a room's dictionary says are about a person in the records."""
    return sorted(
        room.get_model(words.model)._meta.db_table  # noqa: SLF001 (Django's documented name)
        for room in rooms()
        for words in read_dictionary(room).values()
        if words.about == "person"
    )
