"""The Farrows' child in need plan: made, agreed, reviewed; and three ways on from it."""

from uuid import UUID

from sightline.commands.demonstration import helping
from sightline.commands.demonstration.helping import Ending, child
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.plan_help import ask_to_step, make_plan, step_down
from sightline.plans.operations import set_terms

KEZIA, JUDE, BONNIE, TESSA = "Kezia Farrow", "Jude Farrow", "Bonnie Farrow", "Tessa Farrow"
DELROY, NATHAN = "Delroy Hines", "Nathan Briggs"
ALL = (KEZIA, JUDE, BONNIE)
JANE, MARCUS = "worker-1-family-support-2", "support-family-support-2"


def tell(story: Telling) -> None:
    """Jude's plan goes on, Kezia steps down to early help, and an ending is asked for Bonnie."""
    plan, aims = _made(story)
    _agreed(story, plan)
    _lived(story, plan)
    _reviewed(story, plan, aims)
    _kezia_steps_down(story, plan, aims["truth"])
    _bonnie_with_her_father(story)


def _made(story: Telling) -> tuple[UUID, dict[str, UUID]]:
    at = story.diary.at(46, "17:00")
    plan = make_plan(
        by=story.who("jane"), kind="child_in_need", children=[story.people[name] for name in ALL],
        began_on=story.diary.day(46), post=story.post(JANE), arose_from=story.entries["The Farrows, assessed"], at=at,
    )  # fmt: skip
    aims = {
        "truth": helping.aim(
            story, plan, "Kezia is twelve again: she sleeps, and somebody else gets the others up.", about=KEZIA,
            childs_words="Tell me the truth about Mum, and let me go to drama.", by="jane", at=at,
            how_we_know="She goes to drama on Thursdays, and the school sees her awake after lunch.",
        ),
        "bottle": helping.aim(
            story, plan, "Jude sleeps the night through in a home without drink.", about=JUDE,
            childs_words="The bottle with arms moves out.", by="jane", at=at,
            how_we_know="Jude draws the family again.",
        ),
        "nights": helping.aim(
            story, plan, "A sober adult is in the home every night.", by="jane", at=at,
            how_we_know="Tessa, Nathan and Kezia each say the same of last week.",
        ),
    }  # fmt: skip
    _who_does_what(story, plan, aims)
    set_terms(
        by=story.who("jane"), plan=plan, at=at,
        contingency="If Tessa has drunk, she rings Nathan before six. If he cannot come, Delroy's mother does.",
        further_action="A night with no sober adult: the three go to Nathan and Delroy, and we talk to the police and "
        "health the next morning about whether this is enough.",
    )  # fmt: skip
    return plan, aims


def _who_does_what(story: Telling, plan: UUID, aims: dict[str, UUID]) -> None:
    at = story.diary.at(46, "17:20")
    helping.agree(story, plan, "Take Kezia to drama on Thursdays", "Delroy Hines, her father", by="jane", at=at,
                  post=JANE, outcome=aims["truth"], why="So that one evening is hers")  # fmt: skip
    helping.agree(story, plan, "Be in the home from six to eight on weekdays", "Nathan Briggs", by="jane", at=at,
                  post=JANE, outcome=aims["nights"], by_when=story.diary.in_weeks(6))  # fmt: skip
    helping.agree(story, plan, "Take what drink there is to the shed, and no more into the house", "Tessa Farrow",
                  by="jane", at=at, post=JANE, outcome=aims["bottle"], why="Jude asked")  # fmt: skip
    alcohol = helping.ask_help(
        story, ALL, "Alcohol support for Tessa", "Tidewell Recovery", by="jane", at=at, post=JANE, plan=plan
    )
    helping.began(story, alcohol, by="jane", at=story.diary.at(36, "10:00"), on=story.diary.day(38),
                  said_by="Tessa Farrow")  # fmt: skip
    helping.ask_help(
        story, [JUDE], "A group for children whose parents drink", "The school nurse", by="jane", at=at, post=JANE,
        plan=plan, mailbox="school-lead",
    )  # fmt: skip


def _agreed(story: Telling, plan: UUID) -> None:
    at = story.diary.at(45, "17:30")
    helping.said_of_plan(story, plan, TESSA, "agreed", by="jane", at=at, words="If it is all of us, then yes.")
    helping.said_of_plan(story, plan, NATHAN, "agreed", by="jane", at=at)
    helping.stands(
        story, "The Farrows' plan", plan, by="jane", at=at,
        signed={TESSA: "Mother", NATHAN: "Bonnie's father", DELROY: "Kezia's father"},
        unsigned={"Stuart Keane": "Jude's father has not answered two letters."},
    )  # fmt: skip


