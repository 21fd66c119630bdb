"""Mina Khan-Rossi, the year before: a night at the bus shelter, two homes, and a grandmother who rings."""

from sightline.commands.demonstration import casework, desk, helping
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.families.khan import LUCA, MINA
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.telling import Telling

SABINA = "Sabina Khan"
SHELTER, PARTED, HEADACHES, COURT = (
    "Mina at the bus shelter", "Mina has two homes", "Mina's headaches", "Mina's grandmother about the court",
)  # fmt: skip
ALL = [MINA, SABINA, LUCA]
AOIFE = "worker-2-family-support-2"


def tell(story: Telling) -> None:
    """She ran off once; it was assessed and ended. Then they parted, and she carries messages between them."""
    _ran_off(story)
    _assessed(story)
    _parted(story)
    _helped_at_school(story)
    _the_court(story)


def _ran_off(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("police", "police-hub", "Sergeant 118 Rowe, night duty")
    story.take(
        SHELTER, by="dipa", at=diary.at(236, "09:10"), channel="police_notification", referrer=referrer,
        saw="A bus driver found Mina, nine, in the shelter on Quay Street at ten at night, in slippers. She said that "
        "they had stopped shouting, and that the quiet was worse. Both parents were out looking for her.",
        fears="That she goes again, and that no driver stops.",
        new=[story.child(MINA, diary.years_old(10, 12), "F"), story.adult(SABINA, "F", diary.years_old(36, 41)),
             story.adult(LUCA, "M")],
    )  # fmt: skip
    at = diary.at(236, "09:30")
    story.parents({SABINA: "mother", LUCA: "father"}, [MINA], by="dipa", at=at)
    story.home(ALL, "27 Lime Walk, Hallowby", "QX1 2HD", by="dipa", at=at)
    desk.acknowledge(story, SHELTER, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, SHELTER, "referral_assessment", by="tomas", at=diary.at(236, "14:00"), need="N5",
        reason="A girl of nine leaves a house at night because of a quarrel. Both parents want to know what she saw.",
        would_change="Any word that one of them is hurt or afraid.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.tell_outcome(story, SHELTER, by="tomas", at=diary.at(236, "14:30"), heard=desk.answer_to(referrer))
    casework.give(story, [MINA], AOIFE, by="margaret", at=diary.at(235, "09:40"), reason="Aoife has room.")


def _assessed(story: Telling) -> None:
    diary = story.diary
    helping.visit(story, "Lime Walk, first visit", [child(story, MINA, "seen")], adults=[SABINA, LUCA], by="aoife",
                  at=diary.at(232, "17:30"), announced=True, present="Sabina, Luca and Mina", text=(
        "Both sat at the same table for this. They quarrel over money and over whose turn it is to be away for work. "
        "Neither knew that Mina listens from the stairs; she showed me the step."))  # fmt: skip
    helping.visit(story, "Mina at school", [
        child(story, MINA, "seen_alone", words="If they are loud I know where they are. When it goes quiet I go and "
              "look, and that time I just kept walking."),
    ], by="aoife", at=diary.at(224, "14:10"), place="school", text="Saw Mina alone, in the library.")  # fmt: skip
    casework.call(story, "Sabina rings about Mina", Note(
        about=[MINA, SABINA], text="They have agreed a word: when Mina says it, the quarrel stops and she is told "
        "what it was about. It has been used twice, and once it worked.",
    ), by="aoife", at=diary.at(214, "12:20"), spoke_with="Sabina Khan, her mother", direction="in")  # fmt: skip
    casework.oversee(story, "Oversight of Mina", Note(
        about=[MINA], text="Read with Aoife. Nobody is hurt, and both parents say so apart from each other. Mina has "
        "been seen alone. If they part, somebody asks her first where she sleeps, and not last.",
    ), by="gareth", at=diary.at(208, "10:00"))  # fmt: skip
    helping.assess_and_end(
        story, [MINA], worker="aoife", by="gareth", at=diary.at(197, "15:00"),
        found_out="Mina is loved by both and frightened by neither. What frightens her is not knowing.",
    )  # fmt: skip


def _parted(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-office", "Desmond Cole, deputy safeguarding lead")
    story.take(
        PARTED, by="dipa", at=diary.at(172, "10:15"), channel="email", known=ALL, referrer=referrer,
        saw="Mina's parents have parted. She comes with two bags and asks each morning whose day it is. She has begun "
        "at Osier Lane this week, since it is halfway between the two homes.",
        fears="None for her safety. We would like to know whom to ring.",
    )  # fmt: skip
    at = diary.at(172, "10:40")
    story.home([LUCA], "5 Observatory Hill, Hallowby", "QX2 9FD", by="dipa", at=at)
    story.home([MINA], "5 Observatory Hill, Hallowby", "QX2 9FD", by="dipa", at=at, also=True)
    desk.acknowledge(story, PARTED, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, PARTED, "advice_and_information", by="tomas", at=diary.at(172, "15:20"),
        reason="Both parents were rung, each from their own home. They have a calendar and will give the school one.",
        would_change="If she does not know in the morning where she sleeps that night.",
        history_bears="What she told Aoife: it is the quiet that she is afraid of.",
    )  # fmt: skip
    desk.tell_outcome(story, PARTED, by="tomas", at=diary.at(172, "15:40"), heard=desk.answer_to(referrer))
    desk.finish(story, PARTED, "give_advice", by="tomas", at=diary.at(171, "10:00"),
                outcome="Sent both the page about parting, and the family mediator's number.")  # fmt: skip


def _helped_at_school(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("other_health", "hospital-safeguarding", "Femi Lawal, safeguarding nurse")
    story.take(
        HEADACHES, by="dipa", at=diary.at(104, "11:30"), channel="email", known=[MINA, SABINA], referrer=referrer,
        saw="Mina has been three times with headaches. Each was on a Friday, which is when she changes homes. Nothing "
        "is found, and she asked the nurse whether one can be ill in two places.",
        fears="That she carries more than a bag.",
    )  # fmt: skip
    desk.acknowledge(story, HEADACHES, by="dipa", at=diary.at(104, "11:45"), heard=desk.answer_to(referrer))
    desk.settle(
        story, HEADACHES, "early_help_offer", by="tomas", at=diary.at(104, "15:00"), agreement=True,
        reason="She wants somebody who is on nobody's side. Both parents agree, and asked who pays.",
        would_change="If she is not in school, or runs off again.", history_bears="The assessment a few months ago.",
    )  # fmt: skip
    desk.tell_outcome(story, HEADACHES, by="tomas", at=diary.at(104, "15:30"), heard=desk.answer_to(referrer))
    desk.finish(story, HEADACHES, "offer_early_help", by="tomas", at=diary.at(101, "10:20"),
                outcome="Taken up: the school's counsellor, Tuesdays after lunch. Nobody pays.")  # fmt: skip


def _the_court(story: Telling) -> None:
    diary = story.diary
    story.take(
        COURT, by="dipa", at=diary.at(33, "16:05"), channel="phone", known=ALL,
        referrer=story.public("family_member", "Mrs Nasreen Khan", "01632 960883"),
        saw="Her son-in-law has applied to the court. Mina was told by both of them that somebody will come and ask "
        "what she wants, and has packed both bags and put them by her grandmother's door.",
        fears="That she is asked to choose, and then has chosen.",
    )  # fmt: skip
    desk.acknowledge(story, COURT, by="dipa", at=diary.at(33, "16:20"))
    desk.settle(
        story, COURT, "advice_and_information", by="tomas", at=diary.at(32, "11:00"),
        reason="The court's own officer sees Mina next month, and was told by us what she fears. Her counsellor knows.",
        would_change="If she leaves a home again, whichever of the two.",
        history_bears="The night at the shelter: what she does when nobody tells her.",
    )  # fmt: skip
    desk.finish(story, COURT, "give_advice", by="tomas", at=diary.at(32, "15:30"),
                outcome="Rang Mrs Khan. Mina may leave her bags there for as long as she likes.")  # fmt: skip
