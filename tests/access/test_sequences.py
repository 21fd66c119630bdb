"""Sight changes while people work: allocated and taken away with the record open, restricted while it is read, a leaver
with something half written, two records that are one person and are two again. After each step everybody sees what
they ought to, what was sent was kept or refused whole, and nothing that was typed is lost.
"""

import os
from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import transaction
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
from sightline.journeys.restrict import restrict_record, review_restriction
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.record.queries import list_timeline
from sightline.record.rules import Concerned, Words
from sightline.recording.operations import record_note
from sightline.recording.rules import Written
from sightline.workforce import operations as workforce
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
JANE, KIT = "Jane Smith", "Kit Rowe"
PLACES = {JANE: "family-1", KIT: "long-term-1"}
MANAGER, STRANGER = "Fay Lund", "Una Spare"
EVERYBODY = [*PLACES, MANAGER, STRANGER]
WORKER, SOME = st.sampled_from(sorted(PLACES)), st.sets(st.sampled_from(sorted(PLACES)))


class Sight(RuleBasedStateMachine):
    """Two children's records; who ought to see either is kept as plain facts beside what is done."""

    world: ClassVar[World]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.clock = BEGIN + timedelta(days=1)
        self.carries = ""
        self.named: dict[UUID, tuple[UUID, set[str]]] = {}
        self.away: set[str] = set()
        self.gone: set[str] = set()
        self.link: UUID | None = None
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
            post_of = self.world.posts[post]
            self._do("allocate", allocate_child, by="Mag Price", child=child, post=post_of, reason="Assessment")
        self.carries = JANE
        self._write(MANAGER, self.second)

    def _open_record(self) -> UUID:
        contact, child = take(self.world, at=self.clock)
        decided(self.world, contact, "referral_assessment", at=self.clock)
        return child

    # --- what is done ---------------------------------------------------------------------------

    @rule(to=WORKER)
    def allocate(self, to: str) -> None:
        if to not in self.gone and to != self.carries and self._sees(MANAGER, self.child):
            post = self.world.posts[PLACES[to]]
            self._do("allocate", allocate_child, by=MANAGER, child=self.child, post=post, reason="Moved")
            self.carries = to

    @rule(who=st.sampled_from(EVERYBODY))
    def write_half(self, who: str) -> None:
        """The page is open, and what is typed is kept as it is typed."""
        if who not in self.gone:
            self.drafts.setdefault(who, new_id())
            with acting(self.world.accounts[who]):
                by, key = self.world.actor(who), self.drafts[who]
                save_draft(by=by, key=key, form="note", body={"text": f"By {who}"}, at=self._later())

    @rule(who=st.sampled_from(EVERYBODY), second=st.booleans())
    def send(self, who: str, second: bool) -> None:  # noqa: FBT001 (drawn)
        """Sent from a page that was opened when they might; it is asked again now."""
        if who not in self.gone:
            self._write(who, self.second if second else self.child)

    @rule(second=st.booleans(), named=SOME)
    def restrict(self, second: bool, named: set[str]) -> None:  # noqa: FBT001 (drawn)
        person = self.second if second else self.child
        if self.named or not self._sees(MANAGER, person):
            return
        readers = [self.world.accounts[name] for name in {*named, MANAGER} - self.gone]
        bar = self._do(
            "restrict", restrict_record, by=MANAGER, person=person, readers=readers,
            reviewer=self.world.posts["family-manager"], reason="Known to staff",
        )  # fmt: skip
        self.named[person] = (bar, {*named, MANAGER})

    @rule()
    def lift(self) -> None:
        for bar, _ in self.named.values():
            self._do("lift", review_restriction, by=MANAGER, bar=bar, keep=False, words="Over")
        self.named.clear()

    @rule(who=WORKER)
    def is_a_relative(self, who: str) -> None:
        if who not in self.away:
            with acting(self.world.accounts[who]):
                declare_conflict(
                    person=self.child, against=self.world.accounts[who], reviewer=self.world.posts["family-manager"],
                    reason="Cousin", at=self._later(),
                )  # fmt: skip
            self.done["conflict"] += 1
            self.away.add(who)

    @rule(who=WORKER)
    def leaves(self, who: str) -> None:
        if who not in self.gone and who != self.carries:
            workforce.leave(by=self.world.admin, account=self.world.accounts[who], at=self._later())
            self.done["leave"] += 1
            self.gone.add(who)

    @rule()
    def come_back(self) -> None:
        """With the account they had, to the post they had."""
        for who in self.gone:
            account = self.world.accounts[who]
            workforce.open_again(by=self.world.admin, account=account, at=self._later())
            post = self.world.posts[PLACES[who]]
            workforce.place(by=self.world.admin, post=post, account=account, at=self._later())
            self.done["come back"] += 1
        self.gone.clear()

    @rule()
    def merge(self) -> None:
        if self.link is None and all(self._sees(MANAGER, one) for one in (self.child, self.second)):
            with acting(self._manager):
                self.link = link_identity(
                    person=self.second, same_as=self.child, kind=Identity.Kind.SAME, reason="One mother",
                    by=self._manager, at=self._later(),
                )  # fmt: skip
            self.done["merge"] += 1

    @rule()
    def unmerge(self) -> None:
        if self.link is not None and self._sees(MANAGER, self.child):
            with acting(self._manager):
                assert end_identity(link=self.link, reason="Two after all", by=self._manager, at=self._later())
            self.done["unmerge"] += 1
            self.link = None

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def everybody_sees_what_they_ought_to(self) -> None:
        for who in EVERYBODY if self.written else ():
            ought = {person for person in self.written if self._sees(who, person)}
            with acting(self.world.accounts[who]):
                assert may_see_of(people=self.written) == ought, who
                for person, notes in self.written.items():
                    # What was written of either is there under its own key, before a merge, during it and after.
                    read = {one.id for one in list_timeline(person=person).entries if one.kind == "note"}
                    assert read == (notes if person in ought else set()), who
                    if person in ought:
                        assert set(same_person(person)) == ({self.child, self.second} if self.link else {person})

    @invariant()
    def what_was_typed_is_there(self) -> None:
        for who, key in self.drafts.items():
            if who not in self.gone:
                with acting(self.world.accounts[who]):
                    draft = get_draft(by=self.world.actor(who), key=key)
                    assert draft is not None
                    assert draft.body == {"text": f"By {who}"}

    @property
    def _manager(self) -> UUID:
        return self.world.accounts[MANAGER]

    # --- the facts ------------------------------------------------------------------------------

    def _sees(self, who: str, person: UUID) -> bool:
        """Those who carry either, where they are one; unless anything that stands about either keeps them out."""
        keys = {self.child, self.second} if self.link else {person}
        mine = who == MANAGER or (who == self.carries and self.child in keys)
        kept_out = (who in self.away and self.child in keys) or any(
            key in keys and who not in named for key, (_, named) in self.named.items()
        )
        return mine and not kept_out and who not in self.gone

    def _write(self, who: str, about: UUID) -> None:
        written = Written((Concerned(about),), (Words(f"By {who}", (about,)),))
        try:
            entry = self._do("write", record_note, by=who, written=written)
        except Refusal:
            assert not self._sees(who, about)
            self.done["refused to write"] += 1
        else:
            assert self._sees(who, about)
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
    admin, above = world.admin, world.posts["family-manager"]
    team = workforce.open_team(by=admin, key="weir", name="Weir", kind="casework", phone="01632 960202", at=BEGIN)
    # Nobody stands there: below the manager, and apart from both workers.
    world.posts["weir-1"] = workforce.open_post(
        by=admin, team=team, key="weir-1", title="Weir", kind="worker", manager=above, at=BEGIN
    )
    Sight.world, Sight.done = world, Counter()


def test_sight_follows_at_once_whatever_happens_while_people_work(set_out: None) -> None:
    run_state_machine_as_test(Sight, settings=PLAY)  # type: ignore[no-untyped-call]  # Hypothesis leaves it untyped
