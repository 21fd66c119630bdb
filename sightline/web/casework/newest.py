"""What was recorded last about anybody whom a worker may read about, wherever it was recorded."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.doorway.acts import look
from sightline.doorway.roles import RECORD_READERS
from sightline.kernel.errors import NotPermitted
from sightline.people.queries import get_names
from sightline.record.queries import EntryView, count_mine, list_newest_of_mine
from sightline.web.asked import now, who
from sightline.web.presenters.newest import COLUMNS, count_words, newest_rows
from sightline.workforce.queries import account_names


def newest(request: HttpRequest) -> HttpResponse:
    """The newest fifty, and of how many. Everybody who is named was looked at, and that is recorded."""
    by, at = who(request), now()
    if not by.has_role(RECORD_READERS):
        raise NotPermitted("This page is for those who work with families.")
    found, mine = list_newest_of_mine(), count_mine()
    headers = get_names(people=_people(found))
    look(by=by, people=list(headers), what="newest", at=at)
    authors = account_names([one.author for one in found])
    return render(
        request,
        "casework/newest.html",
        {"columns": COLUMNS, "rows": newest_rows(found, headers, authors), "count": count_words(mine)},
    )


def _people(found: Sequence[EntryView]) -> set[UUID]:
    return {subject.person for one in found for subject in one.subjects}
