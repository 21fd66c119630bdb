"""An unborn child and a mother who is helped early: from a midwife's call to an ending, with no assessment in between.

Duty worker, social worker, family support worker, and the manager who answers for the ending.
"""

import re

import pytest

from tests.web.stories.beginnings import Newcomer, days_ago, everybody_agrees, is_decided, tells_of, written
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

BABY, ROSENWYN = "Baby Tremayne", "Rosenwyn Tremayne"
MIDWIVES = "Community midwives, Hallowby General Hospital"
OUTCOME = "The baby comes home to a cot of its own."
CLOSING = {
    "What has changed for each child?": "There is a cot, and a grandmother who rings every evening.",
    "How do the family and others come back to us?": "Ring Family Support 2, or tell the midwife.",
    "Who holds the worry from now on?": "Nobody is worried. Adaeze Obi sees her until the birth.",
}


def test_an_unborn_child_from_a_call_to_an_ending(stage: Stage) -> None:
    a_midwife_tells_of_a_child_who_is_expected(stage)
    the_offer_is_made_and_a_plan_with_it(stage)
    the_mother_is_visited(stage)
    the_plan_is_agreed_and_a_service_begins(stage)
    it_is_reviewed(stage)
    it_ends_before_the_birth(stage)


def a_midwife_tells_of_a_child_who_is_expected(stage: Stage) -> None:
    # Given a midwife on the line, and a mother whom nobody knows
    dipa = stage.again("dipa")
    tells_of(
        dipa,
        [Newcomer(BABY, f"due {written(days_ago(-80))}")],
        [Newcomer(ROSENWYN, relation="Mother", responsible=True)],
    )
    dipa.picks("Who is telling us?", MIDWIVES)
    dipa.types("Their name", "Adaeze Obi")
    dipa.unfolds("More about who told us, and when")
    dipa.picks("In what capacity, if the list does not say", re.compile("midwi|rimary|ommunity"))
    dipa.writes(
        "What did they see or hear?", "She comes to every appointment, alone, and has nothing for the baby yet."
    )
    dipa.writes("What do they fear may happen?", "That she has nobody to ring in the night.")
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [ROSENWYN])
    dipa.presses("Record contact")
    # Then the child is not yet born, and a social worker offers help, to which the mother agrees
    dipa.sees("The contact is recorded.", "ot yet born")
    is_decided(stage, BABY, "Offer of early help", "She asks for help herself, and nothing suggests harm.", agreed=True)


def the_offer_is_made_and_a_plan_with_it(stage: Stage) -> None:
    # Given the social worker, who makes the offer
    tomas = stage.again("tomas")
    tomas.finds(BABY, re.compile(BABY))
    tomas.sees("ot yet born")
    tomas.does_not_see("No record of being seen")
    tomas.follows("Plan")
    tomas.presses("Make a plan")
    # When a plan is made with the midwife as lead practitioner, carried by a family support worker
    tomas.chooses("What kind of plan is it?", "Early help plan")
    tomas.picks("Who is the lead practitioner?", "Community midwives")
    tomas.writes("Their name, where they do not work here", "Adaeze Obi")
    tomas.picks("Which of us carries it?", re.compile("Marcus Bello"))
    with tomas.within("Outcome 1"):
        tomas.writes("What is to be different?", OUTCOME)
        tomas.writes("What is to be done?", "Fetch the cot from the family hub")
        tomas.writes("Who?", "Marcus Bello and Rosenwyn")
    tomas.chooses(f"Does {ROSENWYN} agree?", "Agrees")
    tomas.presses("Make the plan")
    tomas.sees("The plan is made.", OUTCOME, "Adaeze Obi")
    # Then the desk, which was asked to make the offer, writes the answer
    dipa = stage.again("dipa")
    dipa.follows(re.compile(f"Make the offer of early help.*{BABY}"))
    dipa.writes("What was done?", "Rosenwyn took it up. Adaeze Obi leads, and Marcus carries the plan.")
    dipa.looks()
    dipa.presses("It is done")
    dipa.sees_heading("My day")


