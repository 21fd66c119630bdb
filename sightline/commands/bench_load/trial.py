"""One size at a time: the record is served as `./run serve` does, the generator asks, and everything is watched."""

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.commands import serving
from sightline.commands.bench_front_door.ground import open_wrapper
from sightline.commands.bench_front_door.loader import progress
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_load import ground
from sightline.commands.bench_load.crowd import MIX, Crowd
from sightline.commands.bench_load.rules import Asked, Phase
from sightline.commands.bench_load.sizes import Size
from sightline.commands.bench_load.watch import Watch
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.lifecycle import current_cluster
from sightline.commands.postgres.roles import DatabaseRefused

APPLICATION = "sightline.commands.bench_load.measured:application"
GENERATOR = Path(__file__).with_name("generator.py")
AT_REST, GENERATING, DATABASE = "at rest", "The generator", "The database"
SETTLING_SECONDS = 8.0
DECISIONS_SHARE = 0.005
"""Of all requests, how many decide a contact at the most: so many contacts wait for them."""


@dataclass(frozen=True)
class Pace:
    """How fast, how long, and by how many. `steps` are paces that are tried first; none when the pace is given."""

    rate: float
    spike: float
    seconds: float
    spike_seconds: float
    rest_seconds: float
    sessions: int
    steps: tuple[float, ...] = ()
    step_seconds: float = 0.0

    @property
    def plan(self) -> dict[str, Any]:
        """What the generator reads."""
        slow = min([self.rate, *self.steps])
        warm = {"rate": slow, "seconds": min(20.0, self.seconds)}
        return vars(self) | {"warm": warm, "steps": list(self.steps)}

    @property
    def contacts(self) -> int:
        asked = self.rate * self.seconds + self.spike * self.spike_seconds + sum(self.steps) * self.step_seconds
        return max(10, int(asked * DECISIONS_SHARE))

    def at(self, rate: float, *, shorter: float = 1.0) -> "Pace":
        """The same at a pace that is known, for a part of the time."""
        return Pace(
            rate, self.spike * rate / self.rate, self.seconds * shorter, self.spike_seconds * shorter,
            self.rest_seconds, self.sessions,
        )  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What came of one size: every request, the phases, what was watched, and what stands in the database."""

    size: Size
    asked: list[Asked]
    phases: list[Phase]
    held: float
    kept: float
    watch: Watch
    counted: dict[str, Any]

    def phase(self, name: str) -> Phase | None:
        return next((one for one in self.phases if one.name == name), None)


def run(name: str, size: Size, pace: Pace) -> Ran:
    """Serves that database and asks it. Everything that was started is stopped at the end."""
    say, port = progress(f"{size.people:,} people"), serving.choose_port(None, first=8600)
    wrapper = open_wrapper(name)
    try:
        world = World(name, size.people, wrapper)
        crowd = Crowd(world, _mix(), say).made(
            sessions=pace.sessions, contacts=pace.contacts, origin=f"https://127.0.0.1:{port}"
        )
    finally:
        wrapper.close()
    before = counts(name)
    with tempfile.TemporaryDirectory(prefix="sightline-load-") as folder:
        place = Path(folder)
        (place / "plan.json").write_text(json.dumps(pace.plan), "utf-8")
        (place / "crowd.json").write_text(json.dumps(crowd), "utf-8")
        with _served(name, port, place) as watch:
            say(f"{pace.sessions:,} sessions of {crowd['accounts']:,} people\n")
            # Pages are answered a little before the worker has begun: what that takes is no rest.
            time.sleep(min(SETTLING_SECONDS, pace.rest_seconds))
            began = time.time()
            time.sleep(pace.rest_seconds)
            rested = Phase(AT_REST, 0, began, time.time(), 0, 0)
            told = _generate(port, place, pace, watch)
            connections = _connections(name)
        phases = [rested, *(Phase(**one) for one in told["phases"])]
        asked = [Asked(*row) for row in told["asked"]]
    after = counts(name)
    counted = {"before": before, "after": after, "connections": connections, "accounts": crowd["accounts"]}
    return Ran(size, asked, phases, told["held"], told["kept"], watch, counted)


def _mix() -> dict[str, dict[str, int]]:
    return tomllib.loads(MIX.read_text("utf-8"))


@contextmanager
def _served(name: str, port: int, folder: Path) -> Iterator[Watch]:
    """The processes of `serve` on that database, in production's settings, watched from the moment they answer."""
    commands = serving.commands(port, application=APPLICATION)
    with roles.connect(name) as connection:
        row = connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").fetchone()
    commands[serving.SEALING] = ["sightline.commands.bench_load.sealer", row[0] if row else "0"]
    environment = os.environ | {
        "DATABASE_URL": ground.address(name), "SIGHTLINE_AS": "serving", "SIGHTLINE_SEALS": str(folder / "seals"),
        "DJANGO_SETTINGS_MODULE": "sightline.settings", "SIGHTLINE_ADDRESS": f"https://127.0.0.1:{port}",
    }  # fmt: skip
    environment.pop("SIGHTLINE_DEMONSTRATION", None)
    with serving.mail(), serving.served(port, commands, environment, said=sys.stderr) as children:
        kinds = {kind: child.pid for kind, child in children.items()}
        if url.is_embedded():
            kinds[DATABASE] = current_cluster().running()["pid"]
        watch = Watch(kinds)
        watch.start()
        try:
            yield watch
        finally:
            watch.stop()


def _generate(port: int, folder: Path, pace: Pace, watch: Watch) -> dict[str, Any]:
    """Runs Locust until its plan is played. What it prints is kept out of sight, and shown where it fails."""
    words = [
        sys.executable, "-P", "-m", "locust", "--headless", "--locustfile", str(GENERATOR), "--only-summary",
        "--users", str(pace.sessions), "--spawn-rate", str(min(500, pace.sessions)), "--host", f"http://127.0.0.1:{port}",
        "--skip-log-setup", "--stop-timeout", "1",
    ]  # fmt: skip
    environment = os.environ | {"SIGHTLINE_LOAD": str(folder)}
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(words, env=environment, stdout=said, stderr=said, cwd=folder)
        watch.add(GENERATING, child.pid)
        try:
            child.wait()
        except BaseException:
            child.terminate()
            child.wait()
            raise
    written = folder / "asked.json"
    if not written.exists():
        said_last = (folder / "said").read_text(errors="replace").strip().splitlines()[-3:]
        raise DatabaseRefused(f"The generator stopped before its plan was played. Its last words: {said_last}")
    told: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return told


COUNTED = {
    "sessions": "SELECT count(*) FROM workforce_session",
    "views": "SELECT count(*) FROM audit_event",
    "sealed": "SELECT count(*) FROM audit_leaf",
    "jobs waiting": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL",
    "jobs failed": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'",
    "bytes": "SELECT pg_database_size(current_database())",
}


def counts(name: str) -> dict[str, int]:
    """What stands in the database, counted by its administrator and not through the pages."""
    found = {}
    with roles.connect(name) as connection:
        connection.execute("SET ROLE sightline_owner")
        for what, words in COUNTED.items():
            # Jobs are the owner's to read, and all else is let through to the steward alone.
            connection.execute("SET ROLE sightline_owner" if "jobs" in what else "SET ROLE sightline_steward")
            row = connection.execute(words.encode()).fetchone()
            found[what] = int(row[0]) if row else 0
    return found


def _connections(name: str) -> int:
    """Sessions in the database while everything is up."""
    with roles.connect(roles.maintenance_database()) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]).fetchone()
    return int(row[0]) if row else 0
