"""The data dictionary: every table and field with purpose, sensitivity and retention.

The words stand in each room's `dictionary.toml`; the tables come from the models. What has no
words is named by `undescribed`, and a test holds that there is nothing.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

ROOMS = Path(__file__).resolve().parents[2]
PARTS = ("purpose", "sensitivity", "retention")
SENSITIVITIES = ("none", "personal", "special", "secret")


def page() -> str:
    words = [
        "# Data dictionary",
        "",
        "Every table and field, why it is kept, how sensitive it is and for how long it is kept.",
        "Sensitivity: *none*; *personal* (about somebody); *special* (health, ethnicity and the like,",
        "or about harm to a child); *secret* (would put somebody in danger, or open a door). Retention",
        "is a rule that an authority dates and changes; the words say which. Written by",
        "`./run reference` from each room's `dictionary.toml`.",
        "",
    ]
    for room in rooms():
        words += _room(room)
    return "\n".join(words)


def rooms() -> list[str]:
    """The rooms that have tables, by name."""
    return sorted(
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("sightline.") and list(config.get_models())
    )


def described(room: str) -> dict[str, Any]:
    """What a room's dictionary says; empty where it has none."""
    file = ROOMS / room / "dictionary.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


def undescribed() -> list[str]:
    """Tables and fields without purpose, sensitivity and retention, and words about none."""
    faults = []
    for room in rooms():
        said = described(room)
        models = {model.__name__: model for model in apps.get_app_config(room).get_models()}
        faults += [f"{room}.{name} is described and is no table" for name in said.keys() - models.keys()]
        for name, model in models.items():
            faults += _faults_of(f"{room}.{name}", model, said.get(name, {}))
    return faults


def _faults_of(name: str, model: type[Model], said: dict[str, Any]) -> list[str]:
    if not said.get("purpose") or said.get("about") not in ("person", "worker", "nobody"):
        return [f"{name} needs `purpose` and `about` (person, worker or nobody)"]
    fields = {field.name for field in model._meta.local_fields}
    told = said.get("fields", {})
    faults = [f"{name}.{field} is described and is no field" for field in told.keys() - fields]
    for field in sorted(fields):
        entry = told.get(field, {})
        if any(not entry.get(part) for part in PARTS) or entry.get("sensitivity") not in SENSITIVITIES:
            faults.append(f"{name}.{field} needs purpose, sensitivity and retention")
    return faults


def _room(room: str) -> list[str]:
    said = described(room)
    lines = [f"## {room}", ""]
    for model in apps.get_app_config(room).get_models():
        table = said.get(model.__name__, {})
        lines += [f"### {model.__name__}", "", f"{table.get('purpose', '')} About: {table.get('about', '')}.", ""]
        lines += ["| Field | Purpose | Sensitivity | Retention |", "|---|---|---|---|"]
        for field in model._meta.local_fields:
            entry = table.get("fields", {}).get(field.name, {})
            lines.append(f"| `{field.name}` | " + " | ".join(str(entry.get(part, "")) for part in PARTS) + " |")
        lines.append("")
    return lines
