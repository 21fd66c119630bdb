"""Plays random sequences of what happens at work, and checks the promises after every step.

Each rule is one thing that somebody does. A refusal is an answer, and then nothing may have
changed; what was done is kept as plain facts (`facts.py`) and compared (`checks.py`).
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal
from sightline.workforce.queries import get_actor
from tests.journeys import checks
from tests.journeys.facts import Casework, Read, Workforce
from tests.journeys.protectors import ALL_POSTS
from tests.journeys.world import BEGIN, World

ANY = st.integers(0, 11)
ODD_ONE = 11
"""Now and then somebody tries who is not the one whose work it is."""
WATCHED = {"Obi Watcher", "Kay Keeper"}
KEPT = 4
SELDOM = 4


class Played(RuleBasedStateMachine):
    """The clock, the facts, and how one thing is tried."""

    world: ClassVar[World]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        # Each example is undone: the next one begins in the same authority.
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clock = BEGIN + timedelta(days=1)
        self.staff = _staffed(self.world)
        self.work = Casework()
        self.read: list[Read] = []
        self.words = self.steps = 0

    def teardown(self) -> None:
        """At the end every earlier reading is read again, and the example is undone."""
        try:
            self.what_was_recorded_stands()
            for earlier in self.read:
                checks.reads_as_it_did(self.world, self.work, earlier)
        finally:
            self.undo()

    def undo(self) -> None:
        """Nothing that was played is kept."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- how a thing is tried -------------------------------------------------------------------

    def attempt(self, name: str, perform: Callable[[], Any]) -> tuple[bool, Any]:
        """Whether it was done, with its answer. Time passes either way."""
        self.clock += timedelta(minutes=17)
        try:
            answer = perform()
        except Refusal:
            self.done[f"refused {name}"] += 1
            return False, None
        self.done[name] += 1
        return True, answer

    def text(self, about: str) -> str:
        self.words += 1
        return f"{about}, said in words number {self.words}."

    def names(self) -> list[str]:
        """Those who still work here and stand in for nobody's test."""
        accounts = self.world.accounts
        return [name for name in accounts if accounts[name] in self.staff.here and name not in WATCHED]

    def somebody(self, pick: int) -> Actor:
        return self._actor(_pick(self.names(), pick))

    def who_carries(self, post: UUID, pick: int, roles: set[str] | None = None) -> Actor:
        """Somebody on the post's team, or above it; or, now and then, whoever it is."""
        team = self._team(post)
        line = self.staff.line(post)
        fit = [
            name
            for name in self.names()
            if (roles is None or str(self._actor(name).role) in roles)
            and any(self._team(each) == team or each in line for each in self._stands(name))
        ]
        return self._actor(_pick(fit, pick)) if fit and pick != ODD_ONE else self.somebody(pick)

    def _stands(self, name: str) -> set[UUID]:
        return self.staff.stands_in(self.world.accounts[name])

    def _actor(self, name: str) -> Actor:
        return get_actor(self.world.accounts[name])

    def _team(self, post: UUID) -> str:
        return next(team for key, team, *_ in ALL_POSTS if self.world.posts[key] == post)

    def desk(self, by: Actor) -> UUID:
        """The post that carries what somebody takes: their own emergency or duty post, else duty."""
        stands = self.staff.stands_in(by.id)
        keys = ("emergency-1", "emergency-2", "duty")
        own = [self.world.posts[key] for key in keys if self.world.posts[key] in stands]
        return own[0] if own else self.world.posts["duty"]

    # --- what must hold after every step --------------------------------------------------------

    @invariant()
    def nobody_is_forgotten_and_nothing_is_overwritten(self) -> None:
        with connection.cursor() as cursor:
            # What the database would only refuse when the transaction ends, it refuses here.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        checks.everything_is_owed(self.world, self.work, self.clock)
        checks.somebody_to_ring(self.world, self.staff, self.work, self.clock)
        checks.whoever_is_in_danger_is_held(self.world, self.work, self.clock)
        checks.nobody_is_told_who_may_not_be(self.world, self.work)
        checks.need_and_protection_never_overlap(self.world)
        self.steps += 1
        if self.steps % SELDOM == 0:
            self.what_was_recorded_stands()
        if self.read:
            checks.reads_as_it_did(self.world, self.work, self.read[self.steps % len(self.read)])

    def what_was_recorded_stands(self) -> None:
        """Asked seldom, since it reads everything: what once went wrong here would still be wrong at the end."""
        checks.final_entries_stand(self.world, self.work)
        checks.clocks_run_for_what_goes_on(self.world, self.work, self.clock)

    def remember(self, child: UUID) -> None:
        self.clock += timedelta(minutes=1)
        self.read = [*self.read[-KEPT + 1 :], checks.read_record(self.world, child, self.clock)]
        self.clock += timedelta(minutes=1)


def _pick(among: list[Any], pick: int) -> Any:
    return among[pick % len(among)]


def _staffed(world: World) -> Workforce:
    staff = Workforce(
        above={world.posts[key]: world.posts[above] if above else None for key, _, _, above, _ in ALL_POSTS},
        emergency=[world.posts["emergency-1"], world.posts["emergency-2"]],
        here=set(world.accounts.values()),
    )
    for key, _, _, _, occupant in ALL_POSTS:
        if occupant:
            staff.occupant[world.posts[key]] = world.accounts[occupant]
    return staff
