"""Assessing a family: how long it takes follows from the work in it, and from what else its worker carries."""

from datetime import date, datetime, timedelta
from random import Random

from sightline.commands.demonstration import helping
from sightline.commands.demonstration.helping import Assessing
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, ending, planning, visiting
from sightline.commands.simulation.service.weighing import found
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days

A_DAY = 8.0
AN_HOUR = timedelta(hours=1)
LONGEST = 45
"""Working days, after which a reason is written (Working Together to Safeguard Children 2023, chapter 3)."""
FACTORS = {
    "drink": "1B", "drugs": "2B", "violence": "3B", "low_mood": "4B", "disability": "6A", "illness": "6B",
    "neglect": "16A", "behaviour": "14A", "conflict": "17A",
}  # fmt: skip
"""The census's factors (code set of 2024) by what troubles a family."""


def life(service: Service, case: Case) -> Life:
    """From the allocation to what the assessment comes to."""
    visiting.begin(service, case)
    if case.facts.get("strategy"):
        from sightline.commands.simulation.service import protecting

        yield from protecting.life(service, case)
        return
    yield from assess(service, case)


def assess(service: Service, case: Case) -> Life:
    """Assess these children, and go on as the manager decides."""
    outcome = yield from assessed(service, case)
    yield from go_on(service, case, outcome)


def assessed(service: Service, case: Case) -> Life:
    """Assess these children; returns what it comes to. Beside an enquiry it is signed when that is decided."""
    stream = service.engine.stream(f"assessing {case.referral}")
    yield service.engine.office(stream.expovariate(1 / 10))
    story, day = service.story, local_day(service.now)
    assessing = helping.assess(
        story, case.children, by=service.staff.carrying(case.post), at=service.now,
        why=service.words.assessment_why(case, day),
    )  # fmt: skip
    yield from _ask_others(service, case, assessing, stream)
    yield from worked(service, case, _hours(case, stream), pressed_from=soon_due(case.opened, LONGEST))
    while case.facts.get("undecided"):
        yield service.engine.office(A_DAY)
    outcome = "plan_goes_on" if case.protected else outcome_of(case, stream)
    _write(service, case, assessing, outcome)
    yield from _signed(service, case, assessing, outcome, stream)
    return outcome


def go_on(service: Service, case: Case, outcome: str) -> Life:
    """What follows an assessment that was signed."""
    if outcome == "child_in_need_plan":
        yield from planning.life(service, case)
    elif outcome == "strategy_discussion":
        from sightline.commands.simulation.service import protecting

        yield from protecting.life(service, case)
    else:
        yield from ending.end(service, case, "closed_after_assessment", eased=outcome == "help_of_others")


def worked(service: Service, case: Case, hours: float, *, pressed_from: date | None = None) -> Life:
    """Until so much work is done. A post's time is shared by all the children whom it carries.

    From `pressed_from` on it goes before other work, since it will soon be late.
    """
    while hours > 0:
        yield service.engine.office(A_DAY)
        carried = max(service.staff.load.get(case.post, 0), 1)
        hours_a_day = rate("casework", "capacity", "hours_a_day") * service.staff.part_time
        share = hours_a_day * 2.2 * max(len(case.children), 1) / carried
        if pressed_from is not None and local_day(service.now) >= pressed_from:
            share *= rate("casework", "capacity", "pressed")
        hours -= min(share, rate("casework", "capacity", "most_a_day"))


def soon_due(began: datetime, within: int) -> date:
    """From when on everybody sees that it may be late: some days before so many working days have passed."""
    return add_working_days(local_day(began), within - round(rate("casework", "capacity", "pressed_days")))


def _hours(case: Case, stream: Random) -> float:
    usual = rate("casework", "assessment", "hours")
    more = rate("casework", "assessment", "hours_a_sibling") * (len(case.children) - 1)
    return (usual + more) * stream.lognormvariate(0, rate("casework", "assessment", "spread"))


def outcome_of(case: Case, stream: Random) -> str:
    """By what weighs on the family, as it is found."""
    it = found(case.family, stream, rate("casework", "becomes", "spread"))
    if it > rate("casework", "becomes", "strategy") and not case.facts.get("strategy"):
        return "strategy_discussion"
    if it > rate("casework", "becomes", "plan"):
        return "child_in_need_plan"
    helped = stream.random() < rate("casework", "becomes", "help_of_others")
    return "help_of_others" if helped else "no_further_action"


def _ask_others(service: Service, case: Case, assessing: Assessing, stream: Random) -> Life:
    """The school or health is asked what it knows, and answers by the link."""
    if stream.random() > rate("casework", "assessment", "asks_evidence"):
        return
    day, boxes = local_day(service.now), service.story.authority.mailboxes
    schools = [one.school for one in case.family.children if one.ref in case.children and one.school in boxes]
    kind, box = ("school", schools[0]) if schools else ("health", "hospital-visitors")
    sent = helping.ask_evidence(
        service.story, assessing, box, "Whoever knows them best", by=service.staff.carrying(case.post),
        at=service.now, question=service.words.evidence_question(case, day),
    )  # fmt: skip
    yield service.engine.office(stream.lognormvariate(0, 0.7) * 24)
    helping.evidence_comes(
        sent, at=service.now, text=service.words.evidence_answer(case, kind, local_day(service.now)),
        signed="Whoever is on duty there",
    )  # fmt: skip


def _write(service: Service, case: Case, assessing: Assessing, outcome: str) -> None:
    story, by, day = service.story, service.staff.carrying(case.post), local_day(service.now)
    parts = service.words.assessment(case, day, outcome=outcome)
    helping.write(story, assessing, parts, by=by, at=service.now)
    codes = [FACTORS[one] for one in sorted(case.family.troubles) if one in FACTORS] or ["20"]
    helping.found(story, assessing, dict.fromkeys(case.children, codes), by=by, at=service.now)
    lacks = {} if "childs_day" in parts else {"childs_day": service.words.missing_reason(case, day)}
    helping.send(story, assessing, by=by, at=service.now, missing=lacks)
    case.facts["sent_by"] = by


def _signed(service: Service, case: Case, assessing: Assessing, outcome: str, stream: Random) -> Life:
    yield service.engine.office(A_DAY * stream.expovariate(1 / rate("casework", "assessment", "sign_days")))
    while (by := _another(service, case)) is None:
        yield service.engine.office(A_DAY)
    day = local_day(service.now)
    late = day > add_working_days(local_day(case.opened), LONGEST)
    title = service.title("assessed")
    helping.sign(
        service.story, title, assessing, outcome, by=by, at=service.now,
        late_because=service.words.late_because(case, day) if late else "",
    )  # fmt: skip
    case.facts["assessed"] = title


def _another(service: Service, case: Case) -> str | None:
    """A manager other than whoever sent it: nobody authorises what they wrote for a worker who is away."""
    above = (service.staff.carrying(case.manager), service.staff.manager_of(case.manager))
    return next((who for who in above if who != case.facts["sent_by"]), None)
