"""Who can be a side of a disagreement: those who work with the child first, then us, then every agency."""

from collections.abc import Iterable
from uuid import UUID

from sightline.disagreements.rules import SideGiven
from sightline.doorway.actor import Actor
from sightline.journeys.disagree import own_post
from sightline.partnership.queries import InvolvedView, list_involved
from sightline.web.asked import key_in
from sightline.web.plans.choosing import agency_choices, post_choices
from sightline.web.plans.forms import Choices

WORKS_WITH, OURS, THEIRS = "with:", "post:", "agency:"


class SideChoices:
    """The lists of a form, each read once, and what was chosen in them as a side."""

    def __init__(self, by: Actor, children: Iterable[UUID]) -> None:
        self.by = by
        self.involved: dict[UUID, InvolvedView] = {
            one.id: one for one in list_involved(children) if one.to_on is None and not one.closed
        }
        self.posts = post_choices(by)
        self.mine = own_post(by)

    @property
    def sides(self) -> Choices:
        """Grouped, for one list."""
        working = [(f"{WORKS_WITH}{one.id}", _called(one)) for one in self.involved.values()]
        ours = [(f"{OURS}{key}", words) for key, words in self.posts]
        agencies = [(name, [(f"{THEIRS}{key}", words) for key, words in held]) for name, held in agency_choices()]
        groups = [("Who works with them", working), ("In this authority", ours), *agencies]
        return [(name, held) for name, held in groups if held]

    def side(self, chosen: str, name: str, words: str) -> SideGiven:
        """What was chosen and written. Nothing chosen is whoever fills the form in."""
        kind, _, text = chosen.partition(":")
        key = key_in(text)
        if not chosen:
            return SideGiven(name=name, words=words, post=self.mine)
        if f"{kind}:" == WORKS_WITH and key in self.involved:
            one = self.involved[key]
            return SideGiven(name=name or one.name, words=words, agency_post=one.agency_post)
        if f"{kind}:" == THEIRS:
            return SideGiven(name=name, words=words, agency_post=key)
        return SideGiven(name=name, words=words, post=key)


def _called(one: InvolvedView) -> str:
    return ", ".join(part for part in (one.name, one.title, one.agency) if part)
