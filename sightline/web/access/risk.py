"""What to know before a letter is written: who is at a protected address, and may be found through it."""

from collections.abc import Iterable
from uuid import UUID

from sightline.people.protecting_queries import at_risk
from sightline.people.queries import get_names
from sightline.web.presenters.protected import risk_lines


def risks_of_writing(*, to: Iterable[UUID | None], about: Iterable[UUID]) -> list[str]:
    """Sentences for the page of a letter; none where nobody is at risk. One query then."""
    found = at_risk(recipients=[one for one in to if one is not None], about=about)
    risks = [risk for every in found.values() for risk in every]
    names = get_names(people={key for one in risks for key in (one.person, one.recipient)}) if risks else {}
    return risk_lines(risks, names)
