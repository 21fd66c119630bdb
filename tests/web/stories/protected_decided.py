"""What was decided of Elowen and Jory, who is told what, the core group, and the conference that ends the plan."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from pypdf import PdfReader

from tests.web.stories import burden
from tests.web.stories.beginnings import days_ago
from tests.web.stories.burden import Order, Task
from tests.web.stories.protected import DEMELZA, ELOWEN, JORY, RUAN, at_protection
from tests.web.stories.protected_conference import (
    LINK,
    NURSE,
    SERGEANT,
    at_the_chairs_desk,
    gives_away_nothing,
)
from tests.web.stories.steps import Desk, Stage

ELOWENS, JORYS = "She was hurt by somebody who lives with her.", "He was not hurt, and his teacher sees him each day."
DISSENT = "Jory is next. He needs the plan as much as she does."
OUTCOME = "Elowen is with adults who do not hurt her, by day and by night."


def held() -> datetime:
    """The first minute of today: a conference is written down after it was held."""
    return datetime.combine(days_ago(0), time(0, 1))


def it_decides_for_each_child(stage: Stage) -> Task:
    # Given the chair, who has it all on one page
    winston = at_the_chairs_desk(stage, "coming")
    winston.looks("conference", within=3000)
    winston.presses("Record what was decided")
    winston.presses("Record the outcome")
    refused = winston.is_refused_without()
    winston.looks()
    winston.follows("Back to the conference")
    winston.presses("Record what was decided")
    with winston.counted() as tally:
        everything_is_written(winston)
        winston.looks("outcome", within=4200)
        winston.presses("Record the outcome")
        winston.sees("Recorded for each child. The letters are ready")
    return Task(burden.OUTCOME, tally, refused_without=refused, questions=burden.OF_AN_OUTCOME)


def everything_is_written(winston: Desk) -> None:
    """Who was there, what each thinks, what was decided for each child, and the outline of a plan."""
    winston.writes("When was it held?", "today 0.01")
    was_there(winston, NURSE)
    for one, words in (
        (SERGEANT, "He was charged on Thursday."),
        ("Jane Smith, Family Support 2", "Her grandmother wants her to stay."),
        (DEMELZA, "I believe my daughter."),
    ):
        was_there(winston, one, words)
    with row_of(winston, JORY):
        winston.picks("Were they there?", "Did not come")
        winston.picks("Did they give a view?", "Gave no view")
    with row_of(winston, RUAN):
        winston.picks("Did they give a view?", "Gave no view")
    # When one child has a plan, and the other has none, with which somebody does not agree
    decides(winston, ELOWEN, "Drew, or showed it another way", "A child protection plan begins", ELOWENS)
    winston.chooses("What is the main category?", "Physical abuse")
    winston.unfolds(JORY)
    decides(winston, JORY, "Took no part", "No child protection plan", JORYS)
    winston.unfolds(f"Somebody does not agree with what was decided for {JORY}")
    row = winston.page.locator("details", has_text=f"Somebody does not agree with what was decided for {JORY}").last
    row.get_by_label("Who does not agree?").select_option(label=NURSE)
    row.get_by_label("In their own words").fill(DISSENT)
    winston.writes("What was said?", "The marks were looked at, and nobody could say that she fell.")
    with winston.within("Outcome 1"):
        winston.picks("Whom is it for?", ELOWEN)
        winston.writes("What is to be different?", OUTCOME)
        winston.writes("What is to be done?", "Elowen sleeps at her grandmother's")
        winston.writes("Who?", "Demelza and her mother")
    winston.writes("At which point will we go to court?", "If he comes to the house once.")


@contextmanager
def row_of(desk: Desk, name: str) -> Iterator[None]:
    """The row of one who was asked, by how it begins: what they are to which child comes after."""
    page = desk.page
    desk.area = page.get_by_role("group", name=re.compile(f"^{re.escape(name)}")).first
    try:
        yield
    finally:
        desk.area = page


def was_there(winston: Desk, name: str, words: str = "") -> None:
    """One who came; and what they said, where it does not stand there already."""
    with row_of(winston, name):
        winston.picks("Were they there?", "There")
        if words:
            winston.picks("Did they give a view?", "Spoke")
            winston.unfolds("What they said, and who came for them")
            winston.writes("What did they say, in their words?", words)


def decides(winston: Desk, child: str, part: str, decision: str, why: str) -> None:
    """For one child, in what was unfolded for them."""
    winston.chooses(f"What part did {child} take?", part)
    winston.chooses(f"What was decided for {child}?", decision)
    row = winston.page.locator("details", has=winston.page.get_by_role("group", name=f"What was decided for {child}?"))
    row.get_by_label("Why?", exact=True).fill(why)


def each_is_told_what_they_may_have(stage: Stage) -> None:
    # Given the letters, one for each, which nobody has to write
    winston = at_the_chairs_desk(stage, "letters")
    winston.sees("5 letters to release")
    winston.looks()
    # When the chair reads the mother's, it says what was decided and when
    winston.follows(re.compile(DEMELZA))
    winston.looks()
    assert "child protection plan" in winston.field("What they will read").input_value()
    winston.follows("Back to the letters")
    # And the father's says what was decided, and neither when nor where; nor does what is printed of it
    winston.follows(re.compile(RUAN))
    winston.sees("They are not told when or where the meeting was.")
    letter = winston.field("What they will read").input_value()
    assert ELOWEN in letter
    gives_away_nothing("The letter to the father", letter, held())
    gives_away_nothing("The father's letter on paper", printed(winston), held())
    winston.presses("Release it")
    winston.sees_heading("Print this letter and give it")
    gives_away_nothing("What the father is given", winston.page.locator("main").inner_html(), held())
    given_to_the_father(stage, winston)
    winston.follows("Back to the letters")
    # Then the others get theirs, each once
    for one in ("Sgt Amal Reeve, Northmere Police", DEMELZA, JORY, "Bea Lund, Hallowby General Hospital"):
        winston.presses(f"Release the letter to {one}")
        winston.sees("Back to the letters")
        winston.follows("Back to the letters")
    winston.does_not_see("Ready to be read and released")


def printed(winston: Desk) -> str:
    """The words and the particulars of the letter on paper."""
    url = winston.page.get_by_role("link", name="Print it (PDF)").get_attribute("href")
    answer = winston.page.context.request.get(f"{winston.stage.address}{url}")
    paper = PdfReader(io.BytesIO(answer.body()))
    words = "\n".join(page.extract_text() for page in paper.pages)
    assert ELOWEN in words
    about = {name: words for name, words in (paper.metadata or {}).items() if not name.endswith("Date")}
    return f"{words}\n{about}\n{answer.headers.get('content-disposition', '')}"


def given_to_the_father(stage: Stage, winston: Desk) -> None:
    """Where his letter has a link, what is behind it."""
    shown = winston.page.locator("main").inner_text()
    links = LINK.findall(shown)
    if links:
        ruan = stage.given_a_phone()
        ruan.comes_to(links[-1])
        gives_away_nothing("The page of the link that came with the decision", ruan.page.content(), held())
        ruan.writes("The code that you were given", winston.page.locator("[data-code]").last.inner_text().strip())
        ruan.presses("Open the message")
        ruan.sees(ELOWEN)
        gives_away_nothing("The decision behind the father's link", ruan.page.content(), held())


def the_core_group_meets(stage: Stage) -> None:
    # Given the worker, on whose record it stands at once that one child is on a plan and the other is not
    jane = at_protection(stage, ELOWEN)
    jane.sees("On a child protection plan since", "Main category: Physical abuse", "Next core group")
    jane.looks("protection", within=2600)
    at_protection(stage, JORY).does_not_see("On a child protection plan")
    jane.finds(ELOWEN, ELOWEN)
    jane.looks()
    # When the first core group is written down, late, by whoever carries the plan
    jane.follows("Plan")
    jane.sees(OUTCOME)
    jane.presses("Record a core group")
    jane.writes("When was it held?", "today 0.01")
    for one, words in (
        (DEMELZA, "She is eating again."),
        ("Jane Smith, Family Support 2", "She slept well."),
    ):
        with row_of(jane, one):
            jane.picks("Were they there?", "There")
            jane.picks("Did they give a view?", "Spoke")
            jane.unfolds("What they said, and who came for them")
            jane.writes("What did they say, in their words?", words)
    jane.chooses(f"What part did {ELOWEN} take?", "Drew, or showed it another way")
    jane.writes(f"What {ELOWEN} wanted everybody to know", "Nan has a cat.")
    jane.writes("What part did the parents take?", "Demelza led it.")
    jane.chooses("How far has this come?", "7")
    jane.writes("What was said and decided?", "Elowen stays with her grandmother until the order is made.")
    jane.looks()
    jane.presses("Save the core group")
    jane.sees("The core group is on the record of each child.", "Nan has a cat.")


def a_review_conference_ends_the_plan(stage: Stage, order: Order) -> None:
    # Given the worker, who convenes the review conference of a plan; what came before is written late
    jane = at_protection(stage, ELOWEN)
    jane.follows("Convene a conference")
    jane.sees("Review child protection conference")
    jane.writes("When?", "today at 0.01")
    jane.writes("Where?", "Quayside House")
    jane.picks("Who chairs it?", re.compile("Winston Clarke"))
    for one in (NURSE, SERGEANT, "Jane Smith, Family Support 2"):
        jane.field(one).check()
    order.saves(jane, "Convene it, and invite those who are ticked")
    # When the chair records that the plan ends, it is that conference's decision
    winston = at_the_chairs_desk(stage, "write")
    winston.sees_heading("Outcome of the review child protection conference")
    for one in (NURSE, SERGEANT, "Jane Smith, Family Support 2"):
        was_there(winston, one, "She lives with her grandmother now, by order of the court.")
    decides(winston, ELOWEN, "Took no part", "The child protection plan ends", "She is safe where she is.")
    winston.writes("What was said?", "The order was made. The marks are gone.")
    order.saves(winston, "Record the outcome")
    winston.sees("Recorded for each child.")
    # Then she is on no plan, and her record says that she was
    jane = at_protection(stage, ELOWEN)
    jane.does_not_see("On a child protection plan since")
    jane.sees("The child protection plan ends")
    jane.follows("Timeline")
    jane.sees("She is safe where she is.")
