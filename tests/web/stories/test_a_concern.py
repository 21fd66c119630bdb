"""A concern, from the first phone call to feedback: played in a browser, by everybody who has a part in it.

Duty worker, social worker, the safeguarding lead of the hospital on a phone, and the manager. Three of
the tasks are counted; what they cost is in docs/reference/burden.md.
"""

import re

import pytest

from tests.web.stories import burden
from tests.web.stories.burden import Task
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

SCHOOL = "Safeguarding lead and deputy, Osier Lane Primary School"
HOSPITAL = "Safeguarding mailbox, Hallowby General Hospital"
HOSPITAL_INBOX = "safeguarding@hallowbygeneral.example"
SIX_REFUSALS = [
    "Add the child this is about.",
    "Choose who is telling us.",
    "Write what they saw or heard",
    "Write what they fear",
    "Say whether anyone is in danger now",
    "knows and agrees, or that it is not known",
]


def test_a_concern_from_the_first_call_to_feedback(stage: Stage) -> None:
    known = the_school_rings_about_a_child_who_is_known(stage)
    the_police_are_asked_and_the_allocated_worker_gets_it(stage)
    unknown = the_hospital_rings_about_a_child_whom_nobody_knows(stage)
    decided = a_social_worker_decides_and_tells_the_hospital(stage)
    the_hospital_reads_it_on_a_phone_and_disagrees(stage)
    what_came_back_is_read_and_the_child_is_allocated(stage)
    burden.hold([known, unknown, decided])


def the_school_rings_about_a_child_who_is_known(stage: Stage) -> Task:
    # Given a duty worker at her desk
    dipa = stage.given("dipa")
    dipa.looks()
    dipa.goes_to("Front door")
    dipa.looks("front-door")
    dipa.goes_to("New contact")
    # When she presses the button before anybody has said anything, she is told all that is needed at once
    dipa.presses("Record contact")
    dipa.sees("There is a problem", *SIX_REFUSALS)
    assert dipa.page.locator(".govuk-error-summary__list li").count() == len(SIX_REFUSALS)
    dipa.looks()
    # And when the school rings about Skye Whitcombe, whose name she mishears
    dipa.goes_to("New contact")
    with dipa.counted() as tally:
        dipa.types("Find each child and adult", "Sky Witcombe")
        dipa.sees("Skye Whitcombe", "Open to Jane Smith", "The name is spelt nearly so")
        with dipa.within("Skye Whitcombe"):
            dipa.presses("Add to this contact")
        with dipa.within("What is already known"):
            dipa.sees("Jane Smith", "Lee", "Not identified", "Passed to the allocated worker")
        dipa.picks("Who is telling us?", SCHOOL)
        dipa.types("Their name", "Hannah Reyes")
        dipa.types("What did they see or hear?", "Skye has not eaten since yesterday and says that Lee is back.")
        dipa.types("What do they fear may happen?", "That she hears it all again tonight.")
        dipa.chooses("Is anyone in danger now?", "No")
        dipa.chooses("Does Kelly Whitcombe know that we have been told, and agree?", "Knows and agrees")
        dipa.looks("new-contact", within=2200)
        dipa.presses("Record contact")
        dipa.sees_heading("Contact about Skye Whitcombe")
    # Then it is recorded, and the worker who carries Skye has been told
    dipa.sees("The contact is recorded. Jane Smith has been told.", "Hannah Reyes")
    return Task(burden.KNOWN, tally, refused_without=set(tally.required))


