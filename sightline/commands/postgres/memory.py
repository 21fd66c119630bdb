"""How much of the machine's memory the embedded server keeps its pages in."""

import os
from contextlib import suppress
from pathlib import Path

MB = 1 << 20
LEAST_MB, MOST_MB, SHARE = 128, 2048, 8
# A container may have less than its machine: the second version of control groups, then the first.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def shared_buffers_mb(there: int | None = None) -> int:
    """An eighth of the memory (bytes; of this machine where none is given), within 128 and 2,048 MB.

    128 MB are PostgreSQL's own, and hold a demonstration; beside a large record what each page needs pushes out what
    the next one needs. The rest is left to the pages' own processes, and to the system, which keeps files in memory.
    """
    return max(LEAST_MB, min(MOST_MB, (memory() if there is None else there) // SHARE // MB))


def memory() -> int:
    """Bytes of memory that this machine has, or that this container may use."""
    found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for limit in LIMITS:
        # Not there, or the word "max": nobody has set a limit.
        with suppress(OSError, ValueError):
            found.append(int(limit.read_text()))
    return min(found)
