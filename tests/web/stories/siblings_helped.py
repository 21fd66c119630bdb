"""Their plan: agreed, visited, reviewed; one of them stepped down; and an ending, after which something still comes."""

import re

from tests.web.stories.beginnings import days_ago, written
from tests.web.stories.burden import Order
from tests.web.stories.siblings import ALL_THREE, HEDREK, KENSA, LOCRYN, MERAUD, TEGEN, WELLA
from tests.web.stories.steps import Desk, Stage

ENDED = "Services ended for any other reason, no longer in need included"
ACCEPTED = "I have asked after it and accept it."
CLOSING = {
    "What has changed for each child?": "Kensa is a big sister. Locryn eats before school. Tegen sleeps in a bed.",
    "How do the family and others come back to us?": "Ring Family Support 2. Nothing has to be told again.",
    "Who holds the worry from now on?": "Hannah Reyes at the school, who agrees.",
}


def a_plan_is_made_and_agreed(stage: Stage) -> None:
    # Given the worker, who is asked to make the plan with the family
    jane = stage.again("jane")
    jane.sees("Make the child in need plan with the family")
    jane.finds(KENSA, KENSA)
    jane.follows("Plan")
    jane.presses("Make a plan")
    # When she makes it for all three, with what is to be different in Kensa's words
    jane.chooses("What kind of plan is it?", "Child in need plan")
    for child in (LOCRYN, TEGEN):
        jane.ticks_one_like("Which children is it for?", child)
    jane.picks("Who is the lead practitioner?", re.compile("Me: Jane Smith"))
    with jane.within("Outcome 1"):
        jane.picks("Whom is it for?", re.compile(KENSA))
        jane.writes("In the child's words", "To be the big sister and not the mum.")
        jane.writes("What is to be different?", "Meraud gets the children up on school days.")
        jane.writes("How shall we know?", "Kensa is at school at nine and does not ring home.")
        jane.writes("What is to be done?", "Ring at seven every school day")
        jane.writes("Who?", "Hedrek Nance")
    jane.presses("Add another outcome")
    with jane.within("Outcome 2"):
        jane.writes("What is to be different?", "Tegen and Locryn each sleep in a bed.")
        jane.writes("What is to be done?", "Bring two beds from the family hub")
        jane.writes("Who?", "Jane Smith")
    jane.writes("At which point do we go further?", "If Tegen is alone with nobody awake.")
    jane.chooses(f"Does {MERAUD} agree?", "Agrees")
    jane.chooses(f"Does {HEDREK} agree?", "Agrees")
    jane.chooses(f"Does {WELLA} agree?", "Does not agree")
    jane.looks("plan-new", within=2600)
    jane.presses("Make the plan")
    jane.sees("The plan is made.", "To be the big sister and not the mum.")
    # And keeps the first version, with who signed and why one did not
    jane.follows("Agree and sign")
    jane.chooses(f"Did {MERAUD} sign?", "Signed")
    jane.chooses(f"Did {WELLA} sign?", "Did not sign")
    with jane.within(f"Did {WELLA} sign?"):
        jane.writes("Why is there no signature?", "He wants Tegen to live with him.")
    jane.looks()
    jane.presses("Keep this version")
    jane.sees("As it was agreed", "Version 1")


def help_is_asked_for_and_begins(stage: Stage) -> None:
    # Given help that is asked for, which nobody has to permit
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Plan")
    jane.follows("Ask for a service")
    jane.writes("What is asked for?", "A place in the young carers' group")
    jane.writes("Who is asked, where the list does not have them?", "Young carers of Hallowby")
    jane.looks()
    jane.presses("Record it")
    jane.sees("Help that was asked for", "A place in the young carers' group")
    jane.looks("plan", within=2800)
    # When somebody who was there says that it began
    jane.follows(re.compile("Say|What became of it|young carers"))
    jane.chooses("What became of it?", "It has begun")
    jane.writes("Who said that it began?", "Kensa, who went on Tuesday")
    jane.presses("Save")
    jane.sees("Kensa, who went on Tuesday")


