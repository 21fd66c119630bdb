"""What the managers' weekly pages say of the play, held against what the play knows."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.audit.rules import OF_A_WEEK, STAYS_ANSWERED, Signal
from sightline.commands.snoopers.playing import Quarter
from sightline.doorway.acts import acting
from sightline.journeys.weeks_views import WEEK, Standing, list_week
from sightline.kernel.london import local_day
from sightline.workforce.queries import get_actor


@dataclass
class Judged:
    """How many snoopers some line named for what they did, and how many lines named honest work."""

    snoopers: Counter[str]
    caught: Counter[str]
    true_lines: Counter[str] = field(default_factory=Counter)
    false_lines: Counter[str] = field(default_factory=Counter)
    workers: int = 0
    honest_named: int = 0
    pages: int = 0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.caught.total() / (self.snoopers.total() or 1)

    def lines(self) -> list[str]:
        """What is printed."""
        slow, false = sorted(self.milliseconds), self.false_lines.total()
        return [
            f"{self.caught.total()} of {self.snoopers.total()} snoopers named for what they did: {self.recall:.0%}.",
            *(f"  {kind:<10} {self.caught[kind]:>3} of {number}" for kind, number in self.snoopers.items()),
            f"{false:,} lines named honest work: {false / (self.pages or 1):.1f} on a manager's page a week,",
            f"about {self.honest_named} of {self.workers} honest workers in the quarter.",
            "  signal      of snooping  of honest work",
            *(f"  {kind:<10} {self.true_lines[kind]:>12} {self.false_lines[kind]:>15}" for kind in map(str, Signal)),
            f"A page: {slow[len(slow) // 2]:.0f} ms at the median, {slow[-1]:.0f} ms at the slowest.",
        ]


def judge(played: Quarter, managers: dict[int, UUID], *, at: datetime) -> Judged:
    """Every manager reads every week. What is alike from week to week is answered at once where it was honest."""
    kinds = {worker.key: worker.snoops for worker in played.workers}
    judged = Judged(Counter(kind for kind in kinds.values() if kind), Counter(), workers=list(kinds.values()).count(""))
    snooped, weeks = _snooped(played)
    caught: set[UUID] = set()
    named: set[UUID] = set()
    settled: set[tuple[UUID, UUID | None, Signal]] = set()
    for account in managers.values():
        for week in played.weeks:
            for line in _page(account, week, at, judged):
                true = (
                    (line.account, week) in weeks
                    if line.signal in OF_A_WEEK
                    else (line.account, line.person) in snooped
                )
                if true:
                    caught.add(line.account)
                    judged.true_lines[str(line.signal)] += 1
                elif (line.account, line.person, line.signal) not in settled:
                    named.add(line.account)
                    judged.false_lines[str(line.signal)] += 1
                    if line.signal in STAYS_ANSWERED:
                        settled.add((line.account, line.person, line.signal))
    judged.caught = Counter(kinds[account] for account in caught if kinds[account])
    judged.honest_named = sum(1 for account in named if not kinds[account])
    return judged


def _snooped(played: Quarter) -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, date]]]:
    pairs: set[tuple[UUID, UUID]] = set()
    weeks: set[tuple[UUID, date]] = set()
    for view in played.views:
        if view.snooped:
            pairs.add((view.worker, view.person))
            day = local_day(view.at)
            weeks.add((view.worker, next(week for week in played.weeks if week <= day < week + WEEK)))
    return pairs, weeks


def _page(account: UUID, week: date, at: datetime, judged: Judged) -> list[Standing]:
    began = time.perf_counter()
    with acting(account):
        found = list_week(by=get_actor(account), week=week, at=at)
    judged.milliseconds.append((time.perf_counter() - began) * 1000)
    judged.pages += 1
    return [line for one in found for line in one.lines]
