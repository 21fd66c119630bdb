"""A town, its workers and a quarter of their views, drawn by lot from a seed. No database and no clock.

What honest workers do is meant to be as untidy as it is: they help a colleague out and mostly write that
down, they open somebody of the same name by mistake, they work in the evening, some carry a namesake.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sightline.kernel.london import at_local_time

TEAM, CASELOAD = 10, 15
"""Workers of a team, and the children that each of them carries."""
GIVE_HOME, HELPS_OUT, WRITES_IT_DOWN, MISTAKES, EVENINGS = 0.6, 0.08, 0.7, 0.02, 0.1
"""Shares: of workers who gave their home; of workers' weeks in which they open a colleague's child, of these in
which they record something there, in which they open a wrong person, and in which they work in the evening."""
KINDS = {"neighbour": 10, "relative": 10, "curious": 10, "night": 8, "many": 7, "inside": 5}
"""Of fifty snoopers: who look up neighbours, relatives, a colleague's case, others at night, very many people; and
who carry a child that they know under another name, which nothing in a log can tell."""


@dataclass(frozen=True)
class Child:
    key: UUID
    team: int
    worker: UUID
    surname: str
    postcode: str
    street: str


@dataclass
class Worker:
    key: UUID
    team: int
    surname: str
    postcode: str
    gave_home: bool
    pace: float
    snoops: str = ""
    children: list[Child] = field(default_factory=list)


@dataclass(frozen=True)
class View:
    """Who opened whom, when, and what gave them sight. `wrote` says that they recorded something there as well;
    `snooped` is known to the play alone.
    """

    worker: UUID
    person: UUID
    at: datetime
    because: str
    wrote: bool = False
    snooped: bool = False


@dataclass
class Quarter:
    """The play: what is put in the database, and what the judge knows."""

    weeks: list[date]
    workers: list[Worker]
    children: list[Child]
    views: list[View]


class Play:
    """One quarter, drawn from a seed."""

    def __init__(self, *, seed: int, workers: int, snoopers: int, weeks: list[date]) -> None:
        self.draw, self.weeks = Random(seed), weeks  # noqa: S311 (a play, to be the same each time)
        # The commonest name is carried by one in eighty, as in England; the postcodes hold about fifteen homes.
        self.surnames = [f"Name{number:04}" for number in range(2000)]
        self.frequent = [1 / (number + 8) for number in range(2000)]
        self.postcodes = [f"HB{n % 20 + 1} {n // 20 % 10}{a}{b}" for n in range(200) for a in "ABDE" for b in "FGH"]
        self.workers = [self._worker(number // TEAM) for number in range(workers)]
        self.children = [child for worker in self.workers for child in self._caseload(worker)]
        self.by_team: dict[int, list[Child]] = {}
        for child in self.children:
            self.by_team.setdefault(child.team, []).append(child)
        self.views: list[View] = []
        self._choose(snoopers)

    def played(self) -> Quarter:
        for week in self.weeks:
            for worker in self.workers:
                self._honestly(worker, week)
        for worker in self.workers:
            if worker.snoops:
                getattr(self, f"_{worker.snoops}")(worker)
        return Quarter(self.weeks, self.workers, self.children, self.views)

    def _key(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)

    def _surname(self) -> str:
        return self.draw.choices(self.surnames, self.frequent)[0]

    def _worker(self, team: int) -> Worker:
        home = self.draw.choice(self.postcodes)
        pace = self.draw.lognormvariate(0, 0.3)
        return Worker(self._key(), team, self._surname(), home, self.draw.random() < GIVE_HOME, pace)

    def _caseload(self, worker: Worker) -> list[Child]:
        worker.children = [
            Child(self._key(), worker.team, worker.key, self._surname(), self.draw.choice(self.postcodes),
                  f"{self.draw.randint(1, 90)} Oak Street")
            for _ in range(CASELOAD)
        ]  # fmt: skip
        return worker.children

    def _choose(self, snoopers: int) -> None:
        kinds = [kind for kind, share in KINDS.items() for _ in range(max(1, round(share * snoopers / 50)))]
        for worker, kind in zip(self.draw.sample(self.workers, min(snoopers, len(kinds))), kinds, strict=False):
            worker.snoops = kind

    # --- what they open ---------------------------------------------------------------------------

    def _at(self, week: date, *, evening: bool = False) -> datetime:
        day = week + timedelta(days=self.draw.randrange(5))
        hour = self.draw.randrange(20, 23) if evening else self.draw.randrange(8, 18)
        return at_local_time(day, time(hour, self.draw.randrange(60)))

    def _look(self, worker: Worker, child: Child, at: datetime, *, wrote: bool = False, snooped: bool = False) -> None:
        because = "allocation" if child.team == worker.team else ""
        self.views.append(View(worker.key, child.key, at, because, wrote, snooped))

    def _honestly(self, worker: Worker, week: date) -> None:
        evening = self.draw.random() < EVENINGS
        for child in worker.children:
            if self.draw.random() < min(0.95, 0.55 * worker.pace):
                for _ in range(self.draw.randint(1, 3)):
                    self._look(worker, child, self._at(week, evening=evening and self.draw.random() < 0.4),
                               wrote=self.draw.random() < 0.3)  # fmt: skip
        if self.draw.random() < HELPS_OUT:
            child = self.draw.choice(self.by_team[worker.team])
            self._look(worker, child, self._at(week), wrote=self.draw.random() < WRITES_IT_DOWN)
        if self.draw.random() < MISTAKES:
            self._look(worker, self.draw.choice(self.children), self._at(week))

    def _snoop(self, worker: Worker, child: Child, *, evening: bool = False) -> None:
        self._look(worker, child, self._at(self.draw.choice(self.weeks), evening=evening), snooped=True)

    def _neighbour(self, worker: Worker) -> None:
        """Who lives where they live. Not everybody who looks up a neighbour has given their home."""
        near = [child for child in self.children if child.postcode == worker.postcode]
        for child in self.draw.choices(near or self.children, k=self.draw.randint(1, 3)):
            self._snoop(worker, child)

    def _relative(self, worker: Worker) -> None:
        alike = [child for child in self.children if child.surname == worker.surname] or self.children
        child = self.draw.choice(alike)
        for _ in range(self.draw.randint(2, 4)):
            self._snoop(worker, child)

    def _curious(self, worker: Worker) -> None:
        other = [child for child in self.by_team[worker.team] if child.worker != worker.key]
        child = self.draw.choice(other)
        for _ in range(self.draw.randint(1, 6)):
            self._snoop(worker, child)

    def _night(self, worker: Worker) -> None:
        for child in self.draw.sample(self.children, self.draw.randint(2, 5)):
            self._snoop(worker, child, evening=True)

    def _many(self, worker: Worker) -> None:
        week = self.draw.choice(self.weeks)
        for child in self.draw.sample(self.children, min(self.draw.randint(40, 145), len(self.children))):
            self._look(worker, child, self._at(week), snooped=True)

    def _inside(self, worker: Worker) -> None:
        for _ in range(6):
            self._snoop(worker, self.draw.choice(worker.children[:1]))
