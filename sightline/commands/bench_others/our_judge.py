"""Our judge of a census file, in a process of its own, so that its time and its memory are its own.

python -m sightline.commands.bench_others.our_judge FILE
"""

import json
import sys
import time
from pathlib import Path

from sightline.commands.bench_others.peak import peak_mb
from sightline.returns.cin import RULES, judge, open_census


def main(file: str) -> None:
    """Prints one JSON object."""
    began = time.perf_counter()
    report = judge(open_census(Path(file)))
    took = time.perf_counter() - began
    # Checks of our own are left out: the other has none of them.
    found = {code: number for code, number in report.found.items() if not code.startswith("SL")}
    print(json.dumps({"seconds": round(took, 2), "mb": peak_mb(), "rules": len(RULES), "found": found}))


if __name__ == "__main__":
    main(sys.argv[1])
