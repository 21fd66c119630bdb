"""The conference on Elowen and Jory: convened and answered; and what a father who is kept out is never told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from tests.web.stories import burden
from tests.web.stories.beginnings import days_ago
from tests.web.stories.burden import Task
from tests.web.stories.giving_away import forms_of, told_in
from tests.web.stories.protected import DEMELZA, ELOWEN, JORY, RUAN, at_protection
from tests.web.stories.steps import FIRST_PAGES, Desk, Stage

PLACE = "Bracken Room, Quayside House, 3rd floor"
NURSE = "Bea Lund, Health visitors, Hallowby General Hospital"
SERGEANT = "Sgt Amal Reeve, Public protection desk, Northmere Police"
VISITORS_INBOX = "visitors@hallowbygeneral.example"
KEPT_OUT = "You broke the order that keeps you away from her."
KEPT_OUT_FOR = "Their mother dares not speak while he is in the room."
NURSE_THINKS = "Elowen flinches when she is lifted. Jory watches the door."
SAFE = "Is it safe to tell them when and where?"


LINK = re.compile(r"http://\S+/m/[\w-]+")


def planned() -> datetime:
    """Nine days from now, in the morning."""
    return datetime.combine(days_ago(-9), time(9, 40))


def when_typed() -> str:
    """As somebody types it, in as many strokes on every day of the year."""
    return f"{planned():%d/%m/%Y} at 9.40"


def gives_away_nothing(what: str, text: str, *moments: datetime) -> None:
    """No form of any day, hour or place of the conference is in it, tags and addresses among them."""
    drawn = re.sub(r' d="[^"]*"', "", text)
    told = [one for moment in (planned(), *moments) for one in told_in(drawn, forms_of(moment, PLACE))]
    assert not told, f"{what} gives away {told}"


def at_the_chairs_desk(stage: Stage, part: str, child: str = ELOWEN) -> Desk:
    """The chair, who opens what waits in this part of their desk: decide, write, letters, coming, reviews."""
    winston = stage.again("winston")
    winston.goes_to(FIRST_PAGES["winston"])
    winston.sees_heading(FIRST_PAGES["winston"])
    winston.page.locator(f"section[aria-labelledby={part}]").get_by_role("link", name=re.compile(child)).click()
    return winston


@contextmanager
def asked_of(desk: Desk, name: str) -> Iterator[None]:
    """The row of one who is proposed."""
    page = desk.page
    desk.area = page.locator(".sl-asking", has=page.get_by_label(name, exact=True))
    try:
        yield
    finally:
        desk.area = page


def a_conference_is_convened(stage: Stage) -> Task:
    # Given the worker, whom the page tells by when a conference is due
    jane = at_protection(stage, ELOWEN)
    before = stage.letters_to(VISITORS_INBOX)
    jane.follows("Convene a conference")
    jane.sees("The conference is due in 15 working days")
    convene = "Convene it, and invite those who are ticked"
    jane.presses(convene)
    refused = jane.is_refused_without()
    jane.looks()
    # When she confirms each by name, and says of the father that it is not safe to tell him
    jane.follows("Back to the record")
    jane.follows(re.compile("^Protection$"))
    jane.follows("Convene a conference")
    jane.sees("Initial child protection conference")
    with jane.counted(known={"children"}) as tally:
        confirms_each(jane)
        jane.presses(convene)
        jane.sees_heading("Invitations")
    each_gets_what_they_may_have(stage, jane, before)
    return Task(burden.CONVENED, tally, refused_without=refused, questions=burden.OF_A_CONFERENCE)


def confirms_each(jane: Desk) -> None:
    """When and where, who chairs, and everybody who is invited."""
    jane.types("When?", when_typed())
    jane.types("Where?", PLACE)
    jane.picks("Who chairs it?", re.compile("Winston Clarke"))
    with asked_of(jane, DEMELZA):
        jane.field(DEMELZA).check()
        jane.chooses(SAFE, "Yes")
        jane.types("How do you know?", "She comes with her own mother, and he is not at home.")
    with asked_of(jane, RUAN):
        jane.field(RUAN).check()
        jane.chooses(SAFE, "No, or we do not know")
        jane.types("How do you know?", "He said that he will wait for her outside.")
    with asked_of(jane, JORY):
        jane.field(JORY).check()
        jane.chooses(SAFE, "Yes")
        jane.types("How do you know?", "His teacher tells him, and brings him.")
    for one in (NURSE, SERGEANT, "Jane Smith, Family Support 2"):
        jane.field(one).check()
    jane.looks()


def each_gets_what_they_may_have(stage: Stage, jane: Desk, before: int) -> None:
    """A code, or a letter; and nothing for him."""
    # Then each gets what they may have, and nothing goes to him
    told = jane.page.locator(".sl-task__name").filter(has_text=NURSE)
    stage.code = told.locator("[data-code]").inner_text().strip()
    jane.sees("Told nothing until the chair decides")
    hers = told_in(jane.page.locator("section", has_text=DEMELZA).first.inner_text(), forms_of(planned(), PLACE))
    assert {"09 40", f"{planned():%A}".lower(), "bracken", "quayside"} <= set(hers), "whoever searches would find it"
    jane.looks()
    letter = stage.letter_to(VISITORS_INBOX, beside=before)
    gives_away_nothing("The e-mail to the health visitor", letter)
    stage.link = LINK.findall(letter)[-1]


def the_chair_keeps_the_father_out(stage: Stage) -> str:
    """The link of the letter that the father gets."""
    # Given the chair, before whom it stands on a desk of their own
    winston = stage.again("winston")
    winston.goes_to(FIRST_PAGES["winston"])
    winston.looks("chairs-desk", within=2000)
    winston = at_the_chairs_desk(stage, "decide")
    winston.sees(f"Decide whether {RUAN} may come")
    winston.follows(re.compile(RUAN))
    winston.chooses("What do you decide?", "They are kept out")
    winston.writes("Why are they kept out?", KEPT_OUT_FOR)
    winston.writes(f"Exactly these words go to {RUAN}", KEPT_OUT)
    winston.looks()
    winston.presses("Decide")
    winston.sees("Kept out by the chair")
    return the_father_is_asked_what_he_thinks(stage)


def the_father_is_asked_what_he_thinks(stage: Stage) -> str:
    """By a letter that the worker prints, with a link of his own."""
    # When the worker writes his invitation, it asks what he thinks
    jane = at_protection(stage, ELOWEN)
    jane.follows(re.compile("^Initial child protection conference"))
    jane.sees_heading("Initial child protection conference")
    jane.looks()
    jane.follows(re.compile(RUAN))
    jane.presses("Write their invitation")
    jane.sees(KEPT_OUT)
    jane.does_not_see(KEPT_OUT_FOR)
    letter = jane.page.locator("main").inner_text()
    gives_away_nothing("The father's letter", letter)
    code = jane.page.locator("[data-code]").last.inner_text().strip()
    # Then what he opens with it says no more
    link = LINK.findall(letter)[-1]
    ruan = stage.given_a_phone()
    ruan.comes_to(link)
    gives_away_nothing("The page of the father's link", ruan.page.content())
    ruan.writes("The code that you were given", code)
    ruan.presses("Open the message")
    ruan.sees(KEPT_OUT)
    ruan.does_not_see(KEPT_OUT_FOR)
    ruan.looks()
    gives_away_nothing("The message behind the father's link", ruan.page.content())
    return link


def the_health_visitor_writes_on_a_phone(stage: Stage) -> Task:
    # Given the health visitor, who has no account, with the link in her inbox and the code from the call
    bea = stage.given_a_phone()
    bea.comes_to(stage.link)
    bea.writes("The code that you were given", stage.code)
    bea.presses("Open the message")
    bea.sees("Quayside House")
    # When she sends it before she has said anything, she is told all that is needed
    bea.presses("Send")
    bea.sees("There is a problem")
    assert bea.page.locator(".govuk-error-summary__list li").count() == 3
    bea.looks()
    # And when she opens the link anew and writes what she thinks, it is sent
    bea.comes_to(stage.link)
    with bea.counted() as tally:
        bea.types("The code that you were given", stage.code)
        bea.presses("Open the message")
        bea.types("What you know and what you think", NURSE_THINKS)
        bea.chooses("What would you decide?", "Not sure, or it differs between the children")
        bea.types("Your name and post", "Bea Lund, health visitor")
        bea.looks("view-by-link", widths="phone")
        bea.presses("Send")
        bea.sees("Your answer has been sent.")
    # Then it stands beside the others as her own
    stage.when_the_clock_strikes()
    at_the_chairs_desk(stage, "coming").sees(NURSE_THINKS)
    return Task(burden.VIEW, tally, refused_without=tally.required, questions=burden.OF_A_VIEW)
