"""A girl whom one school knows as Zee Malik and another authority as Zainab Yusuf."""

from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.people.operations import add_identifier, add_name

ZAINAB, HALIMA, RASHID = "Zainab Yusuf", "Halima Yusuf", "Rashid Malik"
MOVED, FIGHT = "Zainab has moved here", "Zee at the bus station"


def tell(story: Telling) -> None:
    """Two names, one child: the second contact was found under the second name."""
    diary = story.diary
    referrer = story.professional("another_authority", "vellenshire-referrals", "Colm Farrell, Vellenshire front door")
    story.take(
        MOVED, by="dipa", at=diary.at(210, "11:00"), channel="other_system", referrer=referrer,
        saw="Zainab was a child in need here until she moved to her aunt in Hallowby after her mother died. Her aunt, "
        "Halima, has asked for no help.",
        fears="Grief, and a move in the middle of a school year.",
        new=[story.child(ZAINAB, diary.years_old(14, 33), "F"), story.adult(HALIMA, "F"), story.adult(RASHID, "M")],
    )  # fmt: skip
    at = diary.at(210, "11:30")
    story.related(HALIMA, ZAINAB, "relative", by="dipa", at=at, words="Aunt; Zainab lives with her")
    story.related(RASHID, ZAINAB, "father", by="dipa", at=at)
    story.home([ZAINAB, HALIMA], "33 Chandler Street, Hallowby", "QX1 7TU", by="dipa", at=at)
    add_identifier(by=story.who("dipa"), person=story.people[ZAINAB], scheme="child_id", value="H198002", at=at)
    desk.acknowledge(story, MOVED, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, MOVED, "advice_and_information", by="tomas", at=diary.at(209, "10:30"),
        reason="Halima is a good aunt and has all she asked for: the school's name and the grief group's number.",
        would_change="If Zainab stops going to school.", history_bears="Vellenshire's closing summary was read.",
    )  # fmt: skip
    desk.tell_outcome(story, MOVED, by="tomas", at=diary.at(209, "11:00"), heard=desk.answer_to(referrer))
    desk.finish(story, MOVED, "give_advice", by="tomas", at=diary.at(209, "15:00"), outcome="Rang Halima and wrote.")
    _second_name(story)


def _second_name(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("police", "police-hub", "PC 4471 Anwar, public protection desk")
    story.take(
        FIGHT, by="dipa", at=diary.at(14, "10:40"), channel="police_notification", known=[ZAINAB, HALIMA],
        referrer=referrer,
        saw="A girl who gave the name Zee Malik was found at the bus station at 2:00 with two older men, who ran. She "
        "gave 33 Chandler Street. She had a new phone and would not say who gave it to her.",
        fears="That she is being drawn into something by people who give her presents.",
    )  # fmt: skip
    add_name(
        by=story.who("dipa"), person=story.people[ZAINAB], given="Zee", family="Malik", kind="known_as",
        at=diary.at(14, "11:00"),
    )  # fmt: skip
    desk.acknowledge(story, FIGHT, by="dipa", at=diary.at(14, "11:05"), heard=desk.answer_to(referrer))
    desk.settle(
        story, FIGHT, "referral_strategy", by="tomas", at=diary.at(14, "13:00"), need="N1",
        reason="A girl of fourteen out at night with older men and a phone she cannot account for. Nobody had put the "
        "two names together, so nobody had seen that she is grieving and new here.",
        would_change="Nothing before the police and health have been heard.",
        history_bears="Vellenshire's earlier contact, under her legal name.",
    )  # fmt: skip
    desk.tell_outcome(story, FIGHT, by="tomas", at=diary.at(14, "13:30"), heard=desk.answer_to(referrer))
    casework.give(
        story, [ZAINAB], "worker-2-family-support-2", by="margaret", at=diary.at(14, "14:00"),
        reason="Aoife leads on children who are exploited.",
    )  # fmt: skip
    casework.note(story, "Zee and Aoife", Note(
        about=[ZAINAB], seen="seen_alone", text="Walked round the harbour with her for an hour.",
        own_words={ZAINAB: "Zainab is for my mum. Out there I'm Zee. You can pick."},
    ), by="aoife", at=diary.at(7, "17:20"))  # fmt: skip
