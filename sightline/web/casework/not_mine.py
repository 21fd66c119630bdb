"""Whose record is not the reader's: who they are, whom to ring, and the way to emergency access; nothing else."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.access.queries import may_only_be_known_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.doorway.roles import CASEWORKERS
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.people.models import Person
from sightline.people.permissions import may_search
from sightline.people.queries import PersonName, find_called
from sightline.record.queries import get_carriers
from sightline.web.asked import now, who
from sightline.web.casework.opening import Opened
from sightline.web.presenters.child import age_line
from sightline.workforce.queries import who_to_ring


def identity_only(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Somebody whom a colleague works with, and of whom the reader may know who they are."""
    return _card(request, opened.by, opened.header, today=opened.today, at=opened.at)


def whom_to_ring(request: HttpRequest, person: UUID) -> HttpResponse:
    """Somebody whose record is restricted and who may be known of, as searching would find them.

    Refuses all others as absent: whoever is hidden, whoever is not there, and roles that look for nobody.
    """
    by, at = who(request), now()
    called = (
        find_called(people=[person]).get(person) if may_search(by) and may_only_be_known_of(person=person) else None
    )
    if called is None:
        raise NotFound("There is no such record among those that you work with.")
    look(by=by, people=[person], what="identity", at=at)
    return _card(request, by, called, today=local_day(at), at=at, restricted=True)


def _card(
    request: HttpRequest, by: Actor, whose: PersonName, *, today: date, at: datetime,
    restricted: bool = False,
) -> HttpResponse:  # fmt: skip
    post = get_carriers([whose.id]).get(whose.id)
    return render(request, "casework/not-mine.html", {
        "name": whose.name, "is_child": whose.kind == Person.Kind.CHILD, "age": age_line(whose, today),
        "restricted": restricted, "ring": who_to_ring(post=post, at=at) if post else None,
        "emergency_url": reverse("emergency-open", args=[whose.id]) if by.has_role(CASEWORKERS) else "",
    })  # fmt: skip
