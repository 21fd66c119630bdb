"""The data dictionary: every table and field with purpose, sensitivity and retention.

The words stand in each room's `dictionary.toml`; the tables come from the models. A test holds
that the two say the same fields.
"""

from django.apps import AppConfig
from django.db.models import Model

from sightline.access.dictionary import FieldWords, ModelWords, read_dictionary, rooms

HEAD = """\
# Data dictionary

Every table and field, why it is kept, how sensitive it is and for how long it is kept.
Sensitivity: *none*; *personal* (about somebody); *special* (health, ethnicity and the like,
or about harm to a child); *secret* (would put somebody in danger, or open a door). Retention
is a rule that an authority dates and changes; the words say which. Written by
`./run reference` from each room's `dictionary.toml`.
"""
ABOUT = {
    "person": "About somebody in the records, so behind row security.",
    "worker": "About a worker.",
    "nobody": "About nobody.",
}


def page() -> str:
    kept = sorted((room for room in rooms() if list(room.get_models())), key=lambda room: room.label)
    return "\n".join([HEAD, *(line for room in kept for line in _room(room))])


def _room(room: AppConfig) -> list[str]:
    said = read_dictionary(room)
    lines = [f"## {room.label}", ""]
    for model in room.get_models():
        lines += _table(model, said[model.__name__])
    return lines


def _table(model: type[Model], said: ModelWords) -> list[str]:
    return [
        f"### {said.model}",
        "",
        f"{said.purpose} {ABOUT[said.about]}",
        "",
        "| Field | Purpose | Sensitivity | Retention |",
        "|---|---|---|---|",
        *(_row(field.name, said.fields[field.name]) for field in model._meta.concrete_fields),  # noqa: SLF001 (Django's documented name)
        "",
    ]


def _row(name: str, said: FieldWords) -> str:
    return f"| `{name}` | {said.purpose} | {said.sensitivity} | {said.retention} |"
