"""Oskar, Lena and Finn: three siblings with two fathers, and a contact soon after closing."""

from sightline.commands.demonstration import casework, desk, helping
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.people.operations import add_need

OSKAR, LENA, FINN = "Oskar Kaczmarek", "Lena Kaczmarek", "Finn Doyle"
MAGDA, PIOTR, SHANE = "Magda Doyle", "Piotr Kaczmarek", "Shane Doyle"
RENT, MISSED = "The Doyles' rent", "Finn was not brought"


def tell(story: Telling) -> None:
    """Closed seven weeks ago; the hospital writes again."""
    diary = story.diary
    referrer = story.professional("housing", "housing-safeguarding", "Joy Adeleke, tenancy safeguarding lead")
    story.take(
        RENT, by="dipa", at=diary.at(95, "10:10"), channel="email", referrer=referrer,
        saw="The family is eleven weeks behind with the rent. The officer found the boiler off and three children in "
        "coats; the eldest, Oskar, did all the talking for his mother.",
        fears="That they lose the flat, and that Oskar is not going to school so as to look after the others.",
        new=[
            story.child(OSKAR, diary.years_old(13, 90), "M"),
            story.child(LENA, diary.years_old(9, 20), "F"),
            story.child(FINN, diary.years_old(2, 45), "M"),
            story.adult(MAGDA, "F", diary.years_old(35, 5)),
            story.adult(PIOTR, "M"),
            story.adult(SHANE, "M", diary.years_old(33, 150)),
        ],
    )  # fmt: skip
    _the_family(story)
    desk.acknowledge(story, RENT, by="dipa", at=diary.at(95, "11:00"), heard=desk.answer_to(referrer))
    desk.settle(
        story, RENT, "referral_assessment", by="tomas", at=diary.at(94, "09:40"), need="N7",
        reason="A boy of thirteen carries the family. The debt can be mended; what he misses at school may not be.",
        would_change="If the rent is agreed and Oskar is at school.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, RENT, by="tomas", at=diary.at(94, "10:00"), heard=desk.answer_to(referrer))
    casework.give(
        story, [OSKAR, LENA, FINN], "worker-1-family-support-2", by="margaret", at=diary.at(94, "13:00"),
        reason="Jane has room.",
    )  # fmt: skip
    casework.note(story, "The Doyles at home", Note(
        about=[OSKAR, LENA, FINN, MAGDA, SHANE], seen="seen",
        text="All three seen with Magda, Shane and an interpreter. The rent is agreed at six pounds a week. "
        "Piotr, who is Oskar's and Lena's father, pays for them and rings on Sundays; Shane is Finn's.",
        own_words={OSKAR: "It is only till Mum's English is better. Then I will just be thirteen."},
        to_do={"Find Magda an English class with a crèche": ("worker-1-family-support-2", diary.day(40))},
    ), by="jane", at=diary.at(80, "17:00"))  # fmt: skip
    helping.assess_and_end(
        story, [OSKAR, LENA, FINN], worker="jane", by="gareth", at=diary.at(35, "15:30"),
        found_out="The rent is agreed and paid, and Oskar is at school. The debt was the worry, and it is mended.",
        answer="She began at the library's class on Tuesday; Finn goes along.",
    )  # fmt: skip
    _again(story)


def _the_family(story: Telling) -> None:
    at = story.diary.at(95, "10:30")
    story.parents({MAGDA: "mother"}, [OSKAR, LENA, FINN], by="dipa", at=at)
    story.parents({PIOTR: "father"}, [OSKAR, LENA], by="dipa", at=at)
    story.parents({SHANE: "father"}, [FINN], by="dipa", at=at)
    story.siblings([OSKAR, LENA], by="dipa", at=at)
    for older in (OSKAR, LENA):
        story.related(older, FINN, "half_sibling", by="dipa", at=at)
    story.home([OSKAR, LENA, FINN, MAGDA, SHANE], "Flat 2, 19 Tanner Street, Hallowby", "QX1 3LR", by="dipa", at=at)
    add_need(
        by=story.who("dipa"), person=story.people[MAGDA], kind="interpreter", at=at,
        words="Polish. Not her son: she has asked that he is not used.",
    )  # fmt: skip


def _again(story: Telling) -> None:
    """Within ninety days of closing, so it opens with the whole series."""
    diary = story.diary
    story.take(
        MISSED, by="dipa", at=diary.recent(75), channel="email", known=[FINN, OSKAR, LENA, MAGDA],
        referrer=story.professional("other_health", "hospital-safeguarding", "Femi Lawal, safeguarding nurse"),
        saw="Finn has not been brought to three hearing appointments in a row. The number we have is dead. At the last "
        "one he was brought by a boy who said he was his brother and that he had the day off.",
        fears="That Finn cannot hear, that nobody knows, and that Oskar is out of school again.",
    )  # fmt: skip
    desk.acknowledge(story, MISSED, by="dipa", at=diary.recent(60))
    desk.ask(
        story, MISSED, "school", "school-lead", by="dipa", at=diary.recent(50),
        question="Has Lena been in school this month? Who brings her?", reason="A brother misses appointments.",
    )  # fmt: skip
