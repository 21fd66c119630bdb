"""Visits that were planned and are not made: the family calls them off, or we do not come and say so later."""

from datetime import datetime
from random import Random
from typing import cast
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.commands.simulation.service.around import unborn
from sightline.recording.operations import cancel_planned_visit

FAMILY, US = "family", "us"
WHY = {
    FAMILY: ("They have a hospital appointment.", "Everybody is ill.", "They are at their grandmother's that day.",
             "It does not suit them, and they ask for another day."),
    US: ("The worker was in court.", "The worker was ill, and nobody else could go.",
         "Another family could not wait, and nobody rang to say so."),
}  # fmt: skip
SAID_BY = {FAMILY: "A parent, by telephone", US: "The worker"}


def called_off(service: Service, case: Case, stream: Random, planned: UUID) -> Life:
    """Whether a planned visit is not made: until that is written, before its day or some days after it."""
    starts, drawn = cast("datetime", case.facts["planned_at"]), stream.random()
    by_family = drawn < rate("casework", "visits", "called_off")
    if not by_family and drawn > rate("casework", "visits", "called_off") + rate("casework", "visits", "not_kept"):
        return False
    if by_family:
        yield service.engine.wait((starts - service.now) * stream.random())
    else:
        yield service.engine.until(starts)
        yield service.engine.office(8 * rate("casework", "late", "days") * stream.lognormvariate(0, 0.5))
    if case.closed is not None or not _all_as_they_were(service, case):
        return False
    who = FAMILY if by_family else US
    cancel_planned_visit(
        by=service.story.who(service.staff.carrying(case.post)), step=planned, cancelled_by=who, who=SAID_BY[who],
        reason=stream.choice(WHY[who]), at=service.now,
    )  # fmt: skip
    return True


def _all_as_they_were(service: Service, case: Case) -> bool:
    """Whether the children to whom it was planned are born, and children of the case still."""
    meant = cast("list[str]", case.facts["planned_to"])
    there = {one.ref for one in case.family.children}
    return set(meant) <= there and not unborn(service, case) & set(meant)
