"""Core groups of a protection plan: those who carry it meet, each few weeks, until it ends."""

from datetime import timedelta
from random import Random
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.commands.simulation.service.around import box_of, days, grown_ups, happens, professionals
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days
from sightline.plans.rules import ProgressGiven

A_WEEK = 40.0
FIRST, NEXT = 10, timedelta(weeks=6)
"""By when they are held: working days after the conference, and after the last one (the pack's rules)."""
PLACES = ("At school", "Quayside House", "At the family's home", "The family hub")
LIVES_THERE = "They live with the children, or see them."


def core_groups(service: Service, case: Case, plan: UUID, stream: Random) -> Life:
    """From the first, within some days, to the last before the plan ends."""
    due = add_working_days(local_day(service.now), FIRST)
    yield service.engine.office(days(stream, "core_group", "first_days"))
    while case.protected and case.plan == plan:
        held_at = service.now
        members = tuple(_members(service, case, stream))
        yield service.engine.office(days(stream, "core_group", "written_days"))
        if not case.protected or case.plan != plan:
            return
        day = local_day(held_at)
        late = service.words.late_because(case, day) if day > due else ""
        hold_core_group(
            by=service.story.who(service.staff.carrying(case.post)), plan=plan, at=service.now,
            held=CoreGroupHeld(
                held_at=held_at, text=service.words.core_group(case, day), members=members,
                place=stream.choice(PLACES), late_because=late,
                progress=tuple(ProgressGiven(one, *service.words.progress(case, day)) for one in case.aims),
            ),
        )  # fmt: skip
        due = day + NEXT
        yield service.engine.office(A_WEEK * rate("protection", "core_group", "weeks") * stream.lognormvariate(0, 0.25))


def _members(service: Service, case: Case, stream: Random) -> list[MemberGiven]:
    worker = service.story.who(service.staff.carrying(case.post)).name
    found = [
        MemberGiven(post=service.story.post(case.post), name=worker, role="Lead social worker", attendance="there")
    ]
    for one in professionals(service, case):
        if one.kind != "police":
            comes = "there" if happens(stream, "core_group", "member_there") else "apologies"
            found.append(MemberGiven(box_of(service, one), name=one.name, role=one.role, attendance=comes))
    for adult in grown_ups(service, case):
        comes = "there" if happens(stream, "core_group", "parent_there") else "none"
        found.append(
            MemberGiven(person=service.story.people[adult.ref], role="Parent", attendance=comes, safe="yes",
                        safe_because=LIVES_THERE)
        )  # fmt: skip
    return found
