"""What is played on helping: plans made, reviewed, stepped and handed over, services asked for, and endings."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from sightline.doorway.acts import acting
from sightline.journeys.end_involvement import (
    ask_manager_to_end,
    authorise_ending,
    matters_to_answer,
    return_ending,
)
from sightline.journeys.open_matters import Answer
from sightline.journeys.plan_help import ask_to_step, hand_plan_over, make_plan, return_step, step_down, step_up
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.plans.operations import (
    add_outcome,
    agree_action,
    ask_service,
    hold_review,
    make_version,
    service_began,
    service_not_coming,
    take_off_plan,
)
from sightline.record.models import Step
from sightline.recording.operations import finish_step
from tests.journeys.facts import OnPlan, Owed
from tests.journeys.machine import ODD_ONE, _pick
from tests.journeys.playing_help import (
    ASSESSING,
    LEADS_TO,
    MANAGERS,
    OUTCOMES,
    SOCIAL_WORKERS,
    VISITING,
    PlayedHelp,
)
from tests.journeys.world import POSTS

PLANNERS = {"social_worker", "family_support_worker", *MANAGERS}
PLANNING = ["make", "make", "review", "version", "agree", "finish", "take_off", "give"]
STEPPING = ["up", "down", "ask", "answer", "return"]
ENDING = ["ask", "ask", "authorise", "authorise", "return"]
HELPING = ["ask", "ask", "began", "not_coming"]
WORKING = [
    (kind, what)
    for kind, acts in (("assess", ASSESSING), ("visit", VISITING), ("plan", PLANNING), ("service", HELPING),
                       ("step", STEPPING), ("end", ENDING))
    for what in acts
]  # fmt: skip
PICKS = (0, 0, 1, 1, 2, ODD_ONE)
EVERY_OTHER = 0.5
MANAGED = {key for key, _, kind, *_ in POSTS if kind == "manager"}


class PlayedPlans(PlayedHelp):
    """Those who help, and those who end it."""

    @precondition(lambda self: self.work.children)
    @rule(dice=st.randoms(use_true_random=True))
    def work_with_a_family(self, dice: Random) -> None:
        """Several acts for a few children: one alone seldom finds anything to go on with.

        Thrown, since what is drawn comes back to its first value again and again.
        """
        dice.seed(f"{dice.random()} after {self.steps} steps")
        for _ in range(dice.randint(3, 7)):
            kind, what = dice.choice(WORKING)
            pick, which, several = dice.choice(PICKS), dice.randint(0, 2), dice.random() < EVERY_OTHER
            self._one(kind, what, pick, which, several=several, chance=dice.randint(0, 11))
            self.nobody_is_forgotten_and_nothing_is_overwritten()

    @precondition(lambda self: self.work.children)
    @rule(dice=st.randoms(use_true_random=True))
    def go_on_with_them(self, dice: Random) -> None:
        """The same, so that it is played as often as what the front door does."""
        self.work_with_a_family(dice)

    def _one(self, kind: str, what: str, pick: int, which: int, *, several: bool, chance: int) -> None:
        if kind == "assess":
            self.assess(what, pick, which, several, _pick(sorted(LEADS_TO), chance))
        elif kind == "visit":
            self.visit(what, pick, which, several=several, outcome=_pick(OUTCOMES, chance), days=chance - 4)
        elif kind == "plan":
            self.plan(what, _pick(["early_help", "child_in_need"], chance), pick, which, several)
        else:
            getattr(self, kind)(what, pick, which, several)

    # --- plans ------------------------------------------------------------------------------------

    def plan(self, what: str, kind: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """One rule for all of it: what cannot be done yet makes one."""
        plans = sorted(self.work.open_plans())
        if what == "make" or not plans:
            self.make(kind, pick, which, several)
            return
        key = _pick(plans, which)
        row = self.work.row(key)
        assert row is not None, "an open plan is carried by nobody"
        roles = MANAGERS if what == "take_off" and self.work.plans[key].kind == "child_in_need" else PLANNERS
        getattr(self, f"_{what}")(key, self.who_carries(row.post, pick, roles), which)

    def make(self, kind: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick, PLANNERS)
        post = self.work.carried.get(children[0], self.world.posts["long-term-1"])
        began_on = local_day(self.clock) - timedelta(days=which % 4)
        ok, plan = self.attempt(f"make {kind}", lambda: make_plan(
            by=by, kind=kind, children=children, began_on=began_on, post=post, at=self.clock))  # fmt: skip
        if ok:
            self._made(plan, kind, children, post, began_on)

    def _made(self, plan: UUID, kind: str, children: list[UUID], post: UUID, began_on: Any) -> None:
        self.work.plans[plan] = OnPlan(kind, began_on, dict.fromkeys(children, began_on))
        self.owe(plan, "plan", post, children)
        self.work.done_for("make_plan", set(children))

    def _review(self, plan: UUID, by: Any, which: int) -> None:
        held_on = local_day(self.clock) - timedelta(days=which % 3)
        words = self.text("We met at school")
        ok, entry = self.attempt("review", lambda: hold_review(
            by=by, plan=plan, held_on=held_on, text=words, late_because="Half term", at=self.clock))  # fmt: skip
        if ok:
            self.write_down(words)
            self.work.held.append((entry, plan, held_on))

    def _version(self, plan: UUID, by: Any, which: int) -> None:
        words = self.text("He has breakfast")
        ok, _ = self.attempt("outcome", lambda: add_outcome(by=by, plan=plan, words=words, at=self.clock))
        if ok and self.attempt("version", lambda: make_version(by=by, plan=plan, at=self.clock))[0]:
            self.write_down(words)

    def _agree(self, plan: UUID, by: Any, which: int) -> None:
        row, on_it = self.work.row(plan), self.work.plans[plan].since
        assert row is not None
        ok, step = self.attempt("action", lambda: agree_action(
            by=by, plan=plan, what=self.text("Ring the school"), who="His aunt", post=None, at=self.clock))  # fmt: skip
        if ok:
            self.owe(step, "action", row.post, self.sees(by, on_it), subject=plan)

    def _finish(self, plan: UUID, by: Any, which: int) -> None:
        """Anything that is finished by saying what was done."""
        waiting = self.work.of_kind("action", "make_plan", "ask_to_end")
        if not waiting:
            self._agree(plan, by, which)
            return
        one = _pick(waiting, which)
        words = self.text("It was done")
        by = self.who_carries(one.post, which)
        ok, _ = self.attempt("finish", lambda: finish_step(by=by, step=one.step, outcome=words, at=self.clock))
        if ok:
            self.work.drop(one)
            self.write_down(words)

    def _take_off(self, plan: UUID, by: Any, which: int) -> None:
        child = _pick(sorted(self.work.plans[plan].since), which)
        words = self.text("Reached")
        ok, _ = self.attempt("take off plan", lambda: take_off_plan(
            by=by, plan=plan, child=child, to_on=local_day(self.clock), reason=words, at=self.clock))  # fmt: skip
        if ok:
            self.work.off_plan(plan, child)
            self.done["plan goes on for others"] += bool(self.work.plans[plan].since)
            self.write_down(words)

    def _give(self, plan: UUID, by: Any, which: int) -> None:
        post = self.world.posts[_pick(["long-term-2", "long-term-1", "family-1", "family-manager"], which)]
        row = self.work.row(plan)
        assert row is not None
        visible = self.sees(by, self.work.still_for(row))
        ok, _ = self.attempt("hand plan over", lambda: hand_plan_over(by=by, plan=plan, post=post, at=self.clock))
        if not ok or post == row.post:
            return
        along = {step for step, of in self.work.services.items() if of == plan}
        for one in [one for one in self.work.owed if one.post == row.post and self.work.still_for(one) & visible]:
            if one.subject == plan or one.step in along:
                self.work.swap(one, post=post)
        self.work.swap(row, post=post)

    # --- services ---------------------------------------------------------------------------------

    def service(self, what: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """Help is asked for, and somebody says what became of it; also of what was given up."""
        asked = self.work.of_kind("service")
        if what == "ask" or not self.work.services:
            self.ask_help(pick, which, several)
            return
        step = _pick(sorted(self.work.services), which) if pick % 4 == 3 or not asked else _pick(asked, which).step
        row, words = self.work.row(step), self.text("They said")
        by = self.who_carries(row.post if row else self.world.posts["family-1"], pick)
        said = {
            "began": lambda: service_began(
                by=by, step=step, on=local_day(self.clock), said_by=words, at=self.clock),
            "not_coming": lambda: service_not_coming(by=by, step=step, because=words, at=self.clock),
        }  # fmt: skip
        ok, _ = self.attempt(f"service {what}", said[what])
        if ok:
            self.work.drop(row)
            self.write_down(words)

    def ask_help(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """Within a plan, for all whom it is for; or for children on no plan."""
        plans = sorted(self.work.open_plans())
        plan = _pick(plans, which) if several and plans else None
        row = self.work.row(plan) if plan else None
        children = [] if plan else self.some(which, several=False)
        by = self.who_carries(row.post, pick) if row else self.worker_of(children[0], pick)
        post = None if row else self.work.carried.get(children[0], self.world.posts["family-1"])
        for_whom = self.sees(by, self.work.plans[plan].since) if plan else set(children)
        ok, step = self.attempt("ask service", lambda: ask_service(
            by=by, children=children, what=self.text("A mentor"), asked_on=local_day(self.clock), post=post, plan=plan,
            of_whom="The hub", at=self.clock))  # fmt: skip
        if ok:
            carries = row.post if row else post
            assert carries is not None
            self.work.services[step] = plan
            self.owe(step, "service", carries, for_whom)

    # --- up and down ------------------------------------------------------------------------------

    def step(self, what: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """Asked for and answered, or done at once."""
        asked = self.work.of_kind("authorise_step")
        if what in {"answer", "return"} and asked:
            self._answer_step(_pick(asked, which), pick, agree=what == "answer")
            return
        kind = "child_in_need" if what == "down" else "early_help"
        plans = sorted(key for key, one in self.work.open_plans().items() if one.kind == kind or what == "ask")
        if not plans:
            self.make(kind, pick, which, several)
            return
        plan = _pick(plans, which)
        children = sorted(self.work.plans[plan].since)[: None if several else 1]
        row = self.work.row(plan)
        assert row is not None, "an open plan is carried by nobody"
        if what == "ask":
            self._ask_step(row, children, self.who_carries(row.post, pick, PLANNERS))
        else:
            self._step(row, children, self.who_carries(row.post, pick, MANAGERS), None)

    def _ask_step(self, row: Owed, children: list[UUID], by: Any) -> None:
        words = self.text("He eats breakfast now")
        ok, step = self.attempt("ask to step", lambda: ask_to_step(
            by=by, plan=row.step, children=children, reason=words, at=self.clock))  # fmt: skip
        if ok:
            self.write_down(words)
            [entry] = [one.entry for one in self.work.written.values() if any(words in said.text for said in one.said)]
            post = self.staff.above[row.post] or self.world.posts["front-door-manager"]
            self.owe(step, "authorise_step", post, children, subject=row.step, arose=entry)

    def _answer_step(self, asked: Owed, pick: int, *, agree: bool) -> None:
        by = self.who_carries(asked.post, pick, MANAGERS)
        plan = self.work.row(asked.subject) if asked.subject else None
        if agree and plan is not None:
            self._step(plan, list(asked.people), by, asked)
            return
        words = self.text("Not before the summer")
        ok, _ = self.attempt("return step", lambda: return_step(
            by=by, step=asked.step, words=words, at=self.clock))  # fmt: skip
        if ok:
            self.work.drop(asked)
            self.write_down(words)

    def _step(self, row: Owed, children: list[UUID], by: Any, asked: Owed | None) -> None:
        """Help that is still waited for goes along, as far as it is for whoever goes."""
        work, old = self.work, row.step
        assert old is not None
        going = set(children)
        along = [one for one in work.of_kind("service")
                 if work.services[one.step] == old and work.still_for(one) & going]  # fmt: skip
        up = work.plans[old].kind == "early_help"
        given = {
            "by": by, "plan": old, "children": children, "reason": self.text("It changed"), "post": row.post,
            "services": [one.step for one in along], "asked": asked.step if asked else None,
        }  # fmt: skip
        more = {"need": "N1", "source": "1A"} if up else {}
        does = step_up if up else step_down
        ok, new = self.attempt(f"step {'up' if up else 'down'}", lambda: does(**given, **more, at=self.clock))
        if not ok:
            return
        today = local_day(self.clock)
        if new in work.plans:
            on_new = self.work.row(new)
            joining = [child for child in children if child not in self._helped(set(children))]
            assert on_new is not None
            work.plans[new].since |= dict.fromkeys(joining, today)
            work.swap(on_new, people=(*on_new.people, *(one for one in joining if one not in on_new.people)))
        else:
            self._made(new, "child_in_need" if up else "early_help", self._new_to(children, up), row.post, today)
        self._goes_along(along, going, new, row.post)
        work.drop(asked)
        for child in children:
            if up:
                work.carried.setdefault(child, row.post)
            work.off_plan(old, child)
        self.write_down()

    def _helped(self, children: set[UUID]) -> set[UUID]:
        helped = [one for one in self.work.open_plans().values() if one.kind == "early_help"]
        return {child for one in helped for child in children & set(one.since)}

    def _new_to(self, children: list[UUID], up: bool) -> list[UUID]:  # noqa: FBT001 (which way)
        return children if up else [child for child in children if child not in self._helped(set(children))]

    def _goes_along(self, along: list[Owed], going: set[UUID], new: UUID, post: UUID) -> None:
        """Help for nobody else goes over; of help that is shared, a part of its own begins."""
        shared = [one for one in along if not set(one.people) <= going]
        for one in along:
            if one not in shared:
                self.work.services[one.step] = new
        opened = self.opened("service") if shared else []
        assert len(opened) == len(shared)
        with acting(self.world.keeper):
            words = dict(Step.objects.filter(id__in=[one.step for one in shared]).values_list("id", "words"))
            found = {row.words: row for row in Step.objects.filter(id__in=[step for step, _ in opened])}
        for one in shared:
            step = found[words[one.step]].id
            self.work.services[step] = new
            self.owe(step, "service", post, set(one.people) & going)

    # --- endings ----------------------------------------------------------------------------------

    def end(self, what: str, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        """A worker asks, and a manager answers."""
        asked = self.work.of_kind("authorise_ending")
        if what == "ask" or not asked:
            self.ask_to_end(pick, which, several)
            return
        one = _pick(asked, which)
        by = self.who_carries(one.post, pick, MANAGERS)
        if what == "authorise":
            self._authorise(one, by)
            return
        ok, _ = self.attempt("return ending", lambda: return_ending(
            by=by, step=one.step, words="See him first.", at=self.clock))  # fmt: skip
        if ok:
            self.work.drop(one)

    def ask_to_end(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick, SOCIAL_WORKERS)
        ok, step = self.attempt("ask to end", lambda: ask_manager_to_end(
            by=by, children=children, reason="services_ended", what_changed=self.text("He sleeps"),
            how_to_come_back="Ring us.", who_holds_worry="His school.", at=self.clock))  # fmt: skip
        if ok:
            [(_, post)] = self.opened("authorise_ending")
            assert post in self._answer_for(children, by), "it is asked of nobody who answers for these children"
            self.owe(step, "authorise_ending", post, children)
            self.work.done_for("ask_to_end", set(children))

    def _answer_for(self, children: list[UUID], by: Any) -> set[UUID]:
        """The manager above whoever carries the first child, else above a plan of theirs, else above the worker."""
        carried = [self.work.carried[child] for child in children if child in self.work.carried][:1]
        plans = {key for key, one in self.work.open_plans().items() if set(children) & set(one.since)}
        on_plans = {one.post for one in self.work.owed if one.step in plans}
        managers = {self.world.posts[key] for key in MANAGED}
        return {
            post if post in managers else self.staff.above[post] or self.world.posts["front-door-manager"]
            for post in (carried or on_plans or by.posts)
        } or {self.world.posts["front-door-manager"]}

    def _authorise(self, asked: Owed, by: Any) -> None:
        """Every other matter has an outcome, and the rest is accepted by name."""
        with acting(by.id):
            try:
                matters = matters_to_answer(children=asked.people, at=self.clock + timedelta(minutes=17))
            except Refusal:
                return
        answers = {
            one.name: Answer(outcome="It was done") if n % 2 else Answer(accepted_because="His school goes on")
            for n, one in enumerate(matters)
        }
        ok, entry = self.attempt("authorise ending", lambda: authorise_ending(
            by=by, step=asked.step, answers=answers, closed_on=local_day(self.clock), at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down("Ring us.")
        assert self.work.written[entry].people == frozenset(asked.people)
        self.work.drop(asked)
        self.work.end_with(set(asked.people))
        self.done["matters answered for"] += len(matters)
