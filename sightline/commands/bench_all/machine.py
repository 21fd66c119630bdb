"""The machine on which something was measured, in one sentence of facts."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

KILOBYTES = 1_024


@dataclass(frozen=True)
class Machine:
    """Cores and what they are called, memory in GB, the system, and how much of it was at work already."""

    cores: int
    processor: str
    memory: int
    system: str
    python: str
    busy: float

    def words(self) -> str:
        named = f" ({self.processor})" if self.processor else ""
        memory = f", {self.memory} GB of memory" if self.memory else ""
        return (
            f"{self.cores} cores{named}{memory}, {self.system}, Python {self.python}; load average {self.busy:.1f}"
            " when it began"
        )


def this_machine() -> Machine:
    """As it stands now. What the system does not tell is left out."""
    return Machine(
        os.cpu_count() or 1, _told("/proc/cpuinfo", "model name"),
        round(int((_told("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) * KILOBYTES / 1e9),
        platform.system(), platform.python_version(), round(os.getloadavg()[1], 1),
    )  # fmt: skip


def _told(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    found = next((line for line in lines if line.startswith(name)), "")
    return " ".join(found.partition(":")[2].split())
