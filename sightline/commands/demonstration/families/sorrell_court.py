"""Isla and Finn Sorrell, since: their mother opened the door to Dean, and pre-proceedings began."""

from sightline.commands.demonstration.families.sorrell import FINN, ISLA
from sightline.commands.demonstration.telling import Telling
from sightline.court.operations import Said, family_meeting, hold_meeting, letter_sent
from sightline.journeys.pre_proceedings import begin_before_court
from sightline.kernel.london import local_day

NAOMI, MANAGER = "naomi", "gareth"


def tell(story: Telling) -> None:
    """Decided, the letter sent, the family met, and the first meeting held. The review is to come."""
    diary, naomi = story.diary, story.who(NAOMI)
    decided = diary.at(17, "16:40")
    step = begin_before_court(
        by=story.who(MANAGER), children=[story.people[ISLA], story.people[FINN]], decided_on=local_day(decided),
        why="On Sunday Leanne let Dean in for an hour while both children were in the flat. She told us herself on "
        "Monday. What must change: the door stays shut, she takes the place at the women's group, and Pat is there "
        "on Sundays.",
        advice="The threshold is likely met on both injuries. A plan with dates first; if he is let in again, issue.",
        at=decided,
    )  # fmt: skip
    letter_sent(
        by=naomi, step=step, sent_on=local_day(diary.at(14, "15:00")), at=diary.at(14, "15:20"),
        said=Said("Given to Leanne by hand and read with her. She has a list of solicitors."),
    )  # fmt: skip
    family_meeting(
        by=naomi, step=step, offered=True, held=True, at=diary.at(10, "17:45"),
        said=Said("Leanne, Pat, and Leanne's brother. They made their own rota: Pat sleeps there on Saturdays."),
    )  # fmt: skip
    hold_meeting(
        by=naomi, step=step, kind="first", held_on=local_day(diary.at(4, "11:00")), at=diary.at(4, "13:10"),
        said=Said("Leanne came with Ms Ferrant, her solicitor. She agrees to all that the letter asks, in writing."),
    )  # fmt: skip
