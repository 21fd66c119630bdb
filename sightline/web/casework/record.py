"""The pages of one record: overview, timeline, people and agencies, documents."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.access.standing_queries import list_same, standing_of
from sightline.assessments.permissions import may_assess
from sightline.assessments.queries import ConclusionView, list_conclusions
from sightline.documents.queries import list_documents, open_document
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import end_of_day, start_of_day
from sightline.kernel.reading import read_date
from sightline.people.queries import PersonHeader, get_headers
from sightline.record.models import Entry
from sightline.record.permissions import may_write
from sightline.record.queries import (
    list_latest,
    list_steps_about,
    list_steps_for,
    list_timeline,
)
from sightline.web.asked import now, who
from sightline.web.casework.at_once import LATEST as SAID_LATEST
from sightline.web.casework.at_once import SAID_IN, at_once
from sightline.web.casework.attention import needs_attention
from sightline.web.casework.census import census_note
from sightline.web.casework.not_mine import identity_only, whom_to_ring
from sightline.web.casework.opening import Opened, open_person, require_record
from sightline.web.casework.reading import child_facts, timeline_facts, under_one_key
from sightline.web.presenters import child as said
from sightline.web.presenters import overview as blocks
from sightline.web.presenters import timeline as rows
from sightline.web.presenters.assessments import Naming, conclusion_row
from sightline.web.presenters.emergency import banner_lines
from sightline.web.presenters.same_person import same_context
from sightline.workforce.queries import account_names, describe_posts

PAGES = (
    ("person", "Overview"),
    ("person-timeline", "Timeline"),
    ("person-visits", "Visits"),
    ("person-assessment", "Assessment"),
    ("person-plan", "Plan"),
    ("person-protection", "Protection"),
    ("person-people", "People and agencies"),
    ("person-documents", "Documents"),
    ("person-access", "Who has viewed this record"),
)
OF_A_CHILD = {"person-visits", "person-assessment", "person-plan", "person-protection"}
"""Pages that an adult's simpler record does not have."""
PAGE = 25
LATEST = 3


def frame_of(opened: Opened, current: str) -> dict[str, object]:
    """What every page of a record has: its header, its pages, the day it is read as at."""
    query, standing = opened.as_at_query, standing_of(people=opened.keys)
    closed = {"restricted": standing.restricted, "readers_url": reverse("person-readers", args=[opened.person])}
    names = account_names([one.account for one in standing.emergencies]) if standing.emergencies else {}
    context: dict[str, object] = {
        "opened": opened,
        **same_person_lines(opened),
        "emergencies": banner_lines(standing.emergencies, names, opened.by.id, opened.at),
        "pages": [
            {"text": text, "url": reverse(name, args=[opened.person]) + query, "current": name == current}
            for name, text in PAGES
            if opened.is_child or name not in OF_A_CHILD
        ],
        "as_at_day": opened.today if opened.as_at else None,
        "may_write": may_write(opened.by) and opened.as_at is None,
    }
    if opened.is_child:
        context["facts"] = facts = child_facts(opened)
        context["child"] = said.child_header(facts, review_url=_review_urls(opened)) | closed
    else:
        context["adult"] = said.adult_header(opened.header, opened.today) | closed
    return context


def same_person_lines(opened: Opened) -> dict[str, object]:
    """Where the record of somebody with two keys goes on, or under which names else they were registered."""
    if not opened.others:
        return {}
    return same_context(opened.person, list_same(person=opened.person), opened.others, as_at=opened.as_at_query)


def facts_of(context: Mapping[str, object]) -> said.ChildFacts:
    """What the header of a child's page stands on, as `frame_of` put it there."""
    return cast("said.ChildFacts", context["facts"])


def household_in(context: Mapping[str, object]) -> Sequence[PersonHeader]:
    """Who else lives with the person, as `frame_of` read them for a child's header."""
    return facts_of(context).household if "facts" in context else ()


def _review_urls(opened: Opened) -> Mapping[UUID, str]:
    if opened.as_at or not may_write(opened.by):
        return {}
    return {one.id: reverse("warning-review", args=[opened.person, one.id]) for one in opened.header.warnings}


