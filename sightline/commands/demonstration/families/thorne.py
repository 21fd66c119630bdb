"""Ellis Thorne: a neighbour, a grandmother, and now a caller who gives no name."""

from sightline.commands.demonstration import desk
from sightline.commands.demonstration.telling import Telling
from sightline.front_door.operations import recommend
from sightline.front_door.rules import Agreement

ELLIS, BRYONY = "Ellis Thorne", "Bryony Thorne"
NEIGHBOUR, GRANDMOTHER, NAMELESS = "Shouting next door", "Ellis's grandmother writes", "A caller about Ellis"
NOT_TOLD = (Agreement(told="no", agrees="not_asked", why_not="The caller is afraid of being known."),)


def tell(story: Telling) -> None:
    """Three separate people who are no professionals, each with a piece; the third is undecided now."""
    _neighbour(story)
    _grandmother(story)
    _nameless(story)


def _neighbour(story: Telling) -> None:
    diary = story.diary
    story.take(
        NEIGHBOUR, by="dipa", at=diary.at(150, "10:00"), channel="phone",
        referrer=story.public("acquaintance", "Mrs Vera Stokes", "01632 960771", "Afternoons only."),
        saw="She hears Bryony shouting at Ellis most evenings and once a long crash, then nothing.",
        fears="That he is being hurt where nobody can see.",
        new=[story.child(ELLIS, diary.years_old(5, 70), "M"), story.adult(BRYONY, "F", diary.years_old(26, 11))],
        agreements=NOT_TOLD,
    )  # fmt: skip
    at = diary.at(150, "10:20")
    story.parents({BRYONY: "mother"}, [ELLIS], by="dipa", at=at)
    story.home([ELLIS, BRYONY], "Flat 9, Granary House, Hallowby", "QX1 6HW", by="dipa", at=at)
    desk.acknowledge(story, NEIGHBOUR, by="dipa", at=at)
    desk.settle(
        story, NEIGHBOUR, "advice_and_information", by="tomas", at=diary.at(150, "15:30"),
        reason="Nursery sees Ellis daily and has no worry; Bryony was rung and took the offer of a parenting line.",
        would_change="A second person who sees or hears the same.", history_bears="Nothing is known before.",
    )  # fmt: skip
    desk.finish(
        story,
        NEIGHBOUR,
        "give_advice",
        by="tomas",
        at=diary.at(149, "11:00"),
        outcome="Rang Bryony and gave the number.",
    )


def _grandmother(story: Telling) -> None:
    diary = story.diary
    story.take(
        GRANDMOTHER, by="dipa", at=diary.at(70, "11:30"), channel="letter", known=[ELLIS, BRYONY],
        referrer=story.public("family_member", "Mrs Dorothy Thorne", "01632 960772"),
        saw="He stayed with her for a week and would not take his jumper off. He said that he must not tell.",
        fears="That her daughter cannot cope and that she will not be let see him again for writing this.",
        agreements=NOT_TOLD,
        injuries=[story.injury(
            ELLIS, site="Back, yellowing bruise", on=diary.day(76), account="Fell off the wall.", by="Bryony, "
        "to Mrs Thorne"
        )],
    )  # fmt: skip
    desk.acknowledge(story, GRANDMOTHER, by="dipa", at=diary.at(70, "12:00"))
    desk.settle(
        story, GRANDMOTHER, "referral_no_further_action", by="tomas", at=diary.at(69, "10:00"), need="N5",
        reason="The health visitor saw Ellis undressed the day before and found no mark. Mother and grandmother are in "
        "dispute about contact, which does not make it untrue.",
        would_change="Any third account, from anybody, or any injury seen by a professional.",
        history_bears="The neighbour's call is a separate source.",
    )  # fmt: skip


def _nameless(story: Telling) -> None:
    diary = story.diary
    story.take(
        NAMELESS, by="dipa", at=diary.recent(110), channel="phone", known=[ELLIS, BRYONY],
        referrer=story.public("anonymous"),
        saw="A man who would not give his name sees Ellis on the stairs at Granary House late in the evening, "
        "in pyjamas, and this week with a split eyebrow. The boy said: I fell. The man said: he always falls.",
        fears="That one day he falls down all of them.", agreements=NOT_TOLD,
        injuries=[story.injury(ELLIS, site="Left eyebrow, split", on=diary.day(2), account="I fell.", by="Ellis")],
    )  # fmt: skip
    desk.nobody_to_tell(
        story, NAMELESS, by="dipa", at=diary.recent(105), reason="Anonymous: the caller left no name and no number."
    )
    recommend(
        by=story.who("dipa"), contact=story.contacts[NAMELESS], recommendation="likely_referral",
        reason="Third separate person, second injury, and each time there is an explanation.", at=diary.recent(100),
    )  # fmt: skip
