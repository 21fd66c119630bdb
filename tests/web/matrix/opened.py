"""What was opened in an emergency in the matrix's world, and is over."""

from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.journeys.emergency import open_in_emergency


def open_own(story: Telling, person: UUID) -> UUID:
    """By somebody of another team, two nights ago. Nobody has looked at it yet."""
    return open_in_emergency(
        by=story.who("nadia"), person=person, reason="found", words="qzurgent: she is at the hospital with me.",
        at=story.diary.at(2, "22:00"),
    )  # fmt: skip
