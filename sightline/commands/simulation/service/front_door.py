"""The front door: what comes in, from whom and when, and what is decided of it.

A contact waits for somebody at the desk, is taken, acknowledged and looked into; then it waits for somebody who
decides. How long all that takes follows from how many work there and what else they have to do.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from random import Random
from statistics import NormalDist

import simpy

from sightline.commands.demonstration import casework, desk
from sightline.commands.simulation.dwellers import Dweller, Family
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, arrivals, taking
from sightline.commands.simulation.service.staff import FRONT_DOOR_MANAGER
from sightline.kernel.london import local_day
from sightline.partnership.operations import Composed

URGENT, USUAL = 0, 1
"""Who is seen to first at a desk."""
DEALT = 20
"""By how many steps of how bad they are contacts are dealt."""
NEEDS = {
    "disability": "N2", "low_mood": "N3", "illness": "N3", "bereavement": "N4", "money": "N7", "violence": "N1",
    "neglect": "N1", "drink": "N1", "drugs": "N1", "conflict": "N5", "behaviour": "N6",
}  # fmt: skip


@dataclass(eq=False)
class Contact:
    """What came in, before and after it is written down."""

    title: str
    family: Family
    source: str
    received: datetime
    danger: bool
    grave: float
    """How grave it is, 1 in the middle."""
    children: list[Dweller] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    """By which words the play calls their records."""
    asked: str = ""
    """Which kind of agency was asked what it knows."""
    by_day: bool = True
    """Whether the front door took it: of danger whoever took it decides, also when their hours have just ended."""
    check: Composed | None = None
    """How it was asked."""


@dataclass(eq=False)
class FrontDoor:
    """The desk by day, and by night the emergency duty team."""

    service: Service
    undecided: dict[str, Contact] = field(default_factory=dict)
    dealt: dict[str, list[int]] = field(default_factory=dict)
    """What is still to come from each source, by how bad it is: a twentieth each."""

    def __post_init__(self) -> None:
        environment, staff = self.service.engine.env, self.service.staff
        self.takers = simpy.PriorityResource(environment, capacity=staff.desks)
        self.deciders = simpy.PriorityResource(environment, capacity=staff.desks)

    def begin(self) -> None:
        """From now on contacts come in, and each evening what is undecided is handed over."""
        engine = self.service.engine
        engine.begin(arrivals.come_in(self.service, self.contact))
        engine.begin(self._evenings())
        for what in ("taking", "deciding"):
            engine.begin(self._else_to_do(what))

    # --- the life of a contact ------------------------------------------------------------------

    def contact(self, source: str) -> Life:
        """One contact, from its coming in to what is decided of it."""
        service, stream = self.service, self._stream("contacts")
        family = service.place.draw(stream)
        came = Contact(
            "", family, source, service.now, stream.random() < rate("front_door", "contacts", "danger"),
            grave(family, self._happened(source)),
        )  # fmt: skip
        came.children = [one for one in family.children if one.is_child(local_day(service.now)) and one.died is None]
        if not came.children or not family.here:
            return
        yield from self._at(self.takers, "taking", came)
        came.title, came.by_day = service.title("contact"), service.staff.is_open()
        taking.take(service, came)
        self.undecided[came.title] = came
        taking.acknowledge(service, came, stream)
        yield from self._look_into(came)
        yield from self._at(self.deciders, "deciding", came)
        yield from self._decide(came)

    def _happened(self, source: str) -> float:
        """How bad it is beside what else comes from there. It is dealt, so that few contacts are like many."""
        dealt, stream = self.dealt.setdefault(source, []), self._stream(f"happened {source}")
        if not dealt:
            dealt.extend(stream.sample(range(DEALT), DEALT))
        return (dealt.pop() + stream.uniform(0.001, 0.999)) / DEALT

    def _at(self, desks: simpy.PriorityResource, what: str, came: Contact) -> Life:
        """Wait for a desk, and be seen to there; at night only danger is, at once, by the emergency duty team."""
        engine = self.service.engine
        minutes = self._stream(what).expovariate(1 / rate("front_door", "desk", f"{what}_minutes"))
        if came.danger:
            yield engine.wait(timedelta(minutes=5 + minutes))
            return
        yield engine.office()
        with desks.request(priority=USUAL) as turn:
            yield turn
            yield engine.office(minutes / 60)

    def _look_into(self, came: Contact) -> Life:
        """Agencies are asked where that may change what is decided, and mostly answer."""
        stream = self._stream("checks")
        if came.danger or stream.random() > rate("front_door", "desk", "check"):
            return
        hours = stream.lognormvariate(0, 0.8) * rate("front_door", "desk", "check_hours")
        taking.ask(self.service, came, stream)
        yield self.service.engine.office(hours)
        taking.answered(self.service, came)

    # --- deciding -------------------------------------------------------------------------------

    def _decide(self, came: Contact) -> Life:
        service, stream = self.service, self._stream("decisions")
        outcome = self._outcome(came, stream)
        by = service.staff.decider(by_day=came.by_day)
        said = service.words.decision_reason(came.family, came.children, outcome, local_day(service.now))
        more = {"safe_tonight": "The child sleeps at a relative's tonight, and was rung there."} if came.danger else {}
        need = next((NEEDS[one] for one in sorted(came.family.troubles) if one in NEEDS), "N5")
        desk.settle(
            service.story, came.title, outcome, by=by, at=service.now, reason=said,
            need=need if outcome.startswith("referral") else "", agreement=outcome == "early_help_offer", **more,
        )  # fmt: skip
        del self.undecided[came.title]
        taking.tell_outcome(service, came, stream, by=by)
        yield from self._follow(came, outcome, need)

    def _outcome(self, came: Contact, stream: Random) -> str:
        if self.service.case_of(came.family):
            return "passed_to_allocated_worker"
        if came.danger:
            return "referral_strategy"
        if came.grave > rate("front_door", "becomes", "referral"):
            return "referral_assessment"
        if came.grave > rate("front_door", "becomes", "early_help"):
            agrees = stream.random() < rate("front_door", "becomes", "agrees_to_early_help")
            return "early_help_offer" if agrees else "advice_and_information"
        return "advice_and_information"

    def _follow(self, came: Contact, outcome: str, need: str) -> Life:
        service = self.service
        if outcome.startswith("referral"):
            service.engine.begin(self._allocate(came, need, strategy=outcome == "referral_strategy"))
            return
        kind, done = FOLLOWS[outcome]
        yield service.engine.office(self._stream("following").expovariate(1 / 4))
        case = service.case_of(came.family)
        by = service.staff.decider()
        if outcome == "passed_to_allocated_worker" and case and case.post:
            by = service.staff.carrying(case.post)
        desk.finish(service.story, came.title, kind, by=by, at=service.now, outcome=done)

    def _allocate(self, came: Contact, need: str, *, strategy: bool) -> Life:
        """A referral waits until a post has room; then the post's work begins."""
        service = self.service
        case = Case(came.family, came.refs, came.title, service.now, need)
        case.facts |= {"strategy": strategy, "received": came.received}
        service.words.may_turn(came.family, local_day(service.now), 1.0)
        service.cases.append(case)
        while (post := service.staff.post_with_room()) is None:
            yield service.engine.office(8)
        yield service.engine.office(self._stream("allocating").expovariate(1 / 3))
        because = service.words.allocation_reason(came.family, local_day(service.now))
        by = service.staff.carrying(FRONT_DOOR_MANAGER)
        casework.give(service.story, case.children, post, by=by, at=service.now, reason=because)
        service.carry(case, post)
        begin_life(service, case)

    # --- the evening ----------------------------------------------------------------------------

    def _evenings(self) -> Life:
        """At its closing the front door hands over what it has not decided."""
        while True:
            yield self.service.engine.until(arrivals.next_closing(self.service.now))
            taking.come_back(self.service)
            if self.undecided:
                taking.hand_over(self.service)

    def _else_to_do(self, what: str) -> Life:
        """What keeps the desks busy besides: of a small place they would otherwise be idle, and nobody would wait."""
        engine, stream = self.service.engine, self._stream(f"else {what}")
        desks = self.takers if what == "taking" else self.deciders
        minutes = rate("front_door", "desk", f"{what}_minutes")
        own = arrivals.a_year(self.service) / arrivals.OFFICE_MINUTES * minutes / desks.capacity
        busy = rate("front_door", "desk", "busy") - own
        while busy > 0:
            yield engine.office(stream.expovariate(busy * desks.capacity / minutes) / 60)
            engine.begin(self._something(desks, stream.expovariate(1 / minutes)))

    def _something(self, desks: simpy.PriorityResource, minutes: float) -> Life:
        with desks.request(priority=USUAL) as turn:
            yield turn
            yield self.service.engine.office(minutes / 60)

    def _stream(self, name: str) -> Random:
        return self.service.engine.stream(f"front door {name}")


FOLLOWS = {
    "advice_and_information": ("give_advice", "Rang the family and told them where help is."),
    "early_help_offer": ("offer_early_help", "The family says yes to the offer."),
    "passed_to_allocated_worker": ("weigh_contact", "Read, and taken up at the next visit."),
}
"""What a decision opens besides a referral, and how it is said to be done."""


def grave(family: Family, happened: float) -> float:
    """How grave what came in is: some of what weighs on them, and what has happened this time, from nought to one."""
    return family.strain ** rate("front_door", "becomes", "strain_tells") * exp(NormalDist().inv_cdf(happened))


def begin_life(service: Service, case: Case) -> None:
    """The work with a family begins, in the post that carries it."""
    from sightline.commands.simulation.service import assessing

    service.engine.begin(assessing.life(service, case))
