"""The commands that read or write a record, each as a process of its own at every size."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from statistics import median
from urllib.parse import quote

from sightline.commands.bench_front_door.loader import Say
from sightline.commands.bench_growth.first_page import serving
from sightline.commands.bench_growth.ground import Loaded
from sightline.commands.bench_growth.rules import Growth
from sightline.commands.bench_load.ground import address
from sightline.commands.postgres import url
from sightline.commands.postgres.lifecycle import ROOT, current_cluster
from sightline.commands.serving import CannotServe


@dataclass(frozen=True)
class Command:
    """What is typed after `./run`; `{folder}` is one for what it writes, `{year}` a census year."""

    words: str
    exits: tuple[int, ...] = (0,)
    once: bool = False
    """It finds its work done the second time."""


COMMANDS = (
    Command("status --json"),
    Command("migrate --quiet"),
    Command("practice list"),
    Command("audit seal --once --seals {folder}/seals", once=True),
    Command("audit verify --seals {folder}/seals"),
    Command("return cin --year {year} --authority 999 --out {folder}/cin.xml"),
    # It says of each fault whose it is, and ends with 1 where there is any.
    Command("check cin --year {year}", exits=(0, 1)),
    Command("import-cin {folder}/cin.xml --dry-run", exits=(0, 1)),
)
ROUNDS, EVERY_SECONDS = 2, 0.02
"""A process is slow enough to tell from a few."""
SERVED = "serve, until the first page"


def run(sizes: Sequence[Loaded], rounds: int, say: Say) -> tuple[list[Growth], list[str]]:
    """Each command at each size; what grew, and what did not end as it should."""
    taken: dict[str, list[tuple[float, float]]] = {}
    lost: list[str] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="sightline-growth-") as folder:
            for command in COMMANDS:
                say(f"{command.words.partition(' -')[0]} on {size.words}")
                said = _samples(command, size, Path(folder), rounds)
                if isinstance(said, str):
                    lost.append(said)
                else:
                    taken.setdefault(command.words, []).append(said)
            say(f"serve on {size.words}")
            try:
                with serving(environment(size.name, Path(folder))) as began:
                    taken.setdefault(SERVED, []).append((began, 0.0))
            except CannotServe as refusal:
                lost.append(f"./run serve on {size.words}: {refusal}")
    return [_growth(words, rows) for words, rows in taken.items() if len(rows) == len(sizes)], lost


def _growth(words: str, rows: list[tuple[float, float]]) -> Growth:
    times = tuple(round(took, 0) for took, _ in rows)
    told = words.replace("{folder}/", "").replace(" --year {year}", "").replace(" --authority 999", "")
    return Growth(f"./run {told}", words.partition(" --")[0], times, times, memory=tuple(most for _, most in rows))


def _samples(command: Command, size: Loaded, folder: Path, rounds: int) -> tuple[float, float] | str:
    """Milliseconds at the median and megabytes at the most; or a sentence about how it ended."""
    words = command.words.format(folder=folder, year=datetime.now(UTC).year).split()
    took, most = [], 0.0
    for _ in range(1 if command.once else rounds):
        began = time.monotonic()
        code, memory, said = measured(["sightline.commands", *words], environment(size.name, folder))
        took.append(1000 * (time.monotonic() - began))
        most = max(most, memory)
        if code not in command.exits:
            return f"./run {command.words} ended with {code} on {size.words}: {said}"
    return median(took), most


def environment(name: str, folder: Path) -> dict[str, str]:
    """Of a process that works on that database as a server's does: signing in as serving, migrating as its login."""
    changed = {
        "DATABASE_URL": address(name),
        "SIGHTLINE_SEALS": str(folder / "seals"),
        "SIGHTLINE_SECRET_KEY": token_urlsafe(48),
        "SIGHTLINE_DEMONSTRATION": "0",
    }
    if url.is_embedded():
        cluster = current_cluster()
        password, port = quote(cluster.secrets()["postgres"], safe=""), cluster.running()["port"]
        changed["DATABASE_OWNER_URL"] = f"postgresql://postgres:{password}@127.0.0.1:{port}/{name}"
    return os.environ | changed


def measured(words: Sequence[str], around: dict[str, str]) -> tuple[int, float, str]:
    """Runs `python -m words`; how it ended, its most memory in megabytes, and its last line."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([sys.executable, "-P", "-m", *words], env=around, cwd=ROOT, stdout=said, stderr=said)
        most = 0.0
        while child.poll() is None:
            most = max(most, peak(child.pid))
            time.sleep(EVERY_SECONDS)
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
    return child.returncode, most, lines[-1] if lines else ""


def peak(process: int) -> float:
    """Megabytes that it had in memory at the most so far; nought where it has ended.

    What the system says of an ended process counts what its parent had, so it is asked while it runs.
    """
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    line = next((one for one in told.splitlines() if one.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024 / 1e6
