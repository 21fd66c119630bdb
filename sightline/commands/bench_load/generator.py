"""The generator, as Locust runs it: so many browsers, and one clock that says when the next of them asks.

Requests are due at the pace of the phase whatever the server does, as people are who do not know of each other; a
slow server is asked no less. Whoever has waited longest since their last page asks next, so that with 1,500 browsers
at fifty a second each thinks for half a minute.

Run with SIGHTLINE_LOAD naming a folder of this account alone: `plan.json` and `crowd.json` are read there, and
`asked.json` is written at the end.
"""

import json
import os
import random
import time
from collections import deque
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]  # it has no types of its own
from gevent.queue import Queue  # type: ignore[import-untyped]  # as above
from locust import FastHttpUser, constant, events, task

from sightline.commands.bench_load.browsing import Browser, Wanted
from sightline.commands.bench_load.rules import Asked, Phase, as_rows, holds, keeps_up, read_timing

FOLDER = Path(os.environ["SIGHTLINE_LOAD"])
PLAN: dict[str, Any] = json.loads((FOLDER / "plan.json").read_text("utf-8"))
CROWD: dict[str, Any] = json.loads((FOLDER / "crowd.json").read_text("utf-8"))
PATIENCE, DRAINING = 60.0, 65.0
SAID = 120
"""Characters of a page that are kept where it is not the page that was asked for."""


class Turns:
    """Who asks next: whoever is in the middle of something and has paused, else whoever has rested the longest."""

    def __init__(self, pauses: dict[str, int]) -> None:
        self.pauses = pauses
        self.resting: deque[Person] = deque()
        self.pausing: list[tuple[float, int, Person]] = []
        self.late: deque[tuple[str, float]] = deque()
        self.busy = 0
        self.random = random.Random(8)  # noqa: S311 (a fiction, not a secret)

    def give(self, phase: str, due: float) -> None:
        """A request is due. Where everybody waits for an answer, it is the next to be free who asks."""
        somebody = self._next()
        if somebody is None:
            self.late.append((phase, due))
        else:
            self._begin(somebody, phase, due)

    def free(self, person: "Person", *, more: bool) -> None:
        """Somebody has been answered, or has just come."""
        if self.late:
            self._begin(person, *self.late.popleft())
        elif more:
            again = time.time() + self.random.uniform(self.pauses["least"], self.pauses["most"])
            heappush(self.pausing, (again, person.number, person))
        else:
            self.resting.append(person)

    def _next(self) -> "Person | None":
        if self.pausing and (self.pausing[0][0] <= time.time() or not self.resting):
            return heappop(self.pausing)[2]
        return self.resting.popleft() if self.resting else None

    def _begin(self, person: "Person", phase: str, due: float) -> None:
        self.busy += 1
        person.turn.put((phase, due))


class Clock:
    """Says when a request is due, phase after phase, and keeps what came of it."""

    def __init__(self) -> None:
        self.turns = Turns(CROWD["mix"]["pauses"])
        self.asked: list[Asked] = []
        self.phases: list[Phase] = []
        self.held = self.kept = 0.0
        self.random = random.Random(7)  # noqa: S311 (a fiction, not a secret)

    def play(self, environment: Any) -> None:
        """The whole plan: to warm up, perhaps step by step to the highest pace that holds, then there, and a rush."""
        while environment.runner.user_count < len(CROWD["sessions"]):
            gevent.sleep(0.1)
        self.phase("warming up", PLAN["warm"]["rate"], PLAN["warm"]["seconds"])
        rate = PLAN["rate"]
        if PLAN["steps"]:
            rate = self.climb(rate)
        self.phase("steady", rate, PLAN["seconds"])
        if PLAN["spike_seconds"]:
            self.phase("rush", rate * PLAN["spike"] / PLAN["rate"], PLAN["spike_seconds"])
        self.write()
        environment.runner.quit()

    def climb(self, wanted: float) -> float:
        """The highest of the steps that holds, and no more than was asked for; where none does, that is kept up with.

        Beyond what holds it is tried on until it is not kept up with, so that both are known.
        """
        for rate in PLAN["steps"]:
            made = self.phase(f"step {rate:g}", rate, PLAN["step_seconds"])
            if not holds(made, self.asked) and self.held == self.kept:
                # A pause of the machine is not its limit: what is missed first is tried once more.
                made = self.phase(f"step {rate:g} again", rate, PLAN["step_seconds"])
            if holds(made, self.asked):
                self.held = self.kept = rate
            elif keeps_up(made, self.asked):
                self.kept = rate
            else:
                break
        return float(min(wanted, self.held or self.kept or PLAN["steps"][0]))

    def phase(self, name: str, rate: float, seconds: float) -> Phase:
        """Requests at random moments, so many a second on average, until the time is over and all are answered."""
        began, number = time.time(), 0
        following = began
        while following < began + seconds:
            gevent.sleep(max(0.0, following - time.time()))
            self.turns.give(name, following)
            number += 1
            following += self.random.expovariate(rate)
        ended = time.time()
        made = Phase(name, rate, began, ended, number, self.drain())
        self.phases.append(made)
        return made

    def drain(self) -> int:
        """Waits until nobody asks any more. What nobody came to ask within the time is thrown away and counted."""
        until, turns = time.time() + DRAINING, self.turns
        while turns.busy and time.time() < until:
            gevent.sleep(0.1)
        left = turns.busy + len(turns.late)
        turns.late.clear()
        return left

    def write(self) -> None:
        phases = [vars(one) for one in self.phases]
        told = {"phases": phases, "asked": as_rows(self.asked), "held": self.held, "kept": self.kept}
        (FOLDER / "asked.json").write_text(json.dumps(told), "utf-8")


