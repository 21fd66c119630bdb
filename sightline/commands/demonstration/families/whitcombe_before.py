"""Skye Whitcombe, half a year before: shouting at Granary House, and the first time that anybody said Lee."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.families.whitcombe import KELLY, SKYE
from sightline.commands.demonstration.telling import Telling

SHOUTING, CLASS = "Shouting at Granary House", "Skye's new class"


def tell(story: Telling) -> None:
    """The earlier call of which the police told again later; and a school that Skye had only just begun at."""
    diary = story.diary
    referrer = story.professional("police", "police-hub", "PC 2210 Mbeki, public protection desk")
    story.take(
        SHOUTING, by="dipa", at=diary.at(143, "09:05"), channel="police_notification", referrer=referrer,
        saw="A neighbour rang at 22:40 about shouting on the first floor. It had stopped when officers came. Kelly "
        "said that it was the television. A man on the landing gave the name Lee Marsden and no address that could be "
        "checked. Skye was asleep.",
        fears="None that officers saw; they are required to report it.",
        new=[story.child(SKYE, diary.years_old(6, 77), "F"), story.adult(KELLY, "F", diary.years_old(27, 3))],
    )  # fmt: skip
    at = diary.at(143, "09:25")
    story.related(KELLY, SKYE, "mother", by="dipa", at=at, parental_responsibility=True)
    story.home([SKYE, KELLY], "Flat 11, Granary House, Hallowby", "QX1 6HW", by="dipa", at=at)
    desk.acknowledge(story, SHOUTING, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, SHOUTING, "advice_and_information", by="tomas", at=diary.at(143, "14:10"),
        reason="One call, and nobody hurt. Kelly was rung: she lives alone with Skye, and has our number now.",
        would_change="A second call to the same door, or anything from Skye's school.",
        history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, SHOUTING, by="tomas", at=diary.at(143, "14:30"), heard=desk.answer_to(referrer))
    desk.finish(story, SHOUTING, "give_advice", by="tomas", at=diary.at(142, "10:30"),
                outcome="Rang Kelly. She was polite, and did not want to talk long.")  # fmt: skip
    _new_school(story)


def _new_school(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-office", "Desmond Cole, deputy safeguarding lead")
    story.take(
        CLASS, by="dipa", at=diary.at(96, "13:40"), channel="email", known=[SKYE, KELLY], referrer=referrer,
        saw="Skye came to Osier Lane three weeks ago from Tidewell Infants. No file has come with her, and Kelly does "
        "not answer when we ask why they moved her. She is quiet and draws all day.",
        fears="That the other school knew something, and that it stayed there.",
    )  # fmt: skip
    desk.acknowledge(story, CLASS, by="dipa", at=diary.at(96, "14:00"), heard=desk.answer_to(referrer))
    desk.settle(
        story, CLASS, "advice_and_information", by="tomas", at=diary.at(95, "11:20"),
        reason="Tidewell Infants was rung and has sent the file: late in the mornings, and well liked. Nothing else.",
        would_change="If Skye, or Kelly, says who lives with them.",
        history_bears="The police were at the flat once, not long ago. The school was told to ring at once.",
    )  # fmt: skip
    desk.tell_outcome(story, CLASS, by="tomas", at=diary.at(95, "11:40"), heard=desk.answer_to(referrer))
    desk.finish(story, CLASS, "give_advice", by="tomas", at=diary.at(95, "12:00"),
                outcome="Told Desmond Cole what came, and whom to ring.")  # fmt: skip
