"""Protecting children who may come to harm: a discussion, an enquiry, a conference, and a plan until it ends."""

from datetime import datetime
from random import Random
from typing import cast
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import (
    Case,
    Service,
    assessing,
    conferencing,
    discussing,
    enquiring,
    meeting,
    planning,
)
from sightline.commands.simulation.service.around import happens
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days

A_WEEK = 40.0
LONGEST = 15
"""Working days from the discussion to the conference (Working Together to Safeguard Children 2023, chapter 3)."""


def life(service: Service, case: Case) -> Life:
    """From a strategy discussion to what follows it: a plan until it ends, or help without one."""
    stream = service.engine.stream(f"protecting {case.referral}")
    case.facts |= {"strategy": True, "undecided": True}
    enquired = yield from discussing.discuss(service, case, stream)
    beside = None
    if enquired and not case.plan and not case.facts.get("assessed"):
        beside = service.engine.begin(assessing.assessed(service, case))
    came = None
    if enquired and (yield from enquiring.enquire(service, case, enquired, stream)) == enquiring.CONTINUING:
        came = yield from _confer(service, case, stream)
    case.facts["undecided"] = False
    if came is not None and came.plans:
        yield from protect(service, case, came.plans[service.story.people[case.children[0]]], stream)
    elif beside is not None:
        outcome = yield beside
        yield from assessing.go_on(service, case, outcome if came is None else "child_in_need_plan")
    elif case.plan or case.facts.get("assessed"):
        yield from planning.life(service, case)
    else:
        yield from assessing.assess(service, case)


def _confer(service: Service, case: Case, stream: Random) -> Life:
    """The initial conference, as soon as a chair is free."""
    until = add_working_days(local_day(cast("datetime", case.facts["discussed"])), LONGEST)
    yield service.engine.office(stream.expovariate(1 / 4))
    came = yield from conferencing.confer(service, case, stream, _initial, until=until)
    if came.plans:
        case.plan, case.protected = next(iter(came.plans.values())), True
    return came


def _initial(case: Case, stream: Random) -> str:
    found = case.family.strain * stream.lognormvariate(0, 0.25)
    return "plan" if found > rate("protection", "conference", "plan") else "no_plan"


# --- a plan, until it ends ----------------------------------------------------------------------------


def protect(service: Service, case: Case, plan: UUID, stream: Random) -> Life:
    """Core groups and review conferences, until one decides that the plan ends."""
    case.aims = planning.write_plan(service, case, plan, stream)
    service.engine.begin(planning.help_begins(service, case, plan, stream))
    service.engine.begin(meeting.core_groups(service, case, plan, stream))
    weeks = rate("protection", "review", "first_weeks")
    while case.protected:
        yield service.engine.office(A_WEEK * (weeks - 3) * stream.uniform(0.85, 1.02))
        came = yield from conferencing.confer(service, case, stream, _review_of(service), kind="review")
        case.protected = bool(came.plans)
        sooner = happens(stream, "review", "sooner")
        weeks = rate("protection", "review", "sooner_weeks" if sooner else "weeks")
    case.plan, case.aims = None, []
    yield from planning.life(service, case)


def _review_of(service: Service) -> conferencing.Decide:
    """It ends where enough is different in the family, as it is by then."""

    def decide(case: Case, stream: Random) -> str:
        day = local_day(service.now)
        level = service.words.story(case.family, day).level(day)
        worse = service.words.going(case.family, day) == "worse"
        enough = rate("protection", "review", "ends_at") + (rate("protection", "review", "ends_worse") if worse else 0)
        return "ends" if level + stream.uniform(-0.12, 0.12) > enough else "goes_on"

    return decide