def overview(request: HttpRequest, person: UUID) -> HttpResponse:
    """Why we are involved, what waits, who does what by when, and who is around."""
    try:
        opened = open_person(request, person, "record")
    except NotFound:
        return whom_to_ring(request, person)
    if not opened.readable:
        return identity_only(request, opened)
    context = frame_of(opened, "person")
    steps = list_steps_for(opened.keys) if opened.others else list_steps_about(person=person)
    wanted = [((), LATEST), *([(SAID_IN, SAID_LATEST)] if opened.is_child and opened.as_at is None else [])]
    latest, *said_in = list_latest(keys=opened.keys, wanted=wanted, as_at=opened.as_at)
    newest = under_one_key(opened, latest)
    facts = timeline_facts(opened, newest, known=household_in(context))
    known = [*household_in(context), *facts.headers.values()]
    told: set[UUID] = set()
    if opened.is_child and opened.as_at is None:
        concluded = list_conclusions(list(opened.keys), only_standing=True)
        context["attention"], told = needs_attention(opened, facts_of(context), steps, concluded, known)
        context["conclusions"] = _conclusion_rows(opened, concluded)
        context |= at_once(opened, facts_of(context), under_one_key(opened, said_in[0]), known)
        if context["may_write"]:
            context["census"] = census_note(person, opened.today)
    posts, left = describe_posts([step.post for step in steps]), [step for step in steps if step.id not in told]
    context |= {
        "latest": rows.grouped(newest, (), facts),
        "steps": blocks.step_rows(left, posts, dict.fromkeys(opened.keys, opened.header), opened.at),
        "told_above": bool(told),
        "needs": [*blocks.need_rows(opened.header), *blocks.needs_at_home(facts_of(context).household)]
        if opened.is_child
        else blocks.need_rows(opened.header),
    }
    return render(request, "casework/overview.html", context)


def _conclusion_rows(opened: Opened, found: list[ConclusionView]) -> list[dict[str, str]]:
    headers = get_headers(people=[one.adult for one in found if one.adult])
    naming = Naming(account_names([one.by for one in found]), {})
    may = may_assess(opened.by)
    return [
        conclusion_row(one, headers, naming, reverse("conclusion", args=[opened.person, one.id]) if may else "")
        for one in found
    ]


def timeline(request: HttpRequest, person: UUID) -> HttpResponse:
    """Everything recorded, newest first, by kind and by day, a page at a time."""
    opened = require_record(open_person(request, person, "timeline"))
    asked = Asked(request, opened.at)
    found = list_timeline(
        person=person,
        as_at=opened.as_at,
        kinds=asked.kinds,
        since=asked.since,
        older_than=asked.until,
        start=asked.start,
        limit=PAGE,
        keys=opened.keys,
    )
    marks = () if asked.filtered or asked.start else found.marks
    entries = under_one_key(opened, found.entries)
    context = frame_of(opened, "person-timeline")
    facts = timeline_facts(opened, entries, marks, household_in(context))
    context |= {
        "groups": rows.grouped(entries, marks, facts),
        "asked": asked,
        "kinds": [(kind.value, str(kind.label), kind.value in asked.kinds) for kind in Entry.Kind],
    }
    pages = asked.pages(len(found.entries), found.total, reverse("person-timeline", args=[person]))
    return render(request, "casework/timeline.html", context | pages)


class Asked:
    """What a timeline was asked for: kinds, days, and which page. Nothing in it is about anybody."""

    def __init__(self, request: HttpRequest, at: datetime) -> None:
        self.kinds = [kind for kind in request.GET.getlist("kind") if kind in Entry.Kind.values]
        self.first, self.last = request.GET.get("from", "").strip(), request.GET.get("to", "").strip()
        self.as_at = request.GET.get("as_at", "")
        self.wrong: list[str] = []
        today = at.date()
        since, until = self._day(self.first, today), self._day(self.last, today)
        self.since = start_of_day(since) if since else None
        self.until = end_of_day(until) if until else None
        page = request.GET.get("page", "1")
        self.page = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
        self.start = (self.page - 1) * PAGE
        self.filtered = bool(self.kinds or self.since or self.until)

    def _day(self, text: str, today: date) -> date | None:
        if not text:
            return None
        try:
            return read_date(text, today=today)
        except Refusal as refused:
            self.wrong.append(refused.message)
            return None

    def pages(self, shown: int, total: int, url: str) -> dict[str, str]:
        """The words and links of components/pagination.html."""
        last = self.start + shown
        number = f"{self.start + 1} to {last} of {total}" if shown else ""
        return {
            "words": f"Showing {number}" if number else "",
            "next_url": self._link(url, self.page + 1) if last < total else "",
            "previous_url": self._link(url, self.page - 1) if self.page > 1 else "",
        }

    def _link(self, url: str, page: int) -> str:
        query = [("kind", kind) for kind in self.kinds] + [("from", self.first), ("to", self.last)]
        query += [("as_at", self.as_at), ("page", str(page))]
        return f"{url}?{urlencode([(name, value) for name, value in query if value])}"


def documents(request: HttpRequest, person: UUID) -> HttpResponse:
    """Files about somebody; each is given out as an attachment."""
    opened = require_record(open_person(request, person, "documents"))
    lines = list_documents(*opened.keys)
    if opened.as_at is not None:
        lines = [line for line in lines if line.added_at <= opened.as_at]
    context = frame_of(opened, "person-documents")
    return render(
        request,
        "casework/documents.html",
        context | {"documents": blocks.document_rows(lines), "columns": ["Name", "Size", "Added"]},
    )


def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """One file. The rule is asked again, the look recorded, and nothing is shown in the page."""
    opened = open_document(by=who(request), document=document, at=now())
    response = HttpResponse(opened.content, content_type=opened.media_type)
    # A name can say whom a file is about, so it goes in the header of this answer and nowhere else.
    response.headers["Content-Disposition"] = blocks.attachment_header(opened.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
