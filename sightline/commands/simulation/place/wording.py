"""The words that the place is called by, read once."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(kind: str) -> tuple[str, ...]:
    """One list of `words.toml`."""
    told = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))[kind]
    return tuple(told.split() if isinstance(told, str) else told)