def they_are_visited(stage: Stage, order: Order) -> None:
    # Given a visit that is planned
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Visits")
    jane.presses("Plan a visit")
    for child in (LOCRYN, TEGEN):
        jane.ticks_one_like("Whom do you plan to see?", child)
    jane.writes("When?", "tomorrow 15.30")
    jane.chooses("Will the family know that you are coming?", "Announced")
    jane.chooses("Where?", "At home")
    jane.writes("What is it for?", "To see the new beds")
    jane.picks("Who goes?", re.compile("Jane Smith"))
    jane.looks()
    jane.presses("Plan the visit")
    jane.sees("The visit is planned.")
    jane.goes_to("My day")
    jane.sees("Visits planned")
    jane.looks("my-day")
    # When she is let in a day sooner, one child is alone with her, one is watched, and one is out
    jane.finds(KENSA, KENSA)
    jane.follows("Visits")
    jane.follows(re.compile("Record it"))
    jane.writes("When was it?", "today 0.01")
    jane.chooses(f"Was {KENSA} seen?", "Seen alone")
    jane.writes(f"What {KENSA} said, did or drew", "Mum got up on Thursday. I had my hair done.")
    jane.chooses(f"Was {TEGEN} seen?", "Fully observed (does not use speech)")
    jane.writes(f"What {TEGEN} said, did or drew", "She climbed into the new bed and pulled the cover up.")
    jane.chooses(f"Was {LOCRYN} seen?", "Not seen")
    with jane.within(f"{LOCRYN} about 6 years"):
        jane.writes("What was the reason?", "At his father's.")
        jane.writes("Who gave it?", "Meraud")
    jane.writes("Who was there?", "Meraud")
    jane.chooses("Did you see where the children sleep?", "Seen")
    jane.writes("What happened?", "Two beds stand made. Meraud had slept and made soup.")
    jane.looks("visit", within=3600)
    order.saves(jane, "Record the visit")
    jane.sees("The visit is recorded once, on 3 records.", "Two beds stand made.")


def what_came_late_is_written_after_it(stage: Stage, order: Order) -> None:
    # Given a visit of days before, which nobody has written
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Visits")
    jane.presses("Record a visit")
    jane.writes("When was it?", f"{written(days_ago(6))} at 4pm")
    for child in ALL_THREE:
        jane.chooses(f"Was {child} seen?", "Seen, with others there")
    jane.chooses("Did the family know that you were coming?", "Not announced")
    jane.chooses("Where was it?", "At home")
    jane.writes("Who was there?", "Meraud and Wella")
    jane.writes("What happened?", "The chair is Tegen's bed. Locryn showed me where the coats should be.")
    order.saves(jane, "Record the visit")
    # Then it stands among the others, and changes nothing that is newer
    jane.follows("Visits")
    jane.sees("6 days ago", "Seen alone")
    jane.sees_row("Last seen alone", "Today")
    jane.finds(LOCRYN, LOCRYN)
    jane.follows("Visits")
    jane.sees("6 days ago", "Not seen", "At his father's")
    jane.looks("visits")


def a_parent_says_it_otherwise(stage: Stage) -> None:
    # Given what was written of the visit
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Timeline")
    jane.follows(re.compile("Add what the family says of this visit"))
    # When the mother says it in her own words, they stand under it on the record of each child
    jane.looks()
    jane.ticks_one_like("Whose account is it?", MERAUD)
    jane.writes("What they say, in their own words", "I always get up. That week I was ill.")
    jane.chooses("Do they disagree with what is written?", "Yes, they disagree")
    jane.presses("Add their account")
    jane.sees("I always get up. That week I was ill.")
    jane.finds(TEGEN, TEGEN)
    jane.follows("Timeline")
    jane.sees("I always get up. That week I was ill.")


def the_plan_is_reviewed(stage: Stage, order: Order) -> None:
    # Given a review with everybody who matters
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Plan")
    jane.presses("Review the plan")
    jane.writes("Who was there, and who not?", "Meraud, Hedrek, Kensa for the first half. Wella did not come.")
    jane.writes("What was said?", "Kensa: I did not make one packed lunch this week.")
    places_each(jane, "8", "6")
    jane.chooses("What should happen next?", "Go on with the plan as it is")
    jane.looks("plan-review", within=2600)
    order.saves(jane, "Save the review")
    jane.sees("The review is on the record", "8")
    # When an earlier one is written after it, the next is still counted from the latest
    jane.presses("Review the plan")
    jane.writes("When was it held?", written(days_ago(2)))
    jane.writes("Who was there, and who not?", "Meraud and Jane.")
    jane.writes("What was said?", "Beds are promised.")
    places_each(jane, "3", "2")
    jane.chooses("What should happen next?", "Go on with the plan as it is")
    order.saves(jane, "Save the review")
    jane.sees("Reviews")
    jane.looks("plan-reviewed", within=2800)


