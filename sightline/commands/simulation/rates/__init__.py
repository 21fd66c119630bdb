"""The numbers that are put in, a file for each part. Each value stands beside where it comes from."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def rates(part: str) -> dict[str, Any]:
    """`<part>.toml` with every `{value, source}` read as its value; lists of words stand as they are.

    Refuses a number that stands without a source.
    """
    return {name: _read(f"{part}.{name}", told) for name, told in sources(part).items()}


def rate(part: str, *path: str) -> float:
    """One number of a part, by the words that lead to it."""
    found: Any = rates(part)
    for word in path:
        found = found[word]
    return float(found)


@cache
def sources(part: str) -> dict[str, Any]:
    """The file as it is written."""
    return tomllib.loads((FOLDER / f"{part}.toml").read_text("utf-8"))


def _read(name: str, told: Any) -> Any:
    if isinstance(told, str) or (isinstance(told, list) and all(isinstance(one, str) for one in told)):
        return told
    if not isinstance(told, dict):
        raise TypeError(f"{name} stands without a source: write it as a table of value and source.")
    if "value" in told:
        if not told.get("source"):
            raise ValueError(f"{name} stands without a source.")
        return told["value"]
    return {part: _read(f"{name}.{part}", under) for part, under in told.items()}
