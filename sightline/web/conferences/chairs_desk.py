"""The chair's desk: every conference that is still to be held, written or told of, each piece read once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.conferences.permissions import may_chair
from sightline.conferences.queries import ChairLine, children_chaired, list_for_chair
from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days
from sightline.people.queries import get_names
from sightline.plans.queries import Clock, clocks_of
from sightline.practice.queries import current_pack
from sightline.web.asked import now, who
from sightline.web.presenters import chairs_desk as said

NEAR = timedelta(weeks=4)
"""How long before it is due the review of a plan is shown."""


def chairs_desk(request: HttpRequest) -> HttpResponse:
    """Conferences to come and what is missing, decisions to write, letters to release, reviews that are near."""
    by, at = who(request), now()
    if not may_chair(by):
        raise NotPermitted("This is the desk of those who chair conferences. Your own work is under My day.")
    lines = list_for_chair(by.posts, at)
    reviews = _reviews(by, lines, at)
    people = {child for one in lines for child in one.children}
    people |= {one for line in lines for one in line.unanswered if isinstance(one, UUID)}
    people |= {child for one in reviews for child in one.children}
    days = current_pack(at).threshold("report.shared", local_day(at)).number
    facts = said.DeskFacts(get_names(people=people), at, said.not_shared_in_time(lines, shared_by(lines, days), at))
    context = {
        "posts": bool(by.posts),
        "decisions": said.decision_rows(lines, facts),
        "to_write": said.to_write_rows(lines, facts),
        "letters": said.letter_rows(lines, facts),
        "coming": said.coming_rows(lines, facts),
        "reviews": said.review_rows(reviews, facts),
    }
    return render(request, "conferences/chairs-desk.html", context)


def shared_by(lines: Iterable[ChairLine], days: int) -> dict[UUID, date]:
    """By conference, the last day on which the parents should have every report."""
    return {one.meeting: _before(one.starts_at, days) for one in lines if one.starts_at is not None}


def _before(starts_at: datetime, days: int) -> date:
    # Beyond the table of bank holidays plain days must do: the page still opens.
    try:
        return add_working_days(local_day(starts_at), -days)
    except Refusal:
        return local_day(starts_at) - timedelta(days=days)


def _reviews(by: Actor, lines: Iterable[ChairLine], at: datetime) -> list[Clock]:
    """Reviews of protection plans that are due soon, of children whose conferences these posts chair, once a plan.

    A plan for which a conference is convened stands among those to come.
    """
    convened = {child for one in lines if one.recorded_at is None for child in one.children}
    clocks = clocks_of(children_chaired(by.posts) - convened, at=at)
    due: dict[UUID, Clock] = {}
    for one in clocks:
        if one.kind == "review" and one.plan_kind == "protection" and one.due_at <= at + NEAR:
            due.setdefault(one.plan, one)
    return list(due.values())
