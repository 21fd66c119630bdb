"""Protecting children who may come to harm: a discussion, an enquiry, a conference, and a plan until it ends."""

from datetime import date, datetime
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
    disagreeing,
    discussing,
    ending,
    enquiring,
    meeting,
    planning,
)
from sightline.commands.simulation.service.around import happens
from sightline.commands.simulation.service.convening import REVIEW
from sightline.commands.simulation.service.weighing import found
from sightline.conferences.holding_rules import ENDS, GOES_ON, NO_PLAN, PLAN
from sightline.journeys.next_conference import next_conference_by
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days
from sightline.practice.queries import current_pack

A_WEEK = 40.0
NOTICE = 3
"""Weeks before it is due in which one looks for a half day of the chair's."""
NO_ENQUIRY = "That no section 47 enquiry begins."
WITHOUT_PLAN = "That the conference made no child protection plan."
ENDED = "That the child protection plan has ended."


def life(service: Service, case: Case) -> Life:
    """From a strategy discussion to what follows it: a plan until it ends, or help without one."""
    stream = service.engine.stream(f"protecting {case.referral}")
    case.facts |= {"strategy": True, "undecided": True}
    enquired = yield from discussing.discuss(service, case, stream)
    beside = None
    if enquired and not _known(case):
        beside = service.engine.begin(assessing.assessed(service, case))
    came = yield from _enquire(service, case, enquired, stream)
    case.facts["undecided"] = False
    if case.protected:
        yield from protect(service, case, stream)
    elif beside is not None:
        outcome = yield beside
        yield from assessing.go_on(service, case, "child_in_need_plan" if came else outcome)
    elif _known(case):
        yield from planning.life(service, case)
    else:
        yield from assessing.assess(service, case)


def _known(case: Case) -> bool:
    """Whether they have been assessed, or are on a plan already."""
    return bool(case.plan or case.facts.get("assessed"))


def _enquire(service: Service, case: Case, enquired: list[str], stream: Random) -> Life:
    """The enquiry, and the conference where a risk goes on; returns whether there was one."""
    if not enquired:
        service.engine.begin(disagreeing.disagrees(service, case, NO_ENQUIRY, stream))
        return False
    if (yield from enquiring.enquire(service, case, enquired, stream)) != enquiring.CONTINUING:
        return False
    until = add_working_days(local_day(cast("datetime", case.facts["discussed"])), enquiring.CONFERENCE_WITHIN)
    yield service.engine.office(stream.expovariate(1 / 4))
    came = yield from conferencing.confer(service, case, stream, _initial, until=until)
    if came.plans:
        case.plan, case.protected = next(iter(came.plans.values())), True
    else:
        service.engine.begin(disagreeing.disagrees(service, case, WITHOUT_PLAN, stream))
    return True


def _initial(case: Case, stream: Random) -> str:
    it = found(case.family, stream, rate("protection", "conference", "spread"))
    return PLAN if it > rate("protection", "conference", "plan") else NO_PLAN


# --- a plan, until it ends ----------------------------------------------------------------------------


def protect(service: Service, case: Case, stream: Random) -> Life:
    """Core groups and review conferences, until one decides that the plan ends."""
    plan, decided = cast("UUID", case.plan), PLAN
    case.aims = planning.write_plan(service, case, plan, stream)
    service.engine.begin(planning.help_begins(service, case, plan, stream))
    service.engine.begin(meeting.core_groups(service, case, plan, stream))
    weeks, first = rate("protection", "review", "first_weeks"), True
    while case.protected:
        until = next_conference_by([decided], cast("date", case.facts["conferred"]), current_pack(service.now))
        yield service.engine.office(A_WEEK * (weeks - NOTICE) * stream.uniform(0.85, 1.02))
        decide = _review_of(service, first=first)
        came = yield from conferencing.confer(service, case, stream, decide, kind=REVIEW, until=until)
        case.protected, decided, first = bool(came.plans), GOES_ON, False
        service.words.may_turn(case.family, local_day(service.now), rate("protection", "review", "turns"))
        sooner = happens(stream, "review", "sooner")
        weeks = rate("protection", "review", "sooner_weeks" if sooner else "weeks")
    service.engine.begin(disagreeing.disagrees(service, case, ENDED, stream))
    case.plan, case.aims = None, []
    if happens(stream, "review", "goes_on_with_help"):
        yield from planning.life(service, case)
    else:
        yield from ending.end(service, case, "services_ended", eased=True)


def _review_of(service: Service, *, first: bool) -> conferencing.Decide:
    """It ends where enough is different in the family, as it is by then; seldom at the first, after three months."""

    def decide(case: Case, stream: Random) -> str:
        day = local_day(service.now)
        level = service.words.story(case.family, day).level(day)
        worse = service.words.going(case.family, day) == "worse"
        enough = rate("protection", "review", "ends_at") + (rate("protection", "review", "ends_worse") if worse else 0)
        enough += rate("protection", "review", "ends_first") if first else 0
        return ENDS if level + stream.uniform(-0.12, 0.12) > enough else GOES_ON

    return decide