def places_each(jane: Desk, *numbers: str) -> None:
    """How far each outcome has come."""
    scales = jane.page.get_by_role("group", name="How far has this come?").all()
    for scale, number in zip(scales, numbers, strict=True):
        scale.get_by_text(number, exact=True).click()


def one_of_them_is_stepped_down(stage: Stage) -> None:
    # Given the worker, who asks for Kensa alone
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Plan")
    jane.follows("Ask for a step down")
    jane.ticks_one_like("Which children?", KENSA)
    jane.writes("Why?", "Kensa is at school at nine and goes to her group. Early help holds that for her.")
    jane.looks()
    jane.presses("Ask for it")
    jane.sees("Asked. Your reason is on the record")
    # When the manager decides it
    gareth = stage.again("gareth")
    gareth.finds(KENSA, KENSA)
    gareth.follows("Plan")
    gareth.follows("Step down")
    gareth.sees("Kensa is at school at nine")
    gareth.chooses("What do you decide?", "I agree: do it as below")
    gareth.ticks_one_like("Which children?", KENSA)
    gareth.writes("Why?", "I agree with Jane. Her brother and sister stay on the plan.")
    gareth.ticks_one_like("Which outcomes go with them?", "To be the big sister")
    gareth.looks("step-down", within=2400)
    gareth.presses("Save")
    gareth.sees("Done. The record of each child says so")
    # Then early help goes on for her, and the plan for the other two
    gareth.finds(KENSA, KENSA)
    gareth.follows("Plan")
    gareth.sees("Early help plan", "To be the big sister and not the mum.")
    gareth.finds(TEGEN, TEGEN)
    gareth.follows("Plan")
    gareth.sees("Child in need plan", "each sleep in a bed")


def a_manager_is_asked_for_the_ending(stage: Stage) -> None:
    # Given the worker, who sees what is still open before she asks
    jane = stage.again("jane")
    jane.finds(LOCRYN, LOCRYN)
    jane.follows("Ask to end involvement")
    for child in (KENSA, TEGEN):
        jane.ticks_one_like("For whom does it end?", child)
    jane.chooses("Why does involvement end?", ENDED)
    for question, words in CLOSING.items():
        jane.writes(question, words)
    jane.looks("ending-ask", within=3000)
    jane.presses("Ask for the ending")
    jane.sees("Asked. A manager reads it")


def a_manager_answers_for_what_is_open(stage: Stage) -> None:
    # Given the manager, who is refused while anything is unanswered
    gareth = stage.again("gareth")
    gareth.follows(re.compile(f"uthorise the ending.*{LOCRYN}"))
    gareth.sees_heading("End of involvement")
    gareth.looks("ending", within=2800)
    gareth.presses("Authorise the ending")
    gareth.sees("There is a problem", "say what became of it, or why you accept it")
    gareth.looks()
    # When each open matter has his reason, under his name
    for label in ("Why you accept it", "Or why you accept that it is open"):
        for box in gareth.page.get_by_label(label, exact=True).all():
            box.fill(ACCEPTED)
    gareth.presses("Authorise the ending")
    # Then involvement has ended, and what was open stands with it
    gareth.sees("Involvement ended", ACCEPTED)
    gareth.looks("ended", within=2600)


def it_stands_on_the_record_and_something_still_comes(stage: Stage, order: Order) -> None:
    # Given the three records, on which the closing summary stands
    jane = stage.again("jane")
    for child in ALL_THREE:
        jane.finds(child, child)
        jane.sees("Not open to us now")
        jane.follows("Timeline")
        jane.sees(CLOSING["What has changed for each child?"], "What is the most benign?")
    # When a visit that was made before the ending is written after it
    jane.follows("Visits")
    jane.presses("Record a visit")
    jane.writes("When was it?", f"{written(days_ago(1))} at 4pm")
    jane.chooses(f"Was {TEGEN} seen?", "Seen, with others there")
    jane.chooses("Did the family know that you were coming?", "Announced")
    jane.chooses("Where was it?", "At home")
    jane.writes("Who was there?", "Meraud")
    jane.writes("What happened?", "A last visit, with cake.")
    order.saves(jane, "Record the visit")
    # Then it is on the record
    jane.sees("The visit is recorded.", "A last visit, with cake.")
