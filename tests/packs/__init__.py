"""Practice packs of other eras, which show that no stage of any one of them is built into the rooms.

A folder holds only what differs from england-2023: tables join by their names, and rows by their keys.
What comes with the product is not one of these: `values_of("england-2026")` reads it from there.
"""

from functools import cache
from pathlib import Path
from typing import Any

from sightline.practice.overlay import apply_overlay
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, read_source, read_toml
from sightline.practice.spec import Pack

FOLDER = Path(__file__).parent
BASE = "england-2023"
ERAS = (BASE, "england-2026", "england-2006", "munro")
# What the base calls its one assessment, its form and its clock.
ONE = "assessment"


def values_of(key: str) -> dict[str, Any]:
    """What the pack of that key says, whole, as plain JSON values; a caller may change them."""
    base = read_source(PACKS / BASE).values
    if key == BASE:
        return base
    if (overlay := PACKS / f"{key}.toml").exists():
        return apply_overlay(base, read_toml(overlay.read_text("utf-8"), overlay.name))
    return _without_what_no_stage_names(_joined(base, read_source(FOLDER / key).values))


@cache
def pack_of(key: str) -> Pack:
    """The pack of that key, unpublished."""
    return parse_pack(values_of(key))


def _joined(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, dict):
        return base | {name: _joined(base[name], inner) if name in base else inner for name, inner in over.items()}
    if _has_keys(base) and _has_keys(over):
        by_key = {row["key"]: row for row in base}
        # A clock is replaced whole: one without a prescribed time has no length.
        by_key |= {row["key"]: row if "unit" in row else _joined(by_key.get(row["key"], {}), row) for row in over}
        return list(by_key.values())
    return over


def _has_keys(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) and "key" in row for row in rows)


def _without_what_no_stage_names(values: dict[str, Any]) -> dict[str, Any]:
    """Kinds of assessment are replaced, not joined, so the base's one goes with its form and its clock."""
    stages = values["stages"]
    over = [kind for kind in stages["assessments"] if kind["key"] != ONE]
    stages["assessments"] = over or stages["assessments"]
    if ONE not in {kind["form"] for kind in stages["assessments"]}:
        del values[ONE]
    if ONE not in {kind["timescale"] for kind in stages["assessments"]}:
        clocks = values["timescales"]
        clocks["timescales"] = [clock for clock in clocks["timescales"] if clock["key"] != ONE]
    return values
