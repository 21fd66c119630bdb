"""Rosie and Jack Penhallow: open to Jane Smith, and their school has just rung again."""

from sightline.access.rules import Section
from sightline.commands.demonstration import casework, desk, paper
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.documents.operations import add_document
from sightline.people.operations import add_identifier, add_need, add_warning

ROSIE, JACK, LOWENNA, PERRAN = "Rosie Penhallow", "Jack Penhallow", "Lowenna Penhallow", "Perran Penhallow"
FIRST, AGAIN = "Rosie is often late", "Rosie has a bruise"


def tell(story: Telling) -> None:
    """Eight weeks of work with a brother and a sister, and a new contact that nobody has decided."""
    _first_contact(story)
    _the_family(story)
    _assessment(story)
    _new_contact(story)


def _first_contact(story: Telling) -> None:
    diary = story.diary
    story.take(
        FIRST, by="dipa", at=diary.at(38, "11:05"), channel="phone",
        referrer=story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead"),
        saw="Rosie has come in after ten on eleven days this half-term, in the same jumper all week, and asks what is "
        "left over at lunch. Her brother Jack, who is five, falls asleep on the carpet.",
        fears="That the children get themselves up, and that there is nothing in the house to eat.",
        new=[
            story.child(ROSIE, diary.years_old(8, 40), "F"),
            story.child(JACK, diary.years_old(5, 120), "M"),
            story.adult(LOWENNA, "F", diary.years_old(31, 12)),
            story.adult(PERRAN, "M"),
        ],
        private={JACK: "Jack told his teacher that he sleeps in the big chair because his bed is wet."},
    )  # fmt: skip
    sent = desk.acknowledge(story, FIRST, by="dipa", at=diary.at(38, "11:30"))
    desk.opened(sent, at=diary.at(38, "12:15"))
    desk.settle(
        story, FIRST, "referral_assessment", by="tomas", at=diary.at(37, "09:50"), need="N1",
        reason="Two children are hungry and tired at school, and it is getting worse. Nothing was known before. "
        "Their mother agrees that somebody comes.",
        would_change="If the children were eating and in school on time without anybody's help.",
        history_bears="There is no earlier contact about either child, nor about their parents.",
    )  # fmt: skip
    sent = desk.tell_outcome(story, FIRST, by="tomas", at=diary.at(37, "10:20"))
    desk.answered(
        sent, kind="answer", signed="Hannah Reyes, safeguarding lead", at=diary.at(37, "13:05"),
        text="Thank you. Breakfast club has two free places from Monday and we will keep them.",
    )  # fmt: skip


def _the_family(story: Telling) -> None:
    at = story.diary.at(37, "11:00")
    story.parents({LOWENNA: "mother", PERRAN: "father"}, [ROSIE, JACK], by="tomas", at=at)
    story.siblings([ROSIE, JACK], by="tomas", at=at)
    story.home([ROSIE, JACK, LOWENNA], "14 Cooper's Yard, Hallowby", "QX1 4AB", by="tomas", at=at)
    story.home([PERRAN], "3 Lock Cottages, Tidewell", "QX3 7DL", by="tomas", at=at)
    add_need(
        by=story.who("tomas"), person=story.people[LOWENNA], kind="safe_contact", at=at,
        words="Text first. She does not pick up a number she does not know.",
    )  # fmt: skip
    for name, number in ((ROSIE, "H204417"), (JACK, "H204418")):
        add_identifier(by=story.who("tomas"), person=story.people[name], scheme="child_id", value=number, at=at)


