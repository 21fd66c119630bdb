"""What is played on a child in danger: discussions, enquiries, examinations, orders, injuries, disagreements."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.enquiries.operations import (
    ConclusionGiven,
    DecisionGiven,
    DiscussionHeld,
    TookPartGiven,
    end_order,
    medical_not_held,
    record_medical,
)
from sightline.journeys.disagree import disagree, settle, take_further, tell_side
from sightline.journeys.injuries import note_injury
from sightline.journeys.protect import (
    ask_strategy,
    begin_enquiry,
    conclude_enquiry,
    decide_strategy,
    hold_strategy,
    keep_safe,
    no_conference,
    not_told,
)
from sightline.kernel.london import local_day
from sightline.record.models import Step, StepSubject
from sightline.recording.rules import Action
from tests.journeys.facts import Owed
from tests.journeys.facts_protecting import Discussed, Enquired, Ordered
from tests.journeys.machine import _pick
from tests.journeys.playing_help import MANAGERS, SOCIAL_WORKERS
from tests.journeys.playing_plans import PlayedPlans

DECIDED = ["enquiry", "enquiry", "assessment", "goes_on", "nothing_more"]
FOUND = ["continuing_risk", "no_continuing_risk", "continuing_risk", "not_substantiated"]
RUNS = {"police_protection": timedelta(hours=72), "emergency": timedelta(days=8), "extended": timedelta(days=7)}
SUMMER_TIME = timedelta(hours=1)
WHO = (
    TookPartGiven("social_care", name="Fay Lund"),
    TookPartGiven("police", name="Priya Shah", role="detective sergeant", shared="Two calls to the address."),
    TookPartGiven("health", name="Dr Odu", shared="Seen twice.", handling="professionals"),
)


class PlayedProtecting(PlayedPlans):
    """Those who make a child safe, and find out what happened."""

    # --- what every play of protecting needs ------------------------------------------------------

    def absorb(self, *kinds: str) -> dict[str, list[Owed]]:
        """Keep every step that was opened just now; others than these kinds were not to be opened."""
        with acting(self.world.keeper):
            rows = list(Step.objects.filter(opened_at=self.clock, closed_at=None))
            people: dict[UUID, list[UUID]] = {row.id: [] for row in rows}
            for step, person in StepSubject.objects.filter(step__in=rows, ended_at=None).values_list("step", "person"):
                people[step].append(person)
        found: dict[str, list[Owed]] = {kind: [] for kind in kinds}
        for row in rows:
            if self.work.row(row.id) is None:
                assert row.kind in kinds, f"a {row.kind} was opened, which follows from nothing that was done"
                self.owe(row.id, row.kind, row.post_id, people[row.id], subject=row.subject, arose=row.arose_from_id)
                found[row.kind].append(self.work.owed[-1])
        return found

    def carry(self, children: Iterable[UUID], post: UUID) -> None:
        """Whoever was carried by nobody is carried again."""
        for child in children:
            self.work.carried.setdefault(child, post)

    def done_by(self, by: Any, row: Owed | None, done: set[UUID]) -> None:
        """A step is over when it is done for everybody; for one whom whoever acts may not see it is not known to be."""
        if row is not None and not self.work.still_for(row) - (done & self.sees(by, done)):
            self.work.drop(row)

    # --- strategy discussions ---------------------------------------------------------------------

    def discuss(self, what: str, pick: int, which: int, several: bool, chance: int = 0) -> None:  # noqa: FBT001 (drawn)
        """One rule for all of it: what cannot be held yet is asked for."""
        waiting = self.work.of_kind("strategy")
        if what == "ask" or not waiting:
            self.ask_discussion(pick, which, several)
        elif what == "hold":
            self.hold_discussion(_pick(waiting, which), pick, several, chance)
        else:
            self.decide_discussion(_pick(waiting, which), pick, several, chance)

    def ask_discussion(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick)
        ok, _ = self.attempt("ask strategy", lambda: ask_strategy(
            by=by, children=children, why=self.text("Bruises on his back"), at=self.clock))  # fmt: skip
        if ok:
            self._asked_for(set(children))

    def _asked_for(self, children: set[UUID]) -> None:
        self.work.done_for("strategy_discussion", children)
        for one in self.absorb("strategy")["strategy"]:
            assert one.step is not None
            self.work.safe.discussions[one.step] = Discussed(set(one.people))

    def hold_discussion(self, row: Owed, pick: int, several: bool, chance: int) -> None:  # noqa: FBT001 (drawn)
        """With and without police or health; on the day or days later; with decisions, or none yet."""
        assert row.step is not None
        one, by = self.work.safe.discussions[row.step], self.who_carries(row.post, pick, SOCIAL_WORKERS)
        alone, late = chance % 3 == 1, chance % 4 == 2
        decisions = self._decisions(one, by, several, chance) if chance % 5 else []
        held = DiscussionHeld(
            self.clock - timedelta(days=3 if late else 0), how="phone", safety=self.text("At his aunt's"),
            medical="" if chance % 2 else "needed", alone_because=self.text("Nobody answered") if alone else "",
            took_part=WHO[: 1 if alone else 3],
        )  # fmt: skip
        actions = [Action(self.text("Ring the school"), row.post)] if several else []
        name = f"hold strategy {'without police and health' if alone else 'with all'}"
        ok, _ = self.attempt(name, lambda: hold_strategy(
            by=by, discussion=row.step, held=held, decisions=decisions, actions=actions, at=self.clock))  # fmt: skip
        if not ok:
            return
        self.done["hold strategy late"] += late
        one.held = True
        self._decided_for(row, one, by, decisions, medical=held.medical == "needed", actions=len(actions))

    def decide_discussion(self, row: Owed, pick: int, several: bool, chance: int) -> None:  # noqa: FBT001 (drawn)
        assert row.step is not None
        one, by = self.work.safe.discussions[row.step], self.who_carries(row.post, pick, SOCIAL_WORKERS)
        decisions = self._decisions(one, by, several, chance)
        name = "decide strategy after" if one.held else "decide strategy before it is recorded"
        ok, _ = self.attempt(name, lambda: decide_strategy(
            by=by, discussion=row.step, decisions=decisions, at=self.clock))  # fmt: skip
        if ok:
            self._decided_for(row, one, by, decisions)

    def _decisions(self, one: Discussed, by: Any, several: bool, chance: int) -> list[DecisionGiven]:  # noqa: FBT001 (drawn)
        left = sorted(one.children - one.decided)[: None if several else 1]
        return [DecisionGiven(child, _pick(DECIDED, chance + n), self.text("What is known")) for n, child in
                enumerate(left)]  # fmt: skip

    def _decided_for(
        self, row: Owed, one: Discussed, by: Any, decisions: list[DecisionGiven], *, medical: bool = False,
        actions: int = 0,
    ) -> None:  # fmt: skip
        self.write_down()
        one.decided |= {each.child for each in decisions}
        enquired = {each.child for each in decisions if each.outcome == "enquiry"}
        new = enquired - self.work.safe.enquired()
        for each in decisions:
            self.done[f"decide {each.outcome} after strategy"] += 1
        if decisions:
            decided = one.decided & self.sees(by, one.decided)
            for other in self.work.of_kind("strategy"):
                if other.step != row.step and self.work.still_for(other) & decided:
                    self.done_by(by, other, decided)
            self.work.done_for("strategy_discussion", decided)
        if one.held:
            self.done_by(by, row, one.decided)
        opened = self.absorb("enquiry", "assessment", "action", "medical", "ask_to_end")
        self._enquiry_began(opened["enquiry"], new)
        for step in opened["assessment"]:
            self.carry(step.people, step.post)
        assert len(opened["action"]) == actions, "an action was agreed, and nobody has it"
        assert bool(opened["medical"]) == medical, "an examination is needed, and nobody asks for it"

    # --- enquiries --------------------------------------------------------------------------------

    def _enquiry_began(self, rows: list[Owed], new: set[UUID]) -> None:
        assert {child for row in rows for child in row.people} == new, "an enquiry was begun on others than was decided"
        for row in rows:
            assert row.step is not None
            self.work.safe.enquiries[row.step] = Enquired(set(row.people))
            self.carry(row.people, row.post)

    def enquire(self, what: str, pick: int, which: int, several: bool, chance: int = 0) -> None:  # noqa: FBT001 (drawn)
        """Begun at once, concluded for each child; and no conference, or nobody told, with why."""
        waiting = self.work.of_kind("enquiry")
        if what == "none" and self.work.safe.owed:
            self.no_conference(pick, which)
        elif what == "tell" and self.work.of_kind("feedback_enquiry"):
            self.cannot_tell_of_enquiry(pick, which)
        elif what == "begin" or not waiting:
            self.begin_at_once(pick, which, several)
        else:
            self.conclude(_pick(waiting, which), pick, several, chance)

    def begin_at_once(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick, SOCIAL_WORKERS)
        new = set(children) - self.work.safe.enquired()
        ok, _ = self.attempt("begin enquiry at once", lambda: begin_enquiry(
            by=by, children=children, why=self.text("A burn"), at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down()
        if self.opened("strategy"):
            self.work.done_for("strategy_discussion", new)
        opened = self.absorb("enquiry", "strategy")
        self._enquiry_began(opened["enquiry"], new)
        for step in opened["strategy"]:
            assert step.step is not None
            self.work.safe.discussions[step.step] = Discussed(set(step.people))

    def conclude(self, row: Owed, pick: int, several: bool, chance: int) -> None:  # noqa: FBT001 (drawn)
        assert row.step is not None
        one, by = self.work.safe.enquiries[row.step], self.who_carries(row.post, pick, SOCIAL_WORKERS)
        left = sorted(one.children - one.concluded)[: None if several else 1]
        given = tuple(
            ConclusionGiven(child, _pick(FOUND, chance + n), self.text("The marks are of a belt"),
                            _pick(["seen", "none", "not_seen", "attached"], chance), self.text("At the hospital"))
            for n, child in enumerate(left)
        )  # fmt: skip
        ok, entry = self.attempt("conclude", lambda: conclude_enquiry(
            by=by, enquiry=row.step, conclusions=given, at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down()
        for each in given:
            self.done[f"conclude {each.outcome}"] += 1
            if each.outcome == "continuing_risk":
                self.work.safe.owed[each.child] = entry
        one.concluded |= {each.child for each in given}
        self.done["conclude for one of several"] += bool(one.children - one.concluded)
        self.done_by(by, row, one.concluded)
        self.absorb("convene_conference", "feedback_enquiry", "ask_to_end")

    def no_conference(self, pick: int, which: int) -> None:
        child = _pick(sorted(self.work.safe.owed), which)
        rows = [one for one in self.work.of_kind("convene_conference") if child in one.people]
        if not rows:
            return
        by = self.who_carries(rows[0].post, pick, MANAGERS)
        enquiry = next((key for key, one in self.work.safe.enquiries.items() if child in one.concluded
                        and key in {row.subject for row in rows}), None)  # fmt: skip
        if enquiry is None:
            return
        ok, _ = self.attempt("no conference", lambda: no_conference(
            by=by, enquiry=enquiry, children=[child], because=self.text("With his aunt"), at=self.clock))  # fmt: skip
        if ok:
            self.write_down()
            self.work.done_for("convene_conference", {child})
            del self.work.safe.owed[child]
            self.absorb("ask_to_end")

    def cannot_tell_of_enquiry(self, pick: int, which: int) -> None:
        row = _pick(self.work.of_kind("feedback_enquiry"), which)
        by = self.who_carries(row.post, pick)
        ok, _ = self.attempt("cannot tell of enquiry", lambda: not_told(
            by=by, enquiry=row.subject, because="They have moved", at=self.clock))  # fmt: skip
        if ok:
            self.work.close(row.subject, "feedback_enquiry")

    # --- examinations, orders, injuries -----------------------------------------------------------

    def examine(self, what: str, pick: int, which: int) -> None:
        waiting = self.work.of_kind("medical")
        if not waiting:
            return
        row, words = _pick(waiting, which), self.text("Bruises of two ages")
        by = self.who_carries(row.post, pick)
        does = {
            "held": lambda: record_medical(
                by=by, medical=row.step, held_at=self.clock, examiner="Dr Odu", words=words, at=self.clock),
            "not_held": lambda: medical_not_held(by=by, medical=row.step, because=words, at=self.clock),
        }  # fmt: skip
        ok, _ = self.attempt(f"medical {what}", does[what])
        if ok:
            self.work.drop(row)
            self.write_down(words)

    def order(self, what: str, pick: int, which: int, chance: int = 0) -> None:
        """Begun, extended, ended, or run out: by the clock, through nights and weekends."""
        running = self.work.of_kind("order")
        if what == "begin" or not running:
            child = _pick(self.work.children, which)
            self._make_order(child, _pick(["police_protection", "emergency"], chance), pick, hours=chance)
        elif what == "extend":
            old = self.work.safe.orders[_pick(running, which).step]
            self._make_order(old.child, "extended", pick, extends=_pick(running, which))
        else:
            self.end_an_order(_pick(running, which), pick, run_out=what == "run_out")

    def _make_order(self, child: UUID, kind: str, pick: int, *, hours: int = 0, extends: Owed | None = None) -> None:
        by, began = self.worker_of(child, pick), self.clock - timedelta(hours=hours)
        ok, step = self.attempt(f"order {kind}", lambda: keep_safe(
            by=by, child=child, kind=kind, began_at=began, words=self.text("The court sat"),
            extends=extends.step if extends else None, at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down()
        if extends is not None:
            self.work.drop(extends)
            assert extends.step is not None
            self.work.safe.orders[extends.step].over = True
        if self.opened("strategy"):
            self.work.done_for("strategy_discussion", {child})
        opened = self.absorb("order", "strategy")
        for row in opened["strategy"]:
            assert row.step is not None
            self.work.safe.discussions[row.step] = Discussed(set(row.people))
        self.carry([child], opened["order"][0].post)
        with acting(self.world.keeper):
            until = Step.objects.get(id=step).due_at
        assert until is not None
        assert abs(until - (began + RUNS[kind])) <= SUMMER_TIME, "the law ends it at another time"
        self.work.safe.orders[step] = Ordered(child, kind, began, until)

    def end_an_order(self, row: Owed, pick: int, *, run_out: bool) -> None:
        assert row.step is not None
        one, by = self.work.safe.orders[row.step], self.who_carries(row.post, pick)
        if run_out:
            self.clock = max(self.clock, one.runs_out_at)
        ended_at, words = min(self.clock, one.runs_out_at), self.text("To his aunt")
        name = "end order that ran out" if self.clock >= one.runs_out_at else "end order"
        ok, _ = self.attempt(name, lambda: end_order(
            by=by, order=row.step, ended_at=ended_at, because=words, at=self.clock))  # fmt: skip
        if ok:
            one.over = True
            self.work.drop(row)
            self.write_down(words)

    def injure(self, pick: int, which: int, chance: int) -> None:
        child = _pick(self.work.children, which)
        by, words = self.worker_of(child, pick), self.text("Round and blue")
        ok, _ = self.attempt("injury", lambda: note_injury(
            by=by, child=child, what=_pick(["bruise", "burn", "fracture"], chance), seen_on=local_day(self.clock)
            - timedelta(days=chance), sites=["arm_left"], account=self.text("He fell"), account_of="His mother",
            words=words, at=self.clock))  # fmt: skip
        if ok:
            self.write_down(words)

    # --- disagreements ----------------------------------------------------------------------------

    def differ(self, what: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """Raised, taken further and resolved; and whoever was a side of it is told. It pauses nothing."""
        waiting = self.work.of_kind("disagreement")
        if what == "tell" and self.work.of_kind("feedback_disagreement"):
            self._tell_side(_pick(self.work.of_kind("feedback_disagreement"), which), pick)
        elif what == "raise" or not waiting:
            self._raise(pick, which, several)
        else:
            row = _pick(waiting, which)
            by = self.who_carries(row.post, pick)
            self._further(row, by) if what == "further" else self._settle(row, by)

    def _raise(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick)
        post = self.work.carried.get(children[0], self.world.posts["family-manager"])
        sides = (SideGiven("Tess Alder", self.text("Not safe"), agency_post=self.world.school_lead),
                 SideGiven("Jane Smith", self.text("Safe"), post=self.world.posts["family-1"]))  # fmt: skip
        ok, step = self.attempt("raise disagreement", lambda: disagree(
            by=by, children=children, about=self.text("Whether he stays"), sides=sides, post=post,
            resolver="Fay Lund", at=self.clock))  # fmt: skip
        if ok:
            self.absorb("disagreement")
            self.work.safe.disagreements[step] = set(children)

    def _further(self, row: Owed, by: Any) -> None:
        post = self.world.posts["service-manager"]
        ok, _ = self.attempt("take further", lambda: take_further(
            by=by, disagreement=row.step, post=post, came_of=self.text("We met"), resolver="Hal Dean",
            at=self.clock))  # fmt: skip
        if ok:
            self.work.swap(row, post=post)

    def _settle(self, row: Owed, by: Any) -> None:
        words = self.text("They came to agree")
        ok, _ = self.attempt("resolve", lambda: settle(
            by=by, disagreement=row.step, resolved_on=local_day(self.clock), how="agreed", came_of=words,
            learned=self.text("Ring first"), at=self.clock))  # fmt: skip
        if ok:
            assert row.step is not None
            del self.work.safe.disagreements[row.step]
            self.work.drop(row)
            self.write_down(words)
            self.absorb("feedback_disagreement")

    def _tell_side(self, row: Owed, pick: int) -> None:
        by = self.who_carries(row.post, pick)
        ok, _ = self.attempt("tell side", lambda: tell_side(
            by=by, disagreement=row.subject, agency_post=self.world.school_lead, text="They agree now.",
            means="call", call_words="Spoke to Tess Alder", at=self.clock))  # fmt: skip
        if ok:
            self.work.drop(row)
