"""How much is played and how often it is copied, and whether the disk will hold it."""

import shutil
from math import ceil
from pathlib import Path

from sightline.commands.simulation.rates import rate
from sightline.kernel.errors import Refusal

GIGABYTE = 1_000_000_000


class TooLarge(Refusal):
    """The disk will not hold it; nothing has been written."""


def shares(children: int, *, most: int | None = None) -> tuple[int, int]:
    """How many children are played, and how many copies are made of them, so that it is that many in all.

    `most` are played where whoever asks has less time than a play has as a rule.
    """
    most = most or int(rate("replication", "size", "played_most"))
    times = ceil(children / most)
    return ceil(children / times), times - 1


def refuse_beyond_the_disk(*, children: int, years: float, folder: Path, needed: float | None = None) -> None:
    """Refuses what will not fit on the disk that `folder` is on, with both figures.

    `needed` is what it takes by measure of what was played; before that it is what a child takes as a rule.
    """
    wanted = expected(children=children, years=years) if needed is None else needed
    free = shutil.disk_usage(_standing(folder)).free
    if wanted > free:
        raise TooLarge(
            f"{children:,} children over {years:g} years take about {wanted / GIGABYTE:,.1f} GB, and "
            f"{free / GIGABYTE:,.1f} GB are free. Ask for {_fitting(children, wanted, free):,} children or fewer years."
        )


def expected(*, children: int, years: float) -> float:
    """Bytes that so many children take over so many years, with what any authority takes."""
    return fixed() + children * years * rate("replication", "size", "bytes_a_child_year")


def fixed() -> float:
    """Bytes that any authority takes."""
    return rate("replication", "size", "fixed_bytes")


def _fitting(children: int, wanted: float, free: float) -> int:
    a_child = max((wanted - fixed()) / children, 1)
    return max(int((free - fixed()) * 0.9 / a_child), 0)


def _standing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.absolute().parents) if one.exists())
