"""Target, simulated and difference: for the terminal, and as a page of the reference."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from sightline.commands.postgres.roles import Connection
from sightline.commands.simulation.calibration.counted import A_HUNDRED, YEAR, Found, Played
from sightline.commands.simulation.calibration.measured import Measuring
from sightline.kernel.london import local_day

TARGETS = Path(__file__).with_name("targets.toml")
PAGE = Path(__file__).parents[4] / "docs" / "reference" / "simulated-authority.md"
AIM = 10.0
"""Within how many in a hundred of the target what emerges is meant to be."""
TOGETHER = 2.0
"""How many children of one family are mostly counted together: what happens to one happens to the others."""
HOW = {"put_in": "put in", "emerges": "emerges"}


@dataclass(frozen=True)
class Figure:
    """A figure that may be compared: its target, if England has one, and how long a play it needs."""

    key: str
    title: str
    per: str
    how: str
    target: float | None = None
    source: str = ""
    years: float = 0.0


@dataclass(frozen=True)
class Line:
    """A figure as it came out, and how many were counted for it."""

    figure: Figure
    simulated: float | None
    counted: int = 0
    needs: str = ""
    """What it needs before it can be read: a longer play."""
    share: float = 0.0
    """Which part of all they are, from nought to one, where it is a share: nearly all is surer than a few."""

    @property
    def differs(self) -> float | None:
        """In hundredths of the target."""
        if self.simulated is None or not self.figure.target:
            return None
        return 100 * (self.simulated / self.figure.target - 1)

    @property
    def by_chance(self) -> float | None:
        """By how many in a hundred such a count differs between places alike, nineteen times in twenty."""
        return 200 * sqrt(TOGETHER * (1 - self.share) / self.counted) if self.counted else None


def figures() -> list[Figure]:
    """All that is compared, in the order of the file."""
    return [Figure(**told) for told in tomllib.loads(TARGETS.read_text("utf-8"))["figures"]]


def measure(connection: Connection, played: Played) -> dict[str, Found]:
    """What was counted for each figure in the record that `connection` reads whole."""
    measuring = Measuring(connection, played)
    return {one.key: measuring.figure(one.key) for one in figures() if not _needs(one, played)}


def compare(measured: Sequence[dict[str, Found]], played: Played) -> list[Line]:
    """Each figure, of one play or of several together; one that needs more than was played is left empty."""
    return [
        Line(one, None, needs=needs)
        if (needs := _needs(one, played))
        else _line(one, sum((play[one.key] for play in measured[1:]), measured[0][one.key]))
        for one in figures()
    ]


def _line(one: Figure, found: Found) -> Line:
    share = found.part / found.whole if found.times == A_HUNDRED and found.whole else 0.0
    return Line(one, found.figure, found.counted, share=share)


def _needs(one: Figure, played: Played) -> str:
    short = (played.ends - played.begins) / YEAR < one.years - 0.01
    return f"needs {one.years:g} years" if short else ""


def in_words(lines: Sequence[Line], played: Played, plays: int = 1) -> str:
    """A table for the terminal or the page; `plays` is how many were taken together."""
    first, last = local_day(played.begins), local_day(played.ends)
    told = [
        f"{played.children:,} children, played from {_day(first)} to {_day(last)}{_of(plays)}.",
        f"What happens is counted over {_long(played)}, what is open on {_days(played)}{_filled(played)}.",
        "",
        "| Figure | Per | Target | Simulated | Difference | Chance | Counted | |",
        "|---|---|---:|---:|---:|---:|---:|---|",
    ]
    told += [_row(line) for line in lines if line.figure.target is not None]
    told += ["", "Figures for which England has none that we have seen:", "", "| Figure | Per | Simulated | Counted |",
             "|---|---|---:|---:|"]  # fmt: skip
    told += [
        f"| {one.figure.title} | {one.figure.per} | {_said(one)} | {one.counted:,} |"
        for one in lines
        if one.figure.target is None
    ]
    return "\n".join([*told, "", _verdict(lines)])


def _of(plays: int) -> str:
    return f", by {plays} seeds one after another, all counted together" if plays > 1 else ""


def _long(played: Played) -> str:
    return f"its last {played.years:.1f} years" if played.since > played.begins else "all of it"


def _days(played: Played) -> str:
    many = len(played.quarter_days)
    return f"the {many} quarter days in it" if many > 1 else "its last day"


def _filled(played: Played) -> str:
    """What was played before is not measured: an empty authority fills up in it."""
    months = round((played.since - played.begins).days / 30.44)
    return f"; the {months} months before it fill an empty authority, and are not measured" if months else ""


def _row(line: Line) -> str:
    one, differs, chance = line.figure, line.differs, line.by_chance
    by = "none yet" if differs is None else f"{differs:+.0f} %"
    moved = "" if chance is None else f"± {chance:.0f} %"
    return (
        f"| {one.title} | {one.per} | {one.target:,.1f} | {_said(line)} | {by} | {moved} | {line.counted:,} "
        f"| {HOW[one.how]} |"
    )


def _said(line: Line) -> str:
    if line.needs:
        return line.needs
    return "none yet" if line.simulated is None else f"{line.simulated:,.1f}"


def _verdict(lines: Sequence[Line]) -> str:
    test = [one for one in lines if one.figure.how == "emerges" and one.differs is not None]
    near = [one for one in test if abs(one.differs or 0) <= AIM]
    chance = [one for one in test if one not in near and abs(one.differs or 0) <= (one.by_chance or 0)]
    return (
        f"Of {len(test)} figures that emerge and have a target, {len(near)} are within {AIM:.0f} in a hundred of it, "
        f"and {len(chance)} more no further away than chance moves them in a place of this size."
    )


def write(lines: Sequence[Line], played: Played, command: str, *, plays: int = 1) -> None:
    """The page of the reference, from this run."""
    sources = [f"- {one.title}: {one.source}." for one in figures() if one.source]
    PAGE.write_text(
        "\n".join([
            "# The simulated authority",
            "",
            f"Written by `{command} --write`; do not edit it by hand.",
            "",
            "`put in` is given to the play, or its thresholds were set to come near. `emerges` is nowhere put in: it",
            "follows from how much work there is, how families fare and who is there to do it; those rates were set",
            f"with it in view. It is the test; the aim is {AIM:.0f} in a hundred. `Chance` is by how much such a count",
            "differs between places alike, nineteen times in twenty: children are counted by families, mostly two",
            "together.",
            "",
            in_words(lines, played, plays),
            "",
            "## Where the targets are from",
            "",
            *sources,
            "- Children looked after: the product has no room for them yet, so the row is left out.",
            "",
        ]),
        "utf-8",
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
