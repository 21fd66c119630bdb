"""Their assessment: written, evidence asked for and given, sent, returned, signed, and given to their mother."""

import re

from django.utils import timezone

from sightline.kernel.dates import day_words, local_day
from tests.web.stories import burden
from tests.web.stories.beginnings import SCHOOL
from tests.web.stories.burden import Task
from tests.web.stories.siblings import KENSA, LOCRYN, MERAUD, TEGEN
from tests.web.stories.steps import Desk, Stage

SCHOOL_INBOX = "lead@osierlane.example"
DAYS = {
    KENSA: "I wake the others because Mum sleeps. We miss the bus on Mondays.",
    LOCRYN: "He waits at the window until somebody is up.",
    TEGEN: "She sleeps in the chair and eats when her sister does.",
}
WISHES = {
    KENSA: "To be the big sister and not the mum.",
    LOCRYN: "Breakfast, and his dad on Sundays.",
    TEGEN: "She reaches for Kensa, and for her mother when her mother is up.",
}
ANALYSIS = {
    "What does it all mean for the children?": "Kensa carries what her mother cannot since the baby died last year.",
    "What would a colleague say who disagreed?": "That this is grief, and will pass without us.",
    "What would change my mind?": "Three weeks of mornings in which Meraud gets up first.",
    "What is the most benign?": "A hard year, and a mother who is coming back.",
}
QUESTION = "What have you seen of Kensa and Locryn at school this term, and what do you think it means?"


def opens_the_assessment(jane: Desk) -> None:
    jane.finds(KENSA, KENSA)
    jane.follows("Assessment")
    jane.presses("Open the assessment")
    jane.sees_heading("Assessment")


def an_assessment_is_begun(stage: Stage) -> None:
    # Given Jane Smith, who carries the three
    jane = stage.again("jane")
    jane.sees("Kensa Chenoweth")
    jane.finds(KENSA, KENSA)
    jane.follows("Assessment")
    jane.sees("No assessment has been begun for this child.")
    jane.looks()
    # When she begins one document for all of them
    jane.presses("Begin an assessment")
    for child in (LOCRYN, TEGEN):
        jane.ticks_one_like("Which children is it about?", child)
    jane.writes("Why is an assessment begun now?", "The school's worry about mornings.")
    jane.looks()
    jane.presses("Begin")
    jane.sees("Begun.", "Being written since")
    its_parts_are_written(jane)


def its_parts_are_written(jane: Desk) -> None:
    # When she writes what the family is asked once, and of each child what a day is like
    jane.follows(re.compile("Write.*Why we are looking"))
    jane.writes("What are people worried about, and why now?", "The school: no coat, no breakfast, late on most days.")
    jane.presses("Save")
    jane.sees("Saved: 1 part.")
    for child, day in DAYS.items():
        jane.follows(re.compile(f"Write.*Each child, {child}"))
        jane.writes("What is a day like for this child?", day)
        jane.writes("What does this child want, and what do they worry about?", WISHES[child])
        if child == KENSA:
            jane.looks("assessment-section", within=2200)
        jane.presses("Save")
        jane.sees("Saved: 2 parts.", day)
    jane.follows(re.compile("Write.*Analysis"))
    for question, words in ANALYSIS.items():
        jane.writes(question, words)
    jane.presses("Save")
    jane.sees("Saved: 4 parts.")
    # And marks for each what was found
    jane.follows("Mark factors")
    jane.looks()
    jane.ticks_one_like(KENSA, "The child cares for somebody")
    for child in (LOCRYN, TEGEN):
        jane.ticks_one_like(child, "Neglect")
    with jane.page.expect_navigation():
        jane.presses("Save")
    jane.sees("The child cares for somebody")
    jane.looks("assessment", within=2600)


def the_school_is_asked(stage: Stage) -> None:
    # Given the assessment, which proposes whoever told us, and asks nobody by itself
    jane = stage.again("jane")
    opens_the_assessment(jane)
    jane.presses("Evidence from others")
    jane.sees("Nobody has been asked yet.", "Told us on", "Nothing goes to anybody until you confirm them here")
    # When she confirms the school by name
    before = stage.letters_to(SCHOOL_INBOX)
    jane.writes("What do you ask?", QUESTION)
    with jane.within(SCHOOL):
        jane.writes("Their name", "Hannah Reyes")
        jane.presses("Ask them")
    jane.sees_heading("Read this code to them over the phone")
    jane.looks()
    stage.code = jane.page.locator("[data-code]").inner_text().strip()
    jane.follows("Ask the next person, or go back")
    jane.sees(SCHOOL, "Asked")
    jane.looks("assessment-evidence", within=2000)
    # Then the letter says nothing, and the code is shown to her alone
    letter = stage.letter_to(SCHOOL_INBOX, beside=before)
    assert "Chenoweth" not in letter
    assert stage.code not in letter
    stage.link = re.findall(r"http://\S+/m/\S+", letter)[-1]


