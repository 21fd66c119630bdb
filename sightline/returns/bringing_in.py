"""What an earlier system recorded, written to the rooms it belongs to, what was open with its step. Part of operations.

A census file has dates and no words. So nobody here is made to have written a document or agreed a plan: each
fact is a row that says what it is, and what was open is a step that somebody's post carries.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight_of_each
from sightline.assessments import importing as assessments
from sightline.conferences import importing as conferences
from sightline.court import importing as court
from sightline.court.rules import next_owed, state_of
from sightline.doorway.actor import Actor
from sightline.enquiries import importing as enquiries
from sightline.kernel.dates import day_words
from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time_or_next, local_day
from sightline.plans import importing as plans
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_or_none
from sightline.practice.spec import Pack
from sightline.record.importing import StepGiven, bring_in_steps
from sightline.returns.earlier import (
    AssessmentFacts,
    ConferenceFacts,
    EnquiryFacts,
    Fact,
    PlanFacts,
    PreProceedingsFacts,
)
from sightline.returns.matching import PlannedFact
from sightline.returns.planning import Planned


@dataclass(frozen=True)
class Owed:
    """What is asked for where a fact was open: the kind of step, its words with a day, and the rule of its clock.

    The clock runs from the first day of what was open; where `from_now`, from the day on which it came in.
    """

    kind: str
    words: str
    timescale: str = ""
    from_now: bool = False


_PLAN = "Go on with the {label} that an earlier system recorded from {day}"
OWED: Mapping[type[Fact], Owed] = {
    AssessmentFacts: Owed(
        "assessment", "Go on with the assessment that an earlier system recorded from {day}", "first"
    ),
    PlanFacts: Owed("make_plan", _PLAN, "plan.make", from_now=True),
    EnquiryFacts: Owed(
        "earlier_enquiry",
        "Say how the section 47 enquiry ended that an earlier system recorded from {day}",
        "conference.initial",
    ),
    PreProceedingsFacts: Owed(
        "pre_proceedings", "Go on with the pre-proceedings that an earlier system recorded from {day}"
    ),
}


@dataclass(frozen=True)
class Coming:
    """One fact on the way into the record, with the child and the entry that tells of it."""

    child: UUID
    entry: UUID
    planned: PlannedFact


def coming_of(planned: Planned, entry: UUID) -> Iterator[Coming]:
    """Each fact that comes with one child's entry."""
    for one in planned.came:
        yield Coming(planned.person, entry, one)


def kept_with_entry(planned: Planned) -> dict[str, Any]:
    """Pre-proceedings as they came, by row: undoing asks whether somebody has changed them since."""
    came = {str(one.row): one.fact.values() for one in planned.came if isinstance(one.fact, PreProceedingsFacts)}
    return {"pre_proceedings": came} if came else {}


def give_sight_of_steps(*, coming: Sequence[Coming], team: UUID, at: datetime) -> None:
    """The team that the import was given to reads a child for as long as it carries what was open."""
    opened = [(one.child, one.planned.step) for one in coming if one.planned.opens_step]
    give_sight_of_each(given=opened, reader=team, because="step", at=at)


def bring_in_facts(*, by: Actor, coming: Sequence[Coming], post: UUID, at: datetime) -> None:
    """Write the rows and open the steps. The caller's act writes the entries, and gives sight first."""
    pack = current_pack(at) if any(one.planned.opens_step for one in coming) else None
    if pack is not None:
        steps = [_step(one, pack, at) for one in coming if one.planned.opens_step]
        bring_in_steps(by=by, steps=steps, post=post, at=at)
    _replace(coming, at)
    assessments.bring_in_earlier(given=_given(coming, AssessmentFacts, assessments.EarlierGiven), at=at)
    plans.bring_in_earlier(given=_given(coming, PlanFacts, plans.EarlierGiven), at=at)
    enquiries.bring_in_earlier(given=_given(coming, EnquiryFacts, enquiries.EarlierGiven), at=at)
    conferences.bring_in_earlier(given=_given(coming, ConferenceFacts, conferences.EarlierGiven), at=at)
    court.bring_in_pre_proceedings(by=by, given=_given(coming, PreProceedingsFacts, court.PreProceedingsGiven), at=at)


def _given(coming: Sequence[Coming], kind: type[Fact], row: Callable[..., Any]) -> list[Any]:
    found = []
    for one in coming:
        if isinstance(one.planned.fact, kind):
            columns = one.planned.fact.columns()
            if kind is ConferenceFacts:
                found.append(row(row=one.planned.row, child=one.child, entry=one.entry, **columns))
            else:
                found.append(
                    row(row=one.planned.row, child=one.child, entry=one.entry, step=one.planned.step, **columns)
                )
    return found


def _step(one: Coming, pack: Pack, at: datetime) -> StepGiven:
    fact, step = one.planned.fact, one.planned.step
    if step is None:
        raise ValueError("a fact that opens a step has its key")
    owed = next(owed for kind, owed in OWED.items() if isinstance(fact, kind))
    label = fact.LABEL.lower() if isinstance(fact, PlanFacts) else ""
    due_at, due_rule = _due(pack, owed, fact, at)
    return StepGiven(
        step=step,
        child=one.child,
        kind=owed.kind,
        words=owed.words.format(label=label, day=day_words(fact.first_day)),
        arose_from=one.entry,
        subject=one.planned.row,
        due_at=due_at,
        due_rule=due_rule,
    )


def _due(pack: Pack, owed: Owed, fact: Fact, at: datetime) -> tuple[datetime | None, str]:
    """By the pack's rule; none where no rule was in force on that day, or its working days are not known."""
    if isinstance(fact, PreProceedingsFacts):
        return _next_of(pack, fact)
    key = pack.first_assessment.timescale if owed.timescale == "first" else owed.timescale
    if not key:
        return None, ""
    moment = at if owed.from_now else at_local_time_or_next(fact.first_day, time(12))
    try:
        due_at = due_or_none(pack.timescale(key, local_day(moment)), moment)
    except Refusal:
        return None, ""
    return due_at, pack.cite(key) if due_at else ""


def _next_of(pack: Pack, fact: PreProceedingsFacts) -> tuple[datetime | None, str]:
    """As for pre-proceedings that began here: what is owed next."""
    days = {name: day for name, day in fact.columns().items() if name.endswith("_on")}
    try:
        found = next_owed(pack, days, state_of(days, fact.outcome, to_court=()))
    except Refusal:
        return None, ""
    return (found.due_at, found.rule) if found and found.due_at else (None, "")


def _replace(coming: Sequence[Coming], at: datetime) -> None:
    """What a newer file goes on from stands no longer; its step carries what came, or is closed."""
    rows = [
        {
            "source": replaced.source,
            "old": str(replaced.row),
            "new": str(one.planned.row),
            "step": str(replaced.step) if replaced.step else None,
            "ends": one.planned.ends_step is not None,
        }
        for one in coming
        if (replaced := one.planned.replaces) is not None
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute("SELECT returns_replace(%s::jsonb, %s)", [json.dumps(rows), at])
