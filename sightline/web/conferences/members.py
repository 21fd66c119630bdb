"""Who belongs to the core group of a plan, from the record: whoever works with the children, us, and their parents."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.conferences.queries import invitees_of, kept_out_of, list_meetings
from sightline.partnership.queries import list_involved
from sightline.web.plans.choosing import Agreeing, those_who_agree
from sightline.web.plans.opening import PlanOpened
from sightline.web.presenters.kept_out import kept_out_lines
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
    def keys(self) -> set[UUID]:
        """By which key the record knows them."""
        return {key for key in (self.agency_post, self.post, self.person) if key}

    @property
    def prefix(self) -> str:
        """Of the form for them."""
        return f"m{self.agency_post or self.post or self.person}"

    @property
    def short(self) -> str:
        """Their name, or their post where nobody knows who stands in it."""
        return self.name or self.title


THERE = frozenset({"there", "in_part", "deputy"})


def members_of(here: PlanOpened) -> list[Member]:
    """Whoever came to the last core group or conference first; then the parents, whoever carries the plan, agencies.

    Whoever a chair keeps out of conferences on these children is not among them: `kept_out_among` says so.
    """
    came, kept_out = _came(here.on_it), set(kept_out_lines(kept_out_of(here.on_it)))
    listed = [one for one in _everybody(here) if not kept_out & one.keys]
    return sorted(listed, key=lambda one: not came & one.keys)


def kept_out_among(here: PlanOpened) -> list[str]:
    """Those who would be members, with since when a chair keeps them out."""
    lines = kept_out_lines(kept_out_of(here.on_it))
    return [f"{one.title}. {lines[key]}" for one in _everybody(here) for key in one.keys if key in lines]


def _came(children: Iterable[UUID]) -> set[UUID]:
    """Who was at the last meeting of these children that is recorded, by the keys of posts and people."""
    last = next((one.step for one in list_meetings(children) if one.held_at), None)
    listed = invitees_of([last], views=False)[last] if last else []
    return {key for one in listed if one.attendance in THERE for key in (one.agency_post, one.post, one.person) if key}


def _everybody(here: PlanOpened) -> list[Member]:
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
