"""The days of a case that is open: visits made and missed, calls, notes, supervision, and what is written late."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import cast
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.commands.demonstration import helping
from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service, falling_through, noting
from sightline.commands.simulation.service.around import unborn
from sightline.doorway.acts import acting
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.when import When
from sightline.recording import operations as recording
from sightline.recording.rules import ChildSeen, VisitWritten

AN_HOUR = timedelta(hours=1)
MISSED = ("nobody_in", "refused", "cancelled", "cancelled_by_us")
TALKS_FROM = 3


def begin(service: Service, case: Case) -> None:
    """From now on the family is visited and written about, until the case is closed."""
    for life in (_visits, noting.notes, noting.supervision):
        service.engine.begin(life(service, case))


def born(service: Service, case: Case) -> list[Dweller]:
    """Children of the case who are born by now and live."""
    today = local_day(service.now)
    return [one for one in case.family.children if one.ref in case.children and one.born <= today and not one.died]


# --- visits -----------------------------------------------------------------------------------------


def _visits(service: Service, case: Case) -> Life:
    stream = service.engine.stream(f"visits {case.referral}")
    yield service.engine.office(stream.expovariate(1 / 14))
    while case.closed is None:
        planned = _plan(service, case, stream)
        if planned is not None and (yield from falling_through.called_off(service, case, stream, planned)):
            made = False
        else:
            made = yield from _made(service, case, stream, planned)
        again = 8 * rate("casework", "visits", "again_days") * stream.lognormvariate(0, 0.5)
        yield service.engine.office(40 * _weeks_to_next(service, case, stream) if made else again)


def _weeks_to_next(service: Service, case: Case, stream: Random) -> float:
    """What was meant, and longer where the post carries more than is usual."""
    meant = "weeks_protected" if case.protected else "weeks_planned" if case.plan else "weeks_assessing"
    busy = max(1.0, service.staff.load.get(case.post, 0) / rate("casework", "visits", "load_usual"))
    return rate("casework", "visits", meant) * busy * stream.lognormvariate(0, 0.3)


def _plan(service: Service, case: Case, stream: Random) -> UUID | None:
    """Some visits are put in the diary some days before; that one's step, where it was. Nobody has gone yet."""
    there = [one.ref for one in case.family.children if one.ref in case.children]
    if stream.random() > rate("casework", "visits", "planned") or not there:
        return None
    case.facts["planned_to"] = there
    by, starts = service.staff.carrying(case.post), _afternoon(service, stream)
    step = helping.will_visit(
        service.story, there, by=by, post=case.post, at=service.now, starts=starts,
        purpose=service.words.purpose(case, local_day(service.now)), announced=True,
    )  # fmt: skip
    case.facts["planned_at"] = starts
    return step


def _afternoon(service: Service, stream: Random) -> datetime:
    """A time after school, some working days from now."""
    day = local_day(service.engine.now + timedelta(days=stream.randrange(2, 8)))
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return at_local_time(day, time(16, stream.randrange(0, 55, 5)))


def _made(service: Service, case: Case, stream: Random, planned: UUID | None) -> Life:
    """The visit, and its writing up: on the same day or some days later. Returns whether the door was opened."""
    if planned is not None:
        yield service.engine.until(cast("datetime", case.facts["planned_at"]))
        if case.closed is not None:
            return True
    happened, day = service.now, local_day(service.now)
    how = _how(stream)
    place = (
        "school" if not how and not planned and stream.random() < rate("casework", "visits", "at_school") else "home"
    )
    present = born(service, case)
    told = [_of_child(service, case, one, how, stream) for one in present]
    told += [ChildSeen(service.story.people[ref]) for ref in case.children if _unborn(case, ref, day)]
    text = service.words.visit(
        case, [one.ref for one in present] or case.children, day, seen=how or "seen", place=place,
        announced=bool(planned), by=case.post,
    )  # fmt: skip
    adults = met(service, case) if place == "home" and not how else []
    yield from noting.written_later(service, stream)
    told = [] if case.closed is not None else as_on_the_record(service, case, told)
    if not told:
        return True
    if not _as_planned(service, case, told):  # somebody was born, grew up or died since: another visit than was meant
        planned = None
    recording.record_visit(
        by=service.story.who(service.staff.carrying(case.post)), at=service.now,
        visit=VisitWritten(
            occurred=When.exactly(happened), children=tuple(told), text=text, announced=bool(planned), place=place,
            present=", ".join(one.given for one in adults), sleeping="not_there" if place == "school" else "",
            adults=tuple(service.story.people[one.ref] for one in adults), planned=planned,
            late_because=service.words.late_because(case, day),
        ),
    )  # fmt: skip
    return not how


def _as_planned(service: Service, case: Case, told: Sequence[ChildSeen]) -> bool:
    """Whether it is said of each child to whom the visit was planned how it went."""
    meant = case.facts.get("planned_to", ())
    return {service.story.people[ref] for ref in meant} <= {one.person for one in told}  # type: ignore[attr-defined]  # facts are of any type


def as_on_the_record(service: Service, case: Case, told: Sequence[ChildSeen]) -> list[ChildSeen]:
    """Nothing is said of seeing a child of whose birth the record knows nothing yet; and of one who was born since
    the visit nothing at all."""
    expected = {service.story.people[ref] for ref in unborn(service, case)}
    found = [ChildSeen(one.person) if one.person in expected else one for one in told]
    return [one for one in found if one.outcome or one.person in expected]


def met(service: Service, case: Case) -> list[Dweller]:
    """The adults who live with the children and whom the worker knows. Of whoever came since they may know nothing."""
    there = {service.story.people[one.ref]: one for one in case.family.adults_at_home() if one.registered}
    with acting(service.story.who(service.staff.carrying(case.post)).id):
        seen = may_see_of(people=list(there))
    return [one for key, one in there.items() if key in seen]


def _how(stream: Random) -> str:
    """Why nobody was seen at all; empty where the door was opened."""
    drawn = stream.random()
    for missed in MISSED:
        drawn -= rate("casework", "visits", missed)
        if drawn < 0:
            return missed
    return ""


def _of_child(service: Service, case: Case, one: Dweller, how: str, stream: Random) -> ChildSeen:
    day, key = local_day(service.now), service.story.people[one.ref]
    if how:
        return ChildSeen(key, how)
    if stream.random() < rate("casework", "visits", "child_away"):
        reason, given_by = service.words.not_seen(case, one, day)
        return ChildSeen(key, "not_seen", reason=reason, reason_given_by=given_by)
    if one.age(day) < TALKS_FROM:
        return ChildSeen(key, "observed", sleeping=service.words.sleeping(case, one, day))
    if stream.random() > rate("casework", "visits", "alone"):
        return ChildSeen(key, "seen")
    said = service.words.child_said(one, day, case) if stream.random() < rate("casework", "visits", "speaks") else ""
    return ChildSeen(key, "seen_alone", words=said)


def _unborn(case: Case, ref: str, day: date) -> bool:
    return any(one.ref == ref and one.born > day for one in case.family.children)