def the_police_are_asked_and_the_allocated_worker_gets_it(stage: Stage) -> None:
    # Given a social worker who reads it
    tomas = stage.given("tomas")
    tomas.opens_contact("Skye Whitcombe")
    # When he asks the police what they know, they get a link and he a clock
    tomas.unfolds("Ask an agency")
    tomas.picks("Who is asked?", "Public protection desk, Northmere Police")
    tomas.types("Why are you asking?", "A man who was called Lee may be back in the home.")
    tomas.types("What do you need to know?", "Has anybody been called to Granary House this week?")
    tomas.picks_first("On what lawful ground?")
    tomas.presses("Ask")
    tomas.sees_heading("Read this code to them over the phone")
    tomas.follows("Back to the contact")
    tomas.sees("Northmere Police")
    # And they answer by phone before they have opened it
    tomas.follows("Record an answer given by phone")
    tomas.types("What did they answer?", "Nobody has been called there since the tenth.")
    tomas.types("Who answered?", "PC 4471 Anwar")
    tomas.picks("How may this be handled?", "Share with those who need it")
    tomas.looks()
    tomas.presses("Take this into the record")
    tomas.sees("Answered:", "Nobody has been called there since the tenth.")
    # And he sends it to the allocated worker, and tells the school in a call
    tomas.presses("Send to Jane Smith")
    tomas.sees("A worker already knows this family.")
    tomas.types("Why?", "Jane Smith is assessing now and must have this today.")
    tomas.unfolds("Tell them another way, or later")
    tomas.chooses("How will they be told?", "In a call that you record here")
    tomas.types("Whom did you speak to, when, and what did they say?", "Hannah Reyes at 10.40, who is content.")
    tomas.presses("Decide and record how they were told")
    # Then the call stands as the acknowledgement, and Jane has it on her list
    tomas.sees("The contact is decided.", "What was decided", "Passed to the allocated worker")
    with tomas.within("Feedback"):
        tomas.sees("Outcome", "cknowledged")
    jane = stage.given("jane")
    jane.sees("Read this contact and record what it changes", "Skye Whitcombe")
    jane.sees("A new contact came in about a child you carry")


def the_hospital_rings_about_a_child_whom_nobody_knows(stage: Stage) -> Task:
    # Given a nurse on the line, and a child whom nobody here has met
    dipa = stage.given("dipa")
    dipa.goes_to("New contact")
    # When the search finds nobody, she is registered there and then, with what was typed to find her
    with dipa.counted() as tally:
        dipa.types("Find each child and adult", "Ottoline Frayne 4/7/2021 QX1 3ZZ")
        dipa.sees("Nobody found")
        dipa.presses("Register a child")
        with dipa.within("Ottoline Frayne"):
            dipa.picks("Sex", "Female")
            dipa.types("Lives at", "3 Tanners Row, Hallowby")
        dipa.types("Find each child and adult", "Bettina Frayne")
        dipa.sees("Nobody found")
        dipa.presses("Register an adult")
        with dipa.within("Bettina Frayne"):
            dipa.picks("Who are they to the child?", "Mother")
            dipa.ticks("Has parental responsibility")
        dipa.picks("Who is telling us?", HOSPITAL)
        dipa.types("Their name", "Femi Lawal")
        dipa.unfolds("More about who told us, and when")
        dipa.picks("In what capacity, if the list does not say", "Emergency department")
        dipa.types("What did they see or hear?", "A scald on the left foot, two days old, that no doctor had seen.")
        dipa.types("What do they fear may happen?", "That the next one is worse.")
        dipa.chooses("Is anyone in danger now?", "No")
        dipa.chooses("Does Bettina Frayne know that we have been told, and agree?", "Knows and does not agree")
        dipa.looks("new-contact-unknown-child", widths="desktop", within=2200)
        dipa.presses("Record contact")
        dipa.sees_heading("Contact about Ottoline Frayne")
    stage.names |= {"Ottoline Frayne", "Bettina Frayne"}
    # Then both are in the register from now on
    dipa.sees("The contact is recorded.", "Bettina Frayne")
    dipa.looks_for("Ottoline Frayne")
    dipa.sees("Find a person", "Ottoline Frayne")
    dipa.looks()
    # The hospital tells us in several capacities, so that one more answer is refused to be without.
    return Task(burden.UNKNOWN, tally, refused_without=tally.required | {"capacity"})


