"""Carys Maddox's baby, who is not yet born."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.people.operations import add_need

BABY, CARYS, MORGAN = "Baby of Carys Maddox", "Carys Maddox", "Morgan Teale"
BOOKING = "Carys is expecting"


def tell(story: Telling) -> None:
    """A midwife's concern before birth. The allocated worker is away, and a colleague covers."""
    diary = story.diary
    referrer = story.professional("primary_health", "hospital-midwives", "Adaeze Obi, community midwife")
    story.take(
        BOOKING, by="dipa", at=diary.at(21, "10:20"), channel="form", referrer=referrer,
        saw="Carys booked late, at 24 weeks. She lived in foster homes from nine to eighteen and is afraid that "
        "we take the baby. She stopped her medicine for epilepsy when she found out. Her boyfriend answers for her.",
        fears="A seizure while she is alone with the baby, and that she stays away from the clinic.",
        new=[
            story.unborn(BABY, diary.in_weeks(9)),
            story.adult(CARYS, "F", diary.years_old(20, 200)),
            story.adult(MORGAN, "M"),
        ],
    )  # fmt: skip
    desk.acknowledge(story, BOOKING, by="dipa", at=diary.at(21, "10:45"), heard=desk.answer_to(referrer))
    desk.settle(
        story, BOOKING, "referral_assessment", by="tomas", at=diary.at(20, "09:30"), need="N3",
        reason="The baby will need a plan before birth: epilepsy without medicine, and a mother who expects the worst "
        "of us. She agreed when the midwife rang with her in the room.",
        would_change="If the epilepsy nurse has a plan with Carys that both of them trust.",
        history_bears="Carys was looked after by Vellenshire. Her own file is asked for, with her agreement.",
    )  # fmt: skip
    desk.tell_outcome(story, BOOKING, by="tomas", at=diary.at(20, "10:00"), heard=desk.answer_to(referrer))
    _the_family(story)
    casework.give(
        story, [BABY], "worker-2-family-support-2", by="margaret", at=diary.at(20, "12:00"),
        reason="Aoife has worked with parents who were looked after themselves.",
    )  # fmt: skip
    casework.note(story, "Carys at the clinic", Note(
        about=[BABY, CARYS],
        text="Met Carys at the clinic, and then alone. She has seen the epilepsy nurse and takes the new tablets. She "
        "wants to know, in writing, what we would need to see to be content. We wrote it together.",
    ), by="aoife", at=diary.at(11, "15:30"))  # fmt: skip


def _the_family(story: Telling) -> None:
    at = story.diary.at(20, "11:00")
    story.related(CARYS, BABY, "mother", by="tomas", at=at, parental_responsibility=True)
    story.related(MORGAN, BABY, "father", by="tomas", at=at)
    story.related(MORGAN, CARYS, "partner", by="tomas", at=at)
    story.home([CARYS, MORGAN], "Flat 6, 2 Ropewalk, Hallowby", "QX1 2EJ", by="tomas", at=at)
    add_need(
        by=story.who("tomas"), person=story.people[CARYS], kind="communication", at=at,
        words="Long letters frighten her. Say it first, then give her one page.",
    )  # fmt: skip
