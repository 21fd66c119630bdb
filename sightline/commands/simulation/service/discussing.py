"""A strategy discussion: asked for, held with whom could be reached, and decided for each child."""

from datetime import datetime, timedelta
from random import Random

from sightline.commands.demonstration import protecting as verbs
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.commands.simulation.service.around import Professional, happens, professionals, said_of, some, unborn
from sightline.commands.simulation.service.weighing import found
from sightline.enquiries.rules import DecisionGiven, DiscussionHeld, TookPartGiven
from sightline.journeys.protect import ask_strategy, hold_strategy
from sightline.kernel.london import local_day

HURT = frozenset({"harsh", "injury", "sexual_harm"})
A_TALK = timedelta(minutes=50)
AWAY = {
    "police": "Nobody was free before tomorrow, and they were told what was decided.",
    "health": "The named nurse was in clinic, and rang back afterwards.",
    "school": "School was closed.",
}
ALONE = "It could not wait for them. What they know was asked for by telephone."


def discuss(service: Service, case: Case, stream: Random) -> Life:
    """From the asking to what is decided; returns the children into whom is enquired."""
    story, keys = service.story, service.story.people
    why = service.words.strategy_why(case, local_day(service.now))
    step = ask_strategy(
        by=story.who(service.staff.carrying(case.post)), children=[keys[ref] for ref in case.children], why=why,
        at=service.now,
    )  # fmt: skip
    yield service.engine.office(stream.expovariate(1 / rate("protection", "discussion", "hours")))
    held_at = service.now
    yield service.engine.wait(A_TALK)
    yield service.engine.office(stream.expovariate(1 / rate("protection", "discussion", "written_hours")))
    decided = _decided(service, case, stream)
    enquired = [ref for ref, outcome in decided.items() if outcome == "enquiry"]
    held = _held(service, case, stream, held_at=held_at, enquired=bool(enquired))
    hold_strategy(
        by=story.who(service.staff.carrying(case.manager)), discussion=step, held=held, at=service.now,
        decisions=_reasoned(service, case, decided), medical_for=[keys[ref] for ref in enquired[:1]],
    )  # fmt: skip
    case.facts["discussed"] = held_at
    return enquired


def _decided(service: Service, case: Case, stream: Random) -> dict[str, str]:
    """An enquiry for nobody, or for those who are born: seldom for one of them and not for another."""
    it = found(case.family, stream, rate("protection", "discussion", "spread"))
    otherwise = "goes_on" if case.plan or case.facts.get("assessed") else "assessment"
    if it < rate("protection", "discussion", "enquiry"):
        return dict.fromkeys(case.children, otherwise)
    not_born = unborn(service, case)
    born = [ref for ref in case.children if ref not in not_born]
    spared = set(some(stream, born[1:], "siblings", "not_enquired"))
    return {ref: "enquiry" if ref in born and ref not in spared else otherwise for ref in case.children}


def _reasoned(service: Service, case: Case, decided: dict[str, str]) -> list[DecisionGiven]:
    day = local_day(service.now)
    why = {one: service.words.strategy_reasons(case, one, day) for one in dict.fromkeys(decided.values())}
    return [
        DecisionGiven(service.story.people[ref], outcome, said_of(why[outcome], ref))
        for ref, outcome in decided.items()
    ]


def _held(service: Service, case: Case, stream: Random, *, held_at: datetime, enquired: bool) -> DiscussionHeld:
    took_part = [*_ours(service, case), *(_there(service, case, one, stream) for one in professionals(service, case))]
    missing = any(one.there != "there" and one.agency_kind in {"police", "health"} for one in took_part)
    hurt = bool(HURT & case.family.troubles)
    medical = enquired and happens(stream, "discussion", "medical_when_hurt" if hurt else "medical")
    joint = enquired and happens(stream, "discussion", "joint")
    return DiscussionHeld(
        held_at=held_at, how="phone" if happens(stream, "discussion", "by_phone") else "video",
        manner="joint" if joint else "single", medical="needed" if medical else "not_needed",
        medical_because="" if medical else "Nobody saw or spoke of an injury.", took_part=tuple(took_part),
        safety=service.words.safety(case, local_day(service.now)), alone_because=ALONE if missing else "",
    )  # fmt: skip


def _ours(service: Service, case: Case) -> list[TookPartGiven]:
    story = service.story
    found: list[TookPartGiven] = []
    for post, role in ((case.manager, "Team manager"), (case.post, "Social worker")):
        name = story.who(service.staff.carrying(post)).name
        shared = "" if found else service.words.strategy_shared(case, "social_care", local_day(service.now))
        found.append(verbs.us(story, post, name, role, shared))
    return found


def _there(service: Service, case: Case, one: Professional, stream: Random) -> TookPartGiven:
    if not happens(stream, "discussion", f"{one.kind}_there"):
        return one.took_part(service, shared="", because=AWAY[one.kind])
    return one.took_part(service, shared=service.words.strategy_shared(case, one.kind, local_day(service.now)))