clock = Clock()
waiting = list(enumerate(CROWD["sessions"]))


@events.test_start.add_listener
def begin(environment: Any, **_more: Any) -> None:
    gevent.spawn(clock.play, environment).link_exception(lambda _failed: environment.runner.quit())


class Person(FastHttpUser):
    """One browser, signed in. It asks when the clock says so."""

    wait_time = constant(0)  # type: ignore[no-untyped-call]  # Locust's own, without types
    network_timeout = connection_timeout = PATIENCE

    def on_start(self) -> None:
        self.number, session = waiting.pop()
        self.turn: Queue = Queue()
        self.browser = Browser(session, CROWD["mix"], self.number)
        self.acts = self.browser.acts()
        clock.turns.free(self, more=False)
        origin = CROWD["origin"]
        # As behind the proxy that speaks TLS: the product answers nothing else in production.
        self.sent_with = {
            "Cookie": f"{CROWD['cookie']}={session['key']}", "X-Forwarded-Proto": "https", "Origin": origin,
            "Referer": f"{origin}/my-day", "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36",
        }  # fmt: skip

    @task
    def ask(self) -> None:
        """The next request, once it is this one's turn."""
        wanted = next(self.acts)
        phase, due = self.turn.get()
        try:
            self.make(wanted, phase, due)
        finally:
            clock.turns.busy -= 1
            clock.turns.free(self, more=wanted.more)

    def make(self, wanted: Wanted, phase: str, due: float) -> None:
        headers = self.sent_with | ({"X-Partial": "1"} if wanted.partial else {})
        answer = self.client.request(
            wanted.method, wanted.path, name=wanted.page, headers=headers, allow_redirects=False,
            data=wanted.body or None,
        )  # fmt: skip
        took = 1000 * (time.time() - due)
        page = (answer.text or "") if answer.status_code else ""
        told = read_timing(str(answer.headers.get("Server-Timing", ""))) if answer.headers else {}
        if wanted.method == "GET":
            self.browser.take(page)
        clock.asked.append(Asked(
            phase, wanted.page, due, took, failing(wanted, answer, page), told.get("page", 0.0), told.get("cpu", 0.0),
            told.get("database", 0.0), int(told.get("queries", 0)), int(told.get("memory", 0)),
            int(told.get("worker", 0)),
        ))  # fmt: skip


def failing(wanted: Wanted, answer: Any, page: str) -> str:
    """What is wrong with an answer; nothing where the page did its work."""
    if not answer.status_code:
        return f"no answer within {PATIENCE:.0f} s, or a connection that was broken off"
    where = answer.headers.get("Location", "") or ""
    if answer.status_code != wanted.status or "/account/" in where:
        said = page.partition("govuk-error-summary__list")[2][:SAID]
        return f"answered {answer.status_code} {where} {' '.join(said.split())}".strip()
    return ""
