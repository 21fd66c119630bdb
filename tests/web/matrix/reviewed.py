"""What a manager is to look at in the matrix's world: a restriction, a conflict of interest, and a possible twin."""

from uuid import UUID

from sightline.access.operations import give_sight
from sightline.access.reading_bars import list_reviewed, routing_of
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.journeys.hidden_match import ask_of_twin
from sightline.kernel.references import new_id
from sightline.people.operations import register_person


def to_review(story: Telling, *, own: UUID, restricted: UUID) -> dict[str, UUID | str]:
    """Their keys, by kind: the service manager's post reviews all three."""
    with acting(story.who("helen").id):
        bars = {one.person: one.id for one in list_reviewed()}
    return {"restriction": bars[restricted], "conflict": bars[own], "twin": _ask_of_twin(story, restricted)}


def _ask_of_twin(story: Telling, restricted: UUID) -> UUID:
    """The step. Whoever carries the child does not read her record, so that its reviewer is asked."""
    helen, at, person = story.who("helen"), story.diary.at(10, "16:00"), new_id()
    with acting(helen.id):
        give_sight(people=[person], reader=helen.id, because="taking_contact", because_of=None, at=at)
        register_person(by=helen, kind="child", person=person, given="Ann", family="Alike", at=at)
        routing = routing_of(restricted)
        assert routing is not None
        return ask_of_twin(by=helen, person=person, restricted=restricted, routing=routing, contact=None, at=at)
