"""The Visits page of a record: when the child was last seen, what was tried, and what is planned."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.kernel.london import local_day
from sightline.partnership.queries import list_agencies
from sightline.people.queries import get_headers
from sightline.practice.queries import current_pack, get_threshold
from sightline.record.models import Entry
from sightline.record.queries import (
    Attempt,
    list_attempts,
    list_timeline,
    no_access_patterns,
    roots_of,
)
from sightline.recording.queries import get_appointments, get_visits, list_planned
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.casework.record import facts_of, frame_of
from sightline.web.presenters import visits as said
from sightline.web.visits.late import next_due

LATEST = 40
BEFORE_BIRTH = (Entry.Kind.VISIT, Entry.Kind.APPOINTMENT)
ATTEMPTS = (*BEFORE_BIRTH, Entry.Kind.NOTE, Entry.Kind.PHONE_CALL)


def visits(request: HttpRequest, person: UUID) -> HttpResponse:
    """Attempts of any agency to see one child, newest first, and what they come to."""
    opened = require_record(open_person(request, person, "visits"))
    context = frame_of(opened, "person-visits")
    attempts, patterns = _attempts(opened)
    facts = _facts(opened, {one.entry for one in (*attempts, *patterns)})
    seen, due = None, None
    if opened.is_child:
        header = facts_of(context)
        seen, due = header.seen, None if opened.as_at else next_due(person, header.seen, opened.at, header.plans)
    rows = said.seen_rows(seen, opened.header, opened.today)
    context |= {
        "seen": [*rows, said.due_row(due.due_at, due.since, due.citation, opened.at)] if due else rows,
        "pattern": said.pattern_block(patterns, seen, facts),
        "attempts": [said.attempt_row(one, facts) for one in attempts],
        "planned": [] if opened.as_at else _planned(opened, facts),
        "unborn": opened.header.birth == "expected",
        "latest": LATEST,
    }
    return render(request, "visits/visits.html", context)


def _attempts(opened: Opened) -> tuple[list[Attempt], tuple[Attempt, ...]]:
    """The latest attempts, and those of them that make a pattern; on an earlier day as they then stood."""
    person = opened.person
    unborn = opened.header.birth == "expected"
    if unborn or opened.as_at is not None:
        return _as_they_stood(opened, unborn=unborn), ()
    number = get_threshold("no_access.in_a_row", local_day(opened.at)).number
    pattern = no_access_patterns([person], number).get(person)
    return list_attempts([person], limit=LATEST).get(person, []), pattern.attempts if pattern else ()


def _as_they_stood(opened: Opened, *, unborn: bool) -> list[Attempt]:
    """From the timeline; about a child who is not born also what went ahead, which is kept without an outcome."""
    found = list_timeline(
        person=opened.person, as_at=opened.as_at, kinds=BEFORE_BIRTH if unborn else ATTEMPTS, limit=LATEST
    )
    return [
        Attempt(one.id, one.kind, subject.seen, one.when.earliest, one.agency)
        for one in found.entries
        for subject in one.subjects
        if subject.person == opened.person and (subject.seen or unborn)
    ]


def _facts(opened: Opened, entries: set[UUID]) -> said.AttemptFacts:
    roots = roots_of(entries)
    return said.AttemptFacts(
        person=opened.person,
        today=opened.today,
        labels=said.labels_of(current_pack(opened.at)),
        agencies={one.id: one.name for one in list_agencies()},
        authority=settings.AUTHORITY_NAME,
        visits=get_visits(entries, roots),
        appointments=get_appointments(entries, roots),
        roots=roots,
        query=opened.as_at_query,
    )


def _planned(opened: Opened, facts: said.AttemptFacts) -> list[dict[str, object]]:
    found = list_planned(children=[opened.person])
    headers = get_headers(people={child for one in found for child in one.children})
    about = said.PlanFacts(headers, facts.labels, opened.at)
    return [said.planned_row(one, opened.person, about) for one in found]
