"""Runs one bench after another, each in a process of its own: one that stops does not stop the others."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.commands.bench_all.gathered import gather
from sightline.commands.bench_all.register import Named
from sightline.commands.bench_line import Part


@dataclass(frozen=True)
class Ran:
    """One bench of a run: its words, its seconds, and what it came to; nothing where it stopped."""

    named: Named
    words: tuple[str, ...]
    seconds: float
    part: Part | None
    code: int = 0

    @property
    def stopped(self) -> str:
        """Why there is nothing, as a sentence."""
        return f"`./run {' '.join(self.words)}` ended with {self.code}; run it by itself to see why."


def run(named: Named, *, quick: bool) -> Ran:
    """Runs it to its end. What it says of its progress goes where ours goes."""
    words, began = named.asked(quick=quick), time.monotonic()
    command = [sys.executable, "-P", "-m", "sightline.commands", *words]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        out, _ = child.communicate()
    except KeyboardInterrupt:
        # The terminal interrupts it as well: it drops what it made, and a second signal would stop that half-way.
        child.wait()
        raise
    except BaseException:
        child.terminate()
        child.wait()
        raise
    took = time.monotonic() - began
    print(f"   {named.name} took {took:.0f} s", file=sys.stderr, flush=True)
    part = gather(named.name, json.loads(out)) if child.returncode == 0 else None
    return Ran(named, tuple(words[:-1]), took, part, child.returncode)


def stated(benches: Sequence[Named], *, quick: bool) -> str:
    """What is about to be run, and how long it takes."""
    lines = [f"  {one.name:<12} {_minutes(one.takes(quick=quick)):>7}  {one.told}" for one in benches]
    total = _minutes(sum(one.takes(quick=quick) for one in benches))
    return "\n".join([f"Takes about {total} on two cores that do little else:", *lines])


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def took(ran: Sequence[Ran]) -> str:
    """How long it was in the end."""
    return f"It took {_minutes(sum(one.seconds for one in ran))}."
