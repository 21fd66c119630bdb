"""What to know before a letter or a note is written: who is at a protected address, and may be found through it."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from sightline.people.protecting_queries import at_risk, holds_protected
from sightline.people.queries import get_names
from sightline.web.asked import body_of
from sightline.web.presenters.protected import place_lines, risk_lines


def risks_of_writing(*, to: Iterable[UUID | None], about: Iterable[UUID]) -> list[str]:
    """Sentences for the page of a letter; none where nobody is at risk. One query then."""
    found = at_risk(recipients=[one for one in to if one is not None], about=about)
    risks = [risk for every in found.values() for risk in every]
    names = get_names(people={key for one in risks for key in (one.person, one.recipient)}) if risks else {}
    return risk_lines(risks, names)


SEEN = "place_read"
"""Comes with a form whose page has said that it tells where somebody is safe."""


def tells_a_place(request: HttpRequest, about: Iterable[UUID]) -> bool:
    """Whether what was typed says where one of these people is safe, and the writer has not yet been asked about it.

    The page then shows `request.place_found` above the form, and sending it again saves it: nothing is blocked. Only
    whoever reads the address is warned. Anybody else who writes it by chance must not learn that it is there; what
    they write is read by those who read the record, and letters are read again before they go.
    """
    if request.POST.get(SEEN):
        return False
    words = "\n".join(one for several in body_of(request.POST).values() for one in several)
    found = holds_protected(words=words, about=about)
    request.place_found = place_lines(get_names(people=found).values())  # type: ignore[attr-defined]  # read by the page's template
    return bool(found)
