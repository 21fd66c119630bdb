"""Tyler and Summer Beckett, over the year: what Callum did while he was there, a move, and a new school."""

from sightline.commands.demonstration import casework, desk, helping
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.families.beckett import DONNA, SUMMER, TYLER
from sightline.commands.demonstration.helping import child
from sightline.commands.demonstration.telling import Telling

BOTH = [TYLER, SUMMER]
CLUB = "Tyler's first term"


def tell(story: Telling) -> None:
    """Between the second ending and the third beginning they moved, and Tyler went up to the big school."""
    _moved_and_went_up(story)
    _this_autumn(story)


def _moved_and_went_up(story: Telling) -> None:
    diary = story.diary
    referrer = story.professional("housing", "housing-safeguarding", "Joy Adeleke, tenancy safeguarding lead")
    story.take(
        CLUB, by="dipa", at=diary.at(132, "10:50"), channel="email", known=[TYLER, SUMMER, DONNA], referrer=referrer,
        saw="Donna took the ground floor flat that we offered after the burglary, and carried it all over herself. "
        "Tyler let the officer in, and said that he begins at the upper school on Monday and has no shoes for it.",
        fears="Only the shoes.",
    )  # fmt: skip
    at = diary.at(132, "11:10")
    story.home([TYLER, SUMMER, DONNA], "Flat 1, 3 Weaver's Court, Hallowby", "QX2 6PL", by="dipa", at=at)
    desk.acknowledge(story, CLUB, by="dipa", at=at, heard=desk.answer_to(referrer))
    desk.settle(
        story, CLUB, "early_help_offer", by="tomas", at=diary.at(131, "09:50"), agreement=True,
        reason="A mother who asked for help the last time and used it. Shoes, and a place at the holiday club.",
        would_change="If either child is alone at night again.",
        history_bears="Two involvements that ended well, the last half a year ago.",
    )  # fmt: skip
    desk.tell_outcome(story, CLUB, by="tomas", at=diary.at(131, "10:10"), heard=desk.answer_to(referrer))
    desk.finish(story, CLUB, "offer_early_help", by="tomas", at=diary.at(129, "15:00"),
                outcome="Shoes from the uniform bank, and both are at the club until term begins.")  # fmt: skip


def _this_autumn(story: Telling) -> None:
    """Until Callum left. What he meant to do next stands in his last note."""
    diary = story.diary
    helping.visit(story, "Weaver's Court", [child(story, TYLER, "seen"), child(story, SUMMER, "seen")], adults=[DONNA],
                  by="callum", at=diary.at(53, "16:40"), announced=True, present="Donna, Tyler and Summer", text=(
        "Warm, tidy and loud. The scrapyard's fence is across the road: I can see why. Donna has walked the boys' way "
        "to school with them and shown them the other one."))  # fmt: skip
    helping.visit(story, "Summer at school", [
        child(story, SUMMER, "seen_alone", words="Tyler is scared of nothing. I do it for him, so that it is done."),
    ], by="callum", at=diary.at(41, "13:20"), place="school", text="Saw Summer alone, at lunch club.")  # fmt: skip
    helping.visit(story, "Weaver's Court, cancelled", [
        child(story, TYLER, "cancelled_by_us"), child(story, SUMMER, "cancelled_by_us"),
    ], by="callum", at=diary.at(30, "16:30"), announced=True, text="I was at court. Rang Donna at noon.")  # fmt: skip
    casework.note(story, "Callum's last note", Note(
        about=[TYLER, SUMMER, DONNA],
        text="Told Donna and the children that I am leaving. Tyler asked who comes next, and I could not say. To do: "
        "see Tyler alone once more about the scrapyard, and ask the school how his mornings are.",
    ), by="callum", at=diary.at(18, "15:10"))  # fmt: skip
