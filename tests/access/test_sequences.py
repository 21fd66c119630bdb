"""Sight changes while people work: allocated and taken away with the record open, restricted while it is read, a leaver
with something half written, two records that are one person and are two again. After each step everybody sees what
they ought to by the facts beside it, the page of whoever's sight has just changed opens or does not, what they send
is kept or refused whole, and nothing that was typed is lost.
"""

import os
from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sightline.access.models import Identity
from sightline.access.operations import declare_conflict, end_identity, link_identity
from sightline.access.queries import may_see_of
from sightline.access.standing_queries import same_person
from sightline.doorway.acts import acting, set_actor
from sightline.doorway.operations import save_draft
from sightline.doorway.queries import get_draft
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.register_people import NewPerson
from sightline.journeys.restrict import restrict_record, review_restriction
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.record.operations import close_step, move_step, open_step
from sightline.record.queries import list_steps_about, list_timeline
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import record_note
from sightline.recording.rules import Written
from sightline.web.signin import give_demonstration_code
from sightline.workforce import operations as workforce
from sightline.workforce.models import Account
from tests.access.sight_facts import EVERYBODY, MANAGER, PLACES, Facts, Owed
from tests.journeys.conftest import world
from tests.journeys.told import decided, take
from tests.journeys.world import BEGIN, World

__all__ = ["world"]

