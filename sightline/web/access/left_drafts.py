"""What workers who left had typed and not sent, for the manager of their post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.doorway.acts import look
from sightline.doorway.roles import MANAGERS
from sightline.kernel.errors import NotPermitted
from sightline.people.queries import get_headers
from sightline.web import drafts
from sightline.web.asked import NOT_TYPED, key_in, now, who
from sightline.web.presenters.my_day import begun_words
from sightline.web.presenters.steps import shown_name
from sightline.workforce.left_drafts import LeftDraft, list_left_drafts
from sightline.workforce.queries import account_names

NO_WORDS = NOT_TYPED | {"key", "version"}


def left_drafts(request: HttpRequest) -> HttpResponse:
    """Each with who typed it and when; whom it is about and its words, where the reader may see them."""
    by = who(request)
    if not by.has_role(MANAGERS):
        raise NotPermitted("This is the managers' page. Your own work is under My day.")
    found = list_left_drafts()
    about = sorted({one.about for one in found if one.about})
    if about:
        look(by=by, people=about, what="left_drafts", at=now())
    headers, names = get_headers(people=about), account_names(one.account for one in found)
    rows = [
        {
            "title": drafts.NAMES.get(one.form, "Unfinished form")
            + (f" for {shown_name(headers[one.about])}" if one.about in headers else ""),
            "detail": f"{names.get(one.account, 'Somebody who left')}, saved {begun_words(one.saved_at)}",
            "words": words_of(one),
            "closed": one.body is None,
        }
        for one in found
    ]
    return render(request, "access/left-drafts.html", {"rows": rows})


def words_of(draft: LeftDraft) -> list[str]:
    """What was typed, without the keys and marks that a form keeps for itself."""
    typed = [
        str(value).strip()
        for name, values in (draft.body or {}).items()
        if name not in NO_WORDS
        for value in (values if isinstance(values, list) else [values])
    ]
    return [text for text in typed if text and key_in(text) is None]
