"""Ffion Adair and the child she expects, helped early: a midwife leads, and Marcus Bello carries the plan."""

from uuid import UUID

from sightline.commands.demonstration import desk, helping
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.plan_help import make_plan
from sightline.plans.operations import set_terms

BABY, FFION, GETHIN = "Baby of Ffion Adair", "Ffion Adair", "Gethin Rowe"
BOOKING, MARCUS = "Ffion is on her own with it", "support-family-support-2"


def tell(story: Telling) -> None:
    """Help before birth, agreed to by the mother, with no assessment by a social worker in between."""
    _asked(story)
    plan = _planned(story)
    _helped(story, plan)


def _asked(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("primary_health", "hospital-midwives", "Adaeze Obi, community midwife")
    story.take(
        BOOKING, by="dipa", at=diary.at(62, "11:25"), channel="phone", referrer=referrer,
        saw="Ffion is nineteen and well, and comes to every appointment. She sleeps on a friend's sofa since her "
        "mother put her out, and has nothing for the baby. She asked Adaeze who helps with that.",
        fears="That she comes home from hospital to a sofa.",
        new=[story.unborn(BABY, diary.in_weeks(6)), story.adult(FFION, "F", diary.years_old(19, 88)),
             story.adult(GETHIN, "M")],
    )  # fmt: skip
    at = diary.at(62, "11:50")
    story.related(FFION, BABY, "mother", by="dipa", at=at, parental_responsibility=True)
    story.related(GETHIN, BABY, "father", by="dipa", at=at)
    story.home([FFION], "3 Almond Court, Hallowby", "QX1 5RB", by="dipa", at=at)
    desk.acknowledge(story, BOOKING, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, BOOKING, "early_help_offer", by="tomas", at=diary.at(61, "10:10"), agreement=True,
        reason="She asks for a home, a cot and somebody to ring. Nothing suggests harm. Adaeze knows her and leads.",
        would_change="If she is frightened of anybody, or stops coming to the clinic.",
        history_bears="Nothing is known about her or the baby's father.",
    )  # fmt: skip
    desk.tell_outcome(story, BOOKING, by="tomas", at=diary.at(61, "10:30"), heard=desk.answer_to(referrer))


def _planned(story: Telling) -> UUID:
    diary, baby = story.diary, [story.people[BABY]]
    plan = make_plan(
        by=story.who("tomas"), kind="early_help", children=baby, began_on=diary.day(59), post=story.post(MARCUS),
        arose_from=story.entries[f"decision: {BOOKING}"], lead_name="Adaeze Obi, community midwife",
        lead_agency_post=story.authority.mailboxes["hospital-midwives"], at=diary.at(59, "12:00"),
    )  # fmt: skip
    desk.finish(story, BOOKING, "offer_early_help", by="tomas", at=diary.at(59, "12:10"),
                outcome="Ffion took it up. Adaeze leads, and Marcus carries the plan.")  # fmt: skip
    helping.works_with(story, [BABY], "hospital-midwives", "Adaeze Obi", "Community midwife", by="marcus",
                       at=diary.at(58, "09:30"))  # fmt: skip
    helping.said_of_plan(story, plan, FFION, "agreed", by="marcus", at=diary.at(57, "14:00"),
                         words="Yes. I asked for it.")  # fmt: skip
    return plan


def _helped(story: Telling, plan: UUID) -> None:
    diary = story.diary
    at = diary.at(57, "14:10")
    home = helping.aim(story, plan, "The baby comes home to a place of their own.", by="marcus", at=at,
                       how_we_know="Ffion has the key.")  # fmt: skip
    alone = helping.aim(story, plan, "Ffion has people to ring at night.", by="marcus", at=at)
    office = helping.agree(story, plan, "Go with Ffion to the housing office", "Marcus Bello", by="marcus", at=at,
                           post=MARCUS, outcome=home, by_when=diary.day(45))  # fmt: skip
    flat = helping.ask_help(story, [BABY], "A flat", "Tidewell Homes", by="marcus", at=at, post=MARCUS, plan=plan,
                            mailbox="housing-safeguarding")  # fmt: skip
    helping.ask_help(story, [BABY], "A volunteer who rings in the evenings", "Home from Home", by="marcus", at=at,
                     post=MARCUS, plan=plan)  # fmt: skip
    set_terms(by=story.who("marcus"), plan=plan, at=at,
              contingency="Her friend's mother has a room for the first weeks.",
              further_action="No home two weeks before the birth: we ask the Front Door again.")  # fmt: skip
    helping.stands(story, "Ffion's plan", plan, by="marcus", at=diary.at(56, "10:00"), signed={
        FFION: "Mother", "Adaeze Obi": "Lead practitioner"})  # fmt: skip
    helping.done(story, office, "We went, and Ffion did the talking.", by="marcus", at=diary.at(47, "15:30"))
    helping.visit(story, "Ffion at Almond Court", [child(story, BABY)], adults=[FFION], by="marcus",
                  at=diary.at(40, "11:30"), announced=True, present="Ffion and her friend Nia",
                  text="Ffion felt the baby kick while we filled in the form. She painted a chest.")  # fmt: skip
    helping.review(
        story, "Ffion's review", plan, by="marcus", at=diary.at(31, "15:00"), attended="Ffion, Adaeze Obi",
        text="Tidewell Homes has offered a flat. Nobody has rung yet from Home from Home.",
        progress={home: (7, "“I have seen it. It has a window over the river.”"),
                  alone: (None, "Nia, and nobody else yet.")},
    )  # fmt: skip
    helping.began(story, flat, by="marcus", at=diary.at(18, "09:20"), on=diary.day(19), said_by="Ffion Adair")
    helping.visit(story, "Ffion's key", [child(story, BABY)], adults=[FFION], by="marcus", at=diary.at(12, "14:45"),
                  announced=True, present="Ffion", text="She opened the door with her own key.")  # fmt: skip
