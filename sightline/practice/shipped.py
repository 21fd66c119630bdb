"""The packs that come with the product: reading their files, and sealing what they say."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from sightline.practice.tables import Fault, PackRefused

PACKS = Path(__file__).parent / "packs"
SHIPPED = ("england-2023",)
"""Packs that are in force as they come. An overlay that comes beside them waits for two people to publish it."""


@dataclass(frozen=True)
class Source:
    """A pack's files: what they say, as plain JSON values, and their text."""

    values: dict[str, Any]
    text: str

    @property
    def seal(self) -> str:
        """SHA-256 of what the files say, in hexadecimal. Comments do not change it."""
        return seal_of(self.values)


def read_source(folder: Path) -> Source:
    """Reads every TOML file of ``folder``. Refuses what is not TOML, with its line."""
    values: dict[str, Any] = {}
    texts: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text("utf-8")
        values[path.stem] = read_toml(text, path.name)
        texts.append(f"# ---- {path.name}\n{text}")
    return Source(values, "\n".join(texts))


def read_toml(text: str, where: str) -> dict[str, Any]:
    """What one file says, as plain JSON values. Refuses what is not TOML, with its line."""
    try:
        said: dict[str, Any] = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PackRefused(Fault(where, f"this is not TOML: {error}", "Mend that line")) from error
    return said


def seal_of(values: Mapping[str, Any]) -> str:
    """SHA-256 over one way of writing ``values``, in hexadecimal."""
    written = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same without dates and times, which JSON does not have."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value
