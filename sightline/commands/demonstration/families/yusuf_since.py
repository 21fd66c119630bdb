"""Zainab Yusuf, since: an enquiry into who gives her presents, and a conference that nobody has written up."""

from sightline.commands.demonstration import protecting
from sightline.commands.demonstration.families.yusuf import HALIMA, ZAINAB
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.operations import child_part

AOIFE, OFFICER, TEACHER, NURSE = "worker-2-family-support-2", "DS Ana Whitfield", "Hannah Reyes", "Femi Lawal"


def tell(story: Telling) -> None:
    """Yesterday at two it was held. What was decided is the chair's to write."""
    diary = story.diary
    protecting.discuss(
        story, "A girl of fourteen, out at night with older men, with a phone that she cannot account for.",
        {ZAINAB: ("enquiry", "Two men, presents, and nights away: this is how exploitation begins.")},
        [
            protecting.us(story, AOIFE, "Aoife Brennan", "Social worker"),
            protecting.there(story, "police-hub", OFFICER, "Detective sergeant",
                             "One of the two is known to us for running phones between towns."),
            protecting.there(story, "hospital-safeguarding", NURSE, "Safeguarding nurse", "Nothing known."),
        ],
        by="aoife", at=diary.at(13, "12:30"), manner="joint", medical="not_needed",
        medical_because="She says that nobody has touched her, and wants no doctor.",
        safety="Halima drives her to school, and has Aoife's number and the police's.",
    )  # fmt: skip
    protecting.conclude(
        story, {ZAINAB: ("continuing_risk", "They wait for her still, and she owes them the phone.")}, by="aoife",
        at=diary.at(8, "15:00"), media="not_seen", media_because="The police have her phone, still locked.",
    )  # fmt: skip
    at = diary.at(7, "10:10")
    conference = protecting.convene(
        story, [ZAINAB], by="aoife", at=at, starts_at=diary.at(1, "14:00"), place="Heron Room, Quayside House"
    )
    protecting.ask(story, conference, "Aoife Brennan", post=AOIFE, role="Social worker", at=at)
    protecting.ask(story, conference, OFFICER, mailbox="police-hub", role="Detective sergeant", at=at)
    protecting.ask(story, conference, TEACHER, mailbox="school-lead", role="Safeguarding lead", at=at)
    protecting.ask(story, conference, HALIMA, role="Aunt, who cares for her", at=at, safe="yes",
                   because="She asked us to ring her at work.")  # fmt: skip
    protecting.ask(story, conference, ZAINAB, role="Herself", at=at, safe="yes", because="She asked to come.")
    protecting.writes(
        conference, TEACHER, "She is on time when Halima brings her. She sits with her phone in both hands.",
        at=diary.at(6, "13:00"), for_plan="yes",
    )  # fmt: skip
    child_part(
        by=story.who("aoife"), meeting=conference.meeting, child=story.people[ZAINAB], part="written",
        words="I will come for ten minutes. Zainab comes, not Zee.", at=diary.at(4, "16:10"),
    )  # fmt: skip
