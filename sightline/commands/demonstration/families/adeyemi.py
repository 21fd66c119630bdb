"""Kehinde and Taiwo Adeyemi, twins: what was written about one and belonged to somebody else."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.people.operations import add_need

KEHINDE, TAIWO, FOLAKE = "Kehinde Adeyemi", "Taiwo Adeyemi", "Folake Adeyemi"
WEIGHT, MISPLACED = "The twins' weights", "A hospital letter put on Taiwo's record"


def tell(story: Telling) -> None:
    """Two children with one date of birth, easily taken for one another."""
    diary = story.diary
    referrer = story.professional("health_visitor", "hospital-visitors", "Brigid Nolan, health visitor")
    story.take(
        WEIGHT, by="dipa", at=diary.at(60, "14:00"), channel="form", referrer=referrer,
        saw="Both twins have dropped two lines on the chart in six months, Kehinde more than Taiwo. Their "
        "mother has not brought them to three clinics. At home the cupboards were nearly bare and she cried.",
        fears="That they go on losing weight and that nobody sees them.",
        new=[
            story.child(KEHINDE, diary.years_old(3, 15), "F"),
            story.child(TAIWO, diary.years_old(3, 15), "M"),
            story.adult(FOLAKE, "F", diary.years_old(29, 60)),
        ],
        private={KEHINDE: "Kehinde's eczema is raw behind both knees; the cream ran out."},
    )  # fmt: skip
    at = diary.at(60, "14:20")
    story.parents({FOLAKE: "mother"}, [KEHINDE, TAIWO], by="dipa", at=at)
    story.siblings([KEHINDE, TAIWO], by="dipa", at=at)
    story.home([KEHINDE, TAIWO, FOLAKE], "8 Weavers' Row, Hallowby", "QX1 9PQ", by="dipa", at=at)
    add_need(
        by=story.who("dipa"), person=story.people[FOLAKE], kind="interpreter", at=at,
        words="Speaks English well; wants a Yoruba interpreter for anything about money or law.",
    )  # fmt: skip
    desk.acknowledge(story, WEIGHT, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, WEIGHT, "referral_assessment", by="tomas", at=diary.at(59, "10:30"), need="N4",
        reason="Two very young children are losing weight and their mother is alone with it. She has asked for help.",
        would_change="If both gain weight for two clinics running.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, WEIGHT, by="tomas", at=diary.at(59, "11:00"), heard=desk.answer_to(referrer))
    casework.give(
        story, [KEHINDE, TAIWO], "support-family-support-2", by="margaret", at=diary.at(59, "11:30"),
        reason="Marcus sees them weekly; Gareth holds the assessment with him.",
    )  # fmt: skip
    _the_work(story)


def _the_work(story: Telling) -> None:
    diary = story.diary
    for title, back, text in (
        ("Twins, first week", 54, ("Saw both twins at breakfast. Shopping came from the food bank, and the "
         "cream from the surgery. Folake tells the twins apart by the ear; so do I now: Taiwo has the small mark.")),
        ("Twins, weighed", 33, "At the clinic with Folake. Both gained a little. She laughed."),
        ("Twins, nursery", 12, "Both have started at nursery for fifteen hours. Kehinde cried for ten minutes."),
    ):  # fmt: skip
        casework.note(
            story, title, Note(about=[KEHINDE, TAIWO, FOLAKE], seen="seen", text=text),
            by="marcus", at=diary.at(back, "12:15"),
        )  # fmt: skip
    casework.note(story, "Twins' skin", Note(
        about=[TAIWO], text="Taiwo's eczema has been seen by the nurse, who gave a stronger cream.",
    ), by="marcus", at=diary.at(30, "16:00"))  # fmt: skip
    casework.correct(
        story, "Twins' skin", [TAIWO],
        "The nurse saw Kehinde's eczema, not Taiwo's: Taiwo has none. He was with us and played.",
        by="marcus", at=diary.at(29, "09:10"), reason="I wrote the wrong twin's name.",
    )  # fmt: skip
    casework.note(story, MISPLACED, Note(
        about=[TAIWO], text="Hospital letter: fracture clinic in two weeks for the left wrist, fell from a trampoline.",
    ), by="marcus", at=diary.at(18, "10:00"))  # fmt: skip
    casework.take_off(
        story, MISPLACED, TAIWO, by="gareth", reader="gareth", at=diary.at(17, "09:30"),
        reason="The letter is about another child of a similar name. It was never about Taiwo.",
    )  # fmt: skip
