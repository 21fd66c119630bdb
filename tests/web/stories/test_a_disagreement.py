"""A health visitor and a chair disagree about what a conference decided: raised by a link, taken further, resolved.

Taking it further, raising one on the page, and opening an enquiry are counted; see docs/reference/burden.md.
"""

import re

import pytest

from tests.web.stories import burden
from tests.web.stories.beginnings import Newcomer, are_allocated, everybody_agrees, is_decided, tells_of
from tests.web.stories.burden import Task
from tests.web.stories.protected import VISITORS, at_protection
from tests.web.stories.protected_conference import LINK, NURSE, SAFE, VISITORS_INBOX, asked_of, at_the_chairs_desk
from tests.web.stories.protected_decided import decides, was_there
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

TAMSIN, LOVEDAY = "Tamsin Keast", "Loveday Keast"
JANE = "Jane Smith, Family Support 2"
NOT_AGREED = "She is two, she weighs what she weighed at one, and nobody comes to the door for me."
CHAIR_SAYS = "The mother agreed to all that was asked of her in the room."
CAME_OF = "They spoke on the telephone. Neither could accept what the other saw."
DECIDED = "The conference sits again within ten working days, with her weights in front of it."


def test_a_health_visitor_and_a_chair_disagree(stage: Stage) -> None:
    a_conference_decides_that_there_is_no_plan(stage)
    the_health_visitor_says_that_she_does_not_agree(stage)
    it_is_made_a_disagreement(stage)
    a_later_reader_sees_it(stage)
    escalated = it_is_taken_to_their_managers(stage)
    it_is_resolved_and_learned_from(stage)
    raised = another_is_raised_on_the_page(stage)
    opened = an_enquiry_is_opened_in_two_fields(stage)
    burden.hold_disagreement(raised, escalated)
    burden.hold_enquiry(opened)


def a_conference_decides_that_there_is_no_plan(stage: Stage) -> None:
    # Given a child of two of whom a health visitor told us
    dipa = stage.again("dipa")
    tells_of(dipa, [Newcomer(TAMSIN, "about 2")], [Newcomer(LOVEDAY, relation="Mother", responsible=True)])
    dipa.picks("Who is telling us?", VISITORS)
    dipa.writes("Their name", "Bea Lund")
    dipa.unfolds("More about who told us, and when")
    dipa.picks("In what capacity, if the list does not say", re.compile("ealth visitor"))
    dipa.writes("What did they see or hear?", "She has not grown since March.")
    dipa.writes("What do they fear may happen?", "That she goes on not growing.")
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [LOVEDAY])
    dipa.presses("Record contact")
    dipa.sees("The contact is recorded.")
    is_decided(stage, TAMSIN, "Referral: assessment", "A child who does not grow.", need="Abuse or neglect")
    are_allocated(stage, [TAMSIN], "Jane Smith", "Jane has room.")
    # When a conference was held before anybody wrote it down, and it made no plan
    jane = at_protection(stage, TAMSIN)
    jane.follows("Convene a conference")
    jane.chooses("Which conference is it?", "Initial child protection conference")
    jane.writes("When?", "today at 0.01")
    jane.writes("Where?", "Quayside House")
    jane.picks("Who chairs it?", re.compile("Winston Clarke"))
    for one in (NURSE, JANE):
        jane.field(one).check()
    with asked_of(jane, LOVEDAY):
        jane.field(LOVEDAY).check()
        jane.chooses(SAFE, "Yes")
        jane.writes("How do you know?", "She lives alone with her.")
    jane.presses("Convene it, and invite those who are ticked")
    jane.sees_heading("Invitations")
    winston = at_the_chairs_desk(stage, "write", TAMSIN)
    was_there(winston, NURSE, "She is two and weighs what she weighed at one.")
    was_there(winston, JANE, "There was food in the house.")
    was_there(winston, LOVEDAY, "I do what they ask.")
    winston.writes("If too few agencies were there, why did it go ahead?", "It could not wait.")
    decides(winston, TAMSIN, "Took no part", "No child protection plan", CHAIR_SAYS)
    winston.writes("What was said?", "Her weight, and what her mother wants.")
    winston.presses("Record the outcome")
    winston.sees("Recorded for each child.")
    # Then the letter to the health visitor has a link, while the mother's is still being read
    before = stage.letters_to(VISITORS_INBOX)
    winston.presses("Release the letter to Bea Lund, Hallowby General Hospital")
    stage.code = winston.page.locator("[data-code]").inner_text().strip()
    stage.link = LINK.findall(stage.letter_to(VISITORS_INBOX, beside=before))[-1]


def the_health_visitor_says_that_she_does_not_agree(stage: Stage) -> None:
    # Given the health visitor, who reads what was decided on her phone
    bea = stage.given_a_phone()
    bea.comes_to(stage.link)
    bea.writes("The code that you were given", stage.code)
    bea.presses("Open the message")
    bea.sees(TAMSIN)
    bea.chooses("What do you want to do?", "Say that I do not agree")
    bea.writes("Your words", NOT_AGREED)
    bea.writes("Your name and post", "Bea Lund, health visitor")
    bea.looks()
    bea.presses("Send")
    bea.sees("sent")
    stage.when_the_clock_strikes()


