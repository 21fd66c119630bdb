"""What the view log costs: rows a second from eight writers at once, its share of a page, and its sealing."""

import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from django.urls import reverse

from sightline.audit.sealing import Sealer
from sightline.audit.seals import Seals
from sightline.audit.verifying import verify
from sightline.commands.audit import EVERY_SECONDS
from sightline.commands.bench_access.stage import Reader
from sightline.commands.bench_front_door.ground import open_wrapper, stand_on
from sightline.commands.bench_front_door.world import World
from sightline.commands.postgres import roles

WRITERS = 8
EVENT = (
    "INSERT INTO audit_event (id, at, kind, what, actor, role, section, because, via, request, facts)"
    " VALUES (%s, now(), 'look', 'record', %s, 'social_worker', 'ordinary', 'allocation', 'post', '', '{}')"
)
WHOM = "INSERT INTO audit_eventperson (id, event_id, person, at) VALUES (%s, %s, %s, now())"


@dataclass(frozen=True)
class Log:
    """Transactions a second without and with a view written, the window before sealing, and what a page gives to it."""

    bare: float
    written: float
    window: float
    sealed: float
    verified: float
    page: float
    share: float


class Writers:
    """Eight sessions as whoever serves, each with one transaction after another until they are stopped."""

    def __init__(self, name: str, reader: Reader, *, writing: bool) -> None:
        self.reader, self.writing = reader, writing
        self.sessions = [open_wrapper(name) for _ in range(WRITERS)]
        self.counts, self.stopped = [0] * WRITERS, threading.Event()

    def rate(self, seconds: float, meanwhile: Any = None) -> float:
        """Transactions a second."""
        for session in self.sessions:
            session.ensure_connection()
        threads = [threading.Thread(target=self._go_on, args=[place]) for place in range(WRITERS)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        while time.perf_counter() - began < seconds:
            time.sleep(min(seconds, EVERY_SECONDS))
            if meanwhile:
                meanwhile()
        self.stopped.set()
        for thread in threads:
            thread.join()
        taken = time.perf_counter() - began
        for session in self.sessions:
            session.connection.close()
        return sum(self.counts) / taken

    def _go_on(self, place: int) -> None:
        session, actor = self.sessions[place].connection, self.reader.account
        while not self.stopped.is_set():
            with session.transaction():
                session.execute("SELECT set_config('sightline.actor', %s, true)", [str(actor)])
                if self.writing:
                    session.execute(EVENT, [key := uuid4(), actor])
                    session.execute(WHOM, [uuid4(), key, self.reader.one])
            self.counts[place] += 1


def measure(name: str, reader: Reader, *, seconds: float, rounds: int) -> Log:
    bare = Writers(name, reader, writing=False).rate(seconds)
    stand_on(wrapper := open_wrapper(name))
    with tempfile.TemporaryDirectory() as folder:
        sealer, waits = Sealer(Seals(Path(folder))), list[float]()

        # What was measured before has waited for nobody's sake.
        sealer.seal(at=datetime.now(UTC))

        def seal() -> None:
            sealed = sealer.seal(at=(at := datetime.now(UTC)))
            if sealed and sealed.waited_since:
                # Until the signature stood, and not only until the pass began.
                waits.append((datetime.now(UTC) - min(sealed.waited_since, at)).total_seconds())

        written = Writers(name, reader, writing=True).rate(seconds, seal)
        seal()
        sealed, verified = _both_ways(name, sealer)
    page, share = _page(name, wrapper, reader, rounds)
    return Log(bare, written, max(waits, default=0.0), sealed, verified, page, share)


def _both_ways(name: str, sealer: Sealer) -> tuple[float, float]:
    """Rows a second: hashed into a new folder, and verified."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        sealed = Sealer(Seals(Path(folder))).seal(at=datetime.now(UTC))
        hashing = time.perf_counter() - began
    count = sealed.leaves if sealed else 0
    with roles.connect(name) as connection, connection.transaction():
        connection.execute("SET LOCAL ROLE sightline_owner")
        connection.execute("SET LOCAL ROLE sightline_steward")
        began = time.perf_counter()
        verdict = verify(connection, sealer.seals)
    if verdict.count:
        raise AssertionError(f"What was sealed is not what stands: {verdict.first}")
    return count / hashing, count / (time.perf_counter() - began)


def _page(name: str, wrapper: Any, reader: Reader, rounds: int) -> tuple[float, float]:
    """Milliseconds of a child's overview, and how much of them went into the view's rows."""
    world = World(name, 0, wrapper)
    client, address = world.client(reader.account), reverse("person", args=[reader.one])
    taken, shares = [], []
    for number in range(-2, rounds):
        listener = Spent()
        with wrapper.execute_wrapper(listener):
            began = time.perf_counter()
            answer = client.get(address, secure=True)
            page = time.perf_counter() - began
        if answer.status_code != 200:
            raise AssertionError(f"The overview answered {answer.status_code}.")
        if number >= 0:
            taken.append(1000 * page)
            shares.append(listener.seconds / page)
    return median(taken), median(shares)


class Spent:
    """Seconds that went into writing the view's rows."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Any, words: Any, *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(words, *given)
        finally:
            if "INSERT INTO audit_event" in str(words):
                self.seconds += time.perf_counter() - began