def the_mother_is_visited(stage: Stage) -> None:
    # Given the family support worker, on whose day the plan is
    marcus = stage.again("marcus")
    marcus.sees(BABY)
    marcus.finds(BABY, re.compile(BABY))
    marcus.presses("Record a visit")
    marcus.looks("visit-unborn", within=2400)
    # When he has visited the mother, nobody says that a child who is not born was seen
    marcus.chooses(f"Was the visit about {BABY}, who is not yet born?", "The visit was made")
    marcus.writes("When was it?", "today 0.01")
    marcus.chooses("Did the family know that you were coming?", "Announced")
    marcus.chooses("Where was it?", "At home")
    marcus.writes("Who was there?", "Rosenwyn, and her mother for the last half hour")
    marcus.writes("What happened?", "We measured where the cot will stand.")
    marcus.unfolds("Attach documents, or record it for an adult as well")
    marcus.ticks_one_like("On the record of which adults does it go as well?", ROSENWYN)
    marcus.presses("Record the visit")
    marcus.sees("The visit is recorded", "We measured where the cot will stand.")
    # Then it is on the record of both
    marcus.does_not_see("Seen alone", "Not seen")
    marcus.finds(ROSENWYN, ROSENWYN)
    marcus.follows("Timeline")
    marcus.sees("We measured where the cot will stand.")


def the_plan_is_agreed_and_a_service_begins(stage: Stage) -> None:
    # Given the plan, which the mother and the midwife sign
    marcus = stage.again("marcus")
    marcus.finds(BABY, re.compile(BABY))
    marcus.follows("Plan")
    marcus.follows("Agree and sign")
    marcus.chooses(f"Did {ROSENWYN} sign?", "Signed")
    marcus.writes("Name", "Adaeze Obi")
    marcus.writes("What are they to the child?", "Lead practitioner")
    marcus.chooses("Did they sign?", "Signed")
    marcus.presses("Keep this version")
    marcus.sees("Version 1")
    # When help is asked for that is in no list, it waits until somebody says that it began
    marcus.follows("Ask for a service")
    marcus.writes("What is asked for?", "A volunteer who rings in the evenings")
    marcus.writes("Who is asked, where the list does not have them?", "Home from Home")
    marcus.presses("Record it")
    marcus.sees("A volunteer who rings in the evenings", "Home from Home")
    marcus.goes_to("My day")
    marcus.sees("Waiting for others", "A volunteer who rings in the evenings")
    marcus.looks()
    marcus.follows(re.compile(f"A volunteer who rings in the evenings.*{BABY}"))
    marcus.chooses("What became of it?", "It is not coming")
    marcus.writes("Why is it not coming?", "Her own mother rings now.")
    marcus.presses("Save")
    marcus.sees("Her own mother rings now.")
    marcus.looks("plan-early-help", within=2400)


def it_is_reviewed(stage: Stage) -> None:
    # Given a review that the midwife leads
    marcus = stage.again("marcus")
    marcus.finds(BABY, re.compile(BABY))
    marcus.follows("Plan")
    marcus.presses("Review the plan")
    marcus.writes("Who was there, and who not?", "Rosenwyn, her mother, Adaeze Obi.")
    marcus.writes("What was said?", "The cot stands by the window. Nothing more is wanted of us.")
    marcus.chooses("How far has this come?", "9")
    # When it says that the help has done what it was for, the next page asks for the ending
    marcus.chooses("What should happen next?", "Ask to end our involvement")
    marcus.presses("Save the review")
    marcus.sees_heading("Ask to end involvement")
    marcus.chooses("Why does involvement end?", "What the family wanted to change has changed")
    for question, words in CLOSING.items():
        marcus.writes(question, words)
    marcus.presses("Ask for the ending")
    marcus.sees("Gareth Lowe")


def it_ends_before_the_birth(stage: Stage) -> None:
    # Given the manager, who sees what is open and answers for it
    gareth = stage.again("gareth")
    gareth.follows(re.compile(f"uthorise the ending.*{BABY}"))
    gareth.looks()
    for label in ("What became of it", "Why you accept it"):
        for box in gareth.page.get_by_label(label, exact=True).all():
            box.fill("The cot is there, and her mother helps.")
    gareth.presses("Authorise the ending")
    # Then involvement has ended, and the midwife is told by name how to come back
    gareth.sees("Involvement ended")
    marcus = stage.again("marcus")
    marcus.finds(BABY, re.compile(BABY))
    marcus.sees("Not open to us now", "ot yet born")
    marcus.follows("Timeline")
    marcus.sees(*CLOSING.values())
