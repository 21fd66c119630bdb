"""Opening a disagreement: whether the reader may, and that they did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from sightline.disagreements.permissions import refuse_unless_may_disagree
from sightline.disagreements.queries import DisagreementView, get_disagreement
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound
from sightline.people.queries import PersonName, get_names
from sightline.web.asked import now, who
from sightline.web.presenters.steps import names_of

NO_DISAGREEMENT = "There is no such disagreement among the children that you work with."


@dataclass(frozen=True)
class Disagreeing:
    """A disagreement that somebody opened, and the children whom they may see."""

    by: Actor
    at: datetime
    found: DisagreementView
    headers: dict[UUID, PersonName]

    @property
    def names(self) -> str:
        """The children, as one says them."""
        return names_of(self.found.children, self.headers)

    @property
    def child(self) -> UUID | None:
        """The child whose record it was opened from, or the first."""
        return next((one for one in self.found.children if one in self.headers), None)


def open_disagreement(request: HttpRequest, step: UUID) -> Disagreeing:
    """Absent and hidden are the same refusal."""
    by, at = who(request), now()
    found = get_disagreement(step)
    if not found.children:
        raise NotFound(NO_DISAGREEMENT)
    look(by=by, people=list(found.children), what="disagreement", at=at)
    return Disagreeing(by, at, found, dict(get_names(people=found.children)))


def open_to_write(request: HttpRequest, step: UUID) -> Disagreeing:
    """The same, for whoever may add to it."""
    here = open_disagreement(request, step)
    refuse_unless_may_disagree(here.by, here.found.children)
    return here
