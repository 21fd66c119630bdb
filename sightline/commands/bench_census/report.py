"""What the census bench found, as one object and as a page of the reference."""

import os
import platform
from collections.abc import Iterator
from datetime import date
from typing import Any

from sightline.commands.bench_front_door.report import FOLDER

PAGE = FOLDER / "performance-census.md"
SECONDS, MB = 30, 300
GROWS = 12.5
"""Ten times the children may take ten times as long; a quarter more is the machine's noise."""
NAMES = {
    "write": "Write the return from the record",
    "check": "Check the record by every rule",
    "read": "Read the written file and check it by every rule",
}


def told(figures: list[dict[str, Any]], *, file: str, year: int, on: date) -> dict[str, Any]:
    """Everything that is printed. Times are seconds."""
    small, large = figures
    return {
        "bench": "census",
        "on": on.isoformat(),
        "file": file,
        "year": year,
        "cores": os.cpu_count(),
        "busy": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        "children": [small["children"], large["children"]],
        "import": [small["import"], large["import"]],
        "measures": [_measure(what, small[what], large[what]) for what in NAMES],
    }


def _measure(what: str, small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": NAMES[what],
        "small": small,
        "large": large,
        "ratio": round(large["seconds"] / max(small["seconds"], 0.01), 1),
        "met": large["seconds"] <= SECONDS and large["mb"] <= MB,
        "linear": large["seconds"] / max(small["seconds"], 0.01) <= GROWS * large["children"] / small["children"] / 10,
    }


def as_page(given: dict[str, Any]) -> str:
    """The page."""
    return "\n".join(_lines(given)) + "\n"


def _lines(given: dict[str, Any]) -> Iterator[str]:
    small, large = given["children"]
    yield "# Performance: the Children in Need census"
    yield ""
    yield "Written by `./run bench census --file FILE --write`; do not edit it by hand."
    yield ""
    yield f"Measured on {given['on']}: {given['cores']} shared cores with the database on the same ones, Python"
    yield f"{given['python']}, and the machine's load average at {given['busy']} (the bench's own is a little over 1)."
    yield f"The children of {given['file']}, a census of {given['year']}, copied until there were {small:,} and"
    yield f"{large:,}, each with an id and a pupil number of their own; brought in by the import into an empty record."
    yield "Each measure is a process of its own: its seconds, the seconds that it was on a processor (the rest is"
    yield f"the database), and its peak memory. Aims at {large:,} children: {SECONDS} seconds, {MB} MB, growing no"
    yield "faster than the children do."
    yield ""
    yield f"| | {small:,}: seconds | at work | MB | {large:,}: seconds | at work | MB | growth | aim |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for one in given["measures"]:
        few, many = one["small"], one["large"]
        aim = ("met" if one["met"] else "MISSED") + ("" if one["linear"] else ", GROWS")
        yield (
            f"| {one['name']} | {few['seconds']} | {few['at_work']} | {few['mb']} "
            f"| {many['seconds']} | {many['at_work']} | {many['mb']} | {one['ratio']} | {aim} |"
        )
    yield ""
    yield f"Bringing the files in, which has no aim: {given['import'][0]} s and {given['import'][1]} s."
    written = given["measures"][0]["large"]
    yield f"The file that was written has {written['children']:,} children and {written['bytes'] / 1e6:.0f} MB."
    for one in given["measures"][1:]:
        found = ", ".join(f"{code} ({number:,})" for code, number in sorted(one["large"]["found"].items()))
        yield f"{one['name']}: {found or 'no rule is broken'}."
