"""A plan with a family: made, lived, reviewed, and ended when enough is different."""

from datetime import timedelta
from random import Random
from uuid import UUID

from sightline.commands.demonstration import helping
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, ending, visiting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.plans.operations import set_terms

A_WEEK = 40.0
"""Hours of the office."""


def life(service: Service, case: Case, *, kind: str = "child_in_need") -> Life:
    """From the making of a plan to its end, or to a strategy discussion where harm is feared.

    The plan that there is goes on, where there is one.
    """
    stream = service.engine.stream(f"planning {case.referral}")
    if case.plan is None:
        yield service.engine.office(stream.expovariate(1 / 30))
        case.plan = _make(service, case, kind)
        case.aims = write_plan(service, case, case.plan, stream)
        service.engine.begin(help_begins(service, case, case.plan, stream))
    for number in range(1, round(rate("casework", "plan", "most_reviews")) + 1):
        yield service.engine.office(A_WEEK * rate("casework", "plan", "review_weeks") * stream.lognormvariate(0, 0.2))
        _review(service, case, case.plan, case.aims)
        day, better = local_day(service.now), False
        going = service.words.going(case.family, day)
        if going == "worse" and stream.random() < rate("casework", "plan", "feared"):
            from sightline.commands.simulation.service import protecting

            yield from protecting.life(service, case)
            return
        better = service.words.story(case.family, day).level(day) > rate("casework", "plan", "ends_at")
        if better and number >= rate("casework", "plan", "aims_done_from_reviews"):
            break
        if stream.random() < rate("casework", "plan", "ends_otherwise"):
            break
        service.words.may_turn(case.family, day, rate("casework", "plan", "turns"))
    yield from ending.end(service, case, "services_ended", eased=better)


def _make(service: Service, case: Case, kind: str) -> UUID:
    story, keys = service.story, [service.story.people[ref] for ref in case.children]
    return make_plan(
        by=story.who(service.staff.carrying(case.post)), kind=kind, children=keys, began_on=local_day(service.now),
        post=story.post(case.post), arose_from=story.entries.get(str(case.facts.get("assessed"))), at=service.now,
    )  # fmt: skip


def write_plan(service: Service, case: Case, plan: UUID, stream: Random) -> list[UUID]:
    """What is to be different, who does what, and who agrees; returns the aims."""
    story, by, day = service.story, service.staff.carrying(case.post), local_day(service.now)
    aims = [
        helping.aim(
            story, plan, one.words, about=one.about, how_we_know=one.how_we_know, childs_words=one.childs_words, by=by,
            at=service.now,
        )
        for one in service.words.plan_outcomes(case, day, protection=case.protected)
    ]  # fmt: skip
    for deed in service.words.plan_actions(case, day):
        helping.agree(
            story, plan, deed.what, deed.who, by=by, at=service.now, post=case.post, why=deed.why,
            by_when=day + timedelta(weeks=stream.randrange(2, 10)),
        )  # fmt: skip
    instead, further = service.words.contingency(case, day)
    set_terms(by=story.who(by), plan=plan, contingency=instead, further_action=further, at=service.now)
    for adult in visiting.met(service, case):
        agrees = stream.random() < rate("casework", "plan", "agrees")
        helping.said_of_plan(
            story, plan, adult.ref, "agreed" if agrees else "refused", by=by, at=service.now,
            words=service.words.agreement_words(case, day, agreed=agrees),
        )  # fmt: skip
    return aims


def help_begins(service: Service, case: Case, plan: UUID, stream: Random) -> Life:
    """Help is asked for, and begins after some weeks, or has not begun when the case ends."""
    if stream.random() > rate("casework", "plan", "services"):
        return
    day = local_day(service.now)
    what, whom = service.words.service(case, day)
    step = helping.ask_help(
        service.story, case.children, what, whom, by=service.staff.carrying(case.post), at=service.now, post=case.post,
        plan=plan,
    )  # fmt: skip
    yield service.engine.office(A_WEEK * rate("casework", "plan", "begin_weeks") * stream.lognormvariate(0, 0.6))
    if case.closed is None and not case.facts.get("ending"):
        said_by = next((one.given for one in case.family.adults_at_home()), "The family")
        helping.began(
            service.story, step, by=service.staff.carrying(case.post), at=service.now, on=local_day(service.now),
            said_by=said_by,
        )  # fmt: skip


def _review(service: Service, case: Case, plan: UUID, aims: list[UUID]) -> None:
    day = local_day(service.now)
    helping.review(
        service.story, service.title("review"), plan, service.words.review(case, day),
        by=service.staff.carrying(case.post), at=service.now, attended=service.words.attended(case, day),
        progress={one: service.words.progress(case, day) for one in aims},
    )  # fmt: skip
