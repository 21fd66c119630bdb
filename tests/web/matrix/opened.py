"""What was opened in an emergency in the matrix's world and is over, a child who was registered twice, and where a
worker lives.
"""

from uuid import UUID

from sightline.access.operations import give_sight
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.journeys.emergency import open_in_emergency
from sightline.journeys.own_home import say_own_home
from sightline.kernel.references import new_id
from sightline.people.operations import register_person


def open_own(story: Telling, person: UUID) -> UUID:
    """By somebody of another team, two nights ago. Nobody has looked at it yet."""
    return open_in_emergency(
        by=story.who("nadia"), person=person, reason="found", words="qzurgent: she is at the hospital with me.",
        at=story.diary.at(2, "22:00"),
    )  # fmt: skip


def register_again(story: Telling) -> UUID:
    """A second registration of the first child, which only their worker's team reads."""
    jane, person, at = story.who("jane"), new_id(), story.diary.at(2, "09:00")
    with acting(jane.id):
        for team in jane.teams:
            give_sight(people=[person], reader=team, because="contact", because_of=None, at=at)
        register_person(by=jane, kind="child", person=person, given="Twice", birth="unknown", at=at)
    return person


def give_home(story: Telling) -> None:
    """Jane alone has said where she lives, so that she alone can take it back."""
    say_own_home(by=story.who("jane"), lines="3 Qzhome Lane", postcode="QX7 7ZZ", at=story.diary.at(2, "09:30"))
