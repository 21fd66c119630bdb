"""Who belongs to the core group of a plan, from the record: whoever works with the children, us, and their parents."""

from dataclasses import dataclass
from uuid import UUID

from sightline.partnership.queries import list_involved
from sightline.web.plans.choosing import Agreeing, those_who_agree
from sightline.web.plans.opening import PlanOpened
from sightline.workforce.queries import describe_posts


@dataclass(frozen=True)
class Member:
    """One of them: who, and by which key the record knows them. `title` is the whole line."""

    title: str
    name: str = ""
    role: str = ""
    agency_post: UUID | None = None
    post: UUID | None = None
    person: UUID | None = None
    family: bool = False

    @property
    def prefix(self) -> str:
        """Of the form for them."""
        return f"m{self.agency_post or self.post or self.person}"

    @property
    def short(self) -> str:
        """Their name, or their post where nobody knows who stands in it."""
        return self.name or self.title


def members_of(here: PlanOpened) -> list[Member]:
    """The parents first, then whoever carries the plan, then each agency; each once."""
    children = here.on_it
    parents = [_parent(one) for one in those_who_agree(children, here.opened.today) if one.person not in children]
    ours = [Member(words, post=post) for post, words in _ours(here).items()]
    theirs: dict[UUID, Member] = {}
    for one in list_involved(children):
        if one.to_on is None and one.agency_post not in theirs:
            title = ", ".join(part for part in (one.name, one.role or one.title, one.agency) if part)
            theirs[one.agency_post] = Member(title, name=one.name, role=one.role, agency_post=one.agency_post)
    return [*parents, *ours, *sorted(theirs.values(), key=lambda one: one.title)]


def _parent(one: Agreeing) -> Member:
    return Member(f"{one.name}, {one.capacity}", name="", role=one.capacity[:120], person=one.person, family=True)


def _ours(here: PlanOpened) -> dict[UUID, str]:
    post = here.plan.line.post
    return describe_posts([post]) if post else {}