def _assessment(story: Telling) -> None:
    diary = story.diary
    casework.give(
        story, [ROSIE, JACK], "worker-1-family-support-2", by="margaret", at=diary.at(37, "14:00"),
        reason="Jane has room, and has worked with families in Cooper's Yard.",
    )  # fmt: skip
    casework.note(story, "Penhallow first visit", Note(
        about=[ROSIE, JACK, LOWENNA], seen="seen",
        text="Visited as agreed by text. The flat is cold: the meter had run out. Lowenna has worked nights at the "
        "packing plant since Perran moved out, and sleeps while the children get themselves up. She was relieved "
        "to be asked. Agreed: breakfast club, and her sister has the children on the two longest nights.",
        private={JACK: "Jack wets the bed most nights since his father left. The health visitor's clinic is asked."},
    ), by="jane", at=diary.at(34, "16:40"))  # fmt: skip
    casework.note(story, "Rosie seen alone", Note(
        about=[ROSIE], seen="seen_alone",
        text="Saw Rosie alone at school, in the reading corner, for half an hour.",
        own_words={ROSIE: "I do the toast because I am the tall one. I don't mind it. I mind when Jack cries."},
    ), by="jane", at=diary.at(27, "14:30"))  # fmt: skip
    casework.correct(
        story, "Penhallow first visit", [ROSIE, JACK, LOWENNA],
        "Visited as agreed by text. The flat is cold: the meter had run out. Lowenna has worked evenings, not nights, "
        "at the packing plant since Perran moved out. She was relieved to be asked. Agreed: breakfast club, and her "
        "sister has the children on the two longest evenings.",
        by="jane", at=diary.at(26, "09:20"), reason="Lowenna works evenings. I had written nights.",
    )  # fmt: skip
    _report_from_school(story)
    casework.call(story, "Perran rings", Note(
        about=[ROSIE, JACK, PERRAN],
        text="Perran wants the children on Saturdays and asks why nobody told him. Explained what we do and why. He "
        "can have them from ten to four; Lowenna agrees.",
    ), by="jane", at=diary.at(9, "17:10"), spoke_with="Perran Penhallow, their father", direction="in")  # fmt: skip
    casework.oversee(story, "Penhallow oversight", Note(
        about=[ROSIE, JACK],
        text="Read the record with Jane. Both children have been seen; Jack has not been seen alone. The assessment is "
        "on time. What would worry us more: mornings slipping again, or any unexplained injury.",
        to_do={"See Jack alone, at school": ("worker-1-family-support-2", diary.in_weeks(1))},
    ), by="gareth", at=diary.at(5, "15:00"))  # fmt: skip


def _report_from_school(story: Telling) -> None:
    diary, jane = story.diary, story.who("jane")
    children = [(story.people[name], Section.ORDINARY) for name in (ROSIE, JACK)]
    report = add_document(
        by=jane, name="Osier Lane attendance, Rosie and Jack.pdf", about=children, at=diary.at(12, "10:00"),
        content=paper.letter([
            "Osier Lane Primary School", "", "Attendance of Rosie and Jack Penhallow", "",
            "Both children have come to breakfast club on 17 of 19 days.",
            "Rosie was late once, Jack twice. Both have had PE kit since the second week.", "",
            "Hannah Reyes, safeguarding lead",
        ]),
    )  # fmt: skip
    casework.note(story, "Attendance report", Note(
        about=[ROSIE, JACK], documents=[report],
        text="The school's report on attendance is attached. Mornings are much better.",
    ), by="jane", at=diary.at(12, "10:05"))  # fmt: skip
    add_warning(
        by=jane, person=story.people[LOWENNA], review_on=diary.in_weeks(12), at=diary.at(12, "10:15"),
        words="The dog at 14 Cooper's Yard bit a meter reader last year (Tidewell Homes). Ask for it to be "
        "shut away.",
    )  # fmt: skip


def _new_contact(story: Telling) -> None:
    """What is undecided now, about children who are open to Jane."""
    diary = story.diary
    story.take(
        AGAIN, by="dipa", at=diary.recent(35), channel="phone", known=[ROSIE, JACK, LOWENNA],
        referrer=story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead"),
        saw="Rosie has a bruise on her upper arm, about the size of a two pound coin. She said the dog jumped up, and "
        "then that she did not remember. It was not there at swimming yesterday.",
        fears="That something happened at home last night. Jack said nothing and hid under the table.",
        injuries=[story.injury(
            ROSIE, site="Upper left arm, outside", on=diary.day(1), account="The dog jumped up at her.", by="Rosie"
        )],
    )  # fmt: skip
