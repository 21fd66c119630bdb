"""Zainab Yusuf, between: a school that she did not choose, and help that was offered and lapsed."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.families.yusuf import HALIMA, ZAINAB
from sightline.commands.demonstration.telling import Telling

LESSONS, SLEEP = "Zainab's afternoons", "Zainab does not sleep"


def tell(story: Telling) -> None:
    """Two people saw a piece of it, half a year before the bus station."""
    _afternoons(story)
    _sleep(story)


def _afternoons(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    story.take(
        LESSONS, by="dipa", at=diary.at(158, "14:20"), channel="phone", known=[ZAINAB, HALIMA], referrer=referrer,
        saw="Zainab has settled in the mornings and is gone by two on most Thursdays. She says that she visits her "
        "mother's grave, which is in Vellenshire and an hour away by bus.",
        fears="That somebody meets her there, or that nobody does.",
    )  # fmt: skip
    desk.acknowledge(story, LESSONS, by="dipa", at=diary.at(158, "14:40"), heard=desk.answer_to(referrer))
    desk.settle(
        story, LESSONS, "early_help_offer", by="tomas", at=diary.at(157, "10:00"), agreement=True,
        reason="She grieves, and has found her own way of doing it. Halima would drive her if she were asked.",
        would_change="If she is seen with anybody older, or is out after dark.",
        history_bears="Vellenshire's summary: she did the same there, in the first weeks.",
    )  # fmt: skip
    desk.tell_outcome(story, LESSONS, by="tomas", at=diary.at(157, "10:20"), heard=desk.answer_to(referrer))
    desk.finish(story, LESSONS, "offer_early_help", by="tomas", at=diary.at(154, "11:30"),
                outcome="Halima drives her on Sundays, and she will try the grief group.")  # fmt: skip


def _sleep(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("other_health", "hospital-safeguarding", "Femi Lawal, safeguarding nurse")
    story.take(
        SLEEP, by="dipa", at=diary.at(74, "09:35"), channel="email", known=[ZAINAB, HALIMA], referrer=referrer,
        saw="Halima brought her because she is awake all night and asleep at school. Zainab talked to the nurse about "
        "her mother for an hour, and then asked whether it would be written down. She has stopped going to the group.",
        fears="That she has nobody whom she would tell, if there were something.",
    )  # fmt: skip
    desk.acknowledge(story, SLEEP, by="dipa", at=diary.at(74, "09:50"), heard=desk.answer_to(referrer))
    desk.settle(
        story, SLEEP, "advice_and_information", by="tomas", at=diary.at(74, "15:10"),
        reason="The nurse sees her again each fortnight, which Zainab asked for herself. Her school knows.",
        would_change="If she says where she is at night, or will not say.",
        history_bears="The Thursday afternoons, and that the group did not last.",
    )  # fmt: skip
    desk.tell_outcome(story, SLEEP, by="tomas", at=diary.at(74, "15:30"), heard=desk.answer_to(referrer))
    desk.finish(story, SLEEP, "give_advice", by="tomas", at=diary.at(73, "10:10"),
                outcome="Rang Halima. She has put a lamp in the hall and leaves it on.")  # fmt: skip
