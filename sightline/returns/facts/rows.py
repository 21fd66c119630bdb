"""The facts of some children as the database gives them: one row a fact, its days read as days."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, get_type_hints
from uuid import UUID

from django.db import connection


class ChildRow(NamedTuple):
    """Who a child is. `numbers` by their scheme; `was_expected` is the last day on which a birth was expected."""

    birth: str | None
    birth_date: date | None
    expected_date: date | None
    death_date: date | None
    sex: str | None
    ethnicity: str | None
    disabilities: Sequence[str] | None
    upn_unknown: str | None
    numbers: dict[str, str] | None
    was_expected: date | None


class EpisodeRow(NamedTuple):
    """An episode, from referral to closure."""

    id: str
    opened_on: date
    source: str
    need: str
    no_further_action: bool
    closed_on: date | None
    closure_reason: str


class AssessmentRow(NamedTuple):
    """An assessment. `ended_on` without `authorised_on`: it was stopped, and nobody signed it."""

    id: str
    started_on: date
    authorised_on: date | None
    ended_on: date | None
    internal_review_on: date | None
    factors: Sequence[str] | None


class PlanRow(NamedTuple):
    """A child's place on a plan. `categories` are pairs of a main category and the day it was named for.

    `first_category` and `last_category` are an earlier system's; `here` says that the plan is one of this record.
    """

    id: str
    kind: str
    from_on: date
    to_on: date | None
    plans_before: int | None
    categories: Sequence[Sequence[str]]
    reviews: Sequence[str]
    first_category: str | None
    last_category: str | None
    here: bool


class EnquiryRow(NamedTuple):
    """A section 47 enquiry about a child. The days to the conference are counted from `counted_from`."""

    id: str
    began_on: date
    counted_from: date | None
    target_on: date | None
    conference_on: date | None
    not_required: bool
    concluded_on: date | None


class ConferenceRow(NamedTuple):
    """An initial conference that no enquiry about this child led to."""

    id: str
    held_on: date


class PreProceedingsRow(NamedTuple):
    """A time of pre-proceedings."""

    id: str
    started_on: date | None
    letter_sent_on: date | None
    meeting_offered: bool | None
    meeting_held: bool | None
    first_meeting_on: date | None
    review_meetings: int | None
    decided_on: date | None
    outcome: str
    applied_on: date | None
    letter_of_issue_on: date | None


@dataclass(slots=True)
class Facts:
    """Everything that the record knows of one child for a census, whatever the year."""

    children: list[ChildRow] = field(default_factory=list)
    episodes: list[EpisodeRow] = field(default_factory=list)
    assessments: list[AssessmentRow] = field(default_factory=list)
    plans: list[PlanRow] = field(default_factory=list)
    enquiries: list[EnquiryRow] = field(default_factory=list)
    conferences: list[ConferenceRow] = field(default_factory=list)
    pre_proceedings: list[PreProceedingsRow] = field(default_factory=list)


_ROWS: dict[str, Any] = {
    "children": ChildRow,
    "episodes": EpisodeRow,
    "assessments": AssessmentRow,
    "plans": PlanRow,
    "enquiries": EnquiryRow,
    "conferences": ConferenceRow,
    "pre_proceedings": PreProceedingsRow,
}


def _days_of(row: Any) -> tuple[int, ...]:
    hints = get_type_hints(row)
    return tuple(place for place, name in enumerate(row._fields) if hints[name] in (date, date | None))


_DAYS = {kind: _days_of(row) for kind, row in _ROWS.items()}


def read_as_reader(children: Iterable[UUID]) -> dict[UUID, Facts]:
    """The facts of these children that whoever acts may read, in one query."""
    return _read("SELECT kind, child, facts::text FROM returns_facts(%s)", list(children))


def read_for_census(children: Iterable[UUID]) -> dict[UUID, Facts]:
    """The facts of these children whoever may see them, in one query; nothing for any account but that of returns."""
    return _read("SELECT kind, child, facts::text FROM returns_census_facts(%s)", list(children))


def _read(query: str, children: list[UUID]) -> dict[UUID, Facts]:
    found: dict[UUID, Facts] = {child: Facts() for child in children}
    with connection.cursor() as cursor:
        cursor.execute(query, [children])
        for kind, child, facts in cursor.fetchall():
            getattr(found[child], kind).append(_row(kind, json.loads(facts)))
    return found


def _row(kind: str, values: list[Any]) -> Any:
    for place in _DAYS[kind]:
        if values[place] is not None:
            values[place] = date.fromisoformat(values[place])
    return _ROWS[kind](*values)


def pages(first_day: date, last_day: date, *, at_once: int) -> Iterator[list[UUID]]:
    """Children with an episode open on any of these days, some at a time, for the account of returns alone.

    Their keys alone are held all at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT child FROM returns_census_children(%s, %s)", [first_day, last_day])
        keys = [row[0] for row in cursor.fetchall()]
    for begin in range(0, len(keys), at_once):
        yield keys[begin : begin + at_once]
