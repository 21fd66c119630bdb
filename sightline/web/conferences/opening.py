"""Opening a conference: whether the reader may, that they did, and who of it they may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from sightline.access.queries import may_see_of
from sightline.conferences.permissions import may_chair
from sightline.conferences.queries import InviteeView, MeetingView, get_meeting
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound
from sightline.people.queries import PersonHeader, get_headers
from sightline.web.asked import now, who
from sightline.web.casework.opening import Opened
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing

NONE_SUCH = "There is no such conference among the children that you work with."


@dataclass(frozen=True)
class MeetingOpened:
    """A conference that somebody opened, with everybody of it whom they may see."""

    opened: Opened
    view: MeetingView
    headers: Mapping[UUID, PersonHeader]

    @property
    def id(self) -> UUID:
        """Its step's key, which its pages stand under."""
        return self.view.step

    @property
    def children(self) -> list[UUID]:
        """Those whom it is about, as far as the reader may see them."""
        return [child for child in self.view.child_keys if child in self.headers]

    @property
    def names(self) -> str:
        """Whom it is about, for the page's heading."""
        return listing(shown_name(self.headers[child]) for child in self.children)

    @property
    def kind_words(self) -> str:
        """`Initial child protection conference`."""
        return self.view.kind_words

    @property
    def chairs(self) -> bool:
        """Whether the reader chairs this conference. A reviewing officer never does."""
        by = self.opened.by
        return may_chair(by) and self.view.chair_post in by.posts

    @property
    def open(self) -> bool:
        """Whether somebody can still be invited: it was neither recorded nor called off."""
        return not self.view.recorded and not self.view.called_off

    @property
    def back(self) -> tuple[str, str]:
        """The way back from a page of one thing to the conference."""
        return reverse("conference", args=[self.id]), "Back to the conference"

    def invitee(self, key: UUID) -> InviteeView:
        """One of those invited. Refuses another conference's as absent."""
        found = next((one for one in self.view.invitees if one.id == key), None)
        if found is None:
            raise NotFound(NONE_SUCH)
        return found


def open_meeting(request: HttpRequest, step: UUID) -> MeetingOpened:
    """Open it as the one who asks. Absent and hidden are the same refusal; the look is written first."""
    by, at = who(request), now()
    view = get_meeting(step)
    seen = may_see_of(people=view.child_keys)
    if not seen:
        raise NotFound(NONE_SUCH)
    look(by=by, people=sorted(seen), what="conference", at=at)
    people = {*seen, *(one.person for one in view.invitees if one.person)}
    headers = get_headers(people=people)
    first = next(child for child in view.child_keys if child in seen)
    return MeetingOpened(Opened(by, at, first, headers[first], readable=True, as_at=None), view, headers)
