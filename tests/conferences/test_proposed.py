"""Whoever convenes a conference and whoever was at the strategy discussion are proposed for it, with why."""

from datetime import timedelta

from sightline.doorway.acts import acting
from sightline.enquiries.operations import DiscussionHeld, TookPartGiven, ask_for_discussion, record_discussion
from sightline.journeys.convene import propose_for
from tests.universe import Universe

ROSIE = "Rosie Penhallow"


def test_the_convening_post_and_those_of_the_strategy_discussion_are_proposed_with_why(universe: Universe) -> None:
    jane, gareth, at = universe.who("jane"), min(universe.who("gareth").posts), universe.at
    child, police = universe.person(ROSIE), universe.mailbox("police-hub")
    step = ask_for_discussion(by=jane, children=[child], why="Bruises.", post=None, at=at - timedelta(days=2))
    there = (
        TookPartGiven("police", agency_post=police, name="DS Ana Whitfield", role="detective sergeant"),
        TookPartGiven("social_care", post=gareth, name="Gareth"),
    )
    record_discussion(by=jane, discussion=step, held=DiscussionHeld(at - timedelta(days=1), took_part=there), at=at)
    convening = min(universe.who("dipa").posts)
    with acting(jane.id):
        proposed = propose_for(children=[child], at=at, posts=[convening])
    because = {one.agency_post or one.post or one.person: one.because for one in proposed}
    assert because[police][0].startswith("Was asked to the strategy discussion of ")
    assert because[gareth][0].startswith("Was asked to the strategy discussion of ")
    assert because[convening] == ("Convenes the conference",)