def it_is_made_a_disagreement(stage: Stage) -> None:
    # Given the chair, to whom it comes back, and who makes it one with one press
    winston = stage.again("winston")
    winston.follows("A professional disagrees with a decision")
    winston.sees(NOT_AGREED)
    winston.follows("Make it a disagreement")
    winston.looks()
    winston.presses("Make it a disagreement")
    winston.sees_heading("Professionals do not agree")
    winston.sees(NOT_AGREED, "Stage 1: between the two of them")
    # When he adds what he says, and how she is kept safe meanwhile
    winston.follows("Add what a side says")
    winston.picks("Whose words are these?", re.compile("Winston Clarke|onference chair"))
    winston.writes("What do they say?", CHAIR_SAYS)
    winston.looks()
    winston.presses("Add it")
    winston.sees(CHAIR_SAYS)
    winston.follows("Write it down")
    winston.writes("How are the children kept safe until it is resolved?", "She is weighed each Monday.")
    winston.presses("Save")
    winston.sees("She is weighed each Monday.")
    winston.looks("disagreement", within=2400)


def a_later_reader_sees_it(stage: Stage) -> None:
    # Given somebody who reads the record for the first time, before whom it stands at once
    gareth = stage.again("gareth")
    gareth.finds(TAMSIN, TAMSIN)
    gareth.sees("Professionals do not agree")
    gareth.looks()
    at_protection(stage, TAMSIN).sees("Between Bea Lund")


def it_is_taken_to_their_managers(stage: Stage) -> Task:
    # Given the two, who could not agree
    winston = stage.again("winston")
    winston.follows(re.compile("Resolve a disagreement"))
    winston.presses("Take it to the next stage")
    winston.presses("Take it further")
    refused = winston.is_refused_without()
    winston.looks()
    winston.follows("Back to the disagreement")
    winston.presses("Take it to the next stage")
    winston.sees_heading("Take it to stage 2")
    with winston.counted() as tally:
        winston.types("What came of this stage?", CAME_OF)
        winston.picks("Which of us carries it from now on?", re.compile("Helen Marsh"))
        winston.types("Who resolves it, by name, where it is somebody else?", "Helen Marsh with the named nurse")
        winston.presses("Take it further")
        winston.sees("Stage 2: with their managers", "Helen Marsh with the named nurse")
    return Task(burden.ESCALATED, tally, refused_without=refused, questions=burden.OF_A_DISAGREEMENT)


def it_is_resolved_and_learned_from(stage: Stage) -> None:
    # Given the manager, on whose day it stands
    helen = stage.again("helen")
    helen.follows(re.compile("Resolve a disagreement"))
    helen.sees(NOT_AGREED, CHAIR_SAYS, CAME_OF)
    helen.presses("Record how it was resolved")
    helen.chooses("How was it resolved?", "What was decided was changed")
    helen.writes("What was decided, and why?", DECIDED)
    helen.writes("What was learned?", "Weights are read out before anybody decides.")
    helen.looks()
    helen.presses("Record it")
    helen.sees_heading("Professionals did not agree")
    helen.sees(DECIDED, "Weights are read out before anybody decides.", "Telling them how it was resolved")
    helen.looks()
    # Then it no longer stands before whoever opens the record, and can be read with both views
    jane = stage.again("jane")
    jane.finds(TAMSIN, TAMSIN)
    jane.does_not_see("Professionals do not agree")
    jane.follows("Timeline")
    jane.sees(NOT_AGREED, CHAIR_SAYS, DECIDED)


def another_is_raised_on_the_page(stage: Stage) -> Task:
    # Given the worker, who is told on the telephone that the health visitor does not agree with her either
    jane = at_protection(stage, TAMSIN)
    jane.follows(re.compile("^Initial child protection conference"))
    jane.follows("Somebody does not agree")
    jane.presses("Record the disagreement")
    refused = jane.is_refused_without()
    jane.looks()
    jane.follows(re.compile("^Back$"))
    jane.follows("Somebody does not agree")
    jane.sees("What the child protection conference decided")
    # When she writes both views, it stands on the record
    with jane.counted() as tally:
        jane.picks("Who does not agree?", re.compile("Health visitors"))
        jane.types("What do they say?", "A full fridge on one day says nothing.")
        jane.types("What does the other side say?", "I was there on four days.")
        jane.types("How are the children kept safe until it is resolved?", "I go each Monday as well.")
        jane.presses("Record the disagreement")
        jane.sees("It is on the record until somebody resolves it.")
    jane.sees("A full fridge on one day says nothing.", "I was there on four days.")
    return Task(burden.RAISED, tally, refused_without=refused, questions=burden.OF_A_DISAGREEMENT)


def an_enquiry_is_opened_in_two_fields(stage: Stage) -> Task:
    # Given the worker, who is told all that is needed when she writes nothing
    jane = at_protection(stage, TAMSIN)
    jane.follows("Open a section 47 enquiry")
    jane.presses("Open the enquiry")
    refused = jane.is_refused_without()
    # When she says why, of the child from whose record she came, it is open before anything else is recorded
    at_protection(stage, TAMSIN)
    jane.follows("Open a section 47 enquiry")
    with jane.counted(known={"children"}) as tally:
        jane.types("Why?", "She weighs less than she did.")
        jane.presses("Open the enquiry")
        jane.sees("The enquiry is open.")
    jane.looks()
    return Task(burden.OPENED, tally, refused_without=refused, questions=burden.OF_AN_ENQUIRY)
