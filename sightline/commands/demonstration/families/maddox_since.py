"""Carys Maddox's baby, since: a conference before birth, next week, and one answer that waits for the chair."""

from sightline.commands.demonstration import desk, helping, protecting
from sightline.commands.demonstration.families.maddox import BABY, CARYS, MORGAN
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.operations import take_report

AOIFE, MIDWIFE, NURSE = "worker-2-family-support-2", "Adaeze Obi", "Femi Lawal"
VISITOR, POLICE = "Brigid Nolan", "DS Ana Whitfield"


def tell(story: Telling) -> None:
    """Two have answered, the midwife's report is in and Carys has not read it, and nobody has told Morgan."""
    _discussed(story)
    diary, at = story.diary, story.diary.at(6, "10:00")
    conference = protecting.convene(
        story, [BABY], by="aoife", at=at, starts_at=diary.ahead(5, "10:30"), place="Tern Room, Quayside House"
    )
    protecting.ask(story, conference, "Aoife Brennan", post=AOIFE, role="Social worker", at=at)
    protecting.ask(story, conference, MIDWIFE, mailbox="hospital-midwives", role="Midwife", report=True, at=at)
    protecting.ask(story, conference, NURSE, mailbox="hospital-safeguarding", role="Safeguarding nurse", at=at)
    protecting.ask(story, conference, VISITOR, mailbox="hospital-visitors", role="Health visitor", report=True, at=at)
    protecting.ask(story, conference, POLICE, mailbox="police-hub", role="Detective sergeant", at=at)
    protecting.ask(story, conference, CARYS, role="Mother", at=at, safe="yes",
                   because="She reads her post at the clinic, alone.")  # fmt: skip
    protecting.ask(story, conference, MORGAN, role="Father", at=at, told=False, safe="no",
                   because="He answers for her, and she has asked twice who would be in the room.")  # fmt: skip
    desk.opened(conference.sent[VISITOR], at=diary.at(5, "09:15"))
    protecting.writes(
        conference, NURSE, "Two seizures since the summer, both alone. With the tablets she has had none.",
        at=diary.at(5, "11:20"), for_plan="unsure",
    )  # fmt: skip
    protecting.writes(
        conference, MIDWIFE, "Carys comes to everything now. I would plan for the nights with her, and begin before "
        "the birth.", at=diary.at(4, "09:50"), for_plan="yes",
    )  # fmt: skip
    take_report(
        by=story.who("aoife"), invitee=conference.invitees[MIDWIFE], at=diary.at(4, "14:00"),
        words="Thirty weeks. The baby grows well. Carys has bought a cot and asks good questions about seizures. "
        "Morgan speaks for her when he is there, and waits in the car when she asks him to.",
    )  # fmt: skip


def _discussed(story: Telling) -> None:
    diary = story.diary
    helping.works_with(story, [BABY], "hospital-midwives", MIDWIFE, "Community midwife", by="aoife",
                       at=diary.at(11, "16:00"))  # fmt: skip
    protecting.discuss(
        story, "Carys had a seizure alone at home, eight weeks before the baby comes.",
        {BABY: ("goes_on", "No enquiry is begun before a birth here. A conference is convened.")},
        [
            protecting.us(story, AOIFE, "Aoife Brennan", "Social worker"),
            protecting.there(story, "hospital-midwives", MIDWIFE, "Community midwife",
                             "She told me of it herself, on the same day."),
            protecting.there(story, "police-hub", POLICE, "Detective sergeant",
                             "Morgan Teale is known for two arguments with neighbours, and for nothing else."),
        ],
        by="aoife", at=diary.at(8, "15:30"), manner="single", medical="not_needed",
        medical_because="The epilepsy nurse saw her the next day.", safety="Her friend Nia stays with her at night.",
    )  # fmt: skip
