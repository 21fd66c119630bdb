"""A conference before birth: an unborn child on a plan, the birth, and the same plan going on with the child.

Midwife, social worker and chair have a part in it. No enquiry is opened before birth here.
"""

import re

import pytest

from tests.web.stories.beginnings import (
    Newcomer,
    are_allocated,
    days_ago,
    everybody_agrees,
    is_decided,
    tells_of,
    written,
)
from tests.web.stories.protected import at_protection
from tests.web.stories.protected_conference import SAFE, asked_of, at_the_chairs_desk
from tests.web.stories.protected_decided import was_there
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

BABY, MORWENNA = "Baby Rescorla", "Morwenna Rescorla"
MIDWIVES = "Community midwives, Hallowby General Hospital"
MIDWIFE, JANE = "Adaeze Obi, Community midwives, Hallowby General Hospital", "Jane Smith, Family Support 2"
WHY = "Her last child was hurt by the man whom she lives with."
OUTCOME = "The baby and her mother live where he cannot come in."


def test_a_conference_before_birth_and_the_plan_that_goes_on_with_the_child(stage: Stage) -> None:
    a_midwife_tells_of_a_child_who_is_expected(stage)
    no_enquiry_is_opened_before_birth(stage)
    the_conference_puts_an_unborn_child_on_a_plan(stage)
    the_birth_is_recorded(stage)


def a_midwife_tells_of_a_child_who_is_expected(stage: Stage) -> None:
    # Given a midwife on the line, and a child who is due in two months
    dipa = stage.again("dipa")
    tells_of(
        dipa,
        [Newcomer(BABY, f"due {written(days_ago(-60))}")],
        [Newcomer(MORWENNA, relation="Mother", responsible=True)],
    )
    dipa.picks("Who is telling us?", MIDWIVES)
    dipa.writes("Their name", "Adaeze Obi")
    dipa.unfolds("More about who told us, and when")
    dipa.picks("In what capacity, if the list does not say", re.compile("midwi|rimary|ommunity"))
    dipa.writes("What did they see or hear?", "She came with a bruise, and he answered for her.")
    dipa.writes("What do they fear may happen?", WHY)
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [MORWENNA])
    dipa.presses("Record contact")
    dipa.sees("The contact is recorded.", "ot yet born")
    is_decided(stage, BABY, "Referral: assessment", WHY, need="Abuse or neglect")
    are_allocated(stage, [BABY], "Jane Smith", "Jane knew the child before.")


def no_enquiry_is_opened_before_birth(stage: Stage) -> None:
    # Given an authority that opens no enquiry before birth, and a page that says what to do instead
    jane = at_protection(stage, BABY)
    jane.follows("Open a section 47 enquiry")
    jane.writes("Why?", WHY)
    jane.presses("Open the enquiry")
    jane.sees("this authority opens no section 47 enquiry before birth", "convene a conference")
    jane.looks()


def the_conference_puts_an_unborn_child_on_a_plan(stage: Stage) -> None:
    # Given a conference before the birth, to which nobody invites a child who is not born
    jane = at_protection(stage, BABY)
    jane.follows("Convene a conference")
    jane.chooses("Which conference is it?", "Initial child protection conference")
    jane.writes("When?", "today at 0.01")
    jane.writes("Where?", "Hallowby General Hospital")
    jane.picks("Who chairs it?", re.compile("Winston Clarke"))
    assert not jane.page.get_by_role("checkbox", name=BABY, exact=True).count(), "a child who is not born is invited"
    with asked_of(jane, MORWENNA):
        jane.field(MORWENNA).check()
        jane.chooses(SAFE, "Yes")
        jane.writes("How do you know?", "The midwife tells her, alone.")
    for one in (MIDWIFE, JANE):
        jane.field(one).check()
    jane.looks()
    jane.presses("Convene it, and invite those who are ticked")
    jane.sees_heading("Invitations")
    # When the chair records it, no child took part, and one has a plan
    winston = at_the_chairs_desk(stage, "write", BABY)
    winston.does_not_see(f"What part did {BABY} take?")
    was_there(winston, MIDWIFE, "She is alone with him each night.")
    was_there(winston, JANE, "He was told to leave, and has not.")
    was_there(winston, MORWENNA, "I want to keep her.")
    winston.writes("If too few agencies were there, why did it go ahead?", "She is due in two months.")
    winston.chooses(f"What was decided for {BABY}?", "A child protection plan begins")
    winston.chooses("What is the main category?", "Physical abuse")
    row = winston.page.locator("details", has=winston.page.get_by_role("group", name="What is the main category?"))
    row.get_by_label("Why?", exact=True).fill("The harm is likely, from the first day.")
    winston.writes("What was said?", "Where she can live with a child.")
    with winston.within("Outcome 1"):
        winston.writes("What is to be different?", OUTCOME)
        winston.writes("What is to be done?", "Find a place in a refuge")
        winston.writes("Who?", "Jane Smith")
    winston.writes("At which point will we go to court?", "If he is in the house on the day of the birth.")
    winston.looks()
    winston.presses("Record the outcome")
    winston.sees("Recorded for each child.")
    jane = at_protection(stage, BABY)
    jane.sees("ot yet born", "On a child protection plan since", "Main category: Physical abuse")
    jane.looks()


def the_birth_is_recorded(stage: Stage) -> None:
    # Given the child, who is born, and whose record it stays
    jane = stage.again("jane")
    jane.finds(BABY, re.compile(BABY))
    jane.follows("Record the birth")
    jane.writes("Date of birth", "today")
    jane.writes("Given names", "Lamorna")
    jane.chooses("Sex", "Female")
    jane.chooses("Is the child living?", "Living")
    jane.writes("What else is known?", "Both are well. They go to the refuge from the ward.")
    jane.looks()
    jane.presses("Record the birth")
    # Then the plan goes on with her, under her name
    jane.sees("The birth is recorded.", "Lamorna")
    jane.sees("Child protection plan")
    jane.does_not_see("ot yet born")
    jane.looks()
    jane.follows(re.compile("^Plan$"))
    jane.sees(OUTCOME)
    jane.does_not_see("ot yet born")
