"""How long a sample was really worked on: this process and its session in the database, on a processor.

What is left of a sample's time is waiting: for a processor that other work has, or for the disk.
"""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

MB = 1_000_000
MS = 1_000_000
"""Nanoseconds in a millisecond."""


class Work:
    """Counts milliseconds on a processor. Knows nothing of a server that is on another machine, or hidden."""

    def __init__(self, wrapper: Any) -> None:
        wrapper.ensure_connection()
        place = Path("/proc", str(wrapper.connection.info.backend_pid))
        self._session = place / "schedstat" if _is_postgres(place) else None

    @property
    def known(self) -> bool:
        return self._session is not None

    def so_far(self) -> float:
        """Milliseconds since both began; only differences of it mean anything. Nought where it is not known."""
        if self._session is None:
            return 0.0
        on_processor, *_ = self._session.read_text().split()
        return (time.process_time_ns() + int(on_processor)) / MS


def most_allocated(act: Callable[[], object]) -> float:
    """Megabytes that Python had allocated for it at the most. What is counted takes several times as long."""
    tracemalloc.start()
    try:
        act()
        return round(tracemalloc.get_traced_memory()[1] / MB, 1)
    finally:
        tracemalloc.stop()


def _is_postgres(place: Path) -> bool:
    try:
        return (place / "comm").read_text().strip() == "postgres" and (place / "schedstat").exists()
    except OSError:
        return False
