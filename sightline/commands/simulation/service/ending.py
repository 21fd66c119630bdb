"""Ending with a family: the worker asks, a manager answers for what is still open, and life goes on without us."""

from datetime import timedelta
from random import Random

from sightline.commands.demonstration import helping
from sightline.commands.demonstration.helping import Ending
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.kernel.london import local_day

A_DAY = 8.0


def end(service: Service, case: Case, reason: str, *, eased: bool) -> Life:
    """Ask to end, and have it authorised; what weighs on the family is less than it was, or little less."""
    stream = service.engine.stream(f"ending {case.referral}")
    yield service.engine.office(A_DAY * stream.expovariate(1 / rate("casework", "ending", "ask_days")))
    case.facts["ending"] = True
    said = service.words.ending(case, local_day(service.now), reason=reason)
    step = helping.ask_to_end(
        service.story, case.children,
        Ending(reason, what_changed=said.what_changed, how_to_come_back=said.how_to_come_back,
               who_holds_worry=said.who_holds_worry),
        by=service.staff.carrying(case.post), at=service.now,
    )  # fmt: skip
    yield service.engine.office(A_DAY * stream.expovariate(1 / rate("casework", "ending", "answer_days")))
    helping.end(
        service.story, step, case.children, by=service.staff.carrying(case.manager), at=service.now,
        answer="Seen at the ending; nobody carries it on.",
    )  # fmt: skip
    service.close(case)
    service.place.weigh(case.family, rate("casework", "becomes", "eases" if eased else "eases_little"))
    if stream.random() < rate("casework", "comes_back", "eased" if eased else "unchanged"):
        service.engine.begin(_comes_back(service, case, stream))


def _comes_back(service: Service, case: Case, stream: Random) -> Life:
    """Some weeks later it is as it was, and worse, for a while."""
    yield service.engine.wait(timedelta(days=stream.expovariate(1 / rate("casework", "comes_back", "after_days"))))
    worse = rate("casework", "comes_back", "worse")
    service.place.weigh(case.family, worse)
    yield service.engine.wait(timedelta(days=stream.expovariate(1 / rate("casework", "comes_back", "days"))))
    service.place.weigh(case.family, 1 / worse)