def a_social_worker_decides_and_tells_the_hospital(stage: Stage) -> Task:
    # Given a social worker with the contact open
    tomas = stage.given("tomas")
    tomas.opens_contact("Ottoline Frayne")
    # When he decides without the main need, he is refused, and loses nothing
    tomas.chooses("What does this contact become?", "Referral: assessment")
    tomas.types("Why?", "A scald that no doctor had seen.")
    tomas.sees("A social worker will assess what help is needed.")
    tomas.presses(f"Decide and send by secure link to {HOSPITAL}")
    tomas.sees("There is a problem", "Choose the main need.", "A scald that no doctor had seen.")
    tomas.looks()
    # And when he begins again and says everything, it is decided and sent from one page
    tomas.opens_contact("Ottoline Frayne")
    with tomas.counted() as tally:
        tomas.chooses("What does this contact become?", "Referral: assessment")
        tomas.types("Why?", "A scald that no doctor had seen, and a mother who is alone with three small children.")
        tomas.chooses("What is the main need?", "Abuse or neglect")
        tomas.types("What would change this decision?", "An account of the scald that a doctor finds likely.")
        tomas.sees("A social worker will assess what help is needed.")
        tomas.looks("contact", within=2700)
        tomas.presses(f"Decide and send by secure link to {HOSPITAL}")
        tomas.sees_heading("Read this code to them over the phone")
    # Then the letter says nothing, and the code is shown to him alone
    tomas.looks()
    stage.code = tomas.page.locator("[data-code]").inner_text().strip()
    letter = stage.letter_to(HOSPITAL_INBOX)
    assert "Frayne" not in letter
    assert stage.code not in letter
    stage.link = re.findall(r"http://\S+/m/\S+", letter)[-1]
    return Task(burden.DECIDED, tally, refused_without=tally.required | {"need"})


def the_hospital_reads_it_on_a_phone_and_disagrees(stage: Stage) -> None:
    # Given the safeguarding nurse, who has the link in her inbox and the code from the call
    nurse = stage.given_a_phone()
    nurse.comes_to(stage.link)
    nurse.looks()
    # When she mistypes the code, nothing is shown
    nurse.types("The code that you were given", f"{(int(stage.code) + 1) % 1_000_000:06d}")
    nurse.presses("Open the message")
    nurse.sees("There is a problem")
    nurse.does_not_see("Ottoline", "Referral")
    # And with the right one she reads what was decided, and no more
    nurse.types_over("The code that you were given", stage.code)
    nurse.presses("Open the message")
    nurse.sees("What we decided: Referral: assessment", "Ottoline Frayne", "Front Door")
    nurse.does_not_see("three small children", "account of the scald")
    nurse.looks("message", widths="phone")
    # And she does not agree
    nurse.chooses("What do you want to do?", "Say that I do not agree")
    nurse.types("Your words", "An assessment is too slow. Her sister is two and was not seen.")
    nurse.types("Your name and post", "Femi Lawal, safeguarding nurse")
    nurse.presses("Send")
    # Then she is told that it went
    nurse.sees("Your answer has been sent.", "An assessment is too slow.")
    nurse.looks()


def what_came_back_is_read_and_the_child_is_allocated(stage: Stage) -> None:
    # Given the manager, whom a disagreement reaches within minutes
    stage.when_the_clock_strikes()
    margaret = stage.given("margaret")
    margaret.sees("A professional disagrees with a decision")
    margaret.goes_to("Feedback")
    margaret.sees("Does not agree with the decision", "Sent, and not acknowledged yet")
    margaret.looks("feedback", widths="desktop")
    margaret.follows("Does not agree with the decision")
    margaret.sees("An assessment is too slow.", "Femi Lawal, safeguarding nurse", "Does not agree")
    margaret.looks()
    margaret.presses("I have read this")
    margaret.sees_heading("Feedback")
    # And on whose post the referral stands unallocated
    margaret.goes_to("Team")
    margaret.sees("Ottoline Frayne", "Unallocated since today")
    margaret.looks("team", widths="desktop")
    margaret.page.get_by_role("link", name="Allocate Ottoline Frayne").click()
    margaret.sees_heading("Allocate")
    margaret.looks()
    # When she allocates the child, Jane Smith has her on her list
    margaret.picks("Who carries this child?", re.compile("^Jane Smith"))
    margaret.types("Why?", "Jane has room.")
    margaret.presses("Allocate")
    jane = stage.given("jane")
    jane.sees("A child was allocated to you", "Ottoline Frayne")
