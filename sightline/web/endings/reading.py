"""An ending as it stands on the record: the closing summary, and what was open with what was said of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import may_see_of
from sightline.doorway.acts import look
from sightline.journeys.end_involvement import reason_words
from sightline.kernel.errors import NotFound
from sightline.partnership.queries import list_involved, list_messages
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.models import Entry
from sightline.record.queries import get_entry, list_endings, list_left_open
from sightline.web.asked import now, who
from sightline.web.disagreements.linking import disagree_url
from sightline.web.presenters import endings as rows
from sightline.web.presenters.steps import names_of
from sightline.web.presenters.words import full_moment
from sightline.workforce.queries import account_names

NO_ENDING = "There is no such ending on a record that you work with."


def ended(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The page; `ended`."""
    by, at = who(request), now()
    found = get_entry(entry)
    children = [one.person for one in found.subjects]
    if found.kind != Entry.Kind.CLOSURE or not may_see_of(people=children):
        raise NotFound(NO_ENDING)
    look(by=by, people=children, what="ending", at=at)
    headers = get_names(people=children)
    left = list_left_open([found.id, found.root])
    rows_left = [one for lines in left.values() for one in lines]
    ending = next((one for one in list_endings(children) if one.entry in {found.id, found.root}), None)
    names = account_names([found.author, *(one.by for one in rows_left), *([ending.asked_by] if ending else [])])
    context = {
        "entry": found,
        "child": next(iter(headers), None),
        "names": names_of(children, headers),
        "summary": rows.summary_rows(
            ending, reason=reason_words(current_pack(at), ending.reason), who=names.get(ending.asked_by, "A colleague")
        )
        if ending
        else [],
        "disagree_url": disagree_url(by, next(iter(headers), None), "ending", found.id),
        "paragraphs": [one.text for one in found.passages],
        "authorised": f"{names.get(found.author, 'A manager')}, {full_moment(found.recorded_at)}",
        "left": rows.left_rows(rows_left, names),
        "involved": rows.involved_rows(list_involved(children), list_messages(entry), entry),
    }
    return render(request, "endings/ended.html", context)
