"""From a first word about a child to a contact that somebody carries.

`look_before_recording` and `take_contact` are what the one page of the front door calls.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import EVERYDAY, FRONT_DOOR, Section
from sightline.documents.operations import place_document
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, look, touch
from sightline.front_door.operations import record_contact
from sightline.front_door.permissions import refuse_unless_may_take_contacts
from sightline.front_door.rules import Agreement, InjuryGiven, Referrer, Story
from sightline.journeys.hidden_match import route_hidden_matches
from sightline.journeys.injuries import tell_of_second
from sightline.journeys.known import tell_carriers
from sightline.journeys.register_people import (
    NeedGiven,
    NewPerson,
    Tie,
    mention_again,
    mention_unidentified,
    register_people,
    tie_people,
)
from sightline.kernel.london import local_day
from sightline.partnership.queries import get_agency_post
from sightline.people.queries import list_network
from sightline.practice.answers import Answer, kept
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack
from sightline.record.operations import open_step
from sightline.record.queries import list_mentions
from sightline.record.rules import Concerned
from sightline.workforce.models import Team
from sightline.workforce.queries import front_door_post, get_post, list_posts

DRAFT_SIGHT = timedelta(hours=12)


@act("look_before_recording")
def look_before_recording(*, by: Actor, draft: UUID, people: Iterable[UUID], at: datetime) -> None:
    """Let a worker who is taking a contact read what is known about whom they have found.

    The sight is theirs alone, is recorded as a look, and ends with the day's work if no contact
    comes of it. Whoever is barred to them stays hidden: a bar beats every grant.
    """
    refuse_unless_may_take_contacts(by)
    found = list(dict.fromkeys(people))
    around = list_network(people=found)
    give_sight(
        people={*found, *around},
        reader=by.id,
        because="taking_contact",
        because_of=draft,
        sections=EVERYDAY,
        at=at,
        until=at + DRAFT_SIGHT,
    )
    spoken_of = {one.adult for one in list_mentions({*found, *around})} - {*found, *around}
    give_sight(
        people=spoken_of,
        reader=by.id,
        because="taking_contact",
        because_of=draft,
        sections=EVERYDAY,
        at=at,
        until=at + DRAFT_SIGHT,
    )
    look(by=by, people=found, what="what_is_known", because="taking_contact", at=at)


@act("take_contact")
def take_contact(
    *, by: Actor, contact: UUID, received_at: datetime, channel: str, referrer: Referrer, story: Story,
    concerned: Sequence[Concerned], at: datetime, new_people: Sequence[NewPerson] = (),
    agreements: Iterable[Agreement] = (), injuries: Iterable[InjuryGiven] = (), documents: Sequence[UUID] = (),
    together_with: UUID | None = None, ties: Sequence[Tie] = (), needs: Sequence[NeedGiven] = (),
    answers: Mapping[str, Answer] | None = None,
) -> UUID:  # fmt: skip
    """Record a contact, open what is owed because of it, and tell whoever carries these children.

    The contact is carried by the desk that took it until it is decided: one working day from
    receipt, or at once where somebody is in danger. The acknowledgement is owed as well. An injury that
    stands near another one of that child is told to whoever carries them. `answers` are those to the
    authority's own questions, by key; what its form does not ask is refused.
    """
    refuse_unless_may_take_contacts(by)
    desk, told_of = desk_of(by), tuple(injuries)
    people = [subject.person for subject in concerned]
    _give_desk_sight(desk, people, contact, at)
    register_people(by=by, people=new_people, at=at)
    tie_people(by=by, ties=ties, needs=needs, at=at)
    _place_documents(by, documents, people, sent_by=referrer, at=at)
    pack = current_pack(at)
    record_contact(
        by=by, contact=contact, received_at=received_at, channel=channel, referrer=referrer, story=story,
        concerned=concerned, post=desk, form=f"{pack.key}:{pack.version}", agreements=agreements, injuries=told_of,
        documents=documents, together_with=together_with, answers=kept(pack.form("contact"), answers or {}), at=at,
    )  # fmt: skip
    _mention(by, contact, concerned=concerned, new_people=new_people, agency=agency_of(referrer), at=at)
    owed = _owed(pack, story, received_at)
    _owe(by=by, contact=contact, people=people, desk=desk, owed=owed, at=at)
    end_sight(because_of=contact, reader=by.id, at=at)
    tell_carriers(contact=contact, people=people, at=at)
    _tell_of_injuries(told_of, contact, received_at=received_at, at=at)
    route_hidden_matches(by=by, contact=contact, people=new_people, at=at)
    touch(*people)
    return contact


def _place_documents(
    by: Actor, documents: Iterable[UUID], people: Iterable[UUID], *, sent_by: Referrer, at: datetime
) -> None:
    # What a member of the public sent can hold their name or address, so it is read where those are.
    section = Section.ORDINARY if sent_by.professional else Section.REFERRER_PUBLIC
    for document in documents:
        place_document(by=by, document=document, about=[(person, section) for person in people], at=at)


def _mention(
    by: Actor, contact: UUID, *, concerned: Iterable[Concerned], new_people: Sequence[NewPerson], agency: UUID | None,
    at: datetime,
) -> None:  # fmt: skip
    """Note where somebody unidentified is spoken of, for the first time and again."""
    subjects = list(concerned)
    children = [subject.person for subject in subjects if subject.part == "child"]
    known = {subject.person for subject in subjects} - {one.id for one in new_people}
    mention_unidentified(by=by, people=new_people, children=children, contact=contact, agency=agency, at=at)
    mention_again(by=by, adults=known, children=children, contact=contact, agency=agency, at=at)


def _tell_of_injuries(injuries: Iterable[InjuryGiven], contact: UUID, *, received_at: datetime, at: datetime) -> None:
    for hurt in injuries:
        day = hurt.happened_on or local_day(received_at)
        tell_of_second(child=hurt.child, seen_on=day, besides=contact, at=at)


def agency_of(referrer: Referrer) -> UUID | None:
    """The agency whose post tells us, where one does."""
    return get_agency_post(referrer.agency_post).agency_id if referrer.agency_post else None


def desk_of(by: Actor) -> UUID:
    """The desk's post that carries what this person takes: their own desk's, else the front door's."""
    for kind in (Team.Kind.EMERGENCY_DUTY, Team.Kind.FRONT_DOOR):
        for post in list_posts(team_kinds=[kind]):
            if post.id in by.posts and post.kind in ("duty", "emergency"):
                return post.id
    return front_door_post()


