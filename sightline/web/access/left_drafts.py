"""What workers who left had typed and not sent, for the manager of their post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.doorway.acts import look
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotPermitted
from sightline.people.queries import get_names
from sightline.web import drafts
from sightline.web.asked import now, who
from sightline.web.closed_drafts import words_in
from sightline.web.presenters.my_day import begun_words
from sightline.web.presenters.steps import shown_name
from sightline.workforce.left_drafts import list_left_drafts
from sightline.workforce.queries import account_names


def left_drafts(request: HttpRequest) -> HttpResponse:
    """Each with who typed it and when; whom it is about and its words, where the reader may see them."""
    by = who(request)
    if not by.has_role(MANAGERS):
        raise NotPermitted("This is the managers' page. Your own work is under My day.")
    found = list_left_drafts()
    about = sorted({one.about for one in found if one.about})
    if about:
        look(by=by, people=about, what="left_drafts", at=now())
    headers, names = get_names(people=about), account_names(one.account for one in found)
    rows = [
        {
            "title": drafts.NAMES.get(one.form, "Unfinished form")
            + (f" for {shown_name(headers[one.about])}" if one.about in headers else ""),
            "detail": f"{names.get(one.account, 'Somebody who left')}, saved {begun_words(one.saved_at)}",
            "words": words_in(one.body or {}),
            "closed": one.body is None,
        }
        for one in found
    ]
    return render(request, "access/left-drafts.html", {"rows": rows})
