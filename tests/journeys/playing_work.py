"""What is played on contacts: taken, decided, handed over, checked with agencies, fed back."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from sightline.doorway.acts import acting
from sightline.front_door.deciding import Deciding
from sightline.front_door.models import Check
from sightline.front_door.operations import accept_handover, record_check_answer
from sightline.front_door.queries import get_contact, list_waiting_handovers
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.ask_agencies import ask_for_check
from sightline.journeys.decide import decide
from sightline.journeys.feed_back import feed_back, no_feedback
from sightline.journeys.hand_over import hand_over, hand_over_undecided
from sightline.journeys.open_matters import Answer, matters_beside
from sightline.journeys.register_people import NewPerson
from sightline.journeys.take_contact import take_contact
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.record.operations import close_step
from sightline.record.queries import get_entry, list_steps_about
from sightline.record.rules import Concerned
from tests.journeys.facts import Owed, Said, Taken, Written
from tests.journeys.machine import ANY, Played, _pick

DECIDERS = {"social_worker", "emergency_duty", "team_manager", "service_manager"}
FOLLOWS = {
    "advice_and_information": "give_advice",
    "early_help_offer": "offer_early_help",
    "passed_to_allocated_worker": "weigh_contact",
    "private_fostering": "visit_private_fostering",
    "allegation_professional": "pass_to_designated_officer",
    "other_authority": "pass_to_authority",
    "referral_assessment": "assessment",
    "referral_strategy": "strategy_discussion",
    "referral_no_further_action": None,
}
REFERRALS = {"referral_assessment", "referral_strategy"}
TELL = {"acknowledgement": "acknowledge", "outcome": "feedback"}
REFERRERS = {
    "teacher": Referrer(capacity="school", source="2A", professional=True, name="Ms Teach"),
    "neighbour": Referrer(capacity="neighbour", source="1C", professional=False, name="A Nonn", phone="01632 960555"),
    "nobody": Referrer(capacity="anonymous", source="8", professional=False),
}


class PlayedContacts(Played):
    """The front door and the emergency duty team at work."""

    @initialize(outcome=st.sampled_from(sorted(FOLLOWS)), referral=st.sampled_from(sorted(REFERRALS)))
    def begin_with_three_contacts(self, outcome: str, referral: str) -> None:
        """So that every sequence has a child who is carried, and something decided and undecided."""
        self._take(0, "teacher", "no", 2, 0)
        self._decide(0, next(iter(self.work.undecided)), referral)
        self._take(1, "neighbour", "not_known", 1, 1)
        self._decide(1, next(iter(self.work.undecided)), outcome)
        self._take(2, "teacher", "yes", 1, 0)

    @rule(pick=ANY, who=st.sampled_from(sorted(REFERRERS)), danger=st.sampled_from(["no", "yes", "not_known"]),
          new=st.integers(0, 2), known=st.integers(0, 2))  # fmt: skip
    def take(self, pick: int, who: str, danger: str, new: int, known: int) -> None:
        self._take(pick, who, danger, new, known)

    def _take(self, pick: int, who: str, danger: str, new: int, known: int) -> None:
        fresh = [new_id() for _ in range(new if known and self.work.children else max(new, 1))]
        old = [_pick(self.work.children, pick + n) for n in range(min(known, len(self.work.children)))]
        children = tuple(dict.fromkeys([*fresh, *old]))
        contact, by = new_id(), self.who_carries(self.world.posts["duty"], pick)
        said = {"saw_or_heard": self.text("A bruise"), "fears": self.text("He may be hurt")}
        private = {children[-1]: self.text("For this child alone")} if len(children) > 1 else {}
        self.world.let_watch(fresh, self.clock)
        ok, _ = self.attempt(f"take {who}", lambda: take_contact(
            by=by, contact=contact, received_at=self.clock, channel="phone", referrer=self._referrer(who),
            story=Story(danger=danger, danger_words="At home now" if danger == "yes" else "", private=private, **said),
            concerned=[Concerned(person=child) for child in children],
            new_people=[NewPerson(id=child, kind="child", given="Mia", family=f"Reed {n}")
                        for n, child in enumerate(fresh)],
            at=self.clock))  # fmt: skip
        if ok:
            self.work.children += fresh
            self._received(Taken(contact, who == "teacher", danger, children), by, private)

    def _referrer(self, who: str) -> Referrer:
        post = {"agency_post": self.world.school_lead} if who == "teacher" else {}
        return Referrer(**(vars(REFERRERS[who]) | post))

    def _received(self, taken: Taken, by: Any, private: dict[UUID, str]) -> None:
        work, desk, contact, children = self.work, self.desk(by), taken.contact, taken.children
        work.contacts[contact] = taken
        work.undecided.add(contact)
        work.owed += [Owed(contact, kind, desk, contact, children) for kind in ("decide_contact", "acknowledge")]
        self.written_as_read(contact)
        # The words are the machine's own; only their order and headings come from the page's form.
        said = work.written[contact].said
        assert sum("alone" in one.text for one in said) == len(private)
        assert all(one.about == frozenset(private or children) for one in said if "alone" in one.text)

    def written_as_read(self, entry: UUID, people: frozenset[UUID] | None = None) -> None:
        """Keep an entry as the named reader reads it in the moment it was written."""
        with acting(self.world.keeper):
            view = get_entry(entry)
        self.work.written[entry] = Written(
            entry, view.root, view.kind, people or frozenset(one.person for one in view.subjects),
            tuple(Said(one.heading, one.text, frozenset(one.about)) for one in view.passages),
        )  # fmt: skip

    @precondition(lambda self: self.work.undecided)
    @rule(pick=ANY, which=ANY, outcome=st.sampled_from(sorted(FOLLOWS)))
    def decide_one(self, pick: int, which: int, outcome: str) -> None:
        self._decide(pick, _pick(sorted(self.work.undecided), which), outcome)

    def _decide(self, pick: int, contact: UUID, outcome: str) -> None:
        owed = self.work.find(contact, "decide_contact")
        assert owed is not None
        by = self.who_carries(owed.post, pick, DECIDERS)
        given = Deciding(
            outcome=outcome, reason=self.text("Because of the bruise"), would_change=self.text("A second account"),
            safe_tonight="Stays with the aunt" if self.work.contacts[contact].danger == "yes" else "",
            need="N1", agreement=True, other_authority="Weirshire",
        )  # fmt: skip
        accepted = self._accepts(by, contact)
        ok, entry = self.attempt(f"decide {outcome}", lambda: decide(
            by=by, contact=contact, given=given, accepted=accepted, at=self.clock))  # fmt: skip
        if ok:
            self._decided(by, contact, entry, outcome)

    def _accepts(self, by: Any, contact: UUID) -> dict[Any, Answer]:
        """Where it is no further action: each other thing that is open about them, accepted by name."""
        with acting(by.id):
            try:
                matters = matters_beside(get_contact(contact), at=self.clock)
            except Refusal:
                return {}
        return {one.name: Answer(accepted_because="Others see to it") for one in matters}

    def _decided(self, by: Any, contact: UUID, entry: UUID, outcome: str) -> None:
        work, taken = self.work, self.work.contacts[contact]
        people = tuple(child for child in taken.children if work.still_on(contact, child))
        work.undecided.discard(contact)
        work.close(contact, "decide_contact")
        self.written_as_read(entry)
        assert work.written[entry].people == frozenset(people)
        carriers = self._carriers(by, people, outcome)
        carrier, kind = carriers[0], FOLLOWS[outcome]
        if kind:
            work.owed += [Owed(contact, kind, each, entry, people) for each in carriers]
        if outcome in REFERRALS:
            for child in people:
                work.carried.setdefault(child, carrier)
        apart = outcome == "allegation_professional"
        if taken.professional:
            work.owed.append(Owed(contact, "feedback", carrier if apart else self.desk(by), entry, people))
        if apart:
            work.move(contact, None, carrier)
            work.apart |= {contact, entry}

    def _carriers(self, by: Any, people: tuple[UUID, ...], outcome: str) -> list[UUID]:
        if outcome in REFERRALS or outcome == "allegation_professional":
            return [self.world.posts["front-door-manager"]]
        if outcome == "passed_to_allocated_worker":
            return list(dict.fromkeys(self.work.carried[child] for child in people if child in self.work.carried))
        return [self.desk(by)]

    @precondition(lambda self: self.work.undecided)
    @rule(pick=ANY, which=ANY)
    def hand_over_one(self, pick: int, which: int) -> None:
        contact = _pick(sorted(self.work.undecided), which)
        owed = self.work.find(contact, "decide_contact")
        assert owed is not None
        by = self.who_carries(owed.post, pick)
        ok, _ = self.attempt("hand over", lambda: hand_over(by=by, contact=contact, at=self.clock))
        if ok:
            self.work.move(contact, {"decide_contact"}, self.world.posts["emergency-1"])

    @precondition(lambda self: len(self.work.undecided) > 1)
    @rule(pick=ANY)
    def hand_over_everything(self, pick: int) -> None:
        by = self.who_carries(self.world.posts["front-door-manager"], 0 if pick != 11 else pick, {"team_manager"})
        desks = [self.world.posts[key] for key in ("duty", "decider", "front-door-manager", "records")]
        waiting = [one for one in self.work.owed if one.kind == "decide_contact" and one.post in desks]
        ok, handed = self.attempt("hand over all", lambda: hand_over_undecided(by=by, at=self.clock))
        if ok and (handed or not waiting):
            for one in waiting:
                self.work.move(one.subject, {"decide_contact"}, self.world.posts["emergency-1"])

    @rule(pick=ANY, which=ANY)
    def accept_one(self, pick: int, which: int) -> None:
        post = self.world.posts["emergency-1"]
        by = self.who_carries(post, pick)
        with acting(by.id):
            waiting = list_waiting_handovers([post])
        if waiting:
            handover = _pick(waiting, which).id
            self.attempt("accept", lambda: accept_handover(by=by, handover=handover, at=self.clock))

    @precondition(lambda self: self.work.contacts)
    @rule(pick=ANY, which=ANY, kind=st.sampled_from(sorted(TELL)), means=st.sampled_from(["link", "call"]))
    def tell(self, pick: int, which: int, kind: str, means: str) -> None:
        waiting = [one for one in self.work.owed if one.kind == TELL[kind]]
        contact = _pick(waiting, which).subject if waiting else _pick(sorted(self.work.contacts), which)
        owed = self.work.find(contact, TELL[kind])
        by = self.who_carries(owed.post if owed else self.world.posts["duty"], pick)
        professional = self.work.contacts[contact].professional
        told = {"acknowledge"} if kind == "acknowledgement" else {"acknowledge", "feedback"}
        ok, _ = self.attempt(f"tell {kind}", lambda: feed_back(
            by=by, contact=contact, kind=kind, text="We have what you told us.", call_words="Spoke to the head",
            means=means if professional else "call", at=self.clock))  # fmt: skip
        if ok:
            self.work.close(contact, *told)

    @precondition(lambda self: self.work.contacts)
    @rule(pick=ANY, which=ANY)
    def cannot_tell(self, pick: int, which: int) -> None:
        contact = _pick(sorted(self.work.contacts), which)
        owed = self.work.find(contact, "acknowledge") or self.work.find(contact, "feedback")
        by = self.who_carries(owed.post if owed else self.world.posts["duty"], pick)
        ok, _ = self.attempt("cannot tell", lambda: no_feedback(
            by=by, contact=contact, reason="Gave no number", at=self.clock))  # fmt: skip
        if ok:
            self.work.close(contact, *TELL.values())

    @precondition(lambda self: self.work.undecided)
    @rule(pick=ANY, which=ANY)
    def ask(self, pick: int, which: int) -> None:
        contact = _pick(sorted(self.work.undecided), which)
        owed = self.work.find(contact, "decide_contact")
        assert owed is not None
        by = self.who_carries(owed.post, pick)
        ok, composed = self.attempt("ask", lambda: ask_for_check(
            by=by, contact=contact, kind="health", agency_post=self.world.school_lead, question="Seen lately?",
            reason="A bruise", lawful_basis="ca1989_s17", at=self.clock))  # fmt: skip
        if ok:
            with acting(self.world.keeper):
                step = Check.objects.get(message=composed.message).step_id
            people = tuple(self.work.left_of(self.work.written[contact]))
            self.work.owed.append(Owed(contact, "check_answer", self.desk(by), contact, people, step=step))

    @precondition(lambda self: any(one.kind == "check_answer" for one in self.work.owed))
    @rule(pick=ANY, which=ANY)
    def answer(self, pick: int, which: int) -> None:
        asked = _pick([one for one in self.work.owed if one.kind == "check_answer"], which)
        by = self.who_carries(asked.post, pick)
        ok, entry = self.attempt("answer", lambda: record_check_answer(
            by=by, check=asked.step, text=self.text("Seen at the surgery"), told_by="Practice nurse",
            at=self.clock))  # fmt: skip
        if ok:
            self.work.owed.remove(asked)
            self.written_as_read(entry)
            if asked.subject in self.work.apart:
                self.work.apart.add(entry)

    def _finishable(self) -> list[Owed]:
        """An assessment that was begun is ended by a manager's signature."""
        return [one for one in self.work.owed if one.kind in FOLLOWS.values() and one.step is None]

    @precondition(lambda self: self._finishable())
    @rule(pick=ANY, which=ANY)
    def finish_step(self, pick: int, which: int) -> None:
        one = _pick(self._finishable(), which)
        by = self.who_carries(one.post, pick)
        with acting(by.id):
            about = list_steps_about(subject=one.subject)
        steps = [step.id for step in about if (step.kind, step.post) == (one.kind, one.post)]
        if steps:
            ok, _ = self.attempt("finish step", lambda: close_step(by=by, step=steps[0], outcome="done", at=self.clock))
            if ok:
                self.work.owed.remove(one)
