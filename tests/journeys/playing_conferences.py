"""What is played on conferences: convened, asked to, told of, moved, held, and what their letters and plans become."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from sightline.conferences.holding_rules import ChildDecided, DissentGiven, Held, Paragraph, ViewGiven
from sightline.conferences.models import Letter
from sightline.conferences.operations import (
    allow,
    confirm_invitee,
    exclude,
    give_view,
    report_shared,
    take_report,
)
from sightline.doorway.acts import acting
from sightline.journeys.chase_silence import bring_reply
from sightline.journeys.convene import (
    call_off_conference,
    convene_conference,
    invite,
    move_conference,
)
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.journeys.hold_conference import OutcomeGiven, Outline, hold_conference, release, withhold
from sightline.kernel.london import local_day
from sightline.partnership.agencies import close_agency
from sightline.partnership.public import reply_to_message
from sightline.plans.models import Review
from sightline.workforce.operations import ensure_clock_account
from tests.journeys.facts import OnPlan
from tests.journeys.facts_protecting import Asked, Met
from tests.journeys.machine import _pick
from tests.journeys.playing_plans import EVERY_OTHER, PICKS, PLANNERS
from tests.journeys.playing_protecting import PlayedProtecting

CHAIR = {"conference_chair"}
PROTECTING = [
    (kind, what)
    for kind, acts in (
        ("discuss", ["ask", "hold", "hold", "decide"]),
        ("enquire", ["begin", "conclude", "conclude", "none", "tell"]),
        ("examine", ["held", "not_held"]),
        ("order", ["begin", "extend", "end", "run_out"]),
        ("injure", [""]),
        ("differ", ["raise", "further", "settle", "tell"]),
        ("confer", ["convene", "convene", "confirm", "confirm", "unsafe", "exclude", "allow", "invite", "invite",
                    "move", "call_off", "report", "say", "write", "hold", "hold", "hold", "release", "withhold"]),
        ("core_group", [""]),
    )
    for what in acts
]  # fmt: skip


class PlayedConferences(PlayedProtecting):
    """The chair, whoever convenes, and those who are asked."""

    agencies: ClassVar[dict[str, tuple[UUID, UUID]]]
    """Health and the police: each agency and its post."""

    @precondition(lambda self: self.work.children)
    @rule(dice=st.randoms(use_true_random=True))
    def protect_a_family(self, dice: Random) -> None:
        """Several acts for a few children, as with helping them."""
        dice.seed(f"{dice.random()} after {self.steps} steps")
        for _ in range(dice.randint(4, 8)):
            kind, what = dice.choice(PROTECTING)
            pick, which, several = dice.choice(PICKS), dice.randint(0, 2), dice.random() < EVERY_OTHER
            self.protect(kind, what, pick, which, several=several, chance=dice.randint(0, 11))
            self.nobody_is_forgotten_and_nothing_is_overwritten()

    @precondition(lambda self: self.work.children)
    @rule(dice=st.randoms(use_true_random=True))
    def go_on_protecting(self, dice: Random) -> None:
        """The same, so that it is played as often as helping."""
        self.protect_a_family(dice)

    def protect(self, kind: str, what: str, pick: int, which: int, *, several: bool, chance: int) -> None:
        if kind == "injure":
            self.injure(pick, which, chance)
        elif kind == "core_group":
            self.core_group(pick, which)
        elif kind == "examine":
            self.examine(what, pick, which)
        elif kind == "order":
            self.order(what, pick, which, chance)
        elif kind == "differ":
            self.differ(what, pick, which, several)
        else:
            getattr(self, kind)(what, pick, which, several, chance)

    # --- convening --------------------------------------------------------------------------------

    def confer(self, what: str, pick: int, which: int, several: bool, chance: int = 0) -> None:  # noqa: FBT001 (drawn)
        """One rule for all of it: what there is no conference for yet convenes one."""
        if what in {"release", "withhold"}:
            self.letter(what, pick, which)
            return
        open_ = sorted(key for key, one in self.work.safe.meetings.items() if not one.over)
        if what == "convene" or not open_:
            self.convene(pick, which, several)
            return
        key = _pick(open_, which)
        if what in {"hold", "move", "call_off"}:
            getattr(self, f"_{what}")(key, pick, chance)
        elif what in {"confirm", "unsafe"}:
            self._confirm(key, pick, chance, safe=what == "confirm")
        else:
            self._with_invitee(what, key, pick, chance)

    def _worker(self, key: UUID, pick: int) -> Any:
        return self.worker_of(min(self.work.safe.meetings[key].children), pick, PLANNERS)

    def _chair(self, pick: int) -> Any:
        return self.who_carries(self.world.posts["chair"], pick, CHAIR)

    def protected(self) -> dict[UUID, UUID]:
        """The protection plan that each child is on."""
        plans = self.work.open_plans().items()
        return {child: key for key, one in plans if one.kind == "protection" for child in one.since}

    def place(self) -> str:
        self.words += 1
        return f"Harbour Rooms {self.words}, Quayside"

    def convene(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        kind = "review" if set(children) & set(self.protected()) else "initial"
        by, place = self.worker_of(children[0], pick, PLANNERS), self.place()
        ok, step = self.attempt(f"convene {kind}", lambda: convene_conference(
            by=by, kind=kind, children=children, starts_at=self.clock + timedelta(days=2), place=place,
            how="in_person", chair_post=self.world.posts["chair"], at=self.clock))  # fmt: skip
        if ok:
            self.work.done_for("convene_conference", set(children))
            self.absorb("conference")
            self.work.safe.meetings[step] = Met(kind, set(children), places={place})

    def _confirm(self, key: UUID, pick: int, chance: int, *, safe: bool) -> None:
        """Agencies, a post of ours, the child, and a friend by name alone."""
        one, by = self.work.safe.meetings[key], self._worker(key, pick)
        agencies = [self.world.school_lead, self.agencies["health"][1], self.agencies["police"][1]]
        who: dict[str, Any] = _pick([
            *({"agency_post": post, "report_asked": True} for post in agencies),
            {"post": self.world.posts["family-1"]},
            *({"person": child} for child in sorted(one.children)),
            {"name": "Aunt Bea"},
        ], chance)  # fmt: skip
        if not safe:
            who = {"person": _pick(sorted(one.children), chance)}
        family = "person" in who or "name" in who
        answer = {"safe_to_tell": "yes" if safe else "no", "safe_because": "He said so"} if family else {}
        ok, invitee = self.attempt("confirm" if safe else "confirm as not safe", lambda: confirm_invitee(
            by=by, meeting=key, at=self.clock, **who, **answer))  # fmt: skip
        if ok:
            asked = one.asked.setdefault(invitee, Asked(family, safe))
            asked.safe = safe or not family
            if family and not safe and asked.told:
                asked.allowed = False

    def _with_invitee(self, what: str, key: UUID, pick: int, chance: int) -> None:
        one = self.work.safe.meetings[key]
        if not one.asked:
            self._confirm(key, pick, chance, safe=True)
            return
        keys = sorted(one.asked)
        family = [each for each in keys if one.asked[each].family]
        invitee = _pick(family if family and what in {"exclude", "allow"} else keys, chance)
        does = {"exclude": self._exclude, "allow": self._allow, "invite": self._invite, "report": self._report,
                "say": self._say, "write": self._write_by_link}  # fmt: skip
        does[what](key, invitee, pick)

    def _exclude(self, key: UUID, invitee: UUID, pick: int) -> None:
        by, asked = self._chair(pick), self.work.safe.meetings[key].asked[invitee]
        ok, told = self.attempt("exclude", lambda: exclude(
            by=by, invitee=invitee, because="Nobody is safe with them in the room.", at=self.clock))  # fmt: skip
        if ok:
            asked.excluded, asked.allowed = True, False
            assert told == asked.told, "the chair is not told that they know when and where already"

    def _allow(self, key: UUID, invitee: UUID, pick: int) -> None:
        by, asked = self._chair(pick), self.work.safe.meetings[key].asked[invitee]
        ok, _ = self.attempt("allow", lambda: allow(by=by, invitee=invitee, at=self.clock))
        if ok:
            asked.allowed, asked.excluded = True, False

    def _invite(self, key: UUID, invitee: UUID, pick: int) -> Any:
        """Whoever waits for the chair is refused it; whoever is kept out gets a letter with neither time nor place."""
        by, asked = self._worker(key, pick), self.work.safe.meetings[key].asked[invitee]
        name = "invite who is kept out" if asked.excluded else "invite"
        ok, composed = self.attempt(name, lambda: invite(by=by, invitee=invitee, at=self.clock))
        if ok:
            assert asked.may_be_told or asked.excluded, "somebody was invited who waits for the chair"
            asked.told = asked.told or asked.may_be_told
        return composed

    def _report(self, key: UUID, invitee: UUID, pick: int) -> None:
        by, words = self._worker(key, pick), self.text("He is late")
        ok, _ = self.attempt("report", lambda: take_report(by=by, invitee=invitee, words=words, at=self.clock))
        if ok:
            self.write_down(words)
            self.attempt("report shared", lambda: report_shared(
                by=by, invitee=invitee, on=local_day(self.clock), how="By post", at=self.clock))  # fmt: skip

    def _say(self, key: UUID, invitee: UUID, pick: int) -> None:
        by, words = self._worker(key, pick), self.text("He needs a plan")
        ok, _ = self.attempt("view spoken", lambda: give_view(
            by=by, invitee=invitee, words=words, how="spoken", for_plan="yes", at=self.clock))  # fmt: skip
        if ok:
            self.write_down(words)

    def _write_by_link(self, key: UUID, invitee: UUID, pick: int) -> None:
        sent = self._invite(key, invitee, pick)
        if sent is None or not sent.link_token:
            return
        words = self.text("We wrote this ourselves")
        self.clock += timedelta(minutes=1)
        reply = reply_to_message(link_token=sent.link_token, code=sent.code, kind="answer", text=words,
                                 signed="Bea Lund", for_plan="unsure", at=self.clock)  # fmt: skip
        assert isinstance(reply, UUID), reply
        self.clock += timedelta(minutes=1)
        clock = ensure_clock_account()
        with acting(clock.id):
            bring_reply(by=clock, reply=reply, at=self.clock)
        self.done["view by link"] += 1
        self.write_down(words)

    def _move(self, key: UUID, pick: int, chance: int) -> None:
        by, place = self._worker(key, pick), self.place()
        ok, _ = self.attempt("move", lambda: move_conference(
            by=by, meeting=key, starts_at=self.clock + timedelta(days=3 + chance), place=place,
            because="The room is let.", how="in_person", at=self.clock))  # fmt: skip
        if ok:
            self.work.safe.meetings[key].places.add(place)

    def _call_off(self, key: UUID, pick: int, chance: int) -> None:
        by, row = self._worker(key, pick), self.work.row(key)
        ok, _ = self.attempt("call off", lambda: call_off_conference(
            by=by, meeting=key, because=self.text("Nobody can come"), at=self.clock))  # fmt: skip
        if ok:
            self.work.safe.meetings[key].over = True
            self.work.drop(row)
            self.absorb("convene_conference")

    # --- held -------------------------------------------------------------------------------------

    def _hold(self, key: UUID, pick: int, chance: int) -> None:
        """Plans begin, go on, end, or there is none; for each child by itself, recorded days after or at once."""
        one, by, on = self.work.safe.meetings[key], self._chair(pick), self.protected()
        first = sorted(one.asked)[:1]
        decided = tuple(
            self._decision_on(child, child in on, chance + n) for n, child in enumerate(sorted(one.children))
        )
        held = Held(
            self.clock - timedelta(hours=chance), decided, attendance=dict.fromkeys(one.asked, ("there", "")),
            views={each: ViewGiven(self.text("I agree")) for each in first},
            dissents=tuple(DissentGiven(each, decided[0].child, self.text("I do not")) for each in first),
            paragraphs=(Paragraph(self.text("The house is cold"), tuple(one.children)),), alone_because="It snowed",
        )  # fmt: skip
        outline = Outline((OutcomeGiven(self.text("He is warm")),)) if chance % 2 else None
        ok, done = self.attempt("hold conference", lambda: hold_conference(
            by=by, meeting=key, held=held, outline=outline, at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down()
        one.over = one.held = True
        self.work.drop(self.work.row(key))
        self._followed(decided, on, local_day(held.held_at), done)
        for child in one.children:
            self.work.safe.owed.pop(child, None)
        with acting(self.world.keeper):
            found = Letter.objects.filter(meeting=key, made_at=self.clock).values_list("id", flat=True)
            self.work.safe.letters |= dict.fromkeys(found, key)

    def _decision_on(self, child: UUID, on_plan: bool, chance: int) -> ChildDecided:  # noqa: FBT001 (how it stands)
        decision = _pick(["goes_on", "ends"] if on_plan else ["plan", "no_plan", "plan"], chance)
        category = _pick(["NEG", "EMO"], chance) if decision in {"plan", "goes_on"} else ""
        return ChildDecided(child, "drawn", self.text("I want toast"), decision, category,
                            reasons=self.text("What we heard"))  # fmt: skip

    def _followed(self, decided: Iterable[ChildDecided], on: dict[UUID, UUID], day: Any, done: Any) -> None:
        work, by_decision = self.work, {one.child: one.decision for one in decided}
        for decision in by_decision.values():
            self.done[f"outcome {decision}"] += 1
        begins = [child for child, what in by_decision.items() if what == "plan"]
        for child in begins:
            for plan, one in work.open_plans().items():
                if one.kind == "child_in_need" and child in one.since:
                    self.done["child in need plan gives way"] += 1
                    work.off_plan(plan, child)
        work.done_for("make_plan", set(begins))
        with acting(self.world.keeper):
            rows = list(Review.objects.filter(entry__recorded_at=self.clock).values_list("entry", "plan", "held_on"))
        reviewed = {on[child] for child, what in by_decision.items() if what in {"goes_on", "ends"}}
        assert {plan for _, plan, _ in rows} == reviewed, "a plan that was looked at has no review, or another has"
        work.held += rows
        for child, what in by_decision.items():
            if what == "ends":
                work.off_plan(on[child], child)
        opened = self.absorb("plan", "make_plan", "conference_letters")
        assert {child for row in opened["plan"] for child in row.people} == set(begins)
        for row in opened["plan"]:
            assert row.step is not None
            work.plans[row.step] = OnPlan("protection", day, dict.fromkeys(begins, day))
        assert len(opened["conference_letters"]) == 1
        without = {child for child, what in by_decision.items() if what in {"no_plan", "ends"}}
        assert {child for row in opened["make_plan"] for child in row.people} <= without

    # --- letters, core groups, agencies -----------------------------------------------------------

    def letter(self, what: str, pick: int, which: int) -> None:
        """Released, or not sent; with the last of them what the chair owed is done."""
        letters = self.work.safe.letters
        if not letters:
            return
        key = _pick(sorted(letters), which)
        by, meeting = self._chair(pick), letters[key]
        does = {
            "release": lambda: release(by=by, letter=key, at=self.clock),
            "withhold": lambda: withhold(by=by, letter=key, because="Nobody is there", at=self.clock),
        }
        ok, _ = self.attempt(f"letter {what}", does[what])
        if ok:
            del letters[key]
            if meeting not in letters.values():
                self.work.close(meeting, "conference_letters")

    def core_group(self, pick: int, which: int) -> None:
        plans = sorted(set(self.protected().values()))
        if not plans:
            return
        plan = _pick(plans, which)
        row, words = self.work.row(plan), self.text("The house is warm")
        assert row is not None, "a protection plan is carried by nobody"
        by, held_at = self.who_carries(row.post, pick, PLANNERS), self.clock - timedelta(days=which % 3)
        held = CoreGroupHeld(held_at, words, (MemberGiven(agency_post=self.world.school_lead, attendance="there",
                             view=ViewGiven(self.text("He eats"))), MemberGiven(name="Aunt Bea")),
                             late_because="Half term")  # fmt: skip
        ok, _ = self.attempt("core group", lambda: hold_core_group(by=by, plan=plan, held=held, at=self.clock))
        if ok:
            self.write_down(words)
            with acting(self.world.keeper):
                self.work.core_groups += Review.objects.filter(entry__recorded_at=self.clock, plan=plan).values_list(
                    "entry", "plan", "held_on")  # fmt: skip

    def close_the_police(self) -> None:
        """The agency is no more; what it said stays, and nobody is asked there any more."""
        duty = self.world.actor("Dee Marlow")
        self.attempt("close agency", lambda: close_agency(
            by=duty, agency=self.agencies["police"][0], on=local_day(self.clock), at=self.clock))  # fmt: skip

    @precondition(lambda self: self.work.safe.meetings)
    @rule()
    def an_agency_closes(self) -> None:
        self.close_the_police()
