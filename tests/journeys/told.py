"""One contact as a teacher or a neighbour brings it, and its decision."""

from typing import Any
from uuid import UUID

from sightline.front_door.deciding import Deciding
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.decide import decide
from sightline.journeys.register_people import NewPerson
from sightline.journeys.take_contact import take_contact
from sightline.kernel.references import new_id
from sightline.record.rules import Concerned
from tests.journeys.world import BEGIN, World

STORY = Story(saw_or_heard="A bruise on his arm", fears="He may be hurt", danger="no")
NEIGHBOUR = Referrer(capacity="acquaintance", source="1B", professional=False, name="Nora Nearby", phone="01632 960777")


def take(world: World, *, at: Any = BEGIN, referrer: Referrer | None = None, **changes: Any) -> tuple[UUID, UUID]:
    """The keys of the contact and of the child."""
    contact, child = new_id(), new_id()
    teacher = Referrer(
        capacity="school", source="2A", professional=True, name="Ms Teach", agency_post=world.school_lead
    )
    given = {
        "by": world.actor("Dee Marlow"), "contact": contact, "received_at": at, "channel": "phone",
        "referrer": referrer or teacher, "story": STORY, "concerned": [Concerned(child)],
        "new_people": [NewPerson(id=child, kind="child", given="Leo", family="Reed")], "at": at,
    }  # fmt: skip
    take_contact(**(given | changes))
    world.let_watch([child], at)
    return contact, child


def decided(world: World, contact: UUID, outcome: str, *, at: Any = BEGIN, **changes: Any) -> UUID:
    """Decided by the front door's social worker."""
    given = {"reason": "The bruise has two accounts.", "need": "N1", "agreement": True, "other_authority": "Weirshire"}
    deciding = Deciding(outcome=outcome, **(given | changes))
    return decide(by=world.actor("Sol Abara"), contact=contact, given=deciding, at=at)
