"""Skye Whitcombe, since: what was concluded of her mother, the man who moved in, and three doors that stayed shut."""

from sightline.commands.demonstration import desk, helping
from sightline.commands.demonstration.families.whitcombe import CALLOUT, KELLY, LEE, SKYE
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.telling import Telling
from sightline.people.operations import record_address

POST = "worker-1-family-support-2"


def tell(story: Telling) -> None:
    """Signed while Lee was thought to be gone. He lives there, and Skye has not been seen since."""
    _signed(story)
    _what_kelly_says(story)
    _he_moved_in(story)
    _three_in_a_row(story)
    _again(story)


def _signed(story: Telling) -> None:
    diary = story.diary
    assessing = helping.assess(story, [SKYE], by="jane", at=diary.at(15, "10:00"), why="The school's referral")
    helping.visit(story, "Skye at school", [
        child(story, SKYE, "seen_alone", words="Lee is not my dad. He does the shouting and Mummy does the sorry."),
    ], by="jane", at=diary.at(14, "14:10"), place="school", text="Saw Skye alone, in the art room.")  # fmt: skip
    helping.write(story, assessing, {
        "childs_day": {SKYE: "Skye listens at her door before she comes out of it. At school she paints."},
        "mothers_view": "Kelly says that it is over and that she changed the lock.",
        "what_we_do_not_know": "Who Lee is, and whether he is gone.",
        "analysis": "Kelly told us of the shouting herself and changed the lock. If he is back, this does not hold.",
        "change_my_mind": "Any sign of him at Granary House.",
        "decision": "Skye is in need: she lives with what was done to her mother, and listens for it still.",
        "what_happens_next": "A plan with Kelly, and somebody for her to talk to.",
    }, by="jane", at=diary.at(11, "15:00"))  # fmt: skip
    helping.found(story, assessing, {SKYE: ["3B"]}, by="jane", at=diary.at(11, "15:10"))
    helping.send(story, assessing, by="jane", at=diary.at(11, "15:20"))
    helping.sign(story, "Skye, assessed", assessing, "child_in_need_plan", by="gareth", at=diary.at(10, "11:30"))
    helping.conclude(
        story, [SKYE], KELLY, "Mother is protective", by="jane", at=diary.at(10, "12:00"),
        basis="She told us of the shouting before she was asked, and changed the lock (seen on the visit).",
    )  # fmt: skip
    helping.ask_help(story, [SKYE], "Somebody for Kelly to talk to about violence", "The Harbour Project", by="jane",
                     at=diary.at(10, "12:20"), post=POST)  # fmt: skip


def _what_kelly_says(story: Telling) -> None:
    """About the visit after the police came, which was the answer to what they told us."""
    desk.finish(story, CALLOUT, "weigh_contact", by="jane", at=story.diary.at(6, "16:40"),
                outcome="Visited without notice. Lee is not identified.")  # fmt: skip
    helping.own_account(
        story, "Kelly about Lee", KELLY, "The jacket is my brother's. I said so and it is not written down.", by="jane",
        at=story.diary.at(5, "10:00"), disagrees=True,
    )  # fmt: skip


def _he_moved_in(story: Telling) -> None:
    """The landlord writes that there is a second name on the door."""
    diary = story.diary
    record_address(
        by=story.who("jane"), person=story.people[LEE], lines="Flat 11, Granary House, Hallowby", postcode="QX1 6HW",
        true_from=diary.day(7), at=diary.at(4, "11:00"),
    )  # fmt: skip


def _three_in_a_row(story: Telling) -> None:
    diary = story.diary
    helping.appointment(
        story, "Skye's eyes", [child(story, SKYE, "not_brought")], by="jane", at=diary.at(4, "15:00"),
        on=diary.day(5), what="Eye clinic", agency="hallowby-hospital",
        text="The clinic rang: nobody came, and nobody rang.",
    )  # fmt: skip
    helping.visit(story, "Granary House, nobody in", [child(story, SKYE, "nobody_in")], by="jane",
                  at=diary.at(3, "17:30"), announced=False)  # fmt: skip
    helping.visit(
        story, "Granary House, refused", [child(story, SKYE, "refused")], adults=[KELLY], by="jane",
        at=diary.at(2, "17:45"), announced=True,
        text="Kelly spoke through the door and said that Skye was asleep. A man told her to come away from it.",
    )  # fmt: skip


def _again(story: Telling) -> None:
    """The document goes on; a visit was planned for yesterday, and nobody has said how it went."""
    diary = story.diary
    assessing = helping.assess(story, [SKYE], by="jane", at=diary.at(4, "12:00"), why="Lee has moved in")
    helping.write(story, assessing, {
        "what_has_changed": "Lee lives at Granary House, and what we concluded of Kelly was before that.",
        "what_we_do_not_know": "Who Lee is. What Skye's nights are like now.",
    }, by="jane", at=diary.at(2, "18:20"))  # fmt: skip
    helping.will_visit(story, [SKYE], by="jane", post=POST, at=diary.at(2, "18:30"), starts=diary.at(1, "16:00"),
                       purpose="See Skye, whoever opens", announced=False)  # fmt: skip