def it_answers_on_a_phone(stage: Stage) -> Task:
    # Given the safeguarding lead, who has no account, with the link in her inbox and the code from the call
    lead = stage.given_a_phone()
    lead.comes_to(stage.link)
    # When she sends it before she has said anything, she is told all that is needed
    lead.writes("The code that you were given", stage.code)
    lead.presses("Open the message")
    lead.sees(QUESTION)
    lead.presses("Send")
    lead.sees("There is a problem")
    assert lead.page.locator(".govuk-error-summary__list li").count() == 2
    lead.looks()
    # And when she opens the link anew and writes what she knows, it is sent
    lead.comes_to(stage.link)
    with lead.counted() as tally:
        lead.types("The code that you were given", stage.code)
        lead.presses("Open the message")
        lead.sees(QUESTION)
        lead.types("Your words", "Locryn is late on most days. Kensa asks to ring home at noon to wake her mother.")
        lead.types("Your name and post", "Hannah Reyes, safeguarding lead")
        lead.looks("evidence-answer", widths="phone")
        lead.presses("Send")
        lead.sees("Your answer has been sent.")
    lead.looks()
    return Task(burden.EVIDENCE, tally, refused_without=tally.required | {"code"}, questions=burden.OF_AN_ANSWER)


def it_is_sent_with_a_part_empty_and_returned(stage: Stage) -> None:
    # Given the answer, which reaches the worker within minutes and stands with the assessment
    stage.when_the_clock_strikes()
    jane = stage.again("jane")
    opens_the_assessment(jane)
    jane.presses("Evidence from others")
    jane.sees("Answered")
    jane.follows("Back to the assessment")
    writes_the_decision(
        jane, {"What do I recommend, and why?": "A child in need plan for all three, from the mornings."}
    )
    # When she sends it with one part empty, and says why
    jane.presses("Send to a manager")
    jane.looks("assessment-send")
    jane.picks("Which manager?", re.compile("Gareth Lowe"))
    jane.writes("What happens next?", "To be settled on Monday with each father.")
    jane.presses("Send it")
    jane.sees("Sent to Gareth Lowe")
    # Then the manager reads the reason, and returns it with what must be changed
    gareth = is_asked_to_sign(stage)
    gareth.sees("What happens next?", "To be settled on Monday with each father.")
    gareth.looks("assessment-sign-off", within=2600)
    gareth.chooses("Do you want to authorise this?", "No, return it for edits")
    gareth.writes("What must be changed, and why?", "Say what happens next, also for Cador, who has not been met.")
    gareth.presses("Save your decision")
    gareth.sees("Returned for edits")


def it_is_sent_again_and_signed(stage: Stage) -> None:
    # Given the manager's words, which stand on the document
    jane = stage.again("jane")
    opens_the_assessment(jane)
    jane.sees("Say what happens next, also for Cador")
    # When the part is written and it is sent again
    writes_the_decision(jane, {"What happens next?": "A plan on Monday. Cador is met on Thursday at his mother's."})
    jane.presses("Send to a manager")
    jane.sees("Every part that a whole assessment needs says something.")
    jane.picks("Which manager?", re.compile("Gareth Lowe"))
    jane.presses("Send it")
    jane.sees("Sent. It is on the manager's day.")
    # Then he authorises it, and says what it leads to
    gareth = is_asked_to_sign(stage)
    gareth.chooses("Do you want to authorise this?", "Yes")
    gareth.chooses("What does this assessment lead to?", "A child in need plan")
    gareth.presses("Save your decision")
    gareth.sees(f"Signed off {day_words(local_day(timezone.now()))}")
    gareth.looks()


def writes_the_decision(jane: Desk, words: dict[str, str]) -> None:
    jane.follows(re.compile("Write.*Decision"))
    for question, answer in words.items():
        jane.writes(question, answer)
    jane.presses("Save")
    jane.sees("Saved: 1 part.")


def is_asked_to_sign(stage: Stage) -> Desk:
    gareth = stage.again("gareth")
    gareth.follows(re.compile(f"uthorise.*{KENSA}"))
    gareth.sees_heading("Sign off")
    return gareth


def the_mother_gets_a_version_of_her_own(stage: Stage) -> None:
    # Given the signed assessment
    jane = stage.again("jane")
    jane.finds(KENSA, KENSA)
    jane.follows("Assessment")
    jane.follows(re.compile("^Assessment signed "))
    jane.looks("assessment-signed", within=2000)
    jane.presses("Versions for the family")
    jane.follows(MERAUD)
    jane.looks("family-version", within=2200)
    jane.writes(
        "What they will read",
        "Dear Meraud,\n\nWe spoke about mornings. This is what we saw, and what we will do together.",
    )
    jane.presses("Save")
    jane.presses("Open the page to print")
    jane.sees("Dear Meraud,")
    jane.looks("family-version-print", widths="desktop")
