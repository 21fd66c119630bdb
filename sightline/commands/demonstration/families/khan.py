"""Mina Khan-Rossi: handed over undecided at the front door's closing, and accepted by name."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling

MINA, LUCA = "Mina Khan-Rossi", "Luca Rossi"
LATE = "Mina does not want to go home"


def tell(story: Telling) -> None:
    """The school rang at ten to five."""
    diary = story.diary
    story.take(
        LATE, by="dipa", at=diary.at(1, "16:50"), channel="phone",
        referrer=story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead"),
        saw="Mina, ten, would not leave after club. She said there is a row at home about the court and that "
        "both of them will ask her to choose. Her father has come and she went with him in the end.",
        fears="That she runs off in the night, as she did once before.",
        new=[story.child(MINA, diary.years_old(10, 12), "F"), story.adult(LUCA, "M")],
    )  # fmt: skip
    at = diary.at(1, "16:58")
    story.parents({LUCA: "father"}, [MINA], by="dipa", at=at)
    story.home([MINA, LUCA], "5 Observatory Hill, Hallowby", "QX2 9FD", by="dipa", at=at)
    desk.hand_to_night(
        story, LATE, by="dipa", at=diary.at(1, "17:05"), accepted=diary.at(1, "17:20"),
        words="Ring her father at seven to hear how she is, and her mother after eight: 01632 960881.",
    )  # fmt: skip
    desk.acknowledge(story, LATE, by="sanjay", at=diary.at(1, "17:25"))
