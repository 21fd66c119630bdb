"""Whom and what the forms of plans let a worker choose among, each read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.conferences.queries import kept_out_of
from sightline.doorway.actor import Actor
from sightline.kernel.ages import age_in_years
from sightline.kernel.london import local_day
from sightline.partnership.queries import list_agency_posts
from sightline.people.queries import PersonName, get_names, list_relationships_of
from sightline.plans.rules import AGREES_FOR_THEMSELVES
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened
from sightline.web.plans.forms import Choices
from sightline.web.presenters.kept_out import kept_out_lines
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing
from sightline.workforce.queries import describe_posts, list_posts

OURS, THEIRS = "post:", "agency:"


@dataclass(frozen=True)
class Lead:
    """Who was chosen to lead: a post of ours, or one at an agency with whoever stands in it."""

    post: UUID | None = None
    agency_post: UUID | None = None
    name: str = ""


def lead_in(chosen: str, name: str) -> Lead:
    """What was chosen in a list of `lead_choices`; nobody where nothing was."""
    if chosen.startswith(OURS):
        return Lead(post=key_in(chosen.removeprefix(OURS)))
    if chosen.startswith(THEIRS):
        return Lead(agency_post=key_in(chosen.removeprefix(THEIRS)), name=name.strip())
    return Lead()


def children_among(headers: Mapping[UUID, PersonName], today: date) -> list[tuple[str, str]]:
    """Children with their ages, since brothers can share a name; whoever has died is left out."""
    children = [one for one in headers.values() if one.kind == "child" and one.death_date is None]
    return [(str(one.id), f"{shown_name(one)}, {one.age_words(today)}") for one in sorted(children, key=shown_name)]


@dataclass(frozen=True)
class Agreeing:
    """Somebody whose agreement is asked for, and what they are: "mother of Rosie and Jack".

    `folded` is a child who is too young to agree for themselves; what they say can be written all the same.
    `kept_out` says that a chair keeps them out of conferences.
    """

    person: UUID
    name: str
    capacity: str
    folded: bool = False
    kept_out: str = ""


def those_who_agree(children: Iterable[UUID], today: date) -> list[Agreeing]:
    """Each holder of parental responsibility, then the children themselves. Whoever is not yet born is not asked."""
    keys = list(children)
    of: dict[UUID, tuple[str, list[UUID]]] = {}
    for child, ties in list_relationships_of(people=keys).items():
        for tie in ties:
            if tie.reads and tie.parental_responsibility:
                of.setdefault(tie.other, (tie.label, []))[1].append(child)
    headers, kept_out = get_names(people=[*of, *keys]), kept_out_lines(kept_out_of(keys))
    adults = [
        Agreeing(
            one,
            shown_name(headers[one]),
            f"{label.lower()} of {_names(whose, headers)}",
            kept_out=kept_out.get(one, ""),
        )
        for one, (label, whose) in of.items()
        if one in headers
    ]
    young = [
        Agreeing(one, shown_name(headers[one]), "", folded=not agrees_alone(headers[one], today))
        for one in keys
        if one in headers and can_say(headers[one])
    ]
    return [*sorted(adults, key=lambda row: row.name), *sorted(young, key=lambda row: row.name)]


def _names(people: Iterable[UUID], headers: Mapping[UUID, PersonName]) -> str:
    return listing(sorted(shown_name(headers[one]) for one in people if one in headers))


def agrees_alone(header: PersonName, today: date) -> bool:
    """Whether this young person is asked for their own agreement."""
    return header.birth_date is not None and age_in_years(header.birth_date, today) >= AGREES_FOR_THEMSELVES


def can_say(header: PersonName) -> bool:
    """Whether this child is born and living."""
    return header.birth != "expected" and header.death_date is None


def post_choices(by: Actor) -> list[tuple[str, str]]:
    """Posts of this authority, one's own first."""
    named = describe_posts(post.id for post in list_posts())
    mine = [(str(post), f"Me: {words}") for post, words in named.items() if post in by.posts]
    others = [(str(post), words) for post, words in named.items() if post not in by.posts]
    return [*mine, *sorted(others, key=lambda one: one[1])]


def agency_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Posts at other agencies, under the agency that they stand in. Those that have closed are left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for post in list_agency_posts():
        found.setdefault(post.agency.name, []).append((str(post.id), post.title))
    return list(found.items())


def agency_leads() -> Choices:
    """The same, each with what tells it from a post of ours in one list."""
    return [(name, [(f"{THEIRS}{key}", words) for key, words in held]) for name, held in agency_choices()]


def lead_choices(posts: Choices) -> Choices:
    """Our posts and those at other agencies in one list."""
    return [("In this authority", [(f"{OURS}{key}", words) for key, words in posts]), *agency_leads()]


def today_of(opened: Opened) -> date:
    """The day on which the forms are filled in."""
    return local_day(opened.at)