EXAMPLES = int(os.environ.get("SIGHTLINE_EXAMPLES", "0"))
PLAY = settings(
    max_examples=EXAMPLES or 8,
    stateful_step_count=40 if EXAMPLES else 16,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WORKER, SOME = st.sampled_from(sorted(PLACES)), st.sets(st.sampled_from(sorted(PLACES)))
TO, OWES = st.sampled_from(sorted(PLACES.values())), st.sampled_from([*sorted(PLACES.values()), "family-manager"])


class Sight(RuleBasedStateMachine):
    """Two children's records; who ought to see either is kept as plain facts beside what is done."""

    world: ClassVar[World]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clock = BEGIN + timedelta(days=1)
        self.facts = Facts()
        self.before: set[tuple[str, UUID]] = set()
        self.drafts: dict[str, UUID] = {}
        self.written: dict[UUID, set[UUID]] = {}

    def teardown(self) -> None:
        """Nothing that was played is kept."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def two_records(self) -> None:
        self.child, self.second = (self._open_record() for _ in range(2))
        self.written = {self.child: set(), self.second: set()}
        for child, post in ((self.child, "family-1"), (self.second, "weir-1")):
            with acting(self.world.watcher):
                steps = list_steps_about(person=child)
                both = {one.id for one in list_steps_about(person=self.facts.referred[child])}
            post_of = self.world.posts[post]
            self._do("allocate", allocate_child, by="Mag Price", child=child, post=post_of, reason="Assessment")
            names = {key: name for name, key in self.world.posts.items()}
            self.facts.carried[child] = "front-door-manager"
            self.facts.owed |= {one.id: Owed(child, names[one.post], one.id in both) for one in steps}
            self.facts.allocate(child, post)
        self._write(MANAGER, self.second)

    def _open_record(self) -> UUID:
        child, adult = new_id(), new_id()
        new = [NewPerson(id=child, kind="child", given="Leo", family="Reed"),
               NewPerson(id=adult, kind="adult", given="Ben", family="Ott")]  # fmt: skip
        concerned = [Concerned(child), Concerned(adult, "adult")]
        contact, _ = take(self.world, at=self.clock, new_people=new, concerned=concerned)
        self.world.let_watch([child, adult], self.clock)
        decided(self.world, contact, "referral_assessment", at=self.clock)
        self.facts.referred[child] = adult
        return child

    # --- what is done ---------------------------------------------------------------------------

    @rule(to=TO, second=st.booleans())
    def allocate(self, to: str, second: bool) -> None:  # noqa: FBT001 (drawn)
        child = self._one(second)
        if to != self.facts.carried[child] and self.facts.sees(MANAGER, child):
            post = self.world.posts[to]
            self._do("allocate", allocate_child, by=MANAGER, child=child, post=post, reason="Moved")
            self.facts.allocate(child, to)

    @rule(post=OWES, second=st.booleans())
    def owe(self, post: str, second: bool) -> None:  # noqa: FBT001 (drawn)
        child = self._one(second)
        if self.facts.sees(MANAGER, child):
            owed = self._do("owe", open_step, by=MANAGER, kind="visit", post=self.world.posts[post], people=[child])
            self.facts.owed[owed] = Owed(child, post)

    @rule(post=OWES, which=st.integers(0, 5))
    def give_step(self, post: str, which: int) -> None:
        step = self._step(which)
        if step is not None:
            self._do("give step", move_step, by=MANAGER, step=step, post=self.world.posts[post])
            self.facts.owed[step].post = post

    @rule(which=st.integers(0, 5))
    def finish_step(self, which: int) -> None:
        step = self._step(which)
        if step is not None:
            self._do("finish step", close_step, by=MANAGER, step=step)
            del self.facts.owed[step]

    @rule(who=st.sampled_from(EVERYBODY))
    def write_half(self, who: str) -> None:
        """The page is open, and what is typed is kept as it is typed."""
        if who not in self.facts.gone:
            self.drafts.setdefault(who, new_id())
            with acting(self.world.accounts[who]):
                by, key = self.world.actor(who), self.drafts[who]
                save_draft(by=by, key=key, form="note", body={"text": f"By {who}"}, at=self._later())

    @rule(who=st.sampled_from(EVERYBODY), second=st.booleans())
    def send(self, who: str, second: bool) -> None:  # noqa: FBT001 (drawn)
        """Sent from a page that was opened when they might; it is asked again now."""
        if who not in self.facts.gone:
            self._write(who, self._one(second))

    @rule(second=st.booleans(), named=SOME)
    def restrict(self, second: bool, named: set[str]) -> None:  # noqa: FBT001 (drawn)
        person = self._one(second)
        if self.facts.named or not self.facts.sees(MANAGER, person):
            return
        readers = [self.world.accounts[name] for name in {*named, MANAGER}]
        bar = self._do(
            "restrict", restrict_record, by=MANAGER, person=person, readers=readers,
            reviewer=self.world.posts["family-manager"], reason="Known to staff",
        )  # fmt: skip
        self.facts.named[person] = (bar, {*named, MANAGER})

    @rule()
    def lift(self) -> None:
        for bar, _ in self.facts.named.values():
            self._do("lift", review_restriction, by=MANAGER, bar=bar, keep=False, words="Over")
        self.facts.named.clear()

    @rule(who=WORKER, second=st.booleans())
    def is_a_relative(self, who: str, second: bool) -> None:  # noqa: FBT001 (drawn)
        # Once in a play: nothing goes past it, and it would leave the rest little to change.
        if not self.facts.conflicts and who not in self.facts.gone:
            with acting(self.world.accounts[who]):
                declare_conflict(
                    person=self._one(second), against=self.world.accounts[who],
                    reviewer=self.world.posts["family-manager"], reason="Cousin", at=self._later(),
                )  # fmt: skip
            self.done["conflict"] += 1
            self.facts.conflicts.add((who, self._one(second)))

    @rule(who=WORKER)
    def leaves(self, who: str) -> None:
        if who not in self.facts.gone:
            workforce.leave(by=self.world.admin, account=self.world.accounts[who], at=self._later())
            self.done["leave"] += 1
            self.facts.gone.add(who)

    @rule()
    def come_back(self) -> None:
        """With the account they had, to the post they had."""
        for who in self.facts.gone:
            account = self.world.accounts[who]
            workforce.open_again(by=self.world.admin, account=account, at=self._later())
            post = self.world.posts[PLACES[who]]
            workforce.place(by=self.world.admin, post=post, account=account, at=self._later())
            self.done["come back"] += 1
        self.facts.gone.clear()

    @rule()
    def merge(self) -> None:
        if self.facts.link is None and all(self.facts.sees(MANAGER, one) for one in (self.child, self.second)):
            with acting(self._manager):
                self.facts.link = link_identity(
                    person=self.second, same_as=self.child, kind=Identity.Kind.SAME, reason="One mother",
                    by=self._manager, at=self._later(),
                )  # fmt: skip
            self.done["merge"] += 1

    @rule()
    def unmerge(self) -> None:
        if self.facts.link is not None and self.facts.sees(MANAGER, self.child):
            with acting(self._manager):
                assert end_identity(link=self.facts.link, reason="Two after all", by=self._manager, at=self._later())
            self.done["unmerge"] += 1
            self.facts.link = None

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def everybody_sees_what_they_ought_to(self) -> None:
        for who in EVERYBODY if self.written else ():
            ought = {person for person in self.written if self.facts.sees(who, person)}
            with acting(self.world.accounts[who]):
                assert may_see_of(people=self.written) == ought, who
                adults = {self.facts.referred[child] for child in self.written if self.facts.sees_adult(who, child)}
                assert may_see_of(people=self.facts.referred.values()) == adults, who
                for person, notes in self.written.items():
                    # What was written of either is there under its own key, before a merge, during it and after.
                    read = {one.id for one in list_timeline(person=person).entries if one.kind == "note"}
                    assert read == (notes if person in ought else set()), who
                    if person in ought:
                        assert set(same_person(person)) == ({self.child, self.second} if self.facts.link else {person})

    @invariant()
    def what_was_typed_is_there(self) -> None:
        for who, key in self.drafts.items():
            if who not in self.facts.gone:
                with acting(self.world.accounts[who]):
                    draft = get_draft(by=self.world.actor(who), key=key)
                    assert draft is not None
                    assert draft.body == {"text": f"By {who}"}

    # --- what is asked again where sight has changed ----------------------------------------------

    @invariant()
    def whose_sight_changed_opens_the_page_and_saves_or_neither(self) -> None:
        """By the page, and by sending to it what was typed before; what this writes is undone."""
        now = self.facts.all_seen()
        for who, person in sorted(now ^ self.before, key=str) if self.written else ():
            if who not in self.facts.gone:
                assert self._opens(who, person) == ((who, person) in now), who
                self._would_write(who, person)
        self.before = now

    def _opens(self, who: str, person: UUID) -> bool:
        with transaction.atomic():
            client = Client()
            client.force_login(Account.objects.get(id=self.world.accounts[who]))
            answer = client.get(f"/people/{person}/timeline", secure=True)
            transaction.set_rollback(True)
        assert answer.status_code in {200, 404}, answer.status_code
        self.done["page opened" if answer.status_code == 200 else "page refused"] += 1
        return answer.status_code == 200

    def _would_write(self, who: str, person: UUID) -> None:
        kept = set(self.written[person])
        with transaction.atomic():
            self._write(who, person)
            transaction.set_rollback(True)
        self.written[person] = kept

    @property
    def _manager(self) -> UUID:
        return self.world.accounts[MANAGER]

    def _one(self, second: bool) -> UUID:  # noqa: FBT001 (drawn)
        return self.second if second else self.child

    def _step(self, which: int) -> UUID | None:
        """One of what is owed for whom the manager sees, if there is any."""
        mine = [step for step, one in self.facts.owed.items() if self.facts.sees(MANAGER, one.child)]
        return mine[which % len(mine)] if mine else None

    def _write(self, who: str, about: UUID) -> None:
        written = Written((Concerned(about),), (Words(f"By {who}", (about,)),))
        try:
            entry = self._do("write", record_note, by=who, written=written)
        except Refusal:
            assert not self.facts.sees(who, about)
            self.done["refused to write"] += 1
        else:
            assert self.facts.sees(who, about)
            self.written[about].add(entry)

    def _do(self, name: str, operation: Any, *, by: str, **given: Any) -> Any:
        set_actor(self.world.accounts[by])
        answer = operation(by=self.world.actor(by), at=self._later(), **given)
        self.done[name] += 1
        return answer

    def _later(self) -> Any:
        self.clock += timedelta(minutes=7)
        return self.clock


@pytest.fixture
def set_out(world: World) -> None:
    for name in EVERYBODY:
        with acting(world.accounts[name]):
            give_demonstration_code(Account.objects.get(id=world.accounts[name]))
    admin, above = world.admin, world.posts["family-manager"]
    team = workforce.open_team(by=admin, key="weir", name="Weir", kind="casework", phone="01632 960202", at=BEGIN)
    # Nobody stands there: below the manager, and apart from both workers.
    world.posts["weir-1"] = workforce.open_post(
        by=admin, team=team, key="weir-1", title="Weir", kind="worker", manager=above, at=BEGIN
    )
    Sight.world, Sight.done = world, Counter()


def test_sight_follows_at_once_whatever_happens_while_people_work(set_out: None) -> None:
    run_state_machine_as_test(Sight, settings=PLAY)  # type: ignore[no-untyped-call]  # Hypothesis leaves it untyped
