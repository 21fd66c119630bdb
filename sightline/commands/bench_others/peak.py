"""The most memory that this process has had. Knows nothing but Python's own library, for whoever has no more."""

import resource
from pathlib import Path

KILOBYTES_IN_MB = 1_024


def peak_mb() -> int:
    """Megabytes since this program began.

    What the system counts as a process's most has that of whoever started it in it, until another program is loaded.
    """
    try:
        told = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_IN_MB)
    line = next(line for line in told.splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / KILOBYTES_IN_MB)
