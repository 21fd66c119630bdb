"""A new person who is probably somebody whose record is closed to whoever registered them.

The worker gets the ordinary page and learns nothing. The question goes to the post that carries the
closed person, which may read the new contact. Where that record is restricted, the new person is found
by nobody else until it is answered, so that no second record stands unprotected beside the first.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.access.models import Identity
from sightline.access.operations import give_sight, link_identity
from sightline.access.reading_bars import Routing, routing_of
from sightline.access.restrictions import clear_twin, suspect_twin
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.journeys.register_people import NewPerson
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.references import new_id
from sightline.people.queries import hidden_matches
from sightline.record.operations import close_step, move_step, open_step, tell
from sightline.record.queries import OpenStep, get_carriers, get_open_episodes, get_step, list_steps_about
from sightline.workforce.queries import front_door_manager, list_occupants, posts_above, team_of

TWIN = "possible_twin"


def route_hidden_matches(*, by: Actor, contact: UUID, people: Iterable[NewPerson], at: datetime) -> None:
    """Ask the carrier of each closed probable match whether the new person is theirs."""
    for person in people:
        found = hidden_matches(
            given=person.given,
            family=person.family,
            birth_date=person.birth_date if person.birth == "exact" else None,
            expected_date=person.expected_date,
            lines=person.lines,
            postcode=person.postcode,
            numbers=tuple(value for _, value in person.numbers),
            at=at,
        )
        for closed, restricted in found.items():
            routing = routing_of(closed) if restricted else None
            if routing is None:
                _ask_carrier(person.id, closed, contact, at)
            else:
                ask_of_twin(by=by, person=person.id, restricted=closed, routing=routing, contact=contact, at=at)


def _ask_carrier(person: UUID, closed: UUID, contact: UUID, at: datetime) -> None:
    """The worker alone is kept away from them: whoever carries them reads the contact, with their team."""
    post = get_carriers([closed]).get(closed) or front_door_manager()
    give_sight(people=[person], reader=team_of(post), because="possible_match", because_of=contact, at=at)
    tell(post=post, kind="possible_match", person=closed, subject=contact, at=at)


def ask_of_twin(
    *, by: Actor, person: UUID, restricted: UUID, routing: Routing, contact: UUID | None, at: datetime
) -> UUID:
    """Hide somebody new who may be a restricted person, and ask whoever carries that person. Returns the step.

    It is carried by whoever carries them and reads their record, else by the reviewer: who need not be among the
    readers, and is told that the restriction asks something of them. Only that post is given sight of the new
    person, and not its team: not all of it may know.
    """
    carrier, step = _carrier_who_reads(restricted, routing), new_id()
    post = carrier or _reviewer(routing)
    suspect_twin(person=person, reviewer=post, reason="Registered with something that came in.", by=by.id, at=at)
    show_twin(person=person, step=step, post=post, at=at)
    open_step(by=by, kind=TWIN, post=post, people=[restricted], subject=person, step=step, at=at)
    tell(post=post, kind="possible_match", person=restricted, subject=contact, at=at)
    if carrier is None:
        tell(post=post, kind="restriction_asks", subject=routing.bar, at=at)
    return step


def show_twin(*, person: UUID, step: UUID, post: UUID, at: datetime) -> None:
    """Give the post that carries the question sight of the new person, for as long as it is open."""
    give_sight(people=[person], reader=post, because="possible_match", because_of=step, at=at)


def _carrier_who_reads(restricted: UUID, routing: Routing) -> UUID | None:
    carrier = get_carriers([restricted]).get(restricted)
    return carrier if carrier and routing.readers & set(list_occupants([carrier])) else None


def _reviewer(routing: Routing) -> UUID:
    return routing.reviewer if routing.reviewer in posts_above() else front_door_manager()


@act("answer_twin")
def answer_twin(*, by: Actor, step: UUID, same: bool, words: str, at: datetime) -> UUID:
    """Say whether somebody new is the restricted person or somebody else. Returns the key of the restricted person.

    Of one and the same person the restriction stands about both keys from that moment, and what was owed for
    the new key alone goes to whoever carries them. Refuses a step that is no such question, and no reason.
    """
    asked = get_step(step)
    if asked.kind != TWIN or asked.subject is None or not asked.people:
        raise NotFound("There is no such question among those that you are asked.")
    if not words.strip():
        raise Refusal("Say how you know, in a few words.", field="words")
    person, restricted = asked.subject, asked.people[0]
    touch(person, restricted, same=same)
    clear_twin(person=person, at=at)
    if same:
        _bring_home(by, asked, person, at)
        link_identity(person=person, same_as=restricted, kind=Identity.Kind.SAME, reason=words.strip(), by=by.id, at=at)
    else:
        _give_back(person, at)
    close_step(by=by, step=step, outcome=words.strip(), at=at)
    return restricted


def _give_back(person: UUID, at: datetime) -> None:
    """Whoever carries somebody new who was brought in by an import reads them, once they are somebody else."""
    for episode in get_open_episodes([person]).values():
        if episode.post is not None:
            give_sight(
                people=[person], reader=team_of(episode.post), because="allocation", because_of=episode.id, at=at
            )


def _bring_home(by: Actor, asked: OpenStep, person: UUID, at: datetime) -> None:
    """What is owed for the new key alone would be read by nobody where it lies."""
    for owed in list_steps_about(person=person):
        if owed.people == (person,) and owed.id != asked.id:
            move_step(by=by, step=owed.id, post=asked.post, at=at)
