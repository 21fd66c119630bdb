"""What somebody had typed about a person whose record was closed to them before it was sent.

The page of the form would answer that there is nothing. Whoever no longer works with a person takes their own words
away from here, to whoever does now. Where a record is restricted, or they are kept away from it, the words are kept
and not shown: a form holds what stood on the record beside what was typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import barred_of, may_see_of
from sightline.doorway.acts import look
from sightline.doorway.models import Draft
from sightline.doorway.queries import get_draft
from sightline.kernel.errors import NotFound
from sightline.people.queries import find_called
from sightline.record.queries import get_carriers
from sightline.web import drafts
from sightline.web.asked import NOT_TYPED, key_in, now, who
from sightline.web.presenters.my_day import begun_words
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import who_to_ring

NO_WORDS = NOT_TYPED | {"key", "version"}


@dataclass(frozen=True)
class Closed:
    """A draft whose person is no longer the writer's to read; `shown` says whether its words may be."""

    draft: Draft
    name: str
    shown: bool


def closed_among(found: Iterable[Draft]) -> dict[UUID, Closed]:
    """Those of these drafts whose person's record is closed to their writer now. One query where none is."""
    about = {one.id: one for one in found if one.about}
    people = {one.about for one in about.values() if one.about}
    unread = people - may_see_of(people=people)
    if not unread:
        return {}
    called = find_called(people=unread)
    barred = barred_of(people={*unread, *(key for one in about.values() for key in _keys_in(one.body))})
    # What is about no person, such as a decision on a contact, is neither found nor barred.
    return {
        key: Closed(one, shown_name(called[one.about]) if one.about in called else "", _may_show(one, barred))
        for key, one in about.items()
        if one.about in unread and (one.about in called or one.about in barred)
    }


def names_of_closed(found: Iterable[Draft]) -> dict[UUID, str]:
    """What the people of those drafts are called; empty for whoever is hidden from the writer."""
    return {key: one.name for key, one in closed_among(found).items()}


def _may_show(draft: Draft, barred: set[UUID]) -> bool:
    return draft.about not in barred and barred.isdisjoint(_keys_in(draft.body))


def _keys_in(body: Mapping[str, Any]) -> set[UUID]:
    """Every key that stands in a form: whoever else it is about is one of them."""
    given = (value for values in body.values() for value in (values if isinstance(values, list) else [values]))
    return {key for key in (key_in(value) for value in given) if key}


def words_in(body: Mapping[str, Any]) -> list[str]:
    """What was typed, without the keys and marks that a form keeps for itself."""
    typed = [
        str(value).strip()
        for name, values in body.items()
        if name not in NO_WORDS
        for value in (values if isinstance(values, list) else [values])
    ]
    return [text for text in typed if text and key_in(text) is None]


def own_words(request: HttpRequest, key: UUID) -> HttpResponse:
    """One's own words, to take away; where the record is open, the form itself. Nobody else's draft is there."""
    by, at = who(request), now()
    draft = get_draft(by=by, key=key)
    if draft is None:
        raise NotFound("There is no such draft of yours.")
    closed = closed_among([draft]).get(key)
    if closed is None:
        return redirect("resume", key=key)
    if closed.shown and draft.about:
        look(by=by, people=[draft.about], what="own_draft", at=at)
    post = get_carriers([draft.about]).get(draft.about) if closed.shown and draft.about else None
    context = {
        "key": key,
        "title": drafts.NAMES.get(draft.form, "Unfinished form") + (f" for {closed.name}" if closed.name else ""),
        "detail": f"Begun {begun_words(draft.begun_at)}, saved {begun_words(draft.saved_at)}",
        "shown": closed.shown,
        "words": words_in(draft.body) if closed.shown else [],
        "ring": who_to_ring(post=post, at=at) if post else None,
    }
    return render(request, "casework/own-words.html", context)
