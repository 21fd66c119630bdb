"""One disagreement: both views, where it stands, who resolves it by when, and how it ended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.disagreements.permissions import may_disagree
from sightline.disagreements.rules import MOVES
from sightline.partnership.permissions import may_send
from sightline.partnership.queries import describe_agency_posts, list_messages
from sightline.practice.queries import current_pack
from sightline.web.disagreements.opening import Disagreeing, open_disagreement
from sightline.web.disagreements.subjects import url_of
from sightline.web.presenters import disagreements as said
from sightline.workforce.queries import account_names, describe_posts


def disagreement(request: HttpRequest, step: UUID) -> HttpResponse:
    """The page; `disagreement`."""
    here = open_disagreement(request, step)
    found = here.found
    names = account_names([found.recorded_by, *(one.by for one in found.sides)])
    context = {
        "found": found,
        "names": here.names,
        "child": here.child,
        "recorded_by": names.get(found.recorded_by, "A colleague"),
        "between": said.title_line(found),
        "standing": said.standing(found, _how(here)),
        "clock": said.clock(found, here.at) if found.is_open else None,
        "carried": describe_posts([found.post]).get(found.post, ""),
        "sides": said.side_rows(found.sides, names),
        "stages": said.stage_rows(found.stages, here.at),
        "subject_url": url_of(found.subject_kind, found.subject, here.child),
        "may": MOVES[found.state].keys() if may_disagree(here.by) else (),
        "told": _told(here) if not found.is_open else [],
        "may_send": may_send(here.by),
    }
    return render(request, "disagreements/one.html", context)


def _how(here: Disagreeing) -> str:
    answers = current_pack(here.at).list("disagreement_resolved").options
    return next((str(one.label) for one in answers if one.key == here.found.resolved_how), "")


def _told(here: Disagreeing) -> list[dict[str, str]]:
    posts = describe_agency_posts(here.found.agency_posts)
    named = {key: f"{one.title}, {one.agency.name}" for key, one in posts.items()}
    sent = [one for one in list_messages(here.found.step) if one.kind == "outcome"]
    return said.told_rows(here.found, named, sent)
