"""From the groups of an episode in a census file to typed facts. Pure: no database, no clock.

A value that cannot be held is kept as it was written, and the rest of its group is taken in. A group without
a first day that can be is kept whole: nobody could know it again, or say to which episode it belongs.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sightline.returns.cin import Assessment, CinPlan, Episode, Field, PreProceedings, ProtectionPlan, Section47
from sightline.returns.cin.parts import Group
from sightline.returns.earlier import (
    AssessmentFacts,
    ConferenceFacts,
    EnquiryFacts,
    Fact,
    PlanFacts,
    PreProceedingsFacts,
    ProtectionFacts,
)
from sightline.returns.reading_values import DAY_TO_COME, NO_START, NOT_TAKEN_IN, Kept, Values, strays

_FACTOR = re.compile(r"[0-9]{1,2}[A-Z]?")
_CATEGORY = re.compile(r"[A-Z]{2,5}")
_LONGEST_OUTCOME = 60


def read_groups(values: Values, episode: Episode) -> tuple[tuple[Fact, ...], tuple[Kept, ...]]:
    """What happened in an episode, and what of it is kept because it has no first day or no place."""
    facts: list[Fact] = []
    kept: list[Kept] = []
    for start, group, read in _groups(episode):
        first_day = _first_day(values, start)
        if first_day is None:
            kept.append(Kept(NOT_TAKEN_IN, group.line, {group.ELEMENT: [group.as_staged()]}))
            continue
        facts.append(read(values, group, first_day))
        kept += [one for inner in group.groups() for one in strays(inner.strays)]
    if episode.conference.given:
        held_on = values.day_so_far(episode.conference)
        if held_on is not None:
            facts.append(ConferenceFacts(line=episode.conference.line, held_on=held_on))
    return tuple(facts), tuple(kept)


Read = Callable[[Values, Any, date], Fact]


def _groups(episode: Episode) -> Iterator[tuple[Field[date], Group, Read]]:
    for assessment in episode.assessments:
        yield assessment.start, assessment, _assessment
    for plan in episode.cin_plans:
        yield plan.start, plan, _plan
    for enquiry in episode.enquiries:
        yield enquiry.start, enquiry, _enquiry
    for protection in episode.protection_plans:
        yield protection.start, protection, _protection
    for before_court in episode.pre_proceedings:
        yield before_court.start, before_court, _pre_proceedings


def _first_day(values: Values, found: Field[date]) -> date | None:
    if found.value is None:
        values.say(found, NO_START)
        return None
    if found.value > values.until:
        values.say(found, DAY_TO_COME)
        return None
    return values.day_so_far(found)


def _assessment(values: Values, group: Assessment, first_day: date) -> Fact:
    return AssessmentFacts(
        line=group.line,
        started_on=first_day,
        internal_review_on=values.any_day(group.internal_review),
        authorised_on=values.day_so_far(group.authorised),
        factors=values.codes(group.factors, _FACTOR),
    )


def _plan(values: Values, group: CinPlan, first_day: date) -> Fact:
    return PlanFacts(line=group.line, from_on=first_day, to_on=values.day_so_far(group.end))


def _enquiry(values: Values, group: Section47, first_day: date) -> Fact:
    return EnquiryFacts(
        line=group.line,
        began_on=first_day,
        conference_target_on=values.any_day(group.conference_target),
        conference_on=values.day_so_far(group.conference),
        conference_not_required=values.flag(group.conference_not_required),
    )


def _protection(values: Values, group: ProtectionPlan, first_day: date) -> Fact:
    reviewed = [values.day_so_far(day) for review in group.reviews for day in review.dates]
    return ProtectionFacts(
        line=group.line,
        from_on=first_day,
        to_on=values.day_so_far(group.end),
        first_category=values.code(group.initial_category, _CATEGORY),
        last_category=values.code(group.latest_category, _CATEGORY),
        plans_before=values.count(group.previous_plans),
        reviewed_on=tuple(dict.fromkeys(day for day in reviewed if day is not None)),
    )


def _pre_proceedings(values: Values, group: PreProceedings, first_day: date) -> Fact:
    days: Mapping[str, Field[date]] = {
        "letter_sent_on": group.letter_sent,
        "first_meeting_on": group.initial_meeting,
        "decided_on": group.step_decision,
        "applied_on": group.court_application,
        "letter_of_issue_on": group.letter_of_issue,
    }
    return PreProceedingsFacts(
        line=group.line,
        started_on=first_day,
        meeting_offered=values.flag(group.meeting_offered),
        meeting_held=values.flag(group.meeting_facilitated),
        review_meetings=values.count(group.review_meetings),
        outcome=values.words(group.outcome, _LONGEST_OUTCOME),
        **{name: values.day_so_far(found) for name, found in days.items()},
    )
