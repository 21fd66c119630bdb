"""Kezia, Jude and Bonnie Farrow: three siblings with three fathers, from the referral to three ways on."""

from sightline.commands.demonstration import casework, desk, helping
from sightline.commands.demonstration.families import farrow_plan
from sightline.commands.demonstration.helping import Assessing, child
from sightline.commands.demonstration.telling import Telling

KEZIA, JUDE, BONNIE, TESSA = "Kezia Farrow", "Jude Farrow", "Bonnie Farrow", "Tessa Farrow"
DELROY, STUART, NATHAN = "Delroy Hines", "Stuart Keane", "Nathan Briggs"
ALL = (KEZIA, JUDE, BONNIE)
REFERRAL = "The Farrows' nights"


def tell(story: Telling) -> None:
    """Their mother drinks and says so. One child stays in need, one steps down, and one goes to her father."""
    _referral(story)
    _the_family(story)
    assessing = _assessment(story)
    _what_others_say(story, assessing)
    _signed(story, assessing)
    farrow_plan.tell(story)


def _referral(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    story.take(
        REFERRAL, by="dipa", at=diary.at(78, "09:35"), channel="phone", referrer=referrer,
        saw="Kezia, twelve, rang the school at eight to say that Jude would be late because Mum would not wake up. She "
        "had dressed him and given Bonnie her bottle. It is the third time this month. There is drink in the house.",
        fears="That one night something happens and Kezia is the grown-up.",
        new=[
            story.child(KEZIA, diary.years_old(12, 130), "F"),
            story.child(JUDE, diary.years_old(7, 64), "M"),
            story.child(BONNIE, diary.years_old(2, 210), "F"),
            story.adult(TESSA, "F", diary.years_old(34, 61)),
            story.adult(DELROY, "M", diary.years_old(36, 20)),
            story.adult(STUART, "M"),
            story.adult(NATHAN, "M", diary.years_old(31, 300)),
        ],
    )  # fmt: skip
    desk.acknowledge(story, REFERRAL, by="dipa", at=diary.at(78, "10:00"), heard=desk.answer_to(referrer))
    desk.settle(
        story, REFERRAL, "referral_assessment", by="tomas", at=diary.at(78, "15:10"), need="N5",
        reason="A girl of twelve gets two younger children up while their mother cannot. Tessa came to the telephone, "
        "said that it is true and that she wants it to stop.",
        would_change="If a sober adult were in the home at night.",
        history_bears="Nothing is known before about any of the three, nor about their fathers.",
    )  # fmt: skip
    desk.tell_outcome(story, REFERRAL, by="tomas", at=diary.at(78, "15:30"), heard=desk.answer_to(referrer))


def _the_family(story: Telling) -> None:
    at = story.diary.at(78, "16:00")
    story.parents({TESSA: "mother"}, ALL, by="tomas", at=at)
    for father, name in ((DELROY, KEZIA), (STUART, JUDE), (NATHAN, BONNIE)):
        story.parents({father: "father"}, [name], by="tomas", at=at)
    story.siblings(ALL, by="tomas", at=at, kind="half_sibling")
    story.home([*ALL, TESSA], "22 Sailmakers' Row, Hallowby", "QX1 8DN", by="tomas", at=at)
    story.home([NATHAN], "9 Quarry View, Tidewell", "QX3 4GT", by="tomas", at=at)
    casework.give(
        story, ALL, "worker-1-family-support-2", by="margaret", at=story.diary.at(77, "09:30"),
        reason="Jane has worked with parents who drink.",
    )  # fmt: skip


def _assessment(story: Telling) -> Assessing:
    diary = story.diary
    helping.visit(story, "The Farrows, first visit", [
        child(story, KEZIA, "seen_alone", words="I am not a snitch. I was just tired."),
        child(story, JUDE, "seen", sleeping="His own bed, in Kezia's room"),
        child(story, BONNIE, "observed", sleeping="A cot beside her mother's bed"),
    ], adults=[TESSA], by="jane", at=diary.at(74, "17:00"), announced=True, present="Tessa", sleeping="seen",
        text="Went as agreed. Kezia showed me her room and asked to talk there. Bonnie brought me every shoe in the "
        "house, one by one, and laughed. Tessa was sober and ashamed. She has drunk each night since Stuart left.",
    )  # fmt: skip
    assessing = helping.assess(story, ALL, by="jane", at=diary.at(73, "10:00"), why="The school's referral")
    helping.visit(story, "The Farrows, nobody in", [child(story, name, "nobody_in") for name in ALL],
                  by="jane", at=diary.at(69, "17:20"), announced=False)  # fmt: skip
    helping.visit(story, "The Farrows, at the door", [
        child(story, KEZIA, "doorstep", reason="Tessa kept the door half shut", reason_given_by="Jane Smith"),
        child(story, JUDE, "not_seen", reason="At football", reason_given_by="Tessa Farrow"),
        child(story, BONNIE, "not_seen", reason="Asleep", reason_given_by="Tessa Farrow"),
    ], by="jane", at=diary.at(67, "18:10"), announced=False, adults=[TESSA],
        text="Tessa had been drinking. Kezia stood behind her and nodded to me. Nathan, Bonnie's father, was on his "
        "way and stayed the night. He rang me at eight the next morning: all were up and at school.")  # fmt: skip
    helping.visit(story, "Jude at school", [
        child(story, JUDE, "seen_alone", words="He drew four people and a bottle. The bottle has arms. "
              "“That one is not in the family but it lives here.”"),
    ], by="jane", at=diary.at(60, "12:00"), place="school", text="Saw Jude alone in the quiet room.")  # fmt: skip
    return assessing


def _what_others_say(story: Telling, assessing: Assessing) -> None:
    diary = story.diary
    helping.works_with(story, [KEZIA, JUDE], "school-lead", "Hannah Reyes", "Safeguarding lead", by="jane",
                       at=diary.at(73, "11:00"))  # fmt: skip
    helping.works_with(story, [BONNIE], "hospital-visitors", "Brigid Nolan", "Health visitor", by="jane",
                       at=diary.at(73, "11:05"))  # fmt: skip
    school = helping.ask_evidence(
        story, assessing, "school-lead", "Hannah Reyes", by="jane", at=diary.at(72, "09:20"),
        question="What do you see of Kezia and Jude in the mornings, and what is better than it was?",
    )  # fmt: skip
    helping.evidence_comes(school, at=diary.at(70, "15:45"), signed="Hannah Reyes, safeguarding lead", text=(
        "Jude is happiest on the days after his sister has slept. Kezia is clever and often tired; she has a friend's "
        "mother she trusts. Neither has missed a day since you came."
    ))  # fmt: skip
    health = helping.ask_evidence(
        story, assessing, "hospital-visitors", "Brigid Nolan", by="jane", at=diary.at(72, "09:30"),
        question="How does Bonnie grow, and who brings her to you?",
    )  # fmt: skip
    helping.evidence_comes(health, at=diary.at(68, "11:10"), signed="Brigid Nolan, health visitor", text=(
        "Bonnie grows on her line and has all her injections. Her father has brought her twice of three times. He asks "
        "good questions."
    ))  # fmt: skip


def _signed(story: Telling, assessing: Assessing) -> None:
    diary = story.diary
    helping.write(story, assessing, {
        "why_now": "Kezia got a brother and a sister up three times in a month because their mother could not.",
        "childs_day": {
            KEZIA: "Kezia wakes at six, listens whether her mother is up, and if not begins. She is at school by nine "
            "and asleep at her desk by two. At night she counts the bottles, so that she knows.",
            JUDE: "Jude eats what Kezia gives him, walks to school with her and loves it there. He wakes at night and "
            "gets in with her.",
            BONNIE: "Bonnie is with her mother all day. When Nathan comes she runs to the door.",
        },
        "wishes": {KEZIA: "“I want to be told the truth, and I want to go to drama on Thursdays.”",
                   JUDE: "He wants the bottle with arms to move out."},
        "parents_own_lives": "Tessa drinks a bottle of wine each night, more when she is alone. She has asked her "
        "doctor for help and waits for an answer.",
        "fathers": "Delroy sees Kezia each second weekend. Stuart has not answered two letters. Nathan comes most "
        "days, and would have Bonnie with him if Tessa agrees.",
        "mothers_view": "“I know what it is. I do not need it explained, I need somebody here at six o'clock.”",
        "parents_disagree": "Nathan says that Bonnie is not safe at night. Tessa says that she has never been alone.",
        "what_we_do_not_know": "What Stuart knows, and whether Tessa drinks in the day.",
        "analysis": "Three children are loved by somebody who cannot look after them at night. Each has different "
        "people: that is why one plan names each of them.",
        "colleague_disagrees": "That drink in the evening is common, and that Kezia would be helped more by less fuss.",
        "decision": "That all three are in need, since their mother's drinking leaves them without an adult at night.",
        "what_happens_next": "A child in need plan for all three, made with Tessa, Delroy and Nathan.",
    }, by="jane", at=diary.at(52, "16:00"))  # fmt: skip
    helping.found(story, assessing, {KEZIA: ["1B", "7A"], JUDE: ["1B"], BONNIE: ["1B"]}, by="jane",
                  at=diary.at(52, "16:20"))  # fmt: skip
    helping.send(story, assessing, by="jane", at=diary.at(52, "16:30"))
    helping.sign(story, "The Farrows, assessed", assessing, "child_in_need_plan", by="gareth", at=diary.at(50, "10:40"))
    helping.told_plainly(story, "The Farrows, assessed", TESSA, by="jane", at=diary.at(49, "10:00"), text=(
        "You told us the truth about the drink, and that helped. The worry is the nights: nobody sober is there for "
        "the children. We will make a plan with you, Delroy and Nathan. Tell us where you see it differently."
    ))  # fmt: skip
