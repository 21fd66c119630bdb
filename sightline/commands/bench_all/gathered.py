"""What each bench prints as JSON, in the one form of the table."""

from collections.abc import Callable
from typing import Any

from sightline.commands.bench_line import Line, Part, part_of

TENTH = "a tenth of the size"


def gather(bench: str, figures: dict[str, Any]) -> Part:
    """A bench's figures as a part. A bench without a form of its own prints a part as it is."""
    return GATHERERS.get(bench, part_of)(figures)


def _pages(figures: dict[str, Any]) -> Part:
    size = f"{figures['people']:,} people"
    lines = [
        Line(
            one["name"], size, one["median"], one["p95"], one["p99"], one["memory"], one["ratio"], TENTH,
            verdict=_aim(one["aim"], met=one["quick"], at_work=one["quick_at_work"]),
        )
        for one in figures["measures"]
    ]  # fmt: skip
    said = (
        f"{figures['rounds']} samples of each; memory is the most that Python allocated while the page was answered,"
        " and the ratio is of the medians at work."
    )
    return Part(figures["bench"], figures["title"].capitalize(), lines, [said])


def _aim(aim: int | None, *, met: bool | None, at_work: bool | None) -> str:
    if aim is None:
        return ""
    return f"{aim} ms: {'met' if met else 'met at work' if at_work else 'MISSED'}"


def _access(figures: dict[str, Any]) -> Part:
    lines = [
        Line(
            f"{one['question']}, {one['reader']} of {one['children']:,} children".capitalize(),
            f"{figures['notes']:,} notes", round(one["with"], 1), round(one["p95"], 1), round(one["p99"], 1), None,
            round(one["ratio"], 1), "the same without policies", verdict=_short(one["verdict"]),
        )
        for one in figures["questions"]
    ]  # fmt: skip
    log = figures["log"]
    said = (
        f"Eight writers wrote {log['written']:,.0f} views a second, and had {log['bare']:,.0f} transactions a second"
        f" when they wrote nothing. Writing the view is {log['share']:.1%} of a child's overview."
    )
    return Part("access", "The fence and the view log", lines, [said])


def _short(verdict: str) -> str:
    return "" if verdict.startswith("none") else verdict


def _census(figures: dict[str, Any]) -> Part:
    children = f"{figures['children'][1]:,} children"
    lines = [
        Line(
            one["name"], children, one["large"]["seconds"], memory=one["large"]["mb"], ratio=one["ratio"], beside=TENTH,
            unit="s", verdict="met" if one["met"] else "MISSED",
        )
        for one in figures["measures"]
    ]  # fmt: skip
    said = [
        f"The children of {figures['file']}, copied; each measure once, in a process of its own, whose memory it is."
    ]
    return Part("census", "The census", lines, said)


def _form(figures: dict[str, Any]) -> Part:
    taken = {name: found for name, found in figures.items() if isinstance(found, dict)}
    (whole, large), (_, small) = taken.items()
    ratio = round(large["processor_ms"] / max(small["processor_ms"], 0.1), 1)
    aim, (middle, high, highest) = figures["aim_ms"], (large[of] for of in ("median_ms", "high_ms", "p99_ms"))
    met = _aim(aim, met=large["high_ms"] <= aim, at_work=large["processor_ms"] <= aim)
    line = Line("Check a form whole", whole, middle, high, highest, large["memory"], ratio, TENTH, verdict=met)
    return Part("form", "A long form", [line])


def _load(figures: dict[str, Any]) -> Part:
    whole, tenth = figures["sizes"][0], figures["sizes"][1] if len(figures["sizes"]) > 1 else None
    size = f"{whole['people']:,} people, {figures['sessions']:,} signed in"
    lines = []
    for name, phase in whole["phases"].items():
        beside = {one["page"]: one["seen"] for one in tenth["phases"].get(name, {}).get("pages", [])} if tenth else {}
        lines += [
            _loaded(one, f"{size}, {phase['rate']:g} a second", beside.get(one["page"])) for one in phase["pages"]
        ]
    lines += [
        Line(f"{one['name']}, {state.replace('-', ' ')}", size, memory=one[state]["memory"])
        for one in whole["processes"]
        for state in one
        if state != "name" and one[state]["memory"]
    ]
    return Part("load", "Many at once", lines, figures["said"])


def _loaded(page: dict[str, Any], size: str, beside: dict[str, float] | None) -> Line:
    seen = page["seen"]
    ratio = round(seen["p95"] / beside["p95"], 2) if beside and beside["p95"] else None
    verdict = f"{page['aim']} ms: {'met' if page['met'] else 'MISSED'}"
    return Line(
        page["page"], size, seen["p50"], seen["p95"], seen["p99"], None, ratio, TENTH if ratio else "", verdict=verdict
    )


GATHERERS: dict[str, Callable[[dict[str, Any]], Part]] = {
    "form": _form,
    "front-door": _pages,
    "journey": _pages,
    "protect": _pages,
    "access": _access,
    "census": _census,
    "load": _load,
}
