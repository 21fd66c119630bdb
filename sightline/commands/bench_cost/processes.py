"""The processes behind the pages: what each kind has in memory, at rest and while many ask."""

from collections.abc import Mapping
from pathlib import Path

from sightline.commands.bench_cost.folder import Folder, Running
from sightline.commands.bench_load.watch import Watch, memory_of

KINDS = {"gunicorn": "The web server", "procrastinate": "The worker for jobs", "audit": "The sealer"}
DATABASE, COMMAND = "The database", "The command that started them"
MB = 1_000_000


class Processes:
    """Of one running product. Memory that processes share is counted in parts."""

    def __init__(self, folder: Folder, running: Running) -> None:
        self.command = running.child.pid
        kinds = {kind: pid for pid in _children(self.command) if (kind := _kind(pid))}
        self.watch = Watch({**kinds, DATABASE: folder.cluster.running()["pid"]})

    def memory(self) -> dict[str, float]:
        """Megabytes of each kind now."""
        self.watch.note(with_memory=True)
        found = {name: kind.memory / MB for name, kind in self.watch.kinds.items()}
        return found | {COMMAND: memory_of(self.command) / MB}

    def count(self) -> dict[str, int]:
        """How many processes each kind is."""
        self.watch.note(with_memory=False)
        return {name: kind.moments[-1].processes for name, kind in self.watch.kinds.items()} | {COMMAND: 1}


def at_most(seen: list[Mapping[str, float]]) -> dict[str, float]:
    """The most that each kind had."""
    return {name: max(one[name] for one in seen) for name in seen[0]} if seen else {}


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in told.read_text().split()] if told.exists() else []


def _kind(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return next((kind for word, kind in KINDS.items() if word in words), "")
