"""Finding somebody: what was typed comes by POST, so that no address and no log holds it."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.doorway.roles import CASEWORKERS
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import Match, search_people
from sightline.record.queries import awaiting_decision, get_carriers
from sightline.web.asked import now, who
from sightline.web.presenters.found_apart import nobody_words, told_apart
from sightline.web.presenters.matches import match_rows
from sightline.workforce.queries import describe_posts, who_to_ring_of

LONGEST = 200


def search(request: HttpRequest) -> HttpResponse:
    """People who may be meant, likeliest first; the same page answers as somebody types."""
    by, at = who(request), now()
    words = request.POST.get("words", "").strip()[:LONGEST]
    context: dict[str, object] = {"words": words, "asked": bool(words)}
    if words:
        try:
            found = search_people(by=by, text=words, at=at)
            context |= _shown(found, request, words)
        except NotPermitted:
            raise
        except Refusal as refused:
            context["refused"] = refused.message
    return render(request, "casework/search.html", context)


def _shown(found: list[Match], request: HttpRequest, words: str) -> dict[str, object]:
    if not found:
        return {"too_little": nobody_words(words, on=local_day(now()), otherwise="")}
    apart = told_apart(found, text=words, on=local_day(now()))
    rows = _rows(apart.first + apart.folded, request)
    return {
        "total": len(rows),
        "heading": apart.heading,
        "matches": rows[: len(apart.first)],
        "folded": rows[len(apart.first) :],
        "fold_words": apart.fold_words,
    }


def _rows(found: Iterable[Match], request: HttpRequest) -> list[dict[str, object]]:
    matches, at = list(found), now()
    people: list[UUID] = [one.person for one in matches]
    carriers = get_carriers(people)
    posts = list(carriers.values())
    return match_rows(
        matches,
        mine=may_see_of(people=people, section=Section.IDENTITY),
        carriers=carriers,
        posts=describe_posts(posts),
        deciding=awaiting_decision(people),
        rings=who_to_ring_of(posts=posts, at=at),
        at=at,
        may_open=who(request).has_role(CASEWORKERS),
    )
