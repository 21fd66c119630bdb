"""A visit to four brothers and sisters, from the page on which it begins: counted, with nothing answered beforehand."""

import pytest

from tests.web.stories import burden
from tests.web.stories.beginnings import SCHOOL, Newcomer, are_allocated, everybody_agrees, is_decided, tells_of
from tests.web.stories.burden import Task
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser

MOTHER = "Jenifer Curnow"
NESSA, PERRIN, MORVA, CASPER = "Nessa Curnow", "Perrin Curnow", "Morva Curnow", "Casper Curnow"
ALL_FOUR = [NESSA, PERRIN, MORVA, CASPER]
WORDS = {
    NESSA: "I showed her my room.",
    PERRIN: "Dad comes on Sundays.",
    MORVA: "I want to stay at my school.",
    CASPER: "He laughed when his mother sang.",
}
HOW = dict.fromkeys(ALL_FOUR, "Seen alone") | {CASPER: "Fully observed (does not use speech)"}
REFUSALS = {
    "when": "Enter when the visit was.",
    "announced": "Say whether the family knew that you were coming.",
    "present": "Say who was there, or that nobody else was.",
}
SIBLING = "Brother or sister"


def test_a_visit_to_four_brothers_and_sisters(stage: Stage) -> None:
    they_are_known_to_a_worker(stage)
    visited = the_visit_is_recorded(stage)
    it_stands_on_each_record(stage)
    burden.hold_visit(visited)


def they_are_known_to_a_worker(stage: Stage) -> None:
    # Given four children with one mother, who were told of and given to a worker
    dipa = stage.again("dipa")
    ages = ("about 11", "about 8", "about 5", "about 1")
    children = [
        Newcomer(name, age, relation=SIBLING if place else "")
        for place, (name, age) in enumerate(zip(ALL_FOUR, ages, strict=True))
    ]
    tells_of(dipa, children, [Newcomer(MOTHER, relation="Mother", responsible=True)])
    dipa.picks("Who is telling us?", SCHOOL)
    dipa.writes("What did they see or hear?", "Nessa does the washing for four.")
    dipa.writes("What do they fear may happen?", "That she stops coming.")
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [MOTHER])
    dipa.presses("Record contact")
    dipa.sees("The contact is recorded.")
    is_decided(stage, NESSA, "Referral: assessment", "A girl of eleven runs a home.", need="Family in acute stress")
    are_allocated(stage, ALL_FOUR, "Jane Smith", "Jane has room.")


def the_visit_is_recorded(stage: Stage) -> Task:
    # Given the worker, who says how it went and nothing else, and is told all that is needed at once
    jane = stage.again("jane")
    jane.finds(NESSA, NESSA)
    jane.presses("Record a visit")
    jane.chooses(f"Was {NESSA} seen?", "Seen alone")
    jane.presses("Record the visit")
    jane.sees("There is a problem", *REFUSALS.values())
    assert jane.page.locator(".govuk-error-summary__list li").count() == len(REFUSALS)
    jane.looks()
    # When she begins anew from the record, and writes one visit for the four
    jane.finds(NESSA, NESSA)
    with jane.counted() as tally:
        jane.presses("Record a visit")
        jane.sees_heading("Record a visit")
        assert not jane.page.evaluate("storyPresets()")
        for child in ALL_FOUR:
            jane.chooses(f"Was {child} seen?", HOW[child])
            jane.tabs_to(f"What {child} said, did or drew", WORDS[child])
        jane.tabs_to("When was it?", "today 0.01")
        jane.chooses("Did the family know that you were coming?", "Announced")
        jane.chooses("Where was it?", "At home")
        jane.tabs_to("Who was there?", "Their mother")
        jane.chooses("Did you see where the children sleep?", "Seen")
        jane.tabs_to("What happened?", "Tea in the kitchen. Everybody had their own cup.")
        jane.presses("Record the visit")
        jane.sees("The visit is recorded once, on 4 records.")
    return Task(burden.VISIT, tally, refused_without=set(REFUSALS), questions=burden.OF_A_VISIT)


def it_stands_on_each_record(stage: Stage) -> None:
    # Given the four records, on each of which are that child's words and nobody else's
    jane = stage.again("jane")
    for child in ALL_FOUR:
        jane.finds(child, child)
        jane.follows("Timeline")
        jane.sees("Everybody had their own cup.", WORDS[child])
        jane.does_not_see(*(words for other, words in WORDS.items() if other != child))