def _lived(story: Telling, plan: UUID) -> None:
    diary = story.diary
    planned = helping.will_visit(
        story, ALL, by="jane", post=JANE, at=diary.at(40, "09:00"), starts=diary.at(34, "16:30"),
        purpose="See each child, and the evening",
    )  # fmt: skip
    helping.visit(story, "The Farrows at six", [
        child(story, KEZIA, "seen_alone", words="She asked me. My mum asked me how my day was."),
        child(story, JUDE, "seen"), child(story, BONNIE, "observed"),
    ], adults=[TESSA, NATHAN], by="jane", at=diary.at(34, "18:00"), planned=planned, announced=True,
        present="Tessa, Nathan", text="Nathan was cooking. Tessa has not drunk for eleven days.")  # fmt: skip
    helping.own_account(
        story, "The Farrows, at the door", TESSA, "I had one glass. It says I was drunk in front of my children and I "
        "was not. I want that read next to it.", by="jane", at=diary.at(33, "09:30"), disagrees=True,
    )  # fmt: skip
    helping.visit(story, "Jude on the screen", [child(story, JUDE, "video"), child(story, KEZIA, "video")],
                  by="jane", at=diary.at(27, "17:00"), place="video", adults=[TESSA],
                  text="A short call on Jude's birthday. He showed me the cake.")  # fmt: skip
    helping.visit(story, "The Farrows, after half-term", [
        child(story, JUDE, "seen_alone", words="He drew five people and no bottle. “It is in the shed.”"),
        child(story, BONNIE, "observed"), child(story, KEZIA, "seen"),
    ], adults=[TESSA], by="jane", at=diary.at(10, "17:10"), announced=True, present="Tessa",
        text="Tessa has drunk twice in six weeks and rang Nathan both times before six.")  # fmt: skip


def _reviewed(story: Telling, plan: UUID, aims: dict[str, UUID]) -> None:
    at = story.diary.at(20, "11:30")
    helping.review(
        story, "The Farrows' first review", plan, by="jane", at=at, attended="Tessa, Nathan, Delroy, Hannah Reyes, "
        "Brigid Nolan. Kezia came for the first half and chose the biscuits.",
        text="Nights have been covered on 24 of 26. Kezia asks to stop having a social worker and to keep Marcus. "
        "Nathan asks to have Bonnie with him, and Tessa agrees. The group for Jude has not begun.",
        progress={aims["truth"]: (8, "“Eight. Nine if I get the part.”"), aims["bottle"]: (5, "He wakes less."),
                  aims["nights"]: (7, "Two nights were missed, and both were said.")},
    )  # fmt: skip


def _kezia_steps_down(story: Telling, plan: UUID, truth: UUID) -> None:
    """Asked for by her worker, and authorised by a manager; her brother stays on the plan."""
    diary, kezia = story.diary, [story.people[KEZIA]]
    asked = ask_to_step(
        by=story.who("jane"), plan=plan, children=kezia, at=diary.at(19, "10:00"),
        reason="What was asked for Kezia has come. She wants one person to talk to, and that is Marcus.",
    )  # fmt: skip
    early_help = step_down(
        by=story.who("gareth"), plan=plan, children=kezia, at=diary.at(17, "14:00"), post=story.post(MARCUS),
        reason="She sleeps, is at school, and says when it is not well.", outcomes=[truth], asked=asked,
    )  # fmt: skip
    helping.said_of_plan(story, early_help, TESSA, "agreed", by="marcus", at=diary.at(16, "10:00"))
    helping.agree(story, early_help, "Meet Kezia after drama", "Marcus Bello", by="marcus", at=diary.at(16, "10:10"),
                  post=MARCUS, why="She asked for it", by_when=diary.in_weeks(2))  # fmt: skip


def _bonnie_with_her_father(story: Telling) -> None:
    diary = story.diary
    story.home([BONNIE], "9 Quarry View, Tidewell", "QX3 4GT", by="jane", at=diary.at(14, "09:10"))
    helping.visit(story, "Bonnie at her father's", [child(story, BONNIE, "observed", sleeping="Her own small bed")],
                  adults=[NATHAN], by="jane", at=diary.at(7, "11:20"), announced=True, present="Nathan and his mother",
                  sleeping="seen", text="Bonnie has shoes to sort in two homes now. She is at ease here.")  # fmt: skip
    helping.ask_to_end(story, [BONNIE], Ending(
        "services_ended",
        what_changed="Bonnie lives with her father, with her mother's agreement, and sees her mother on Sundays when "
        "she is sober. Nathan asks for nothing more.",
        how_to_come_back="Nathan has the Front Door's number and Jane's name. He need not explain it again.",
        who_holds_worry="Brigid Nolan, health visitor, and Jane, who goes on seeing Jude and their mother.",
    ), by="jane", at=diary.at(1, "15:20"))  # fmt: skip
