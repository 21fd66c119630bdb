"""Rosie and Jack Penhallow, since: their assessment is with a manager, and visits are planned."""

from sightline.commands.demonstration import desk, helping
from sightline.commands.demonstration.families.penhallow import JACK, LOWENNA, PERRAN, ROSIE
from sightline.commands.demonstration.helping import Assessing, child
from sightline.commands.demonstration.telling import Telling

BOTH, POST = (ROSIE, JACK), "worker-1-family-support-2"


def tell(story: Telling) -> None:
    """Sent to Gareth Lowe yesterday, within its forty-five days; then the school rang about a bruise."""
    diary = story.diary
    assessing = helping.assess(story, BOTH, by="jane", at=diary.at(35, "09:30"), why="The school's referral")
    helping.visit(story, "Penhallow breakfast", [
        child(story, ROSIE, "seen", sleeping="A mattress on the floor, clean"),
        child(story, JACK, "seen", sleeping="The big chair, and a new plastic sheet", words="The chair is a ship."),
    ], adults=[LOWENNA], by="jane", at=diary.at(16, "09:15"), announced=True, sleeping="seen", present="Lowenna",
        text="Came at seven, as agreed. There was toast and milk, and Lowenna was up.")  # fmt: skip
    _evidence(story, assessing)
    _written(story, assessing)
    helping.ask_help(story, [JACK], "The health visitors' clinic about his bed", "Hallowby General Hospital", by="jane",
                     at=diary.at(33, "10:00"), post=POST, mailbox="hospital-visitors")  # fmt: skip
    helping.own_account(
        story, "Perran rings", PERRAN, "I rang four times before anybody rang me back. It reads as if I had not asked.",
        by="jane", at=diary.at(7, "16:30"), disagrees=True,
    )  # fmt: skip
    _planned(story)


def _evidence(story: Telling, assessing: Assessing) -> None:
    diary = story.diary
    helping.works_with(story, BOTH, "school-lead", "Hannah Reyes", "Safeguarding lead", by="jane",
                       at=diary.at(34, "09:00"))  # fmt: skip
    school = helping.ask_evidence(
        story, assessing, "school-lead", "Hannah Reyes", by="jane", at=diary.at(14, "10:00"),
        question="How are mornings now, and what do the children say of home?",
    )  # fmt: skip
    helping.evidence_comes(school, at=diary.at(12, "13:20"), signed="Hannah Reyes, safeguarding lead", text=(
        "Both come to breakfast club. Rosie laughs more. Jack still falls asleep on Mondays, after the weekend."
    ))  # fmt: skip
    clinic = helping.ask_evidence(
        story, assessing, "hospital-visitors", "", by="jane", at=diary.at(14, "10:10"),
        question="What do you know of Jack's sleep and growth, and was the clinic ever asked about him?",
    )  # fmt: skip
    # Read, and not answered.
    desk.opened(clinic, at=diary.at(13, "09:05"))


def _written(story: Telling, assessing: Assessing) -> None:
    diary = story.diary
    helping.write(story, assessing, {
        "why_now": "Two children came to school late and hungry, and it was getting worse.",
        "childs_day": {
            ROSIE: "Rosie makes the toast, because she is the tall one, and gets Jack's shoes. Two evenings a week her "
            "aunt does. She likes the reading corner, and her mother most of all on Sundays.",
        },
        "wishes": {ROSIE: "She minds when Jack cries, and does not mind the toast."},
        "basic_care": "Food and warmth have come back since the meter was changed and breakfast club began.",
        "mothers_view": "Lowenna says that she was ashamed to ask, and is glad that somebody did.",
        "fathers_view": "Perran wants Saturdays, and to be told things first.",
        "what_we_know": "Both were late on eleven days, and since then on three.",
        "what_we_do_not_know": "What Jack would say alone. What Mondays are about.",
        "analysis": "A mother who worked evenings with nobody to help has help now. What is left is Jack.",
        "worst_explanation": "That Jack sleeps at school because somebody frightens him at weekends.",
        "benign_explanation": "That he is five, wets the bed, and is tired by Monday.",
        "decision": "Help goes on without a plan of ours, once Jack has been seen alone.",
        "what_happens_next": "Breakfast club and the aunt go on, and Jack is seen by the clinic.",
    }, by="jane", at=diary.at(2, "14:00"))  # fmt: skip
    helping.found(story, assessing, {ROSIE: ["7A"]}, by="jane", at=diary.at(2, "14:20"))
    helping.send(story, assessing, by="jane", at=diary.at(1, "16:10"),
                 missing={"childs_day": "I have not seen Jack alone yet, and will not guess."})  # fmt: skip


def _planned(story: Telling) -> None:
    diary = story.diary
    at = diary.at(1, "16:30")
    helping.will_visit(story, BOTH, by="jane", post=POST, at=at, starts=diary.later(0, "16:15"),
                       purpose="After school, with Lowenna")  # fmt: skip
    helping.will_visit(story, [JACK], by="jane", post=POST, at=at, starts=diary.later(7, "11:00"), place="school",
                       purpose="See Jack alone, in the reading corner")  # fmt: skip
