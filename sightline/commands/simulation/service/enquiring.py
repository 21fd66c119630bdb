"""A section 47 enquiry: what is done and heard in it, how long that takes, and what it finds for each child."""

from datetime import date, datetime, timedelta
from random import Random
from typing import cast
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, assessing
from sightline.commands.simulation.service.around import days, happens, said_of, some
from sightline.commands.simulation.service.weighing import found
from sightline.doorway.acts import acting
from sightline.enquiries.operations import add_account, end_order, record_medical
from sightline.enquiries.queries import list_enquiries, list_medicals
from sightline.enquiries.rules import ConclusionGiven
from sightline.journeys.protect import conclude_enquiry, keep_safe, no_conference, tell_agency
from sightline.journeys.tell_of_enquiry import draft_told, to_be_told
from sightline.kernel.london import local_day

CONTINUING, OVER, NOT_FOUND = "continuing_risk", "no_continuing_risk", "not_substantiated"
LESS = {CONTINUING: OVER, OVER: NOT_FOUND, NOT_FOUND: NOT_FOUND}
AN_HOUR = timedelta(hours=1)
CONFERENCE_WITHIN = 15
"""Working days after the discussion (Working Together to Safeguard Children 2023, chapter 3)."""
LONGEST_KEPT = timedelta(hours=72)
"""Police protection (Children Act 1989, section 46(6))."""
NO_CONFERENCE = "The children have moved to relatives for good, and whoever hurt them is not let in there."


def enquire(service: Service, case: Case, enquired: list[str], stream: Random) -> Life:
    """From the discussion to the conclusion; returns what was found, `continuing_risk` where a conference is owed."""
    story = service.story
    enquiry = _begun(service, case, enquired[0])
    for side in (_examined, _kept_safe):
        service.engine.begin(side(service, case, enquired, stream))
    accounts = service.engine.begin(_accounts(service, case, enquiry, stream))
    yield from assessing.worked(service, case, _hours(enquired, stream), pressed_from=_soon_due(case))
    yield accounts
    outcome = outcome_of(case, stream)
    ended = _of_each(enquired, outcome, stream)
    reasons = {
        one: service.words.enquiry(case, local_day(service.now), outcome=one) for one in dict.fromkeys(ended.values())
    }
    conclude_enquiry(
        by=story.who(service.staff.carrying(case.post)), enquiry=enquiry, at=service.now,
        conclusions=[
            ConclusionGiven(story.people[ref], found, said_of(reasons[found], ref), media="none")
            for ref, found in ended.items()
        ],
    )  # fmt: skip
    service.engine.begin(_told(service, case, enquiry, stream))
    if outcome == CONTINUING and happens(stream, "enquiry", "none_taken"):
        no_conference(
            by=story.who(service.staff.carrying(case.manager)), enquiry=enquiry, because=NO_CONFERENCE,
            children=[story.people[ref] for ref, found in ended.items() if found == CONTINUING],
            at=service.now + AN_HOUR,
        )  # fmt: skip
        return OVER
    return outcome


def _begun(service: Service, case: Case, ref: str) -> UUID:
    """The enquiry that goes on about a child."""
    key = service.story.people[ref]
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        return next(one.step for one in list_enquiries([key]) if not one.children[key].outcome)


def _soon_due(case: Case) -> date:
    """From when on a conference in time is in doubt, if it comes to one."""
    return assessing.soon_due(cast("datetime", case.facts["discussed"]), CONFERENCE_WITHIN)


def _hours(enquired: list[str], stream: Random) -> float:
    usual = rate("protection", "enquiry", "hours") + rate("protection", "enquiry", "hours_a_sibling") * (
        len(enquired) - 1
    )
    return usual * stream.lognormvariate(0, rate("protection", "enquiry", "spread"))


def outcome_of(case: Case, stream: Random) -> str:
    """By what weighs on the family, as it is found."""
    it = found(case.family, stream, rate("protection", "discussion", "spread"))
    if it > rate("protection", "enquiry", "continuing"):
        return CONTINUING
    return OVER if it > rate("protection", "enquiry", "substantiated") else NOT_FOUND


def _of_each(enquired: list[str], outcome: str, stream: Random) -> dict[str, str]:
    """What is found for each child: for one as for the family, and for the others now and then less."""
    less = some(stream, enquired[1:], "siblings", "less_found")
    return {ref: LESS[outcome] if ref in less else outcome for ref in enquired}


def _accounts(service: Service, case: Case, enquiry: UUID, stream: Random) -> Life:
    """What those who know the children say, one after the other."""
    for _ in range(stream.randrange(2, 4)):
        yield service.engine.office(days(stream, "enquiry", "account_days") / 2)
        text = service.words.enquiry_account(case, local_day(service.now))
        add_account(
            by=service.story.who(service.staff.carrying(case.post)), enquiry=enquiry, words=text, at=service.now
        )  # fmt: skip


def _examined(service: Service, case: Case, enquired: list[str], stream: Random) -> Life:
    """A doctor sees the child for whom that was asked."""
    key = service.story.people[enquired[0]]
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        waiting = [one for one in list_medicals([key]) if one.held_at is None]
    if not waiting:
        return
    yield service.engine.office(stream.expovariate(1 / rate("protection", "enquiry", "medical_hours")))
    held_at = service.now
    yield service.engine.office(4)
    record_medical(
        by=service.story.who(service.staff.carrying(case.post)), medical=waiting[-1].step, held_at=held_at,
        examiner="The paediatrician on call", words=service.words.medical(case, local_day(held_at)), at=service.now,
    )  # fmt: skip


def _kept_safe(service: Service, case: Case, enquired: list[str], stream: Random) -> Life:
    """Seldom the police act before anybody else can; it ends when somebody has the child."""
    if not happens(stream, "order", "police_protection"):
        return
    yield service.engine.wait(timedelta(hours=stream.uniform(1, 8)))
    began, key = service.now, service.story.people[enquired[0]]
    order = keep_safe(
        by=service.story.who(service.staff.carrying(case.post)), child=key, kind="police_protection", began_at=began,
        made_by="The officer who went", where_kept="With relatives", words="Nobody at home could keep the child safe.",
        at=began + AN_HOUR,
    )  # fmt: skip
    long = timedelta(hours=rate("protection", "order", "hours") * stream.lognormvariate(0, 0.4))
    yield service.engine.wait(min(long, LONGEST_KEPT - AN_HOUR))
    ended = service.now
    yield service.engine.office(1)
    end_order(
        by=service.story.who(service.staff.carrying(case.post)), order=order, ended_at=ended, at=service.now,
        because="Relatives have the child, with the parents' agreement, and nobody comes who is not to.",
    )  # fmt: skip


def _told(service: Service, case: Case, enquiry: UUID, stream: Random) -> Life:
    """Whoever referred hears how it ended, where it was somebody at an agency."""
    yield service.engine.office(days(stream, "enquiry", "told_days"))
    by = service.story.who(service.staff.carrying(case.post))
    with acting(by.id):
        owed = [one for one in to_be_told(enquiry) if one.referred and one.told_at is None]
        text = draft_told(by=by, enquiry=enquiry, at=service.now) if owed else ""
    for one in owed:
        tell_agency(
            by=by, enquiry=enquiry, agency_post=one.agency_post, text=text, means="call",
            call_words="Rang them, and they heard it.", at=service.now,
        )  # fmt: skip
