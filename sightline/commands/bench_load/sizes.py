"""How large the authority is, what that takes on the disk, and what is refused before anything is loaded."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sightline.commands.postgres.roles import DatabaseRefused

PEOPLE, ENTRIES, VIEWS = 375_000, 2_500_000, 12_500_000
"""A quarter of a large county's 1.5 million people, 10 million entries and 50 million views."""
FEWEST = 2_000
PLAYED = 25_000
"""People whose lives are drawn one by one; the others are copies of them with other names, homes and keys."""
PER_PERSON, PER_ENTRY, PER_VIEW = 8_500, 3_900, 420
"""Bytes on the disk with every index, measured on loaded records of this bench."""
LEFT_FREE = 8 * 10**9
"""Bytes that stay free: for the log that is written ahead, and for whoever else is on the machine."""
EVENTS_TO_AN_ENTRY = 2
"""Each entry has left the act that wrote it and one look in the view log."""


@dataclass(frozen=True)
class Size:
    """People in the record, entries, and rows of the view log (acts and looks); and how many lives are drawn."""

    people: int
    entries: int
    views: int
    played: int = PLAYED

    @property
    def tenth(self) -> "Size":
        return Size(self.people // 10, self.entries // 10, self.views // 10, self.played)

    @property
    def times(self) -> int:
        """How often what was drawn one by one stands in the record."""
        return -(-self.people // self.played)

    @property
    def bytes(self) -> int:
        more = max(0, self.views - EVENTS_TO_AN_ENTRY * self.entries)
        return self.people * PER_PERSON + self.entries * PER_ENTRY + more * PER_VIEW

    @property
    def name(self) -> str:
        """As a database is named after it."""
        return f"{self.people}_{self.entries}_{self.views}"

    def words(self) -> str:
        return f"{self.people:,} people, {self.entries:,} entries and {self.views:,} rows of the view log"


def refuse_nonsense(size: Size) -> None:
    """Refuses what could not be drawn: too few people, fewer entries than the contacts that they came by."""
    if size.people < 10 * FEWEST:
        raise DatabaseRefused(
            f"Ask for at least {10 * FEWEST:,} people: a tenth of them is measured beside them (--one leaves that out)."
        )
    refuse_too_small(size)


def refuse_too_small(size: Size) -> None:
    """Refuses a record in which nobody would have anything to do."""
    if size.people < FEWEST or size.entries < size.people:
        raise DatabaseRefused(f"Ask for at least {FEWEST:,} people, and as many entries as people.")
    if size.views < EVENTS_TO_AN_ENTRY * size.entries:
        raise DatabaseRefused(
            f"Every entry leaves two rows in the view log: ask for {EVENTS_TO_AN_ENTRY * size.entries:,} or more."
        )


def refuse_what_does_not_fit(sizes: list[Size], folder: Path, *, free: int | None = None) -> None:
    """Refuses, with the figure, what the disk under `folder` has no room for. Nothing has been loaded by then."""
    needed = sum(size.bytes for size in sizes)
    room = (shutil.disk_usage(folder).free if free is None else free) - LEFT_FREE
    if needed <= room:
        return
    share = max(0.0, room / needed)
    fits = int(sizes[0].people * share // 1000 * 1000)
    raise DatabaseRefused(
        f"{sizes[0].words()} need {needed / 1e9:.0f} GB on the disk, and {max(0, room) / 1e9:.0f} GB may be used "
        f"({LEFT_FREE / 1e9:.0f} GB stay free). What fits is about {fits:,} people, "
        f"{int(sizes[0].entries * share):,} entries and {int(sizes[0].views * share):,} views."
    )
