"""What each kind of process costs while it is watched: time on a processor each second, and memory now and then."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

EVERY_SECONDS, MEMORY_EVERY = 1.0, 10
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Moment:
    """Of one kind of process at one moment: seconds on a processor since it was watched, bytes, and how many."""

    at: float
    worked: float
    memory: int
    processes: int


@dataclass
class Kind:
    """All processes under one, by their first: those that ended have worked as well."""

    root: int
    worked: float = 0.0
    memory: int = 0
    last: dict[tuple[int, str], float] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)


class Watch(threading.Thread):
    """Watches until it is stopped. `kinds` names the first process of each kind; another can be added."""

    def __init__(self, kinds: Mapping[str, int]) -> None:
        super().__init__(daemon=True)
        self.kinds = {name: Kind(root) for name, root in kinds.items()}
        self._stopped = threading.Event()

    def add(self, name: str, root: int) -> None:
        """One kind more, from now on."""
        self.kinds = self.kinds | {name: Kind(root)}

    def run(self) -> None:
        number = 0
        while not self._stopped.wait(EVERY_SECONDS):
            self.note(with_memory=number % MEMORY_EVERY == 0)
            number += 1

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def note(self, *, with_memory: bool) -> None:
        """One moment of every kind."""
        stats = _stats()
        for kind in list(self.kinds.values()):
            mine = _under(kind.root, stats)
            for one in mine:
                _, began, worked = stats[one]
                kind.worked += worked - kind.last.get((one, began), 0.0)
                kind.last[one, began] = worked
            if with_memory:
                kind.memory = sum(map(memory_of, mine))
            kind.moments.append(Moment(time.time(), kind.worked, kind.memory, len(mine)))

    def share(self, name: str, began: float, ended: float) -> float | None:
        """Of one processor, in hundredths, between two moments; None where nothing was seen."""
        seen = self._between(name, began, ended)
        if len(seen) < 2:
            return None
        return 100 * (seen[-1].worked - seen[0].worked) / (seen[-1].at - seen[0].at)

    def memory(self, name: str, began: float, ended: float) -> int:
        """The most that they had in memory together."""
        return max((one.memory for one in self._between(name, began, ended)), default=0)

    def _between(self, name: str, began: float, ended: float) -> list[Moment]:
        kind = self.kinds.get(name)
        return [one for one in kind.moments if began <= one.at <= ended] if kind else []


def _stats() -> dict[int, tuple[int, str, float]]:
    """Of every process its parent, when it began, and its seconds on a processor."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # The name stands in brackets and may hold anything; what follows it does not.
                rest = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(folder.name)] = (int(rest[1]), rest[19], (int(rest[11]) + int(rest[12])) / TICKS)
    return found


def _under(root: int, stats: Mapping[int, tuple[int, str, float]]) -> list[int]:
    """A process and all that came of it."""
    children: dict[int, list[int]] = {}
    for one, (parent, _, _) in stats.items():
        children.setdefault(parent, []).append(one)
    found, waiting = [], [root] if root in stats else []
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def memory_of(process: int) -> int:
    """Bytes, what it shares with others counted in parts; without leave to see that, all that it has in memory."""
    folder = Path(f"/proc/{process}")
    try:
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        return int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
