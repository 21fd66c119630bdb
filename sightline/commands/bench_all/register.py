"""Which benches there are, how large each is when all are run, and how long that takes."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """One bench: its words for the whole run and for the quick one, and about how many seconds each takes.

    The seconds are of two cores that do little else, each bench with a record of its own.
    """

    name: str
    told: str
    words: str
    quick: str
    seconds: int
    quick_seconds: int
    page: str = ""
    """The page of the reference that the bench writes by itself, at the size that it has when it is run alone."""

    def asked(self, *, quick: bool) -> list[str]:
        """The words of its command."""
        return ["bench", self.name, *(self.quick if quick else self.words).split(), "--json"]

    def takes(self, *, quick: bool) -> int:
        return self.quick_seconds if quick else self.seconds


NAMED: Sequence[Named] = (
    Named("form", "checking a form of 1,300 questions", "--rounds 40", "--rounds 5", 5, 5),
    Named(
        "front-door", "search, contact, decision, record and my day", "--people 100000 --rounds 20",
        "--people 4000 --rounds 2", 160, 60, "performance-front-door.md",
    ),
    Named(
        "journey", "visits, the assessment and my day", "--people 50000 --rounds 15",
        "--people 4000 --rounds 2 --years 2", 100, 60, "performance-journey.md",
    ),
    Named(
        "protect", "a conference and a protected child's record", "--people 50000 --rounds 15",
        "--people 4000 --rounds 2 --years 1", 150, 60, "performance-protect.md",
    ),
    Named(
        "access", "what the fence and the view log cost", "--notes 300000 --rounds 15 --seconds 10",
        "--notes 6000 --rounds 3 --seconds 1", 65, 40, "performance-access.md",
    ),
    Named(
        "census", "writing the census and checking it", "--children 10000", "--children 400", 60, 75,
        "performance-census.md",
    ),
    Named(
        "others", "the product beside what it might be done with instead", "--people 50000 --children 2000",
        "--people 4000 --children 100 --rounds 5 --questions 10", 135, 90, "",
    ),
    Named(
        "growth", "every page and command at three sizes", "--children 60 --rounds 3", "--quick", 290, 240,
        "performance-growth.md",
    ),
    Named(
        "cost", "an empty folder to the first page, memory, disk and start-up", "", "--quick", 150, 120,
        "performance-cost.md",
    ),
    Named(
        "load", "many signed in at once",
        "--people 40000 --entries 100000 --views 400000 --played 20000 --sessions 200 --rate 10 --minutes 2 --spike 20"
        " --spike-minutes 0.5",
        "--people 20000 --entries 30000 --views 70000 --played 4000 --sessions 20 --rate 2 --minutes 0.3 --spike 4"
        " --spike-minutes 0.1 --exactly --one",
        555, 120, "performance-load.md",
    ),
)  # fmt: skip


def chosen(names: Sequence[str]) -> list[Named]:
    """Those that are named, in the register's order; all where none is."""
    return [one for one in NAMED if not names or one.name in names]


def minutes(benches: Sequence[Named], *, quick: bool) -> int:
    """About how long they take, one after another."""
    return round(sum(one.takes(quick=quick) for one in benches) / 60)
