"""The course: a demonstration from an empty folder, weighed at rest, while many ask and on the disk; begun again."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

from sightline.commands.bench_all.machine import Machine, this_machine
from sightline.commands.bench_cost.folder import Folder, Running, Stage, empty_folder
from sightline.commands.bench_cost.processes import Processes, at_most
from sightline.commands.bench_cost.visitor import Visitor, Visits, visit
from sightline.commands.bench_front_door.loader import Say, progress

SETTLING_SECONDS, STARTS = 10.0, 3
EVERY_SECONDS = 2.0


@dataclass(frozen=True)
class Wanted:
    """How many children, how long pages are asked for and by how many, and whether installing is left out."""

    children: int
    seconds: float
    browsers: int
    installed: bool


@dataclass(frozen=True)
class Weighed:
    """What a running demonstration came to."""

    first_page: float
    stages: Sequence[Stage]
    rest: dict[str, float]
    load: dict[str, float]
    processes: dict[str, int]
    visits: Visits
    rooms: Sequence[tuple[str, int, int]]
    """Each room of the database with its rows and bytes, indexes among them; the largest first."""


@dataclass(frozen=True)
class Told:
    """Everything that the bench came to."""

    on: date
    wanted: Wanted
    machine: Machine
    weighed: Weighed
    starts: Sequence[float]
    words: Sequence[float]
    """Seconds of the command that says least."""
    folders: dict[str, int]
    server: str

    @property
    def bytes(self) -> int:
        return sum(size for _, _, size in self.weighed.rooms)

    @property
    def megabytes_a_thousand(self) -> float:
        """On the disk for a thousand children who live there, over a year."""
        return self.bytes / 1e6 / self.wanted.children * 1000


def run(wanted: Wanted, *, on: date) -> Told:
    """Nothing is left of it: the folder is thrown away with all that was made in it."""
    machine, say = this_machine(), progress("cost")
    with empty_folder(installed=wanted.installed) as folder:
        say("from an empty folder")
        with folder.serving(["demo", "--children", str(wanted.children)]) as running:
            server, rooms = _rooms(folder)
            weighed = _weigh(folder, running, wanted, rooms, say)
        say("beginning again")
        starts = [_start(folder) for _ in range(STARTS)]
        words = [_say_least(folder) for _ in range(STARTS)]
        sizes = folder.bytes()
    say("done\n")
    return Told(on, wanted, machine, weighed, starts, words, sizes, server)


def _weigh(
    folder: Folder, running: Running, wanted: Wanted, rooms: Sequence[tuple[str, int, int]], say: Say
) -> Weighed:
    # Pages are answered a little before everything has begun: what that takes is no rest.
    time.sleep(SETTLING_SECONDS)
    processes = Processes(folder, running)
    rest = processes.memory()
    say(f"{running.seconds:.0f} s to the first page; signing in")
    visitors = _signed_in(running, wanted.browsers)
    visits, threads = visit(visitors, wanted.seconds)
    seen = []
    while any(one.is_alive() for one in threads):
        time.sleep(EVERY_SECONDS)
        seen.append(processes.memory())
    return Weighed(
        running.seconds, running.stages, rest, at_most([rest, *seen]), processes.count(), visits, rooms
    )  # fmt: skip


def _signed_in(running: Running, wanted: int) -> list[Visitor]:
    """Browsers, each with a person's own sign-in as the demonstration prints it; fewer where it prints fewer."""
    found: list[Visitor] = []
    password, code = running.password_and_code
    for number, email in enumerate(running.sign_ins):
        if len(found) == wanted:
            break
        visitor = Visitor(running.port, number)
        if visitor.sign_in(email, password, code):
            found.append(visitor)
    return found


def _rooms(folder: Folder) -> tuple[str, list[tuple[str, int, int]]]:
    """The server's version; and each room with its rows and its bytes, before anybody has looked at anything."""
    cluster = folder.cluster
    password, port = cluster.secrets()["postgres"], cluster.running()["port"]
    with psycopg.connect(
        host="127.0.0.1", port=port, user="postgres", password=password, dbname="sightline", autocommit=True
    ) as connection:
        connection.execute("ANALYZE")
        found = [(str(room), int(rows), int(size)) for room, rows, size in connection.execute(ROOMS)]
        version = connection.info.server_version
    return f"{version // 10_000}.{version % 10_000}", found


def _start(folder: Folder) -> float:
    with folder.serving(["serve"]) as running:
        return running.seconds


def _say_least(folder: Folder) -> float:
    began = time.monotonic()
    subprocess.run([str(folder.command), "help"], env=folder.environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


ROOMS = """
SELECT CASE WHEN c.relname LIKE 'front_door%' THEN 'front door' WHEN c.relname LIKE 'audit%' THEN 'view log and acts'
    WHEN split_part(c.relname, '_', 1) IN ('auth', 'django', 'account', 'mfa', 'procrastinate', 'doorway', 'practice')
    THEN 'the product itself' ELSE split_part(c.relname, '_', 1) END AS room,
    sum(greatest(c.reltuples, 0))::bigint, sum(pg_total_relation_size(c.oid))::bigint
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY 3 DESC
"""
