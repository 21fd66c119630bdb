"""What is played on the record: allocated, closed, noted, renamed, corrected, withdrawn, restricted."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from sightline.access.operations import restrict
from sightline.access.rules import Section
from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.people.operations import supersede_name
from sightline.people.queries import list_names
from sightline.record.models import Entry
from sightline.record.operations import close_episode, correct_entry, withdraw_entry, write_entry
from sightline.record.queries import get_entry, get_open_episodes
from sightline.record.rules import Concerned, Words
from tests.journeys.facts import GOES_ON, Said, Written
from tests.journeys.machine import ANY, Played, _pick

MANAGERS = {"team_manager", "service_manager"}


class PlayedRecord(Played):
    """Those who carry children, and those who write."""

    @precondition(lambda self: self.work.carried)
    @rule(pick=ANY, which=ANY, to=st.sampled_from(["family-1", "long-term-1", "long-term-2", "family-manager"]))
    def allocate(self, pick: int, which: int, to: str) -> None:
        child = _pick(sorted(self.work.carried), which)
        post = self.world.posts[to]
        by = self.who_carries(self.work.carried[child], pick, MANAGERS)
        ok, _ = self.attempt("allocate", lambda: allocate_child(
            by=by, child=child, post=post, reason="Has room", at=self.clock))  # fmt: skip
        if ok:
            self.work.allocate(child, post)

    @precondition(lambda self: self.work.carried)
    @rule(pick=ANY, which=ANY)
    def close(self, pick: int, which: int) -> None:
        child = _pick(sorted(self.work.carried), which)
        by = self.who_carries(self.work.carried[child], pick, MANAGERS)
        with acting(by.id):
            episode = get_open_episodes([child]).get(child)
        if episode is None:
            return
        ok, _ = self.attempt("close episode", lambda: close_episode(
            by=by, episode=episode.id, closed_on=local_day(self.clock), reason="RC1",
            accepted_because="What is left is for the desk", at=self.clock))  # fmt: skip
        if ok:
            self.work.no_longer_carried(child)

    @precondition(lambda self: self.work.children)
    @rule(pick=ANY, which=ANY, several=st.booleans(), section=st.sampled_from([Section.ORDINARY, Section.HEALTH]))
    def note(self, pick: int, which: int, several: bool, section: Section) -> None:  # noqa: FBT001 (drawn by name)
        first = _pick(self.work.children, which)
        people = tuple(dict.fromkeys([first, _pick(self.work.children, which + 1)] if several else [first]))
        by = self._worker_of(first, pick)
        shared, private = self.text("Visited at home"), self.text("Alone with one child")
        words = [Words(text=shared, about=people, section=section)]
        if len(people) > 1:
            words.append(Words(text=private, about=(people[1],), heading="this_child"))
        ok, entry = self.attempt("note", lambda: write_entry(
            by=by, kind=Entry.Kind.NOTE, words=words, concerned=[Concerned(one, seen="seen") for one in people],
            at=self.clock))  # fmt: skip
        if ok:
            said = tuple(Said(one.heading, one.text, frozenset(one.about)) for one in words)
            self.work.written[entry] = Written(entry, entry, "note", frozenset(people), said)
            self.work.seen += [(entry, person, local_day(self.clock)) for person in people]

    def _worker_of(self, child: UUID, pick: int):
        post = self.work.carried.get(child)
        owed = [one.post for one in self.work.owed if child in one.people]
        return self.who_carries(post or (owed[0] if owed else self.world.posts["duty"]), pick)

    @precondition(lambda self: self.work.children)
    @rule(pick=ANY, which=ANY)
    def rename(self, pick: int, which: int) -> None:
        child = _pick(self.work.children, which)
        by = self._worker_of(child, pick)
        with acting(by.id):
            names = list_names(person=child)
        if names:
            self.attempt("rename", lambda: supersede_name(
                by=by, name=names[0].id, given="Maya", family=self.text("Reed"), at=self.clock))  # fmt: skip

    @precondition(lambda self: self.work.written)
    @rule(pick=ANY, which=st.integers(0, 40))
    def correct(self, pick: int, which: int) -> None:
        old = self.work.written[_pick(sorted(self.work.written), which)]
        by = self._worker_of(_pick(sorted(old.people), pick), pick)
        mine = self._rewrite(by.id, old)
        if not mine:
            return
        words = [Words(text=new, about=about, heading=heading, section=section)
                 for heading, _, new, about, section in mine]  # fmt: skip
        ok, entry = self.attempt("correct", lambda: correct_entry(
            by=by, entry=old.entry, words=words, reason="Written wrongly", at=self.clock))  # fmt: skip
        if ok:
            self._corrected(old, entry, {(heading, text): new for heading, text, new, _, _ in mine})

    def _rewrite(self, by: UUID, old: Written) -> list[tuple[str, str, str, tuple[UUID, ...], Section]]:
        """Each paragraph that the corrector reads, with new words for it."""
        with acting(by):
            try:
                view = get_entry(old.entry)
            except Refusal:
                return []
        return [
            (one.heading, one.text, self.text("Corrected"), one.about, Section(one.section)) for one in view.passages
        ]

    def _corrected(self, old: Written, entry: UUID, new: dict[tuple[str, str], str]) -> None:
        """The same people and paragraphs as before, with new words where the corrector could read."""
        left = self.work.left_of(old)
        said = tuple(
            Said(one.heading, new.get((one.heading, one.text), one.text), one.about & left)
            for one in old.said
            if one.about & left
        )
        hidden = len(old.said) > len(new)
        self.done["correct around what is hidden"] += hidden
        self.work.written[entry] = Written(entry, old.root, old.kind, left, said)
        self.work.superseded.add(old.entry)

    @precondition(lambda self: self.work.written)
    @rule(pick=ANY, which=st.integers(0, 40), whose=ANY)
    def withdraw(self, pick: int, which: int, whose: int) -> None:
        old = self.work.written[_pick(sorted(self.work.written), which)]
        person = _pick(sorted(old.people), whose)
        by = self._worker_of(person, pick)
        ok, _ = self.attempt("withdraw", lambda: withdraw_entry(
            by=by, entry=old.entry, person=person, reason="About another child", reader=self.world.keeper,
            at=self.clock))  # fmt: skip
        if not ok:
            return
        self.work.withdrawn.add((old.root, person))
        if not self.work.left_of(old):
            # On nobody's record any more: it owes nothing, and is no longer anybody's worry. What was begun goes on.
            self.work.owed = [
                one for one in self.work.owed
                if one.arose is None or one.kind in GOES_ON or self.work.written[one.arose].root != old.root
            ]  # fmt: skip
            self.work.undecided.discard(old.root)

    @precondition(lambda self: self.work.children)
    @rule(which=ANY)
    def restrict_one(self, which: int) -> None:
        child = _pick(self.work.children, which)
        readers = [self.world.accounts[name] for name in ("Mag Price", "Hal Dean", "Em Castle")]

        def restricted() -> None:
            with acting(self.world.admin.id):
                restrict(
                    person=child, readers=[*readers, self.world.watcher, self.world.keeper],
                    reviewer=self.world.accounts["Hal Dean"], reason="Staff family", at=self.clock,
                )  # fmt: skip

        self.attempt("restrict", restricted)

    @precondition(lambda self: self.work.children)
    @rule(which=ANY)
    def read_and_remember(self, which: int) -> None:
        self.remember(_pick(self.work.children, which))
        self.done["read"] += 1
