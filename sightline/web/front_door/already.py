"""Reading what is already known about the people in a contact: a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.assessments.queries import SignedView, list_signed
from sightline.court.queries import PreProceedingsLine, list_pre_proceedings
from sightline.front_door.models import Injury
from sightline.front_door.queries import ContactView, get_series, list_contacts_about, list_injuries
from sightline.front_door.rules import Series
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.people.queries import (
    PersonName,
    Related,
    Unidentified,
    get_names,
    list_households_of,
    list_network,
    list_relationships_of,
    list_unidentified,
)
from sightline.plans.queries import EarlierView, PlanLine, list_earlier, list_plans
from sightline.practice.spec import Pack
from sightline.record.queries import (
    CarriedEpisode,
    EntryView,
    MentionGroup,
    list_entries,
    list_episodes,
    list_mentions,
)
from sightline.recording.queries import InjuryView
from sightline.recording.queries import list_injuries as list_recorded
from sightline.workforce.queries import Ring, describe_posts, who_to_ring_of


@dataclass(frozen=True)
class Already:
    """What the authority knows, before it is put into words. `on` is the day from which the series is counted.

    `injuries` were reported to the front door, `recorded` by whoever works with the child; `rings` is by post.
    """

    people: tuple[UUID, ...]
    headers: Mapping[UUID, PersonName]
    ties: Mapping[UUID, list[Related]]
    households: Mapping[UUID, list[UUID]]
    episodes: Sequence[CarriedEpisode]
    carriers: Mapping[UUID, str]
    contacts: Sequence[ContactView]
    stories: Mapping[UUID, EntryView]
    series: Series
    injuries: Sequence[Injury]
    recorded: Sequence[InjuryView]
    rings: Mapping[UUID, Ring]
    mentions: Sequence[MentionGroup]
    unidentified: Sequence[Unidentified]
    signed: Sequence[SignedView]
    plans: Sequence[PlanLine]
    earlier_plans: Mapping[UUID, list[EarlierView]]
    before_court: Sequence[PreProceedingsLine]
    on: date

    @property
    def children(self) -> list[UUID]:
        """The children in the contact."""
        return [key for key in self.people if key in self.headers and self.headers[key].kind == "child"]


def read_already(people: Iterable[UUID], *, pack: Pack, at: datetime, besides: UUID | None = None) -> Already:
    """What is known about these people and those around them; `besides` is the contact at hand.

    `at` is when that came in: a case that closed shortly before stays so, whenever the page is read.
    """
    wanted = tuple(dict.fromkeys(people))
    headers = get_names(people={*wanted, *list_network(people=wanted)})
    around = [key for key, header in headers.items() if header.kind == "child"]
    children = [key for key in wanted if key in headers and headers[key].kind == "child"]
    episodes = list_episodes(around)
    contacts = [one for one in list_contacts_about(around) if one.id != besides]
    mentions = list_mentions(around)
    day = local_day(at)
    return Already(
        people=wanted,
        headers=headers,
        ties=list_relationships_of(people=wanted),
        households=list_households_of(people=wanted),
        episodes=episodes,
        carriers=describe_posts([one.post for one in episodes if one.post is not None]),
        contacts=contacts,
        stories=list_entries([one.id for one in contacts]),
        series=get_series(
            children,
            on=day,
            window_days=pack.timescale("series.window", day).length,
            sources=pack.threshold("series.sources", day).number,
        ),
        injuries=[one for one in list_injuries(around) if one.contact_id != besides],
        recorded=[one for found in list_recorded(around).values() for one in found],
        rings=who_to_ring_of(posts=sorted({one.post for one in episodes if one.post and one.closed_on is None}), at=at),
        mentions=mentions,
        unidentified=list_unidentified(people={*headers, *(one.adult for one in mentions)}),
        signed=list_signed(around),
        plans=list_plans(around, only_open=False),
        earlier_plans=list_earlier(around),
        before_court=list_pre_proceedings(around, at),
        on=day,
    )


def responsible_for(already: Already) -> list[UUID]:
    """Who is recorded with parental responsibility for a child in the contact."""
    found = [
        tie.other
        for child in already.children
        for tie in already.ties.get(child, [])
        if tie.reads and tie.parental_responsibility and tie.true_to is None
    ]
    return [person for person in dict.fromkeys(found) if person in already.headers]


def teller_words(contact: ContactView, posts: Mapping[UUID, AgencyPost], pack: Pack) -> str:
    """Who told us, for a list: a post at an agency; a member of the public is never named."""
    if not contact.professional:
        return "A member of the public"
    post = posts.get(contact.agency_post) if contact.agency_post else None
    if post is not None:
        return f"{post.title}, {post.agency.name}"
    return str(pack.list("source").option(contact.capacity).label)