def _give_desk_sight(desk: UUID, people: list[UUID], contact: UUID, at: datetime) -> None:
    """The desk reads what it received, and what is already known about the people in it."""
    team = get_post(desk).team
    around = set(list_network(people=people)) - set(people)
    around |= {one.adult for one in list_mentions({*people, *around})} - set(people)
    give_sight(
        people=people, reader=team, because="contact", because_of=contact,
        sections=FRONT_DOOR, at=at,
    )  # fmt: skip
    give_sight(
        people=around, reader=team, because="contact", because_of=contact,
        sections=EVERYDAY, at=at,
    )  # fmt: skip


@dataclass(frozen=True)
class _Owed:
    """Something that is owed because of a contact, and by when, and by which rule."""

    kind: str
    due_at: datetime
    rule: str


def _owed(pack: Pack, story: Story, received_at: datetime) -> list[_Owed]:
    """The decision, at once where somebody is in danger now; and the acknowledgement."""
    deciding = "contact.immediate" if story.danger == "yes" else "contact.decide"
    clocks = {"decide_contact": deciding, "acknowledge": "feedback.acknowledge"}
    on = local_day(received_at)
    return [
        _Owed(kind, due_from(pack.timescale(clock, on), received_at), pack.cite(clock))
        for kind, clock in clocks.items()
    ]


def _owe(*, by: Actor, contact: UUID, people: list[UUID], desk: UUID, owed: list[_Owed], at: datetime) -> None:
    for one in owed:
        open_step(
            by=by,
            kind=one.kind,
            post=desk,
            people=people,
            due_at=one.due_at,
            due_rule=one.rule,
            arose_from=contact,
            subject=contact,
            sections=FRONT_DOOR,
            at=at,
        )
