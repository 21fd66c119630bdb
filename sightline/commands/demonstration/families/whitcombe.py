"""Skye Whitcombe, and a man of whom two agencies have spoken and whom nobody has identified."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.record.operations import mention_adult

SKYE, KELLY, LEE = "Skye Whitcombe", "Kelly Whitcombe", "Lee"
DRAWING, CALLOUT = "Skye's drawing", "Noise at Kelly's flat"


def tell(story: Telling) -> None:
    """The school, then the police: "mum's new partner, possibly called Lee"."""
    _school(story)
    _police(story)
    diary = story.diary
    casework.note(story, "Kelly about Lee", Note(
        about=[SKYE, KELLY], seen="seen",
        text="Visited without notice. Skye was watching television and showed her tooth. Kelly says that Lee is "
        "a friend who has stopped coming round, and does not know his surname. There was a man's work jacket in "
        "the hall.",
        to_do={"Ask the police and housing again who Lee is": ("worker-1-family-support-2", diary.in_weeks(1))},
    ), by="jane", at=diary.at(6, "16:15"))  # fmt: skip


def _school(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    story.take(
        DRAWING, by="dipa", at=diary.at(17, "15:20"), channel="phone", referrer=referrer,
        saw="Skye drew a man with a red face and said: that's Lee, he shouts through the door. She is six. Her mother "
        "came to the gate with a cut lip and said she walked into a cupboard.",
        fears="That mum's new partner, possibly called Lee, is hurting her and that Skye sees it.",
        new=[
            story.child(SKYE, diary.years_old(6, 77), "F"),
            story.adult(KELLY, "F", diary.years_old(27, 3)),
            story.somebody(LEE, "Mum's new partner, possibly called Lee", "M"),
        ],
    )  # fmt: skip
    at = diary.at(17, "15:40")
    story.related(KELLY, SKYE, "mother", by="dipa", at=at, parental_responsibility=True)
    story.home([SKYE, KELLY], "Flat 11, Granary House, Hallowby", "QX1 6HW", by="dipa", at=at)
    desk.acknowledge(story, DRAWING, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.ask(
        story, DRAWING, "police", "police-hub", by="dipa", at=diary.at(17, "15:55"),
        question="Who is Lee, and has anybody been called to Granary House this year?",
        reason="A child of six speaks of a man who shouts, and her mother has a cut lip.",
    )  # fmt: skip
    desk.agency_answers(
        story, DRAWING, by="tomas", at=diary.at(16, "11:10"), told_by="Northmere Police, public protection desk",
        section="police",
        text="One call about shouting, some months ago. Nobody arrested. A man gave the name Lee Marsden and no "
        "address that could be checked; this is not verified.",
    )  # fmt: skip
    desk.settle(
        story, DRAWING, "referral_assessment", by="tomas", at=diary.at(16, "14:20"), need="N1",
        reason="A child hears violence and her mother is hurt. The man is not identified, so that nobody can say what "
        "he has done before.",
        would_change="If he were identified, checked, and known not to be in the home.",
        history_bears="One earlier police call, about the same flat and the same first name.",
    )  # fmt: skip
    desk.tell_outcome(story, DRAWING, by="tomas", at=diary.at(16, "15:00"), heard=desk.answer_to(referrer))
    casework.give(
        story, [SKYE], "worker-1-family-support-2", by="margaret", at=diary.at(16, "15:30"), reason="Jane has room."
    )


def _police(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("police", "police-hub", "PC 4471 Anwar, public protection desk")
    story.take(
        CALLOUT, by="dipa", at=diary.at(8, "09:40"), channel="police_notification", known=[SKYE, KELLY, LEE],
        referrer=referrer,
        saw="Called at 23:10 by a neighbour. Kelly came to the door and said all was well. A man was in the "
        "kitchen and left by the back; she called him Lee. Skye was in bed and awake. No visible injury to anybody.",
        fears="Domestic abuse with a child in the home.",
    )  # fmt: skip
    mention_adult(
        by=story.who("dipa"), adult=story.people[LEE], child=story.people[SKYE], entry=story.contacts[CALLOUT],
        agency=story.authority.agencies["northmere-police"], words="A man Kelly called Lee, about 30, work jacket",
        at=diary.at(8, "09:50"),
    )  # fmt: skip
    desk.acknowledge(story, CALLOUT, by="dipa", at=diary.at(8, "10:00"), heard=desk.answer_to(referrer))
    desk.settle(
        story, CALLOUT, "passed_to_allocated_worker", by="tomas", at=diary.at(8, "12:30"),
        reason="Jane Smith is assessing now and must have this today: it is the second report of the same man.",
        would_change="Any injury, or Kelly asking for help to leave, makes this a strategy discussion.",
        history_bears="The school's concern, and the earlier call.",
    )  # fmt: skip
    desk.tell_outcome(story, CALLOUT, by="tomas", at=diary.at(8, "13:00"), heard=desk.answer_to(referrer))
