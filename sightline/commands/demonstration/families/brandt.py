"""Isaac Brandt, and an allegation about a football coach that is kept apart from his record."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling
from sightline.front_door.rules import Agreement

ISAAC, JUDITH = "Isaac Brandt", "Judith Brandt"
COACH = "The coach's messages"


def tell(story: Telling) -> None:
    """His mother rings; the designated officer takes it up."""
    diary = story.diary
    story.take(
        COACH, by="dipa", at=diary.at(2, "10:15"), channel="phone",
        referrer=story.public("family_member", "Judith Brandt", "07700 900321"),
        saw="Isaac's football coach writes to him after midnight and has asked him not to show his mother. She has "
        "pictures of the messages.",
        fears="What comes after the messages, and for the other boys.",
        new=[story.child(ISAAC, diary.years_old(12, 99), "M"), story.adult(JUDITH, "F")],
        agreements=[Agreement(told="yes", agrees="yes")],
    )  # fmt: skip
    at = diary.at(2, "10:30")
    story.parents({JUDITH: "mother"}, [ISAAC], by="dipa", at=at)
    story.home([ISAAC, JUDITH], "22 Mill Rise, Hallowby", "QX1 5GA", by="dipa", at=at)
    desk.acknowledge(story, COACH, by="dipa", at=at)
    desk.settle(
        story, COACH, "allegation_professional", by="tomas", at=diary.at(2, "11:10"),
        reason="A man in a position of trust writes to a boy of twelve in secret. His mother keeps Isaac safe; "
        "it is the man's work with children that must be looked into, and not put on Isaac's record.",
        would_change="If Isaac says that more has happened, a strategy discussion the same day.",
        history_bears="Nothing is known of the family.",
    )  # fmt: skip
